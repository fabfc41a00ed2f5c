"""The wire: a demo newsroom on loopback, so that everything is alive without the internet.

Six invented outlets in four families report real, dated, public events in words of our own. It serves feeds and
pages and nothing else; it knows no other room of the pipeline. Start it with `python -m flows.wire`.
"""

from flows.wire.newsroom import Newsroom
from flows.wire.outlets import Outlet, feeds_of, load_outlets
from flows.wire.server import Wire, serve_wire
from flows.wire.stock import Article, TrueEvent, load_articles

__all__ = [
    "Article",
    "Newsroom",
    "Outlet",
    "TrueEvent",
    "Wire",
    "feeds_of",
    "load_articles",
    "load_outlets",
    "serve_wire",
]
