"""Which mentions of one time are one happening: by country, kind of arms, group that was hit, and town.

A mention silent about one of these joins the part that it fits best.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from math import asin, cos, radians, sin, sqrt

from flows.events.merging.grouping import (
    SHARP_PLACES,
    ReportedMention,
    family_count,
    is_group,
    order_of,
    points_back,
    precision_of,
    soil_of,
)

# Reporters do not agree on what fell on a place: one strike is "air strike", "drone" and "missiles" in three papers.
NEAR_MODES = dict.fromkeys(
    ("aerial", "drone", "heavy-weapons", "explosives", "unconventional", "destroy"), "bombardment"
)
# Only acts on the ground are told apart by their town: a statement is made where the speaker happens to be.
PLACED_TYPES = frozenset({"ASSAULT", "COERCE", "PROTEST"})
# Papers name the next larger town, or the border post; beyond this it is another place.
NEAR_KM = 80.0
EARTH_KM = 6371.0
# Fewer dead than this are the same number in too many attacks.
TELLING_TOLL = 3


def part_group(same_time: Sequence[ReportedMention]) -> list[list[ReportedMention]]:
    """The happenings that mentions of one block and one time tell of."""
    parts = []
    told = {_country_of(r) for r in same_time if not _is_pointing(r)} - {None}

    def country_of(reported: ReportedMention) -> str | None:
        # "The attack", named beside a war elsewhere, is not there where nobody tells of one.
        country = _country_of(reported)
        return None if told and country not in told and _is_pointing(reported) else country

    for same_country in _split_by(list(same_time), country_of):
        for same_mode in _split_by(same_country, lambda r: NEAR_MODES.get(r.mention.mode or "", r.mention.mode)):
            for same_hit in _split_by(same_mode, _group_hit):
                parts += _split_by_town(same_hit)
    return _join_by_losses(parts)


def _join_by_losses(parts: list[list[ReportedMention]]) -> list[list[ReportedMention]]:
    """The parts, those told apart by their arms alone joined where their losses are the same.

    One paper's shelling is another's gunfire. Different groups hit, or towns far apart, stay apart.
    """
    joined: list[list[ReportedMention]] = []
    for part in sorted(parts, key=lambda one: (-family_count(one), order_of(one[0]))):
        home = next((one for one in joined if _are_of_other_arms(one, part)), None)
        if home is None:
            joined.append(list(part))
        else:
            home[:] = sorted([*home, *part], key=order_of)
    return joined


def _are_of_other_arms(one: Sequence[ReportedMention], other: Sequence[ReportedMention]) -> bool:
    if one[0].mention.type != "ASSAULT":
        return False
    for value_of in (_country_of, _group_hit):
        told = {value_of(r) for r in one} - {None}, {value_of(r) for r in other} - {None}
        if told[0] and told[1] and not told[0] & told[1]:
            return False
    towns = [[r for r in part if _town_of(r) is not None] for part in (one, other)]
    is_near = any(_distance_km(a, b) <= NEAR_KM for a in towns[0] for b in towns[1])
    if towns[0] and towns[1] and not is_near:
        return False
    shared = {_losses_of(r) for r in one} & {_losses_of(r) for r in other}
    return any(_are_telling(losses) or is_near for losses in shared if losses is not None)


def _are_telling(losses: tuple[int | None, int | None]) -> bool:
    """Whether two would hardly have the same losses by chance."""
    killed, injured = losses
    return (killed or 0) >= TELLING_TOLL or (killed is not None and injured is not None)


def _country_of(reported: ReportedMention) -> str | None:
    """Where it was; an act against another state placed on the actor's own soil is taken to be placed nowhere.

    Such a place is where the act was announced or began more often than where it was done.
    """
    mention = reported.mention
    is_home = mention.place_country_code == (mention.actor_country_code or mention.actor_code)
    is_foreign = mention.target_country_code not in (None, mention.place_country_code)
    return None if is_home and is_foreign else mention.place_country_code


def _is_pointing(reported: ReportedMention) -> bool:
    return precision_of(reported) == "publication" and points_back(reported.mention)


def _group_hit(reported: ReportedMention) -> str | None:
    code = reported.mention.target_code
    return code if soil_of(reported.mention) and is_group(code) else None


def _split_by(
    group: list[ReportedMention], value_of: Callable[[ReportedMention], str | None]
) -> list[list[ReportedMention]]:
    """Parts that agree on a value; the mentions silent about it join the part that most families tell of."""
    parts: defaultdict[str, list[ReportedMention]] = defaultdict(list)
    silent: list[ReportedMention] = []
    for reported in group:
        value = value_of(reported)
        (silent if value is None else parts[value]).append(reported)
    if not parts:
        return [group]
    best = min(parts, key=lambda value: (-family_count(parts[value]), value))
    parts[best] = sorted(parts[best] + silent, key=order_of)
    return [parts[value] for value in sorted(parts)]


def _split_by_town(group: list[ReportedMention]) -> list[list[ReportedMention]]:
    """Parts around towns far apart, where the towns are told by several or told with other losses.

    One paper alone with another town and the same losses is taken to name the place differently.
    """
    if group[0].mention.type not in PLACED_TYPES:
        return [group]
    placed = [r for r in group if _town_of(r) is not None]
    towns: list[list[ReportedMention]] = []
    for reported in sorted(placed, key=order_of):
        home = next((town for town in towns if _distance_km(reported, town[0]) <= NEAR_KM), None)
        if home is None:
            towns.append([reported])
        else:
            home.append(reported)
    if len(towns) < 2:
        return [group]
    towns.sort(key=lambda town: (-family_count(town), order_of(town[0])))
    parts = [towns[0]]
    for town in towns[1:]:
        like = next((part for part in parts if not _are_apart(town, part)), None)
        if like is None:
            parts.append(town)
        else:
            like += town
    tellers = [(part, list(part)) for part in parts]
    for reported in group:
        if _town_of(reported) is None:
            best = max(
                tellers, key=lambda pair: (_losses_of(reported) in map(_losses_of, pair[1]), family_count(pair[1]))
            )
            best[0].append(reported)
    return [sorted(part, key=order_of) for part in parts]


def _are_apart(town: Sequence[ReportedMention], main: Sequence[ReportedMention]) -> bool:
    if family_count(town) > 1 and not {r.mention.article_id for r in town} & {r.mention.article_id for r in main}:
        return True
    losses = {_losses_of(r) for r in town} - {None}, {_losses_of(r) for r in main} - {None}
    return bool(losses[0] and losses[1] and not losses[0] & losses[1])


def _losses_of(reported: ReportedMention) -> tuple[int | None, int | None] | None:
    mention = reported.mention
    losses = mention.killed_min, mention.injured_min
    return None if losses == (None, None) else losses


def _town_of(reported: ReportedMention) -> tuple[float, float] | None:
    mention = reported.mention
    if _country_of(reported) is None:
        return None
    if mention.place_precision not in SHARP_PLACES or mention.latitude is None or mention.longitude is None:
        return None
    return mention.latitude, mention.longitude


def _distance_km(a: ReportedMention, b: ReportedMention) -> float:
    """The great-circle distance of two placed mentions."""
    here, there = _town_of(a), _town_of(b)
    assert here is not None and there is not None  # the caller asks for placed ones only  # noqa: PT018
    (lat_a, lon_a), (lat_b, lon_b) = (tuple(map(radians, place)) for place in (here, there))
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))
