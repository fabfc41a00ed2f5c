"""The only tasks: batches with a name in the run view, retries, time limits and tags, each around a plain function.

A task run costs the server about 21 ms of its processor, so a task is never one feed or one article. Time limits of
requests live in httpx: Prefect's do not stop code that blocks. One module for each flow, since every run is a process
that reads its modules anew: who collects has no use for the coder's.
"""
