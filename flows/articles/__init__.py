"""From entries to articles and stories: address, page, text, language, likeness. Knows no storage."""
