"""Which two sides "both countries" means, and who "it" is in "X said it ...": no third one that speaks of them.

Both are the two that stand in play together, in order: two named together earlier in the same sentence; the article's
pair, if it was named together before; the two named together last; the article's pair. Whoever urges, condemns or
offers something to both is none of the two, and so is whoever mediates.
"""

from __future__ import annotations

from flows.events.discourse import Discourse, Roles, is_same_side
from flows.events.frozen import replace
from flows.events.mutual import find_mediator, is_reciprocal
from flows.events.parties import Party
from flows.events.scene import Hit, Scene
from flows.events.sides import SideSpan
from flows.events.subjects import subject_of

Pair = tuple[SideSpan, SideSpan]
ADDRESSING = ("REQUEST", "ACCUSE", "SUPPORT", "THREATEN", "REJECT", "AGREE", "AID")  # done to both by somebody else
PAIRED_CASES = (None, "subject", "between", "genitive", "object", "with", "goal")


def named_together(scene: Scene) -> list[Pair]:
    """The twos that a sentence names as one phrase, none of whom mediates; found once, when its parties are known."""
    if scene.together is None:
        scene.together = [(party.sides[0], party.sides[1]) for party in _paired(scene, scene.parties)]
    return scene.together


def see_pairs(scene: Scene, discourse: Discourse) -> None:
    """After a sentence: the two sides that it names together are in play together."""
    discourse.together = [*reversed(named_together(scene)), *discourse.together][:6]


def with_anaphors(scene: Scene, hit: Hit, discourse: Discourse) -> Discourse:
    """The discourse that a hit is read with: its pair is who "both" are in this sentence, its subject who "it" is."""
    speaker = _speaker(scene, hit)
    if speaker is not None:
        discourse = replace(discourse, subject=speaker)
    anaphors = [p for p in scene.parties if p.kind == "both"] if scene.cues_of("both") else []
    if not anaphors:
        return discourse
    here = [p for p in anaphors if scene.clause_of(p.start) == scene.clause_of(hit.start)] or anaphors
    pair = _pair_of(scene, hit, here[0], discourse)
    return replace(discourse, pair=pair) if pair is not None else discourse


def offer_roles(scene: Scene, hit: Hit, discourse: Discourse) -> Roles | None:
    """The roles of an offer or promise to two others ("ready to help ease tensions between X and Y"): who makes it."""
    if hit.trigger.type != "AGREE" or hit.trigger.is_mutual or is_reciprocal(scene, hit):
        return None
    between = [p for p in scene.parties if p.case == "between" and len({side.code for side in p.sides}) > 1]
    anaphors = [p for p in scene.parties if p.kind == "both" and not _is_offering(scene, hit, p)]
    pair = between[0].sides[:2] if between else discourse.pair if anaphors else None
    if pair is None:
        return None
    actor, rule, carried = subject_of(scene, hit, discourse)
    if actor is None or any(is_same_side(actor, side) for side in pair):
        return None
    return Roles(actor, pair[0], False, rule, "target:first of the two it is offered to", carried)


def one_of_both(scene: Scene, hit: Hit, actor: SideSpan, discourse: Discourse) -> SideSpan | None:
    """The first of the two that a clause says something is done to, None where it names no "both"."""
    start, end = scene.reach_of(hit)
    acted_on = [
        p for p in scene.parties if start <= p.start < end and p.kind == "both" and not _is_offering(scene, hit, p)
    ]
    return discourse.one_of_pair(actor) if acted_on and hit.trigger.type in ADDRESSING else None


def _speaker(scene: Scene, hit: Hit) -> SideSpan | None:
    """Whom "it" means in what somebody is told to have said ("X said it was ready"): the speaker."""
    border = scene.border_before(hit.start)
    if border is None or border.kind not in ("attribution", "complement"):
        return None
    start, _ = scene.clause_of(hit.start)
    is_meant = any(p.kind == "pronoun" and start <= p.start < hit.start and p.is_nominative for p in scene.parties)
    before = [p for p in scene.parties if p.end <= border.start and p.is_nominative and p.sides]
    saying = scene.start_before(border)
    before = [p for p in before if p.start >= saying] or before  # "A struck two days after B said it ...": B
    return before[0].sides[0] if is_meant and before and len(before[0].sides) == 1 else None


def _is_offering(scene: Scene, hit: Hit, party: Party) -> bool:
    """Whether "both" are the subject of the hit: they stand bare before its verb, with nobody before them."""
    start, _ = scene.clause_of(hit.start)
    if not start <= party.start or not party.is_nominative:
        return False
    others = [p for p in scene.parties if start <= p.start < party.start and p.is_nominative and p.sides]
    return party.end <= hit.start and not others


def _pair_of(scene: Scene, hit: Hit, anaphor: Party, discourse: Discourse) -> Pair | None:
    before = [p for p in scene.parties if p.end <= anaphor.start]
    start, _ = scene.clause_of(anaphor.start)
    named = [p for p in _paired(scene, before) if not (start <= p.start and p.is_nominative)]
    pairs: list[Pair] = [(p.sides[0], p.sides[1]) for p in reversed(named)]
    together = [{one.code, other.code} for one, other in discourse.together]
    main = discourse.pair
    if main is not None and {main[0].code, main[1].code} in together:
        pairs.append(main)
    pairs += [*discourse.together, *([main] if main is not None else [])]
    strangers = _strangers(scene, hit)
    return next((pair for pair in pairs if not any(side.code in strangers for side in pair)), None)


def _strangers(scene: Scene, hit: Hit) -> set[str]:
    """Who is none of the two: the mediator, and the subject of what is said or offered to both."""
    mediator = find_mediator(scene)
    codes = {side.code for side in mediator.sides} if mediator is not None else set()
    if hit.trigger.type not in ADDRESSING or hit.trigger.is_mutual:
        return codes
    start, _ = scene.clause_of(hit.start)
    subjects = [p for p in scene.parties if start <= p.start and p.is_nominative and len(p.sides) == 1]
    if scene.order != "vso":
        subjects = [p for p in subjects if p.end <= hit.start]
    return codes | {side.code for party in subjects[:1] for side in party.sides}


def _paired(scene: Scene, parties: list[Party]) -> list[Party]:
    """The parties that name just two sides of two states together, none of which mediates."""
    named = [
        p
        for p in parties
        if len(p.sides) == 2
        and p.case in PAIRED_CASES
        and p.sides[0].country_code != p.sides[1].country_code
        and all(side.kind != "place" for side in p.sides)
    ]
    if not named:
        return named
    mediator = find_mediator(scene)
    return [p for p in named if p is not mediator]


def by_group_again(scene: Scene, hit: Hit, roles: Roles, discourse: Discourse) -> Roles:
    """The roles of a blow "by the group", where the sentences before name but one armed group: it is meant.

    Whom it struck, if nobody is named, is whom it was told to hold.
    """
    if hit.trigger.type != "ASSAULT" or roles.actor is not None:
        return roles
    groups = {side.code: side for side in discourse.recent if side.kind == "group"}
    if len(groups) != 1:
        return roles
    start, end = scene.clause_of(hit.start)
    if scene.lexicon.kinds["group_again"].search(scene.folded, start, end) is None:
        return roles
    (group,) = groups.values()
    held = discourse.held[1] if discourse.held is not None and is_same_side(discourse.held[0], group) else None
    target = roles.target or held
    if target is None or is_same_side(target, group):
        return roles
    return replace(roles, actor=group, target=target, actor_rule="actor:the group again")
