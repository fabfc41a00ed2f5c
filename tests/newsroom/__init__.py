"""A loopback newsroom: any number of outlets by name, any feed, any fault, and a book of what was asked when.

`Newsroom` holds answers and counts; `serving.open_newsroom` puts it on a socket, `serving.in_process` behind an httpx
transport without one. `publishing` writes feeds, `faults` spoils answers. `python -m tests.newsroom` serves many feeds
from a process of its own, for benchmarks.
"""

from tests.newsroom.room import Answer, Asked, Newsroom, Reply, Request
from tests.newsroom.serving import NamedLoop, in_process, open_newsroom, run_with_names
from tests.newsroom.simulated import SimulatedLoop, run_simulated, simulated_now

__all__ = [
    "Answer",
    "Asked",
    "NamedLoop",
    "Newsroom",
    "Reply",
    "Request",
    "SimulatedLoop",
    "in_process",
    "open_newsroom",
    "run_simulated",
    "run_with_names",
    "simulated_now",
]
