"""Acts that two sides do together, and what a third party brokers between them."""

from __future__ import annotations

from itertools import pairwise

from flows.events.bystanders import drop_brokers
from flows.events.discourse import Discourse, Roles, is_place, is_same_side
from flows.events.inflection import Voice
from flows.events.objects import is_in_chain, parties_after
from flows.events.parties import ACTING, Party
from flows.events.scene import Hit, Scene
from flows.events.sides import SideSpan
from flows.events.subjects import subject_of
from flows.events.venues import is_hosted, is_venue

GIVEN = ("with", "between", "goal")
MET = ("with", "between", "object")
DESCRIBED_WORDS = 2  # between a noun and the nationalities of those who share it
OFFER_CHARS = 24
OFFER_PARTED = 8  # who is at odds stands between, before a verb that comes last
OFFER_WORDS = 3  # "offered on Monday to mediate"
OFFER_SIGNS = 24  # the same where words are not parted: who is at odds stands between


def two_between(scene: Scene, hit: Hit) -> Roles | None:
    """Both sides of what is closed or opened between them, where nobody is said to have done it."""
    if hit.trigger.type not in ("COERCE", "CONCEDE", "RETREAT"):
        return None
    beside = scene.parties if scene.has_case_endings else parties_after(scene, hit)
    pair = next((p for p in beside if p.case == "between" and len(p.sides) > 1), None)
    return Roles(pair.sides[0], pair.sides[1], True, "mutual:between", "mutual:between") if pair else None


def find_partners(scene: Scene, hit: Hit) -> Roles | None:
    """The two sides that do something together ("X and Y held drills", "X held drills with Y"), None for one alone."""
    start, end = scene.clause_of(hit.start)
    here = [p for p in scene.parties if start <= p.start < end and p.sides and not is_place(p)]
    for party in here:
        if len(party.sides) > 1 and party.case in (*ACTING, "between"):
            return Roles(party.sides[0], party.sides[1], True, "mutual:together", "mutual:together")
    before = [p for p in here if p.end <= hit.start and p.is_nominative]
    beside = [p for p in here if p.start >= hit.end and p.case == "with"]
    if before and beside and not is_same_side(before[0].sides[0], beside[0].sides[0]):
        return Roles(before[0].sides[0], beside[0].sides[0], True, "subject:span", "mutual:partner")
    for one, other in pairwise(p for p in here if p.start >= hit.end) if hit.voice.is_noun else ():
        if _describe_together(scene, hit, one, other):
            return Roles(one.sides[0], other.sides[0], True, "mutual:together", "mutual:together")
    return None


def _describe_together(scene: Scene, hit: Hit, one: Party, other: Party) -> bool:
    """Whether two nationalities stand side by side right behind a noun ("مناورات بحرية صينية روسية"): of both."""
    is_beside = len(scene.words_between(hit.end, one.start)) <= DESCRIBED_WORDS
    are_adjectives = other.sides[-1].kind == "demonym" and one.sides[-1].kind in ("demonym", "institution")
    gap = scene.folded[one.end : other.start].strip(" -–")
    return is_beside and are_adjectives and not gap and not is_same_side(one.sides[0], other.sides[0])


def offers_mediation(scene: Scene, hit: Hit) -> bool:
    """Whether the hit promises to mediate: the mediator is then who acts."""
    if hit.trigger.type != "AGREE" or hit.trigger.is_mutual:
        return False
    low, reach = hit.end, OFFER_WORDS if scene.lexicon.has_boundaries else OFFER_SIGNS
    if scene.order == "sov":  # the word stands before the offer, or in it ("मध्यस्थता की पेशकश")
        low, reach = max(scene.sentence.start, hit.start - OFFER_CHARS), OFFER_PARTED
    cues = scene.cues_in("mediation", low, scene.sentence.end)
    return bool(cues) and len(scene.words_between(hit.end, cues[0].start)) <= reach


