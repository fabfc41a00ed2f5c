"""The pages: each asks `dashboard.cached`, lays out and draws."""
