"""Stories and events of the labelled scenes stay as good as they were, through the real coder and the real rounds."""

from __future__ import annotations

from functools import cache

import pytest

from tests.merging.measure import Clustered, cluster_part, compute_b_cubed, hash_of, load_floors, measure_part
from tests.merging.scenes import PARTS, RELATIONS, load_tellings, pairs_of

clusters = cache(cluster_part)


@pytest.fixture(params=PARTS)
def part(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def clustered(part: str) -> Clustered:
    return clusters(part)


def test_no_figure_falls_below_its_floor(part: str) -> None:
    floors = load_floors()[part]
    figures = measure_part(clustered(part))
    fallen = {name: (one.f1, floors[name]) for name, one in figures.items() if one.f1 < float(floors[name])}
    assert fallen == {}


def test_floors_belong_to_these_labels(part: str) -> None:
    assert load_floors()[part]["labels_hash"] == hash_of(part), "run `python -m tests.merging.measure --raise`"


def test_different_happenings_are_never_one_event() -> None:
    torn = clustered("unseen").events
    assert len({event for event in torn.values() if event}) >= len({key[2] for key in torn if torn[key]})


def test_the_set_is_as_large_and_as_mixed_as_it_says() -> None:
    tellings = {part: load_tellings(part) for part in PARTS}
    pairs = [pair for one in tellings.values() for pair in pairs_of(one)]
    assert len(pairs) >= 300
    assert {pair.relation for pair in pairs} == set(RELATIONS)
    assert sum({pair.first.language, pair.second.language} == {"id", "en"} for pair in pairs) >= 75
    assert len({telling.language for telling in tellings["open"]}) == 12
    shares = [len(pairs_of(tellings[part])) / len(pairs) for part in PARTS]
    assert shares[1] > 0.25
    ids = [telling.article_id for one in tellings.values() for telling in one]
    assert len(ids) == len(set(ids))


def test_b_cubed_is_what_its_authors_say() -> None:
    # Seven elements in clusters of five and two, where the labels say five, one and one.
    made = dict(zip("abcdefg", ["x"] * 5 + ["y"] * 2, strict=True))
    labelled = dict(zip("abcdefg", ["1"] * 5 + ["2", "3"], strict=True))
    figures = compute_b_cubed(made, labelled)
    assert figures.precision == pytest.approx((5 + 0.5 + 0.5) / 7)
    assert figures.recall == 1.0
    assert compute_b_cubed(made, made).f1 == 1.0
