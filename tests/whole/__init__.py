"""Tests of the whole: real processes, a real Prefect server, a real DuckDB, a real browser."""