def is_reciprocal(scene: Scene, hit: Hit) -> bool:
    """Whether "each other" or the like stands near the hit."""
    cues = scene.cues_in("reciprocal", *scene.clause_of(hit.start))
    return bool(cues) and any(abs(cue.start - hit.end) < 40 or abs(hit.start - cue.end) < 40 for cue in cues)


def is_between(scene: Scene, hit: Hit) -> bool:
    """Whether harm was done "between X and Y": each did it to the other.

    Not where somebody suffers it after the phrase: "amid tension between X and Y, ten were killed by gunmen".
    """
    start, end = scene.clause_of(hit.start)
    if scene.lexicon.is_positional and hit.voice is Voice.PASSIVE:
        start = hit.end
    return hit.trigger.type == "ASSAULT" and any(
        p.case == "between" and len({side.code for side in p.sides}) > 1 and start <= p.start < end
        for p in scene.parties
    )


def mutual_roles(scene: Scene, hit: Hit, discourse: Discourse) -> Roles | None:
    """Both sides of a shared act, from "X and Y", "X with Y", "between X and Y", "both countries"."""
    mediator = find_mediator(scene)
    start, end = scene.clause_of(hit.start)
    here = [
        p
        for p in scene.parties
        if start <= p.start < end and p is not mediator and (not is_place(p) or len(p.sides) > 1)
    ]
    if scene.lexicon.is_positional:  # "talks about X and Y", "offered Z aid to counter X and Y"
        here = [p for p in here if p.case != "other"]
    if scene.nouns == "first":  # "with the mediation of X and Y", "because of X and Y"
        here = [p for p in here if p.case not in ("other", "agent")] or here
        bare = [p for p in here if p.is_nominative and p.end <= hit.start and p.sides]
        here = [p for p in here if p.case != "with" or not bare or len(p.sides) < 2] or here
    if scene.has_case_endings:
        here = drop_brokers(scene, here)
    for party in sorted(here, key=lambda p: (p.case != "between", abs(p.start - hit.start))):
        sides = _distinct_sides(party, discourse)
        if scene.lexicon.is_preverbal and party.sides and _has_subject(here, party, hit):
            continue  # "A会见B和C": A with each
        if len(sides) >= 2:
            rule = f"mutual:{party.kind}"
            return Roles(sides[0], sides[1], True, rule, rule, 2 if party.kind == "both" else 0)
    if mediator is not None and scene.lexicon.is_preverbal:
        sides = list({side.code: side for party in here for side in party.sides}.values())
        if len(sides) > 1:
            return Roles(sides[0], sides[1], True, "mutual:mediated", "mutual:mediated")
    if mediator is not None and discourse.pair:
        return Roles(*discourse.pair, True, "mutual:mediated pair", "mutual:mediated pair", 2)
    owner = _owner_behind(scene, hit) or _subject_behind_comma(scene, hit)
    subject, rule, carried = owner or subject_of(scene, hit, discourse)
    if carried and is_hosted(scene, hit):
        return None  # "X said the Y talks matter to Z": nobody is told to have held them
    partner = next(
        (
            s
            for p in sorted(here, key=lambda p: _is_aside(hit, p))
            for s in p.sides
            if subject and s.code != subject.code and (p.start > hit.start or p.case == "with")
        ),
        None,
    )
    if partner is None:  # an owner ("the summit of X") only where nobody is met, spoken to or joined by his case
        others = sorted(here, key=lambda p: p.case == "genitive") if scene.is_postposed else here
        partner = next((s for p in others for s in p.sides if subject and s.code != subject.code), None)
    if subject and partner:
        return Roles(subject, partner, True, rule, "mutual:partner", carried)
    if is_reciprocal(scene, hit) and discourse.pair:
        return Roles(*discourse.pair, True, "mutual:pair in play", "mutual:pair in play", 2)
    if subject and hit.trigger.type in ("CONSULT", "AGREE"):
        other = discourse.other_than(subject)
        if other and not is_venue(scene, other):
            return Roles(subject, other, True, rule, "mutual:other in play", carried + 1)
    return None


