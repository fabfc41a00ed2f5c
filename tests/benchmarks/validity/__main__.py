"""Runs the checks for which the corpus has what they need and prints them; with `--write` as `docs/validity.md`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from flows.events.code import CODER_VERSION
from tests.benchmarks.validity.agreement import agreement_of
from tests.benchmarks.validity.clusters import cluster_lines
from tests.benchmarks.validity.crisis import happening_lines
from tests.benchmarks.validity.replaying import COMPARED, by_week, read_days, replay, write_headlines, write_story
from warehouse.connect import Warehouse, open_warehouse

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "validity.md"
WORDS = Path(__file__).with_name("words.md")
CORPUS = ROOT / "../shared/corpus"
DYADS = ("USA-CHN", "IND-CHN", "ISR-PSE", "ARM-AZE", "IRN-USA", "PRK-KOR")
GOAL_SPEARMAN, GOAL_HITS = 0.6, 0.6
MONDAY = date(2018, 1, 1)
# Below this a week's or a dyad's silence is ours, not the world's.
DAYS_READ, EVENT_WEEKS = 3, 6
TRUCE, ATTACK, EXCHANGE = date(2023, 11, 24), date(2023, 10, 7), date(2024, 4, 15)


def story_lines(wh: Warehouse) -> Iterator[str]:
    """The crisis of January 2024 between Iran and Pakistan, day by day, by each formula."""
    for version in COMPARED:
        days = read_days(wh, "IRN", "PAK", version)
        january = days[(days["on"] >= date(2024, 1, 13)) & (days["on"] <= date(2024, 1, 31))].set_index("on")
        tension, ease = january["tension"], january["deescalation"]
        peak = max(tension.index, key=lambda on: (tension[on], on))
        leads = [on for on in january.index if on > peak and ease[on] > tension[on]]
        first = leads[0] if leads else None
        stays = first is not None and all(ease[on] > tension[on] for on in january.index if on >= first)
        leap = tension.diff().sort_index().idxmax()
        yield ""
        yield (
            f"Formula {version}: the greatest rise of a day is on {leap:%d %B}, the peak of tension on {peak:%d %B} "
            f"({tension[peak]:.0f} points); de-escalation overtakes "
            + (f"on {first:%d %B} and {'stays' if stays else 'does not stay'} ahead." if first else "never.")
        )
        yield ""
        yield "| day | conflict | cooperation | tension | de-escalation |"
        yield "|---|---|---|---|---|"
        for on, row in january[january["events"] > 0].iterrows():
            numbers = (f"{row[name]:.1f}" for name in ("conflict", "cooperation", "tension", "deescalation"))
            yield f"| {on:%d} | {' | '.join(numbers)} |"


def headline_lines(wh: Warehouse) -> Iterator[str]:
    """The turns of nine months of Indonesian headlines on Israel, Palestine and Iran, by each formula."""
    yield "| formula | turn | expected | found | |"
    yield "|---|---|---|---|---|"
    for version in COMPARED:
        gaza = read_days(wh, "ISR", "PSE", version)
        weeks = by_week(gaza, TRUCE)
        until = weeks[weeks.index <= TRUCE]
        for name, told in (("deescalation", "mean de-escalation"), ("cooperation", "cooperation of the week")):
            found = _greatest(until, name)
            yield _turn(version, f"ISR-PSE, highest {told} until then", TRUCE, found, found == TRUCE)
        for name, told in (("conflict", "conflict of the week"), ("tension", "mean tension")):
            found = _greatest(by_week(gaza, ATTACK), name)
            is_soon = (found - ATTACK).days <= 28
            yield _turn(version, f"ISR-PSE, highest {told}", ATTACK, found, is_soon, " to four weeks later")
        iran = by_week(read_days(wh, "IRN", "ISR", version), EXCHANGE)
        for name, told in (("conflict", "conflict of the week"), ("tension", "mean tension")):
            found = _greatest(iran, name)
            yield _turn(version, f"IRN-ISR, highest {told}", EXCHANGE, found, found == EXCHANGE)


def _greatest(weeks: pd.DataFrame, name: str) -> date:
    """The first week in which a value is greatest."""
    values: dict[Any, float] = weeks[name].to_dict()
    greatest: date = max(sorted(values), key=lambda week: values[week])
    return greatest


def _turn(version: str, what: str, expected: date, found: date, is_met: bool, reach: str = "") -> str:
    mark = "met" if is_met else "missed"
    return f"| {version} | {what} | week of {expected:%d %b %Y}{reach} | week of {found:%d %b %Y} | {mark} |"


def capture_lines(wh: Warehouse, series: pd.DataFrame) -> Iterator[str]:
    """Weekly net of archived feeds against GDELT's daily sums of Goldstein scores, in weeks that both have."""
    covered = _covered_weeks(wh) & {_week_of(on) for on in series.index}
    yield f"Weeks in which feeds were read on three days or more, and GDELT's series has: {len(covered)}."
    yield ""
    yield "| formula | dyad | weeks with events | Spearman | worst tenth found | |"
    yield "|---|---|---|---|---|---|"
    for version in COMPARED:
        for dyad in DYADS:
            a, b = dyad.split("-")
            days = read_days(wh, a, b, version)
            ours = pd.Series(dict.fromkeys(sorted(covered), 0.0), dtype=float)
            if len(days):
                sums = by_week(days, MONDAY)
                told = sums["net_sum"][sums["events"] > 0]
                ours.update(told[[week in covered for week in told.index]])
            theirs = series[_column_of(series, dyad)].groupby([_week_of(on) for on in series.index]).sum()
            yield f"| {version} | {dyad} | {int((ours != 0).sum())} | {_judged(ours, theirs)} |"


