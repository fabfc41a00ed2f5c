"""The command `mereda`: a thin layer that reads arguments, calls a room and prints.

Modules that take long to import are imported by the one command that needs them.
"""

from __future__ import annotations

import csv
import logging
import os
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from flows.commands import briefs as briefs_command
from flows.commands import export as export_command
from flows.commands import feeds as feeds_command
from flows.commands.saying import fail, plain_errors
from flows.rounds.report import StageCount
from flows.settings import Settings, for_demo, load_settings

app = typer.Typer(
    help="Mereda watches the news for diplomacy and security.", no_args_is_help=True, pretty_exceptions_enable=False
)
app.add_typer(feeds_command.app, name="feeds")
app.command()(briefs_command.watch)
app.command()(briefs_command.brief)
app.command()(export_command.export)
backfill_app = typer.Typer(
    help="Read history from archives. Stopped anywhere, the same command goes on; what is known already adds nothing. "
    "Exit code 0: all was read, or set aside in quarantine with its reason.",
    no_args_is_help=True,
)
app.add_typer(backfill_app, name="backfill")


class Round(StrEnum):
    """Flows that do one round from the shell."""

    COLLECT = "collect"
    ASSESS = "assess"
    UPKEEP = "upkeep"


@app.command()
def up(
    demo: Annotated[bool, typer.Option("--demo", help="With the invented newsroom instead of real feeds.")] = False,
) -> None:
    """Starts everything and stops it again on Ctrl-C."""
    with plain_errors():
        settings = load_settings()
        if demo or settings.demo:
            settings = for_demo(settings)
        from flows.orchestration import prefect_environment

        os.environ.update(prefect_environment(settings))
        from flows.rounds.subscriptions import stock_feeds
        from flows.supervise import Supervisor

        Supervisor(settings, typer.echo).run(stock_feeds)


@app.command()
def run(name: Annotated[Round, typer.Argument(help="The flow.")]) -> None:
    """Does one round of a flow here and now, with a Prefect server running or not."""
    import asyncio

    import httpx

    from flows.rounds.subscriptions import stock_if_empty

    with plain_errors():
        settings = load_settings()
        _point_at_prefect(settings)
        _migrate_unless_served(settings)
        if name is Round.COLLECT:
            stock_if_empty(settings)
        try:
            counts = asyncio.run(_flow_of(name)())
        except httpx.HTTPError as error:
            fail(f"the Prefect server stopped answering ({error}); what was committed stays, run this again")
        except RuntimeError as error:
            if "ephemeral" not in str(error):
                raise
            fail("Prefect's server for this run did not start in time; run this again when the machine is less busy")
    _print_counts(counts, "failed")


def _print_counts(counts: Iterable[StageCount], failed: str) -> None:
    for one in counts:
        note = f" ({one.note})" if one.note else ""
        typer.echo(f"{one.stage}: {one.read} read, {one.kept} kept, {one.refused} refused, {one.failed} {failed}{note}")


@app.command()
def restore(
    folder: Annotated[Path, typer.Argument(help="A copy that upkeep has made: a folder below backups/.")],
) -> None:
    """Makes the warehouse from a backup, where there is none; stop Mereda and move the old file away first."""
    from warehouse.backup import restore as restore_warehouse

    with plain_errors():
        home = load_settings().home
        counts = restore_warehouse(home, folder)
    typer.echo(f"restored {sum(counts.values())} rows of {len(counts)} tables from {folder} into {home}")


@app.command()
def sql(query: Annotated[str, typer.Argument(help="One SELECT statement.")]) -> None:
    """Prints the answer to a query as CSV, with the warehouse served or not."""
    from warehouse.connect import open_warehouse

    with plain_errors():
        with open_warehouse(load_settings().home, role="read") as wh:
            table = wh.table(query)
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(table.column_names)
        for row in table.to_pylist():
            writer.writerow(["" if value is None else value for value in row.values()])


@app.command()
def code() -> None:
    """Codes items: JSON lines in, JSON lines out, one for each; exit code 1 when a line was bad."""
    from flows.commands.coding import code_items

    is_bad = False
    # Bytes that are no UTF-8 spoil their own line, not the run.
    reader = open(sys.stdin.fileno(), encoding="utf-8", errors="surrogateescape", newline="\n", closefd=False)  # noqa: SIM115
    with plain_errors():
        for line in code_items(reader):
            is_bad = is_bad or '"error":' in line[:400]
            sys.stdout.write(line + "\n")
        sys.stdout.flush()
    if is_bad:
        raise typer.Exit(1)


