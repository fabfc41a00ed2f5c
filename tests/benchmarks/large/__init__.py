"""A large warehouse made by DuckDB itself, for what is measured at a size that nobody has collected yet."""
