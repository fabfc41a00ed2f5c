"""The collector of cycles rests for a batch, and only for it."""

from __future__ import annotations

import gc

import pytest

from flows.events.garbage import paused_collection


def test_cycles_are_looked_for_again_after_a_batch_even_one_that_fails() -> None:
    @paused_collection()
    def batch() -> None:
        assert not gc.isenabled()
        raise ValueError("a batch that fails")

    assert gc.isenabled()
    for _ in range(2):
        with pytest.raises(ValueError, match="fails"):
            batch()
        assert gc.isenabled()


def test_where_nobody_looked_for_cycles_nobody_does_after_it() -> None:
    with paused_collection():
        with paused_collection():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
