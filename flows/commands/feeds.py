"""`mereda feeds`: the list of feeds from the shell.

What reads and asks feeds is imported by the command that does it: it takes a second, and this module is part of every
command.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.saying import fail, plain_errors
from flows.settings import load_settings

if TYPE_CHECKING:
    from rich.table import Table

    from flows.feeds.opml import SubscriptionList
    from flows.rounds.checking import Finding
    from flows.rounds.discovering import Candidate
    from flows.rounds.subscriptions import Added, Imported, Several

app = typer.Typer(help="List, add, replace, remove, pause, check, import and export feeds.", no_args_is_help=True)


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
    from rich.table import Column, Table

    from flows.rounds import subscriptions
    from warehouse.connect import open_warehouse

    with plain_errors():
        settings = load_settings()
        with open_warehouse(settings.home, role="read") as wh:
            feeds = subscriptions.list_feeds(wh, language=language, status=status)
    # An id is there to be copied, so it is never cut.
    table = Table(Column("id", no_wrap=True), "outlet", "language", "status", "last success (UTC)", "failing because")
    for feed in feeds:
        when = feed.last_success_at_utc.strftime("%Y-%m-%d %H:%M") if feed.last_success_at_utc else "never"
        table.add_row(feed.feed_id, feed.outlet_name, feed.language or "", feed.status, when, feed.failure_reason or "")
    _print_table(table)
    typer.echo(f"{len(feeds)} feeds")


def _print_table(table: Table) -> None:
    from rich.console import Console

    # Into a file or a pipe a row is one line.
    Console(width=None if sys.stdout.isatty() else PIPE_WIDTH).print(table)


def _print_left_out(listed: SubscriptionList | Imported, *, err: bool = False) -> None:
    """What of a list was not taken, and why."""
    for address in listed.repeated:
        typer.echo(f"listed again: {address}", err=err)
    for one in listed.unread:
        typer.echo(f"not read: {one.item}: {one.reason}", err=err)


Pick = Annotated[int | None, typer.Option(min=1, help="Which one, where a site has several feeds.")]


@app.command()
def add(
    url: Annotated[str, typer.Argument(help="Address of a feed, or of a site that names one.")],
    title: Annotated[str | None, typer.Option(help="How to call it.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Who publishes it; the host by default.")] = None,
    family: Annotated[str | None, typer.Option(help="Who owns the outlet; the outlet itself by default.")] = None,
    language: Annotated[str | None, typer.Option(help="ISO 639-1, where the feed does not say.")] = None,
    country: Annotated[str | None, typer.Option(help="Country of the outlet, ISO 3166-1 alpha-3.")] = None,
    tag: Annotated[list[str] | None, typer.Option(help="A list it belongs to; may be given again.")] = None,
    pick: Pick = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be added, and add nothing.")] = False,
) -> None:
    """Adds a feed, or finds the one behind a site: what it announces, a known convention, or a usual place.

    Where a site has several, they are listed and nothing is added until one is chosen (exit code 1).
    """
    import asyncio

    from flows.rounds import subscriptions
    from warehouse.connect import open_warehouse

    with plain_errors():
        settings = load_settings()
        wish = subscriptions.Wish(url, title, outlet, family, language, country, tuple(tag or ()))
        with open_warehouse(settings.home) as wh:
            now = datetime.now(UTC)
            found = asyncio.run(subscriptions.add_feed(wh, settings, wish, now=now, pick=pick, is_dry=dry_run))
    found = _only(found)
    feed = found.feed
    verb = "would add" if dry_run else "added"
    typer.echo(f"{verb} {feed.feed_id}: {feed.title} ({feed.url})")
    typer.echo(f"  {_describe(found.candidate)}; outlet {feed.outlet_name}, language {feed.language or 'not said'}")


def _only(found: Added | Several) -> Added:
    """The one that was found; several are listed, and end the command."""
    from flows.rounds.subscriptions import Several

    if isinstance(found, Several):
        for number, one in enumerate(found.candidates, 1):
            typer.echo(f"{number}  {one.title or '(no title)'}, {_describe(one)}: {one.url}")
        fail(f"{found.url} has {len(found.candidates)} feeds; choose one with --pick N, or give its own address")
    return found


def _describe(one: Candidate) -> str:
    newest = f"the newest of {one.newest_at_utc:%Y-%m-%d}" if one.newest_at_utc else "without dates"
    return f"{one.how}, {one.entry_count} entries, {newest}"


def _set_status(feed_id: str, status: str) -> None:
    from flows.rounds import subscriptions
    from warehouse.connect import open_warehouse

    with plain_errors(), open_warehouse(load_settings().home) as wh:
        feed = subscriptions.set_status(wh, feed_id, status, now=datetime.now(UTC))
    typer.echo(f"{feed.feed_id} is {feed.status}")


FeedId = Annotated[str, typer.Argument(help="Feed id, as `mereda feeds list` shows it.")]


@app.command()
def replace(
    feed_id: FeedId,
    url: Annotated[str, typer.Argument(help="Its new address, or that of a site that names it.")],
    pick: Pick = None,
) -> None:
    """Gives a feed a new address; what it brought, and what was learned of its rhythm, stays its own."""
    import asyncio

    from flows.rounds import subscriptions
    from warehouse.connect import open_warehouse

    with plain_errors():
        settings = load_settings()
        with open_warehouse(settings.home) as wh:
            now = datetime.now(UTC)
            found = _only(asyncio.run(subscriptions.replace_address(wh, settings, feed_id, url, now=now, pick=pick)))
    typer.echo(f"{feed_id} is now asked at {found.feed.url}")
    typer.echo(f"  {_describe(found.candidate)}")


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
    targets: Annotated[
        list[str] | None,
        typer.Argument(help="Feed ids, OPML files or files with an address a line; all active feeds by default."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a feed, each on a line.")] = False,
    stale_days: Annotated[
        float | None, typer.Option(min=0.1, help="Days without a new entry that make it stale, 30 where not said.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit code 1 for remarks too.")] = False,
) -> None:
    """Asks every feed once, stores nothing, and says what is wrong with it and what it would become.

    Exit code 0: every feed can be polled; 1: one is dead, no feed, or empty (with --strict: or moved, redirected, a
    duplicate, stale, or without dates), or an item of the list could not be read.
    """
    import asyncio
    import dataclasses

    from flows.rounds import checking
    from warehouse.connect import open_warehouse
    from warehouse.read import read_feeds

    with plain_errors():
        settings = load_settings()
        with open_warehouse(settings.home, role="read") as wh:
            listed = checking.chosen_feeds(read_feeds(wh), targets or [])
        stale_after = timedelta(days=stale_days or checking.STALE_DAYS)
        found = checking.check_feeds(settings, listed.feeds, now=datetime.now(UTC), stale_after=stale_after)
        findings = asyncio.run(found)
    if as_json:
        for finding in findings:
            typer.echo(json.dumps(dataclasses.asdict(finding), default=_iso, ensure_ascii=False))
    else:
        _print_findings(findings)
    _print_left_out(listed, err=as_json)
    bad = sum(not finding.is_fine for finding in findings)
    if bad or listed.unread or (strict and any(finding.state != "fine" for finding in findings)):
        raise typer.Exit(1)


def _print_findings(findings: Sequence[Finding]) -> None:
    from rich.table import Column, Table

    table = Table(Column("feed", no_wrap=True), Column("state", no_wrap=True), "what was found", "would become")
    for one in findings:
        table.add_row(one.feed_id, one.state, one.says, one.becomes or "")
    _print_table(table)
    fine = sum(finding.is_fine for finding in findings)
    typer.echo(f"{fine} of {len(findings)} feeds can be polled")


def _iso(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


@app.command("import")
def import_opml(path: Annotated[Path, typer.Argument(help="An OPML file.")]) -> None:
    """Adds every feed of an OPML file; folders become tags. What could not be read is said, and exits 1."""
    from flows.rounds import subscriptions
    from warehouse.connect import open_warehouse

    with plain_errors():
        if not path.is_file():
            fail(f"{path}: no such file; give an OPML file")
        with open_warehouse(load_settings().home) as wh:
            found = subscriptions.import_opml(wh, path.read_bytes(), now=datetime.now(UTC))
    _print_left_out(found)
    again, unread = len(found.repeated), len(found.unread)
    typer.echo(
        f"{found.added_count} feeds added, {found.known_count} known already, {again} listed again, {unread} not read"
    )
    if unread:
        raise typer.Exit(1)


@app.command("export")
def export_opml(
    path: Annotated[Path | None, typer.Argument(help="Where to; standard output by default.")] = None,
) -> None:
    """Writes all feeds that are not retired as OPML."""
    from flows.rounds import subscriptions
    from warehouse.connect import open_warehouse

    with plain_errors():
        with open_warehouse(load_settings().home, role="read") as wh:
            text = subscriptions.export_opml(wh)
        if path is None:
            typer.echo(text)
        else:
            path.write_text(text, encoding="utf-8")
