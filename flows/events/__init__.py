"""From articles to mentions and events: who did what to whom, where, when and how sure. Knows no storage."""
