"""What moved: pairs by how far they went in a day or a week, or what came since the reader was last here."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, Final

import streamlit as st

from dashboard import cached
from dashboard.translation import later, t, tn
from dashboard.views import address, wording
from dashboard.views.filters import choose_in_address
from dashboard.views.page import pair_link
from dashboard.views.reader import written_instant
from dashboard.views.visits import instant_of, last_visit

MOVED_COUNT = 5
SINCE_COUNT = 8
VISIT: Final = "visit"
SPANS: Final = {"1": later("24 hours"), "7": later("7 days"), VISIT: later("Since my last visit")}
USUAL: Final = "7"
KEY = "moved-over"


def draw_moved(names: dict[str, str], on: date) -> int:
    """Draws the choice and what moved; gives the days that other parts of the page look back.

    Args:
        names: code -> name of the sides.
        on: the day that days are counted back from.
    """
    st.subheader(t("What moved"))
    visit = last_visit()
    over = choose_in_address(t("Over"), SPANS, key=KEY, name="over", usual=USUAL)
    if over != VISIT:
        _draw_days(names, on, int(over))
        return int(over)
    asked = instant_of(address.asked("since") or "")
    if asked is None and visit.since is None:
        st.write(_without_a_visit(is_told=visit.is_told, is_kept=visit.is_kept))
    else:
        _draw_since(names, asked or visit.since or datetime.now(UTC), is_asked=asked is not None)
    return int(USUAL)


def _without_a_visit(*, is_told: bool, is_kept: bool) -> str:
    if not is_told:
        return t("Asking this browser when you were last here ...")
    if not is_kept:
        return t("This browser keeps nothing between visits, so nobody knows when you were last here.")
    return t(
        "This is your first visit with this browser. From the next one on, what came in between stands here; "
        "the browser alone remembers when you were here."
    )


def _draw_days(names: dict[str, str], on: date, days: int) -> None:
    worse, better = cached.drawn("moved", (on, days), lambda: _moved(names, on, days))
    if not worse and not better:
        st.write(t("No pair moved in this time."))
    for title, links in ((t("▲ More tense"), worse), (t("▼ Easing"), better)):
        if links:
            st.markdown(f"**{title}**")
        for a, b, label in links:
            pair_link(a, b, label=label)


def _moved(names: dict[str, str], on: date, days: int) -> tuple[list[tuple[str, str, str]], ...]:
    """The pairs that grew more tense and those that eased, the farthest moved first: two codes and Markdown each."""
    moved = cached.moved_dyads(on, days)
    worse, better = moved["net_change"] <= -wording.FAINT, moved["net_change"] >= wording.FAINT
    return tuple(
        [
            (str(row["side_a_code"]), str(row["side_b_code"]), _moved_in_words(row, names))
            for row in moved[is_meant].head(MOVED_COUNT).to_dict("records")
        ]
        for is_meant in (worse, better)
    )


def _moved_in_words(row: dict[Any, Any], names: dict[str, str]) -> str:
    moved_by = t("net {value}", value=wording.signed(row["net_change"]))
    return wording.plain_markdown(f"{wording.written_pair(row, names)}: {moved_by}")


def _draw_since(names: dict[str, str], since: datetime, *, is_asked: bool) -> None:
    counts = cached.changes_count(since)
    ago = wording.written_ago(since, datetime.now(UTC))
    came = t("Since {when} ({ago}): {counts}.", when=written_instant(since), ago=ago, counts=counts_in_words(counts))
    st.write(wording.plain_markdown(came))
    changes = cached.changes_since(since, SINCE_COUNT + 1)
    for row in changes.head(SINCE_COUNT).to_dict("records"):
        pair_link(
            str(row["side_a_code"]),
            str(row["side_b_code"]),
            label=wording.plain_markdown(f"{wording.written_pair(row, names)}: {change_in_words(row)}"),
            event_id=wording.text_of(row["event_id"]) or None,
        )
    if len(changes) > SINCE_COUNT:
        st.caption(t("The {count} pairs with the weightiest news; there are more.", count=SINCE_COUNT))
    # A link to the page one is on leaves the address as it is; a button may change it.
    if is_asked:
        st.button(t("Since my own last visit"), on_click=_forget_since, icon=":material/undo:", type="tertiary")
    elif any(counts.values()):
        st.button(
            t("Keep this moment in the address"),
            on_click=_keep_since,
            args=(since,),
            icon=":material/link:",
            type="tertiary",
            help=t("The address then shows what came since this moment, to keep or to send"),
        )


def _keep_since(since: datetime) -> None:
    address.write({"since": since.isoformat(timespec="seconds").replace("+00:00", "Z")})


def _forget_since() -> None:
    address.write({"since": None})


def counts_in_words(counts: dict[str, Any]) -> str:
    """Gives what came after an instant in words, of `queries/changes_count.sql`; that nothing did is said."""
    said = [
        tn("{count} alert", "{count} alerts", counts["alert_count"]) if counts["alert_count"] else "",
        tn("{count} new event", "{count} new events", counts["new_event_count"]) if counts["new_event_count"] else "",
        _read_otherwise(counts["changed_event_count"]),
        t("{count} taken back", count=wording.number(counts["withdrawn_event_count"]))
        if counts["withdrawn_event_count"]
        else "",
        tn("{count} new article", "{count} new articles", counts["article_count"]) if counts["article_count"] else "",
    ]
    return ", ".join(part for part in said if part) or t("nothing new")


def _read_otherwise(count: int) -> str:
    return t("{count} read otherwise", count=wording.number(count)) if count else ""


def change_in_words(change: dict[Any, Any]) -> str:
    """Gives what one pair gained, of `queries/changes_since.sql`: events, and what the new ones add to net."""
    new, changed = int(change["new_count"]), int(change["changed_count"])
    parts = []
    if new:
        net = float(change["net_change"])
        moved = t("net {value}", value=wording.signed(net))
        events = tn("{count} new event", "{count} new events", new)
        parts.append(f"{events} ({moved})" if abs(net) >= wording.FAINT else events)
    return ", ".join(part for part in (*parts, _read_otherwise(changed)) if part)
