"""What is kept: the only room that knows DuckDB. Others reach it through `connect`, `read` and `write`."""