def _is_aside(hit: Hit, party: Party) -> bool:
    """Whether a party is less likely the partner than others: the town where they met, whom an act was not given."""
    if hit.trigger.type == "COOPERATE":
        return party.case not in GIVEN
    return party.case is not None and party.case not in MET and party.sides[:1] != () and _is_town(party)


def _is_town(party: Party) -> bool:
    return party.sides[0].kind in ("capital", "place")


def _has_subject(here: list[Party], party: Party, hit: Hit) -> bool:
    """Whether a party behind a verb has a subject before the verb that shares the act with it."""
    if party.start < hit.end or hit.voice is Voice.NOUN:
        return False
    return any(p.end <= hit.start and p.case is None and p.sides and p.sides[0].code != party.code for p in here)


def _owner_behind(scene: Scene, hit: Hit) -> tuple[SideSpan | None, str, int] | None:
    """Whose meeting or visit it is, where a noun has its owner behind it."""
    if not scene.lexicon.is_doer_genitive or not hit.voice.is_noun:
        return None
    owner = next((p for p in scene.parties if p.start >= hit.end and p.sides), None)
    if owner is None or not is_in_chain(scene, hit, owner):
        return None
    return owner.sides[0], "actor:owner behind the noun", 0


def _subject_behind_comma(scene: Scene, hit: Hit) -> tuple[SideSpan | None, str, int] | None:
    """Who met or called in a phrase that opens the sentence ("During a call with X, Y said"): the subject behind it."""
    start, _ = scene.clause_of(hit.start)
    if not hit.voice.is_noun or any(start <= p.start < hit.start and p.is_nominative for p in scene.parties):
        return None
    comma = scene.folded.find(",", hit.end, scene.sentence.end)
    behind = [p for p in scene.parties if 0 <= comma < p.start and p.is_nominative and len(p.sides) == 1]
    if comma < 0 or not behind or scene.words_between(comma + 1, behind[0].start):
        return None
    return behind[0].sides[0], "subject:behind the phrase that opens the sentence", 0


def find_mediator(scene: Scene) -> Party | None:
    """The third party that brokers, hosts or mediates; it is no party to the act."""
    for cue in scene.cues_in("mediation", scene.sentence.start, scene.sentence.end):
        bare = [
            p
            for p in scene.parties
            if p.end <= cue.start and p.case in (None, "subject", "agent") and len(p.sides) == 1
        ]
        if scene.is_postposed and (owner := _broker_before(scene, cue.start)) is not None:
            return owner
        after = [p for p in scene.parties if p.start >= cue.end and (p.case == "agent" or p.start - cue.end <= 1)]
        if scene.lexicon.is_preverbal:  # a word before the phrase marks who mediates
            return next((p for p in reversed(bare) if p.case == "agent"), bare[0] if bare else None)
        if scene.order == "vso" and after and len(after[0].sides) == 1:
            return after[0]
        if scene.lexicon.is_word("brokered", cue.pattern.text) or not bare:
            return after[0] if after and len(after[0].sides) == 1 else (bare[-1] if bare else None)
        return bare[-1]
    return None


def _broker_before(scene: Scene, at: int) -> Party | None:
    """Whose mediation it is, where the owner stands right before the word ("X की मध्यस्थता में")."""
    before = [p for p in scene.parties if p.end <= at and p.sides]
    return before[-1] if before and len(scene.words_between(before[-1].end, at)) <= 1 else None


def _distinct_sides(party: Party, discourse: Discourse) -> list[SideSpan]:
    if party.kind == "both":
        return list(discourse.pair or ())
    if party.kind == "pronoun":
        return []
    sides: list[SideSpan] = []
    for side in party.sides:
        if not any(is_same_side(side, known) for known in sides):
            sides.append(side)
    return sides
