"""What the page of a pair is asked: two sides, a range of days, pairs beside it; all of it in the address.

The address leads wherever somebody else than the controls changed it (see `filters`). A range that is left out is the
usual one, or the shortest that holds the event the address names. A range that does not hold that event is widened: who
follows a link to an event wants to see it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

from dashboard import cached
from dashboard.translation import later, t
from dashboard.views import wording
from dashboard.views.filters import take_from_address, write_at_once
from dashboard.views.opened import asked_event, close_event
from dashboard.views.options import side_names
from dashboard.views.pair_told import count_events, is_event_of
from dashboard.views.shown_days import show_whole_range

RANGES = {
    "14d": (later("2 weeks"), 14),
    "30d": (later("30 days"), 30),
    "90d": (later("90 days"), 90),
    "1y": (later("1 year"), 365),
    "all": (later("All"), 36_500),
}
DEFAULT_RANGE = "90d"
# With the page's own pair that makes four: as many as are told apart by colour in every form of colour blindness.
COMPARED_COUNT = 3
# Of what the address names and is no pair, so many are written out.
NAMED_COUNT = 5
_LEFT_OUT_KEY = "pair-with-left-out"
OFFERED_COUNT = 500


@dataclass(frozen=True)
class Question:
    """Two side codes, one of `RANGES`, and the pairs to compare with, each two codes in the order of the alphabet."""

    a: str
    b: str
    span: str
    others: tuple[tuple[str, str], ...] = ()


def draw_question(names: dict[str, str]) -> Question:
    """Draws the selectors and keeps them and the address in step.

    Args:
        names: code -> name of every side that can be chosen, at least two.
    """
    codes = list(names)
    _take_from_address(codes)
    left, right, ranges = st.columns([3, 3, 4], vertical_alignment="bottom")
    a = left.selectbox(t("First side"), codes, format_func=names.__getitem__, key="pair_a", on_change=_close_all)
    b = right.selectbox(t("Second side"), codes, format_func=names.__getitem__, key="pair_b", on_change=_close_all)
    span = ranges.segmented_control(
        t("Range"),
        list(RANGES),
        format_func=lambda code: t(RANGES[code][0]),
        key="pair_range",
        required=True,
        on_change=_leave_range,
    )
    own = (a, b) if a < b else (b, a)
    question = Question(a, b, span or DEFAULT_RANGE, _draw_others(names, own))
    beside = ",".join(f"{first}-{second}" for first, second in question.others)
    write_at_once(
        {
            "pair_a": ("a", a),
            "pair_b": ("b", b),
            "pair_range": ("range", question.span),
            "pair_with": ("with", beside or None),
        }
    )
    return question


def show_all_days() -> None:
    """Chooses the range of all days."""
    st.session_state["pair_range"] = "all"
    show_whole_range()


def show_pair(a: str, b: str) -> None:
    """Chooses another pair, alone and without an event; the days stay those that are looked at."""
    st.session_state.update({"pair_a": a, "pair_b": b, "pair_with": []})
    _forget_left_out()
    close_event()


def dyads_in(text: str, codes: Collection[str]) -> tuple[list[tuple[str, str]], list[str]]:
    """Gives the pairs of a text such as `USA-CHN,IND-CHN`, and what in it is no pair; each once.

    Pairs are of two different known sides, the codes in the order of the alphabet; a code may have dashes of its own.
    """
    found, unknown = [], []
    for item in filter(None, map(str.strip, text.split(","))):
        parts = item.split("-")
        splits = [("-".join(parts[:at]), "-".join(parts[at:])) for at in range(1, len(parts))]
        known = next(((a, b) for a, b in splits if a in codes and b in codes and a != b), None)
        if known:
            found.append((min(known), max(known)))
        else:
            unknown.append(item)
    return list(dict.fromkeys(found)), list(dict.fromkeys(unknown))


def _draw_others(names: dict[str, str], own: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """The pairs to compare with: those known best are offered, and those that the address names."""
    take_from_address("pair_with", "with", lambda asked: _asked_beside(asked, names))
    chosen = [dyad for dyad in st.session_state["pair_with"] if dyad != own and set(dyad) <= set(names)]
    if left_out := chosen[COMPARED_COUNT:]:
        _leave_out_beside(
            [f"{a}-{b}" for a, b in left_out], t("no more than {count} can stand beside a pair", count=COMPARED_COUNT)
        )
    st.session_state["pair_with"] = chosen[:COMPARED_COUNT]
    offered = {dyad: name for dyad, name in cached.made("dyads offered", (), _offered).items() if dyad != own}
    others = st.multiselect(
        t("Compare with"),
        list(dict.fromkeys([*st.session_state["pair_with"], *offered])),
        key="pair_with",
        format_func=lambda dyad: offered.get(dyad) or _written(dyad, names),
        max_selections=COMPARED_COUNT,
        placeholder=t("Up to three other pairs"),
        on_change=_forget_left_out,
    )
    for sentence in st.session_state.get(_LEFT_OUT_KEY, []):
        st.info(sentence)
    return tuple(others)


def _offered() -> dict[tuple[str, str], str]:
    """The dyads that are known best and their names."""
    names = side_names()
    known = cached.dyads().head(OFFERED_COUNT)
    dyads = zip(map(str, known["side_a_code"]), map(str, known["side_b_code"]), strict=True)
    return {dyad: _written(dyad, names) for dyad in dyads if set(dyad) <= set(names)}


def _written(dyad: tuple[str, str], names: Mapping[str, str]) -> str:
    return wording.written_pair({"side_a_code": dyad[0], "side_b_code": dyad[1]}, names)


def _asked_beside(asked: str, names: Collection[str]) -> list[tuple[str, str]]:
    """The pairs of the address; what is none is told for as long as nobody chooses others."""
    found, unknown = dyads_in(asked, names)
    _forget_left_out()
    if unknown:
        _leave_out_beside(
            unknown,
            t(
                "expected are two different known sides with a dash between their codes, such as {example}, and a "
                "comma between pairs",
                example="-".join(sorted(names)[:2]),
            ),
        )
    return found


def _leave_out_beside(left_out: list[str], why: str) -> None:
    said = wording.plain_markdown(", ".join(left_out[:NAMED_COUNT]))
    if len(left_out) > NAMED_COUNT:
        said = t("{pairs} and {count} more", pairs=said, count=len(left_out) - NAMED_COUNT)
    sentence = t(
        "Left out of the comparison that the address names: {pairs}; {why}.",
        pairs=said,
        why=wording.plain_markdown(why),
    )
    st.session_state.setdefault(_LEFT_OUT_KEY, []).append(sentence)


def _forget_left_out() -> None:
    st.session_state[_LEFT_OUT_KEY] = []


def _take_from_address(codes: list[str]) -> None:
    for key, name in (("pair_a", "a"), ("pair_b", "b")):
        take_from_address(key, name, lambda asked: asked if asked in codes else None)
    if not {st.session_state["pair_a"], st.session_state["pair_b"]} <= set(codes):
        for key, otherwise in zip(("pair_a", "pair_b"), _first_pair(codes), strict=True):
            if st.session_state[key] not in codes:
                st.session_state[key] = otherwise
    pair = st.session_state["pair_a"], st.session_state["pair_b"]
    take_from_address("pair_range", "range", lambda asked: _asked_range(*pair, asked))


def _asked_range(a: str, b: str, asked: str) -> str:
    wanted = asked_event()
    is_fitting = asked in RANGES and (wanted is None or is_event_of(a, b, *_days_of(asked), wanted))
    return asked if is_fitting else _fitting_range(a, b, wanted)


def _fitting_range(a: str, b: str, wanted: str | None) -> str:
    """The usual range where it has an event, also the one asked for; else the shortest longer one that has."""
    for code in (DEFAULT_RANGE, "1y"):
        days = _days_of(code)
        if is_event_of(a, b, *days, wanted) if wanted else count_events(a, b, *days)["event_count"]:
            return code
    return "all"


def _days_of(span: str) -> tuple[date, date]:
    until = cached.today()
    return until - timedelta(days=RANGES[span][1]), until


def _close_all() -> None:
    close_event()
    show_whole_range()


def _leave_range() -> None:
    """Keeps the address true to what is shown: an event that a shorter range leaves out is closed."""
    show_whole_range()
    wanted, span = asked_event(), st.session_state["pair_range"]
    pair = st.session_state["pair_a"], st.session_state["pair_b"]
    if wanted and span and not is_event_of(*pair, *_days_of(span), wanted):
        close_event()


def _first_pair(codes: list[str]) -> tuple[str, str]:
    """The tensest pair of the last day with news, else the first two sides."""
    busy_day = cached.overview()["last_event_on"] or cached.today()
    tensest = cached.tension_by_dyad(busy_day, 1)
    if not tensest.empty:
        a, b = str(tensest.iloc[0]["side_a_code"]), str(tensest.iloc[0]["side_b_code"])
        if a in codes and b in codes:
            return a, b
    return codes[0], codes[1]
