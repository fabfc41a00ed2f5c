"""`mereda watch` and `mereda brief`: which dyads have a daily brief, and one brief in the shell."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated

import typer

from flows.commands.saying import fail, plain_errors
from flows.settings import load_settings


class BriefFormat(StrEnum):
    """How a brief is written."""

    MARKDOWN = "markdown"
    JSON = "json"
    RSS = "rss"
    ATOM = "atom"


Side = Annotated[str, typer.Argument(help="Code of a side: ISO 3166-1 alpha-3, an organisation, or a group's slug.")]


def watch(
    side_a: Annotated[str | None, typer.Argument(help="Code of a side; left out: lists the watched dyads.")] = None,
    side_b: Annotated[str | None, typer.Argument(help="Code of the other side.")] = None,
    drop: Annotated[bool, typer.Option("--drop", help="No longer watch these two.")] = False,
) -> None:
    """Keeps a daily brief of two sides; where none are watched, the most moved ones have one."""
    from warehouse.connect import open_warehouse
    from warehouse.records import WatchedDyad
    from warehouse.standings import read_watched_dyads
    from warehouse.watching import drop_watched_dyad, write_watched_dyad

    with plain_errors(), open_warehouse(load_settings().home) as wh:
        if side_a is None:
            for a, b in read_watched_dyads(wh):
                typer.echo(f"{a} {b}")
            return
        first, second = sorted(_known_sides(side_a, side_b))
        if drop:
            is_gone = drop_watched_dyad(wh, first, second)
            typer.echo(f"{first} {second} {'is no longer watched' if is_gone else 'was not watched'}")
            return
        dyad = WatchedDyad(side_a_code=first, side_b_code=second, watched_since_utc=datetime.now(UTC))
        write_watched_dyad(wh, dyad)
        typer.echo(f"{first} {second} is watched; its brief is written with the next assess")


def brief(
    side_a: Side,
    side_b: Side,
    form: Annotated[BriefFormat, typer.Option("--format", help="How it is written.")] = BriefFormat.MARKDOWN,
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day it ends on; today.")] = None,
) -> None:
    """Prints where two sides stand and what moved them within a week, each line with its sentence and link."""
    from flows.rounds.briefing import gather_brief, render_brief
    from warehouse.connect import open_warehouse

    a, b = _known_sides(side_a, side_b)
    with plain_errors():
        with open_warehouse(load_settings().home, role="read") as wh:
            told = gather_brief(wh, a, b, (on or datetime.now(UTC)).date())
        typer.echo(render_brief(told, form), nl=False)


def _known_sides(side_a: str, side_b: str | None) -> tuple[str, str]:
    """Both codes as they are kept; the command ends where one is not known."""
    from warehouse.side_names import english_name

    if side_b is None:
        fail(f"one side is named ({side_a}); give two, such as IRN PAK")
    codes = []
    for side in (side_a, side_b):
        known = next((code for code in (side, side.upper(), side.lower()) if english_name(code)), None)
        if known is None:
            fail(f"{side}: no such side; give a code such as IRN, UNO or hamas (see `mereda sql` on the table events)")
        codes.append(known)
    if codes[0] == codes[1]:
        fail(f"both sides are {codes[0]}; give two different ones")
    return codes[0], codes[1]