def _covered_weeks(wh: Warehouse) -> set[date]:
    """Weeks in which feeds were read on enough days that silence means something."""
    rows = wh.query("SELECT DISTINCT polled_at_utc::DATE AS on_date FROM polls")
    counted = Counter(_week_of(row["on_date"]) for row in rows)
    return {week for week, days in counted.items() if days >= DAYS_READ}


def _week_of(on: date) -> date:
    return on - timedelta(days=on.weekday())


def _column_of(series: pd.DataFrame, dyad: str) -> str:
    a, b = dyad.split("-")
    return next(name for name in (f"{a}-{b}", f"{b}-{a}") if name in series.columns)


def _judged(ours: pd.Series[float], theirs: pd.Series[float]) -> str:
    found = agreement_of(ours, theirs)
    if not found.is_enough or (ours != 0).sum() < EVENT_WEEKS:
        return "- | - | too few"
    is_met = found.spearman >= GOAL_SPEARMAN and found.hit_rate >= GOAL_HITS
    return f"{found.spearman:.2f} | {100 * found.hit_rate:.0f} % | {'met' if is_met else 'missed'}"


def risk_lines(wh: Warehouse, risk: pd.DataFrame) -> Iterator[str]:
    """Weekly conflict of all dyads against the daily Geopolitical Risk index, where both have weeks."""
    rows = wh.query("SELECT on_date, sum(conflict) AS conflict FROM daily_dyads WHERE formula_version = $v GROUP BY 1",
                    v=COMPARED[0])  # fmt: skip
    covered = _covered_weeks(wh) & {_week_of(on) for on in risk.index}
    ours = pd.Series({row["on_date"]: row["conflict"] for row in rows}, dtype=float)
    ours = ours.groupby([_week_of(on) for on in ours.index]).sum().reindex(sorted(covered)).fillna(0.0)
    theirs = risk["GPRD"].groupby([_week_of(on) for on in risk.index]).mean()
    found = agreement_of(ours, theirs)
    if not found.is_enough:
        yield f"Weeks in both: {found.points}. Too few to say anything: the index ends in 2019."
        return
    yield f"Weeks in both: {found.points}; Spearman {found.spearman:.2f}."


def _series(path: Path) -> pd.DataFrame:
    frame = pd.read_csv(path)
    frame.index = pd.Index([date.fromisoformat(text[:10]) for text in frame["date"]])
    return frame.drop(columns="date")


def measure(corpus: Path, homes: Path) -> Iterator[tuple[str, list[str]]]:
    """(name of a check, its lines), one after the other; those without their files say so."""
    captures, series = corpus / "feeds/captures", corpus / "series"
    story, headlines = next(corpus.glob("story/*.jsonl"), None), next(corpus.glob("headlines/*.csv"), None)
    if story is not None:
        write_story(story, homes / "story.jsonl")
        replay(homes / "story", "articles", [homes / "story.jsonl"])
        with open_warehouse(homes / "story") as wh:
            yield "story", [*story_lines(wh), "", *happening_lines(wh)]
    if headlines is not None:
        write_headlines(headlines, homes / "headlines.jsonl")
        replay(homes / "headlines", "articles", [homes / "headlines.jsonl"])
        with open_warehouse(homes / "headlines") as wh:
            yield "headlines", list(headline_lines(wh))
    if captures.is_dir():
        replay(homes / "captures", "captures", [captures])
        with open_warehouse(homes / "captures") as wh:
            yield "captures", list(capture_lines(wh, _series(next(series.glob("gdelt_dyads*.csv")))))
            yield "risk", list(risk_lines(wh, _series(next(series.glob("gpr_daily*.csv")))))
    yield "clusters", list(cluster_lines())


def main(arguments: list[str]) -> int:
    """Prints every check; with `--write`, the page too."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.validity")
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="folder with feeds, headlines, series and story")
    parser.add_argument("--homes", type=Path, help="where to keep the warehouses; a folder that is dropped by default")
    parser.add_argument("--write", action="store_true", help="write docs/validity.md")
    given = parser.parse_args(arguments)
    if not given.corpus.is_dir():
        sys.stdout.write("not measured: the corpus is not beside the project\n")
        return 0
    found: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory() as dropped:
        homes = given.homes or Path(dropped)
        homes.mkdir(parents=True, exist_ok=True)
        for name, lines in measure(given.corpus, homes):
            sys.stdout.write(f"{name}\n" + "\n".join(lines) + "\n\n")
            found[name] = lines
    if given.write:
        page = WORDS.read_text("utf-8").replace("{{when}}", f"{datetime.now(UTC):%d %B %Y}")
        page = page.replace("{{coder}}", CODER_VERSION)
        for name in ("story", "headlines", "captures", "risk", "clusters"):
            page = page.replace(f"{{{{{name}}}}}", "\n".join(found.get(name, ["Not measured."])).strip())
        PAGE.write_text(page, "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