@app.command()
def evaluate(
    file: Annotated[Path | None, typer.Argument(help="Labelled JSONL; left out: the project's own sentences.")] = None,
    store: Annotated[bool, typer.Option(help="Keep the figures in the warehouse, for the Quality page.")] = True,
) -> None:
    """Prints how good the coder is on labelled items: precision, recall, F1 and fields, by language and type."""
    from rich.console import Console

    from flows.commands.evaluating import evaluate_items, print_figures, read_items, store_figures
    from warehouse.connect import open_warehouse

    if file is not None and not file.is_file():
        fail(f"{file}: no such file; give a JSONL file of labelled items")
    with plain_errors():
        name, items = read_items(file)
        figures = evaluate_items(items)
        print_figures(figures, Console(width=None if sys.stdout.isatty() else 200))
        if store:
            settings = load_settings()
            _migrate_unless_served(settings)
            with open_warehouse(settings.home) as wh:
                store_figures(wh, name, figures, datetime.now(UTC))


Assess = Annotated[
    bool, typer.Option("--assess/--no-assess", help="Code what is new at once, or leave it to the next assess.")
]


@backfill_app.command("captures")
def backfill_captures(
    folder: Annotated[Path, typer.Argument(help="Files NAME__YYYYMMDDhhmmss__anything, UTC; .gz too.")],
    assess: Assess = True,
) -> None:
    """Reads archived feed captures in the order of their time stamps."""
    if not folder.is_dir():
        fail(f"{folder}: no such folder; give a folder of captures")
    _backfill("captures", [folder], assess)


@backfill_app.command("articles")
def backfill_articles(
    files: Annotated[list[Path], typer.Argument(help="JSONL: url, title, text, published, outlet, lang; .gz too.")],
    assess: Assess = True,
) -> None:
    """Reads articles from JSONL files."""
    _backfill("articles", files, assess)


@backfill_app.command("gdelt")
def backfill_gdelt(
    files: Annotated[list[Path], typer.Argument(help="Event exports of GDELT 2.0, as shipped (.zip), .gz or plain.")],
) -> None:
    """Reads GDELT's events into a table of their own, gdelt_events; they move no index of ours."""
    # They are another coder's: nothing of ours follows from them.
    _backfill("gdelt", files, is_assessed=False)


@backfill_app.command("warc")
def backfill_warc(
    files: Annotated[list[Path], typer.Argument(help="Web archives, .warc or .warc.gz.")],
    assess: Assess = True,
) -> None:
    """Reads the news pages of web archives as if they had been fetched when the archive saw them."""
    _backfill("warc", files, assess)


def _backfill(source: str, paths: list[Path], is_assessed: bool) -> None:
    from rich.console import Console
    from rich.progress import Progress

    from flows.rounds.assessing import assess_all
    from flows.rounds.history import read_archive
    from warehouse.connect import open_warehouse

    # What they warn of is counted and said in our own words.
    for name in ("warcio", "trafilatura"):
        logging.getLogger(name).setLevel(logging.ERROR)
    now = datetime.now(UTC)
    with plain_errors():
        settings = load_settings()
        _migrate_unless_served(settings)
        bars = Progress(console=Console(stderr=True), disable=not sys.stderr.isatty())
        with open_warehouse(settings.home) as wh, bars as progress:
            bar = progress.add_task(f"reading {source}")
            show = lambda done, total: progress.update(bar, completed=done, total=total)  # noqa: E731
            counts = [read_archive(wh, source, paths, now, show)]
            if is_assessed:
                progress.add_task("coding what is new", total=None)
                counts += assess_all(wh, settings, datetime.now(UTC))
    _print_counts(counts, "quarantined")
    unread = [f"{subject}: {reason}" for count in counts for subject, reason in count.unread]
    for line in unread:
        typer.echo(f"mereda: {line}; what came before is kept", err=True)
    if unread:
        raise typer.Exit(1)


def _migrate_unless_served(settings: Settings) -> None:
    """Makes or updates the warehouse file; the process that serves one has done so already."""
    from warehouse.endpoint import read_endpoint
    from warehouse.migrate import migrate

    if read_endpoint(settings.home) is None:
        migrate(settings.home)


def _point_at_prefect(settings: Settings) -> None:
    """Uses this home's Prefect server when it answers, else one that lives as long as the command."""
    import httpx

    from flows.orchestration import prefect_address, prefect_environment

    # The console is for this command's own lines; the log of the run is in the Prefect UI.
    environment = {**prefect_environment(settings), "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL"}
    try:
        httpx.get(f"{prefect_address(settings)}/api/health", timeout=1.0).raise_for_status()
    except httpx.HTTPError:
        environment.pop("PREFECT_API_URL")
        environment["PREFECT_SERVER_ALLOW_EPHEMERAL_MODE"] = "true"
        # Its own limit is 20 s, which a busy machine does not keep.
        environment["PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS"] = "180"
    os.environ.update(environment)


def _flow_of(name: Round):  # type: ignore[no-untyped-def]  # a Prefect flow; importing its type here costs a second
    if name is Round.COLLECT:
        from flows.collect import collect

        return collect
    if name is Round.ASSESS:
        from flows.assess import assess

        return assess
    from flows.upkeep import upkeep

    return upkeep


def main() -> None:
    """The entry point of the command."""
    app()


if __name__ == "__main__":
    main()
