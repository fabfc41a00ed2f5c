"""From addresses to entries: catalogue, conditional request, parsing, identity, cadence. Knows no storage."""
