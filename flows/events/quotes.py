"""Who performs what is said inside quotation marks: the speaker named outside them ("We condemn this," X said of Y)."""

from __future__ import annotations

import re

from flows.events.discourse import Discourse, Roles, is_same_side
from flows.events.frozen import replace
from flows.events.parties import Party
from flows.events.scene import Hit, Scene
from flows.events.sides import SideSpan

QUOTE = re.compile(r'["“„«「『‹][^"”“»」』›]{3,}["”»」』›]')
SAYING = ("attribution", "attribution_after")
# What saying it does; a deed told in a quote keeps its own doer.
SPOKEN = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN", "AGREE", "SUPPORT", "CONCEDE"})
UNNAMED = ("subject:carried", "subject:of the sentence before", "subject:of the main clause")
NEAR_WORDS = 6  # between the word of saying and who says it


def give_to_speaker(scene: Scene, hit: Hit, roles: Roles, discourse: Discourse) -> Roles:
    """The roles of a hit inside a quote whose own words name nobody who acts, with the speaker as actor."""
    is_open = roles.actor is None or "pronoun" in roles.actor_rule or "carried" in roles.actor_rule
    is_open = is_open or "sentence before" in roles.actor_rule
    quote = _quote_around(scene, hit) if is_open and hit.trigger.type in SPOKEN else None
    if quote is None:
        return roles
    speaker = _speaker(scene, quote)
    if speaker is None:
        return roles
    side = speaker.sides[0]
    target = roles.target
    if target is None or is_same_side(target, side) or roles.carried:
        target = _addressee(scene, quote, speaker) or discourse.other_than(side)
    return replace(roles, actor=side, target=target, actor_rule="actor:speaker of the quote", carried=0)


def give_to_reporter(scene: Scene, hit: Hit, roles: Roles) -> Roles:
    """The roles of a threat told of whom it is against ("X said Y would pay for it"), with who says so as actor."""
    is_threat = hit.trigger.type == "THREATEN" and not hit.voice.is_noun
    if is_threat and (speaker := _headed_by(scene)) is not None:
        others = [side for side in (roles.target, roles.actor) if side is not None and not is_same_side(side, speaker)]
        target = others[0] if others else None
        return replace(roles, actor=speaker, target=target, actor_rule="actor:who says so", carried=0)
    if not is_threat or (roles.actor is not None and not roles.carried):
        return roles
    if roles.target is None or not hit.trigger.is_swapped:
        is_named = roles.actor is not None and not roles.actor_rule.startswith(UNNAMED)
        return roles if is_named else _told_last(scene, hit, roles)
    target = roles.target
    before = [p for p in scene.parties if p.sides and p.end <= target.start and p.is_nominative]
    comma = scene.folded.find(",", hit.end, scene.sentence.end)
    behind = [p for p in scene.parties if p.sides and 0 <= comma < p.start]  # "Y will be punished, X vowed"
    told = [side for p in (*before, *behind) for side in p.sides[:1] if not is_same_side(side, target)]
    return replace(roles, actor=told[0], actor_rule="actor:who says so", carried=0) if told else roles


def _headed_by(scene: Scene) -> SideSpan | None:
    """Who says a headline that ends in its speaker, as Hindi and Urdu ones do ("... जवाब देंगे: ईरान"), else None."""
    last = scene.parties[-1] if scene.parties else None
    if last is None or not (scene.is_postposed and scene.sentence.is_title) or len(last.sides) != 1:
        return None
    is_end = not scene.folded[last.end : scene.sentence.end].strip()
    return last.sides[0] if is_end and scene.folded[: last.start].rstrip().endswith((",", ":", "،")) else None


def _told_last(scene: Scene, hit: Hit, roles: Roles) -> Roles:
    """The roles of a threat that names nobody who makes it ("Any raid will be answered, X told Y")."""
    comma = scene.folded.find(",", hit.end, scene.sentence.end)
    behind = [side for p in scene.parties if p.sides and 0 <= comma < p.start for side in p.sides[:1]]
    if not behind:
        return roles
    target = roles.target if roles.target is not None and not is_same_side(roles.target, behind[0]) else None
    target = target or next((side for side in behind[1:] if not is_same_side(side, behind[0])), None)
    return replace(roles, actor=behind[0], target=target, actor_rule="actor:who says so", carried=0)


def is_quoted_apart(scene: Scene, party: Party, outside: int) -> bool:
    """Whether a party stands inside quotation marks, as more than their whole, and an offset stands behind them."""
    at = party.start
    if scene.nouns != "last":
        return False
    if '"' not in scene.text[at:outside] and "”" not in scene.text[at:outside]:
        return False
    quotes = QUOTE.finditer(scene.text, scene.sentence.start, scene.sentence.end)
    around = [quote for quote in quotes if quote.start() < at < quote.end() <= outside]
    return any(quote.end() - quote.start() > party.end - party.start + 2 for quote in around)


def _quote_around(scene: Scene, hit: Hit) -> tuple[int, int] | None:
    for match in QUOTE.finditer(scene.text, scene.sentence.start, scene.sentence.end):
        if match.start() < hit.start and hit.end <= match.end():
            return match.span()
    return None


def _outside(scene: Scene, quote: tuple[int, int]) -> list[Party]:
    return [p for p in scene.parties if p.sides and not (quote[0] <= p.start < quote[1])]


def _speaker(scene: Scene, quote: tuple[int, int]) -> Party | None:
    """The bare party nearest to a word of saying outside the quote."""
    cues = [c for c in scene.cues if c.pattern.label in SAYING and not quote[0] <= c.start < quote[1]]
    near: list[tuple[bool, int, Party]] = []
    for party in _outside(scene, quote):
        for cue in cues:
            low, high = (party.end, cue.start) if party.end <= cue.start else (cue.end, party.start)
            words = len(scene.words_between(low, high))
            if words <= NEAR_WORDS and party.case in (None, "subject", "genitive"):
                # "X told Y": who speaks stands before the word, whoever stands right behind it
                is_told = scene.nouns == "last" and party.start >= cue.end and cue.pattern.label == "attribution"
                near.append((is_told, words, party))
    return min(near, key=lambda one: one[:2])[2] if near else None


def _addressee(scene: Scene, quote: tuple[int, int], speaker: Party) -> SideSpan | None:
    """The other side named outside the quote: whom or of whom it was said."""
    others = (side for party in _outside(scene, quote) if party is not speaker for side in party.sides)
    return next((side for side in others if not is_same_side(side, speaker.sides[0])), None)
