"""People's word on what belongs together: labels `separate` and `same_event`, whatever the rules say.

Applied after the rules, to whole groups: so it holds on every later round, and to take a label back gives what the
rules give.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from flows.events.merging.grouping import ReportedMention, order_of


class Bond(NamedTuple):
    """What a label says of a mention: that it belongs with another or not; with none named, that it stands alone."""

    mention_id: str
    other_id: str | None
    is_same: bool
    label_id: str


Group = list[ReportedMention]


def apply_bonds(groups: Sequence[Group], bonds: Sequence[Bond]) -> tuple[list[Group], dict[str, str]]:
    """Groups as people want them, and by mention the label that moved it.

    A mention called separate leaves its group, with those said to be the same happening; then groups that hold two
    mentions of one happening are joined.
    """
    if not bonds:
        return list(groups), {}
    kin = _kin_of(bonds)
    apart = {b.mention_id: b for b in sorted(bonds, key=_order) if not b.is_same}
    moved: dict[str, str] = {}
    result: list[Group] = []
    for group in groups:
        ids = {r.mention.mention_id for r in group}
        leavers = {
            one: apart[cut].label_id
            for cut in sorted(ids & set(apart))
            if apart[cut].other_id is None or apart[cut].other_id in ids
            for one in kin.get(cut, {cut}) & ids
        }
        moved |= leavers
        result.append([r for r in group if r.mention.mention_id not in leavers])
        families: dict[frozenset[str], Group] = {}
        for reported in group:
            if reported.mention.mention_id in leavers:
                own = frozenset(kin.get(reported.mention.mention_id, {reported.mention.mention_id}))
                families.setdefault(own, []).append(reported)
        result += families.values()
    return _join([group for group in result if group], bonds, moved), moved


def _order(bond: Bond) -> tuple[str, str, bool, str]:
    return bond.mention_id, bond.other_id or "", bond.is_same, bond.label_id


def _kin_of(bonds: Sequence[Bond]) -> dict[str, set[str]]:
    """By mention, all that are said to be of one happening with it, itself included."""
    kin: dict[str, set[str]] = {}
    for bond in sorted(bonds, key=_order):
        if bond.is_same and bond.other_id is not None:
            joined = kin.get(bond.mention_id, {bond.mention_id}) | kin.get(bond.other_id, {bond.other_id})
            kin.update(dict.fromkeys(joined, joined))
    return kin


def _join(groups: list[Group], bonds: Sequence[Bond], moved: dict[str, str]) -> list[Group]:
    home = {r.mention.mention_id: index for index, group in enumerate(groups) for r in group}
    for bond in sorted(bonds, key=_order):
        if not bond.is_same or bond.other_id is None or not {bond.mention_id, bond.other_id} <= set(home):
            continue
        first, second = sorted((home[bond.mention_id], home[bond.other_id]))
        if first != second:
            moved.update(dict.fromkeys((r.mention.mention_id for r in groups[second]), bond.label_id))
            home.update(dict.fromkeys((r.mention.mention_id for r in groups[second]), first))
            groups[first] = sorted(groups[first] + groups[second], key=order_of)
            groups[second] = []
    return [group for group in groups if group]
