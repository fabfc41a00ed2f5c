"""`mereda feeds`: the list of feeds from the shell."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Column, Table

from flows.commands.saying import fail, plain_errors
from flows.rounds import subscriptions
from flows.settings import load_settings
from warehouse.connect import open_warehouse

app = typer.Typer(help="List, add, remove, pause, check, import and export feeds.", no_args_is_help=True)


# Wide enough for the longest id, outlet and reason.
PIPE_WIDTH = 400


class FeedStatus(StrEnum):
    """What becomes of a feed when its time comes."""

    ACTIVE = "active"
    PAUSED = "paused"
    RETIRED = "retired"


@app.command("list")
def list_feeds(
    language: Annotated[str | None, typer.Option(help="Only feeds in this language, ISO 639-1.")] = None,
    status: Annotated[FeedStatus | None, typer.Option(help="Only feeds in this state.")] = None,
) -> None:
    """Lists the feeds with their state."""
    with plain_errors():
        settings = load_settings()
        with open_warehouse(settings.home, role="read") as wh:
            feeds = subscriptions.list_feeds(wh, language=language, status=status)
    # An id is there to be copied, so it is never cut.
    table = Table(Column("id", no_wrap=True), "outlet", "language", "status", "last success (UTC)", "failing because")
    for feed in feeds:
        when = feed.last_success_at_utc.strftime("%Y-%m-%d %H:%M") if feed.last_success_at_utc else "never"
        table.add_row(feed.feed_id, feed.outlet_name, feed.language or "", feed.status, when, feed.failure_reason or "")
    # Into a file or a pipe a row is one line.
    Console(width=None if sys.stdout.isatty() else PIPE_WIDTH).print(table)
    typer.echo(f"{len(feeds)} feeds")


@app.command()
def add(
    url: Annotated[str, typer.Argument(help="Address of a feed, or of a site that names one.")],
    title: Annotated[str | None, typer.Option(help="How to call it.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Who publishes it; the host by default.")] = None,
    family: Annotated[str | None, typer.Option(help="Who owns the outlet; the outlet itself by default.")] = None,
    language: Annotated[str | None, typer.Option(help="ISO 639-1, where the feed does not say.")] = None,
    country: Annotated[str | None, typer.Option(help="Country of the outlet, ISO 3166-1 alpha-3.")] = None,
) -> None:
    """Adds a feed, or finds the one behind a site."""
    with plain_errors():
        settings = load_settings()
        wish = subscriptions.Wish(url, title, outlet, family, language, country)
        with open_warehouse(settings.home) as wh:
            feed = asyncio.run(subscriptions.add_feed(wh, settings, wish, now=datetime.now(UTC)))
    typer.echo(f"added {feed.feed_id}: {feed.title} ({feed.url})")


def _set_status(feed_id: str, status: str) -> None:
    with plain_errors(), open_warehouse(load_settings().home) as wh:
        feed = subscriptions.set_status(wh, feed_id, status, now=datetime.now(UTC))
    typer.echo(f"{feed.feed_id} is {feed.status}")


FeedId = Annotated[str, typer.Argument(help="Feed id, as `mereda feeds list` shows it.")]


@app.command()
def pause(feed_id: FeedId) -> None:
    """Stops polling a feed until it is resumed."""
    _set_status(feed_id, "paused")


@app.command()
def resume(feed_id: FeedId) -> None:
    """Polls a paused or retired feed again."""
    _set_status(feed_id, "active")


@app.command()
def remove(feed_id: FeedId) -> None:
    """Retires a feed: it is never polled again, and what it brought stays."""
    _set_status(feed_id, "retired")


@app.command()
def check(
    feed_id: Annotated[list[str] | None, typer.Argument(help="Feed ids; all active ones by default.")] = None,
) -> None:
    """Asks every feed once, stores nothing, and says what is wrong; exit code 1 when any failed."""
    with plain_errors():
        settings = load_settings()
        with open_warehouse(settings.home, role="read") as wh:
            findings = asyncio.run(subscriptions.check_feeds(wh, settings, feed_id or [], now=datetime.now(UTC)))
    for finding in findings:
        typer.echo(f"{'ok    ' if finding.is_fine else 'FAILED'} {finding.feed_id}: {finding.says}")
    bad = sum(not finding.is_fine for finding in findings)
    typer.echo(f"{len(findings) - bad} of {len(findings)} feeds answer")
    if bad:
        raise typer.Exit(1)


@app.command("import")
def import_opml(path: Annotated[Path, typer.Argument(help="An OPML file.")]) -> None:
    """Adds every feed of an OPML file; folders become tags."""
    with plain_errors():
        if not path.is_file():
            fail(f"{path}: no such file; give an OPML file")
        with open_warehouse(load_settings().home) as wh:
            added, known = subscriptions.import_opml(wh, path.read_bytes(), now=datetime.now(UTC))
    typer.echo(f"{added} feeds added, {known} known already")


@app.command("export")
def export_opml(
    path: Annotated[Path | None, typer.Argument(help="Where to; standard output by default.")] = None,
) -> None:
    """Writes all feeds that are not retired as OPML."""
    with plain_errors():
        with open_warehouse(load_settings().home, role="read") as wh:
            text = subscriptions.export_opml(wh)
        if path is None:
            typer.echo(text)
        else:
            path.write_text(text, encoding="utf-8")
