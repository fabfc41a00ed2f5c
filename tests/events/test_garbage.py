"""The collector of cycles rests for a batch or an article, and only for it; coding an article leaves it none."""

from __future__ import annotations

import gc

import pytest

from flows.events.code import Item, code_item
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


def test_coding_an_article_leaves_no_cycles_behind() -> None:
    item = Item(id="1", title="Iran menyerang Pakistan", text="Kedua negara sepakat meredakan ketegangan.", lang="id")
    code_item(item)  # what is read once stays
    gc.collect()
    with paused_collection():
        assert code_item(item).mentions
        assert gc.collect() == 0
    assert gc.isenabled()
