"""Figures, not pass or fail: what each part costs and how good it is."""
