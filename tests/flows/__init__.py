"""Tests of the flows as a whole."""
