"""How well copies, stories and events are put together, measured on invented articles with labels."""
