"""From the link of an entry to an article, and from articles to stories.

Canonical address, polite fetching, page to text, language, near-duplicates, stories. This room decides which text an
article carries and which articles tell the same thing; it keeps nothing and codes no events.
"""
