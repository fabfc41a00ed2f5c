"""Copies of records with a change, which are made by place and must be those that dataclasses make by name."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.events.frozen import replace
from flows.events.sides import SideSpan

SPAN = SideSpan(0, 4, "IRN", "Iran", "IRN", "GOV", "state")
CHANGES = st.fixed_dictionaries(
    {}, optional={"start": st.integers(), "country_code": st.none() | st.text(), "head": st.booleans()}
)


@given(CHANGES)
def test_a_changed_copy_is_what_dataclasses_make_of_it(changes: dict[str, object]) -> None:
    assert replace(SPAN, **changes) == dataclasses.replace(SPAN, **changes)  # type: ignore[arg-type]
    assert (SPAN.start, SPAN.country_code, SPAN.head) == (0, "IRN", True)


def test_a_field_that_a_record_has_not_is_refused() -> None:
    with pytest.raises(AttributeError):
        replace(SPAN, colour="red")
