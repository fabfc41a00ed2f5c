"""How well the index agrees with the world, where the corpus lies beside the project: `docs/validity.md`.

    python -m tests.benchmarks.validity [--corpus FOLDER] [--write]

Archives go through the real pipeline in a home of their own: the readers of archives, the coder, merging and indices.
Nothing of the corpus enters the project. Nothing is fitted here: the program says what it sees.
"""
