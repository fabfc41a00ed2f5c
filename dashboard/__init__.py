"""What is shown: pages over the warehouse, read-only. Nothing here collects, codes or computes an index."""
