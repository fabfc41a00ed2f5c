"""The articles room: addresses, pages, text, language, articles and stories."""
