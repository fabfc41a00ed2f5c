"""What one round of a flow does, as plain functions: they join the domain rooms to the warehouse and know no Prefect.

Each takes a warehouse, settings and the present instant, commits in batches, and gives back what it counted.
"""
