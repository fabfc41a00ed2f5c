"""The address of a page, as it was written last: what a browser says of it may be older than that.

A browser says its address with everything it asks for, and hears of what was written there by a message. Until that has
come it says the former one: with a second choice made quickly after a first, with a beat under way, after a run that
another took the place of, whose messages were dropped. Taken for a wish, the former address would undo what the reader
has just chosen. So an address that a page had before it was written, and that the browser has not left since, is
written anew. The way back is known by what Streamlit says of it, links by an address that the page has not just had.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

_KEPT_KEY: Final = "address-kept"
_NOTHING: Final[Mapping[str, str]] = {}


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the address of a page is, by our own account; one object, so that a run that is ended leaves no half of it.

    Attributes:
        page: whose it is, as Streamlit knows it.
        written: its parameters.
        before: what the browser may still say, written out: addresses that it had before it hears of `written`.
        seen: key of a control -> what the address said of it when both were in step.
        is_new: whether it may have been written in the run that is under way, so that no browser can have said it.
    """

    page: str = ""
    written: Mapping[str, str] = field(default_factory=dict)
    before: frozenset[str] = frozenset()
    seen: Mapping[str, str | None] = field(default_factory=dict)
    is_new: bool = False


def hear(*, is_beat: bool = False) -> None:
    """Takes note that the browser knows the address, where it says so; begin every run with it.

    Args:
        is_beat: whether nothing can have been written in this run before.
    """
    said = st.query_params.to_dict()
    kept = _now()
    if said == kept.written:
        is_heard = is_beat or not kept.is_new
        _keep(replace(kept, is_new=False, before=frozenset() if is_heard else kept.before))


def parameters() -> dict[str, str]:
    """The address's parameters."""
    return dict(_now().written)


def asked(name: str) -> str | None:
    """What the address says under this name, None where it says nothing."""
    return _now().written.get(name)


def write(changes: Mapping[str, str | None], *, seen: Mapping[str, str | None] = _NOTHING) -> None:
    """Writes in the address, as one step of the way back.

    Args:
        changes: name -> what it says from now on; None takes the name out.
        seen: key of a control -> what the address says of it now, for `is_in_step`.
    """
    kept = _now()
    written = {name: value for name, value in {**kept.written, **changes}.items() if value is not None}
    is_changed = written != kept.written
    before = kept.before | {urlencode(kept.written)} if is_changed else kept.before
    _keep(replace(kept, written=written, before=before, seen={**kept.seen, **seen}, is_new=kept.is_new or is_changed))
    if is_changed:
        st.query_params.from_dict(written)


def note_seen(key: str, value: str | None) -> None:
    """Notes that the control of this key is in step with what the address says of it."""
    kept = _now()
    _keep(replace(kept, seen={**kept.seen, key: value}))


def is_in_step(key: str, value: str | None) -> bool:
    """Whether the address said this already when it and the control of this key were last in step."""
    return _now().seen.get(key) == value


def _keep(kept: _Kept) -> None:
    if kept != st.session_state.get(_KEPT_KEY):
        st.session_state[_KEPT_KEY] = kept


def _now() -> _Kept:
    """The address: as the browser says it, or as it was written last where the browser cannot know that yet."""
    said = st.query_params.to_dict()
    kept: _Kept = st.session_state.get(_KEPT_KEY, _Kept())
    context = get_script_run_ctx(suppress_warning=True)
    page = context.page_script_hash if context else ""
    if said == kept.written and page == kept.page:
        return kept
    is_older = page == kept.page and urlencode(said) in kept.before
    if is_older and not getattr(context, "is_history_navigation", False):
        _keep(replace(kept, is_new=True))
        st.query_params.from_dict(kept.written)
        return kept
    kept = _Kept(page, said, seen=kept.seen)
    _keep(kept)
    return kept
