"""Who acts and who is acted on in languages whose verb opens the clause and whose nouns precede their owner (Arabic).

A verb's subject is the first bare phrase behind it, its object the second; headlines put the subject before the verb;
a second verb in the clause keeps the subject of the first unless its own agrees better. A noun's owner stands behind
it ("قصف روسي"); what stands before a noun acts only through a verb that carries it ("شنت إسرائيل غارات"). What the
forms of verbs and nouns say (feminine, owned, known) is data of the lexicon. Nothing here looks beyond the sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flows.events.discourse import Discourse, Roles, best_of, is_place, is_same_side, other_side, resolve
from flows.events.inflection import Voice
from flows.events.lexicon import Match
from flows.events.parties import NOMINATIVE, Party
from flows.events.scene import Hit, Scene
from flows.events.sides import SideSpan

CARRYING = ("light", "denial", "future")  # cues of verbs that do, deny or intend what a noun names
ADDRESSED = ("REQUEST", "CONSULT", "ACCUSE", "REJECT")  # "asked from": the addressee
SAID_TO = ("THREATEN", "REQUEST")  # words that need somebody they are said to
HARMS = ("ASSAULT", "COERCE", "SANCTION")
DEED_ACTS = "actor:owner of the deed that acts"  # the verb's subject is the deed: nobody is carried into it
REPORTED = ("ASSAULT", "COERCE", "MOBILIZE")  # what an accusation says of whom it accuses
BESIDE_WORDS = 3
FAR_CHARS = 240.0
# How well a case fits the target of a verb, and of a noun.
VERB_TARGET = {"object": 5.0, "goal": 4.5, None: 4.5, "with": 3.0, "between": 3.0, "source": 2.0, "place": 0.5}
VICTIM = 6.5  # who was killed is struck, wherever it happened
NOUN_TARGET = {"goal": 5.0, "object": 4.5, "with": 3.5, None: 3.0, "between": 3.0, "source": 2.0, "place": 0.5}


@dataclass(frozen=True)
class Clause:
    """The clause of one hit with the parties in it; "before" and "behind" are of the hit."""

    scene: Scene
    hit: Hit
    start: int
    parties: tuple[Party, ...]

    @property
    def before(self) -> list[Party]:
        """Bare phrases before the hit that may act, in text order."""
        return [p for p in self.parties if p.end <= self.hit.start and p.is_nominative and not is_place(p)]

    @property
    def behind(self) -> list[Party]:
        """Phrases behind the hit, in text order."""
        return [p for p in self.parties if p.start >= self.hit.end]

    @property
    def verbs(self) -> list[Hit]:
        """Verbs of the clause before the hit."""
        return [h for h in self.scene.hits if self.start <= h.start < self.hit.start and not h.voice.is_noun]

    def case(self, party: Party) -> str | None:
        """A party's case; what stands before the hit says the hit's case, not the party's."""
        return party.case if party.end <= self.hit.start else party.case_after(self.hit.end)

    def is_where(self, party: Party) -> bool:
        """Whether a party only says where."""
        return is_place(party) and (party.case != "place" or self.case(party) == "place")

    def words_to(self, party: Party) -> int:
        """Words between the hit and a party."""
        low, high = (party.end, self.hit.start) if party.end <= self.hit.start else (self.hit.end, party.start)
        return len(self.scene.words_between(low, high))

    def is_parted(self, at: int) -> bool:
        """Whether another trigger stands between the hit and an offset behind it."""
        return any(self.hit.end <= other.start < at for other in self.scene.hits)

    def is_carried(self) -> bool:
        """Whether a verb of doing, announcing, denying or intending stands in the clause before a noun."""
        cues = (cue for cue in self.scene.cues if cue.pattern.label in CARRYING)
        return any(self.start <= cue.start < self.hit.start for cue in cues)


def find_verb_first_roles(scene: Scene, hit: Hit, discourse: Discourse) -> Roles:
    """The roles of a hit; sides None where its clause names nobody who fits."""
    clause = _clause(scene, hit)
    accused = _accused(clause)
    actor, rule = (accused, "actor:accused of it") if accused else _find_actor(clause)
    target = _find_target(clause, actor)
    if target is None and accused is not None:
        target = next((p for p in clause.parties if p.end <= accused.start and p.sides), None)
    doer = _doer_of_masdar(clause, actor, target)
    if doer is not None:
        actor, target, rule = doer, actor, "subject:of the verb before the masdar"
    side = resolve(actor, discourse) if actor else None
    other = other_side(target, side, discourse)
    told = f"target:{clause.case(target) or 'bare'}" if target else "target:none"
    return Roles(side, other, False, rule or "actor:not named", told)


def find_verb_first_subject(scene: Scene, hit: Hit, discourse: Discourse) -> tuple[SideSpan | None, str]:
    """The side a trigger belongs to and the rule; None where its clause names nobody who could act."""
    party, rule = _find_actor(_clause(scene, hit))
    return (resolve(party, discourse), rule) if party else (None, "subject:none")


def _clause(scene: Scene, hit: Hit) -> Clause:
    start, end = scene.reach_of(hit)
    parties = (p for p in scene.parties if start <= p.start < end)
    return Clause(scene, hit, start, tuple(parties))


def _find_actor(clause: Clause) -> tuple[Party | None, str]:
    if clause.hit.voice is Voice.NOUN:
        party, rule = _owner(clause)
        giver = next((p for p in clause.behind if p.case == "source" and clause.words_to(p) <= BESIDE_WORDS), None)
        is_gift = party is None and clause.hit.trigger.type == "AID"
        return (giver, "actor:where the gift is from") if is_gift and giver else (party, rule)
    if clause.hit.voice is Voice.PASSIVE:
        agent = next((p for p in clause.parties if p.case == "agent"), None)
        return (agent, "actor:by-phrase") if agent else _owner_of_deed(clause)
    deed, rule = _owner_of_deed(clause)
    if rule:
        return deed, rule
    party, rule = _subject(clause)
    return _who_is_meant(clause, party), rule


def _subject(clause: Clause) -> tuple[Party | None, str]:
    """The subject of an active verb: behind it, before it, or that of the verb before."""
    behind = next((p for p in clause.behind if _may_follow(clause, p)), None)
    head = _relative_head(clause)
    if head is not None:
        inside = behind is not None and clause.words_to(behind) <= BESIDE_WORDS and not _acts_itself(clause, head)
        return (behind, "subject:inside the relative clause") if inside else (head, "subject:head of the relative")
    if not clause.verbs:
        first = clause.before[:1]
        return (first[0], f"subject:{first[0].kind}") if first else (behind, "subject:behind the verb")
    kept = _subject_of_first_verb(clause)
    if behind is None or (kept is not None and (_is_addressed(clause) or _is_rather_object(clause, behind, kept))):
        return kept, "subject:of the verb before"
    return behind, "subject:behind the verb"


def _is_addressed(clause: Clause) -> bool:
    """Whether the one phrase behind words joined by the letter for "and" is whom they are said to ("وتحذر واشنطن")."""
    trigger = clause.hit.trigger
    needs_other = trigger.type in SAID_TO or trigger.mode == "allege"
    is_joined = clause.scene.folded[clause.hit.start] == "و" and needs_other
    named = [p for p in clause.behind if _may_follow(clause, p)]
    return (
        is_joined
        and len(named) == 1
        and not any(clause.verbs[-1].end <= border.start < clause.hit.start for border in clause.scene.borders)
    )


def _may_follow(clause: Clause, party: Party) -> bool:
    """Whether a phrase behind an active verb may be its subject."""
    if clause.case(party) not in NOMINATIVE or is_place(party) or clause.is_parted(party.start):
        return False
    if any(not clause.scene.words_between(clause.hit.end, cue.start) for cue in _nameless_behind(clause, party)):
        return False  # "هاجم مسلحون X": gunmen struck X
    border = clause.scene.border_before(clause.hit.start)
    if border is not None and border.kind == "complement" and not clause.before:
        # After "that" the subject stands first, as a noun or as a pronoun glued to the word itself ("إنها دمرت").
        is_pronoun = clause.scene.lexicon.is_word("pronoun_ending", border.word)
        if is_pronoun or clause.scene.words_between(border.end, clause.hit.start):
            return False
    return _agrees(clause, party)


def _nameless_behind(clause: Clause, party: Party) -> list[Match]:
    return clause.scene.cues_in("nameless", clause.hit.end, party.start) if clause.hit.trigger.type in HARMS else []


def _agrees(clause: Clause, party: Party) -> bool:
    """Whether verb and phrase may agree in gender; only offices and bodies show theirs."""
    if not party.sides or party.sides[0].kind not in ("role", "institution"):
        return True
    head = clause.scene.folded[party.start : party.end].partition(" ")[0]
    is_feminine = clause.scene.lexicon.is_word("feminine_noun", head)
    return is_feminine or not clause.scene.has_form(clause.hit, "feminine")


def _relative_head(clause: Clause) -> Party | None:
    """The phrase before a relative word that stands right before the verb ("the ship that X attacked")."""
    cues = [c for c in clause.scene.cues_of("relative") if clause.start <= c.start]
    marks = [c for c in cues if c.end <= clause.hit.start]
    if not marks or len(clause.scene.words_between(marks[-1].end, clause.hit.start)) > 1:
        return None
    heads = [p for p in clause.parties if p.end <= marks[-1].start and p.sides]
    return heads[-1] if heads else None


def _acts_itself(clause: Clause, head: Party) -> bool:
    """Whether a relative clause right behind a side tells what that did: its verb has no pronoun for its object."""
    scene, hit = clause.scene, clause.hit
    marks = scene.cues_in("relative", head.end, hit.start)
    is_beside = bool(marks) and not scene.words_between(head.end, marks[0].start)
    return is_beside and not scene.lexicon.is_word("pronoun_ending", scene.folded[hit.start : hit.end])


def _subject_of_first_verb(clause: Clause) -> Party | None:
    first = clause.verbs[0]
    topics = [p for p in clause.before if p.end <= first.start]
    behind = [p for p in clause.before if p.start >= first.end]
    return next(iter([*topics, *behind]), None)


def _is_rather_object(clause: Clause, party: Party, kept: Party) -> bool:
    """Whether what stands behind a second verb is its object: people and things are, states and armies act."""
    if party.sides and party.sides[0].kind == "demonym" and clause.words_to(party):
        return True  # the nation of a thing without a name: "وتحظر استيراد الذهب الروسي"
    has_object = any(p is not party and clause.case(p) in (None, "object") for p in clause.behind)
    return not has_object and _is_thing(party, HARMS[1]) and _agrees(clause, kept)


def _is_thing(party: Party, type_name: str) -> bool:
    """Whether a phrase names persons or goods that suffer: envoys, citizens, ships; officers in harms."""
    side = party.sides[0] if party.sides else None
    return side is not None and (side.sector in ("CVL", "BUS") or (side.kind == "role" and type_name in HARMS))


def _who_is_meant(clause: Clause, party: Party | None) -> Party | None:
    """For a pronoun in a clause of saying ("said that its forces ...") the speaker of the clause before."""
    if party is None or party.kind != "pronoun":
        return party
    earlier = [p for p in clause.scene.parties if p.end <= clause.start and p.sides and not is_place(p)]
    bare = [p for p in earlier if p.is_nominative]
    return next(iter([*reversed(bare), *reversed(earlier)]), party)


def _owner(clause: Clause) -> tuple[Party | None, str]:
    """Whose act a noun names."""
    if clause.scene.has_form(clause.hit, "owned"):
        earlier = [p for p in clause.scene.parties if p.end <= clause.hit.start and p.sides and not is_place(p)]
        return (earlier[-1], "actor:the noun's pronoun") if earlier else (None, "")
    agent = next((p for p in clause.behind if clause.case(p) == "agent"), None)
    if agent is not None:
        return agent, "actor:by-phrase"
    beside = next((p for p in clause.behind if _owns(clause, p)), None)
    if beside is not None:
        return beside, "actor:beside the noun"
    before = [p for p in clause.before if not _is_victim(clause, p)]
    return (before[-1], "subject:of the verb that carries the noun") if before and clause.is_carried() else (None, "")


def _owns(clause: Clause, party: Party) -> bool:
    """Whether a bare phrase behind a noun is its owner or an adjective of the nation that owns it."""
    is_bare = clause.case(party) in (None, "genitive") and bool(party.sides) and not clause.is_where(party)
    words = clause.words_to(party)
    if not is_bare or words > BESIDE_WORDS or clause.is_parted(party.start):
        return False
    if "," in clause.scene.folded[clause.hit.end : party.start] or _is_thing(party, clause.hit.trigger.type):
        return False
    return words == 0 or party.sides[0].kind != "demonym" or _is_adjective_of(clause, party)


def _is_adjective_of(clause: Clause, party: Party) -> bool:
    """Whether an adjective some words behind a noun agrees with it in article and gender."""
    folded = clause.scene.folded
    noun, adjective = folded[clause.hit.start : clause.hit.end].split(), folded[party.start : party.end]
    is_definite = clause.scene.has_form(clause.hit, "definite")
    lexicon = clause.scene.lexicon
    genders = {lexicon.is_word("feminine_adjective", word) for word in (noun[0], noun[-1])}
    is_agreeing = is_definite == (lexicon.forms["definite"].fullmatch(adjective) is not None)
    return is_agreeing and lexicon.is_word("feminine_adjective", adjective) in genders


def _is_victim(clause: Clause, party: Party) -> bool:
    """Whether a word of harm stands right before the phrase: "مقتل ثلاثة جنود أميركيين في هجوم"."""
    words = [cue for cue in clause.scene.cues_of("victim") if cue.end <= party.start]
    is_near = bool(words) and len(clause.scene.words_between(words[-1].end, party.start)) <= BESIDE_WORDS
    return is_near and clause.hit.trigger.type == "ASSAULT"


def _owner_of_deed(clause: Clause) -> tuple[Party | None, str]:
    """The owner of the noun that goes with a verb: "a Russian attack hit ...", "was killed in an Israeli strike"."""
    if clause.hit.trigger.type != "ASSAULT":
        return None, ""
    _, end = clause.scene.clause_of(clause.hit.start)
    nouns = [h for h in clause.scene.hits if clause.start <= h.start < end and h.voice is Voice.NOUN]
    deeds = [h for h in nouns if h.trigger.type == "ASSAULT"]
    if clause.hit.voice is Voice.PASSIVE:
        owners = [_owner(_clause(clause.scene, deed)) for deed in deeds if deed.start >= clause.hit.end]
        return next(((party, rule) for party, rule in owners if party is not None), (None, ""))
    words = clause.scene.words_between
    before = [h for h in deeds if h.end <= clause.hit.start and len(words(h.end, clause.hit.start)) <= BESIDE_WORDS]
    behind = [h for h in deeds if h.start >= clause.hit.end and not words(clause.hit.end, h.start)]
    deed = next(iter([*behind, *reversed(before)]), None)
    return (_owner(_clause(clause.scene, deed))[0], DEED_ACTS) if deed else (None, "")


def _accused(clause: Clause) -> Party | None:
    """Who did what a noun names, where an accusation before it says of whom: "اتهمت روسيا أوكرانيا بقصف"."""
    charges = [verb for verb in clause.verbs if verb.trigger.mode == "allege"]
    if not charges or clause.hit.voice is not Voice.NOUN or clause.hit.trigger.type not in REPORTED:
        return None
    objects = [p for p in clause.parties if charges[-1].end <= p.start and p.end <= clause.hit.start]
    named = [p for p in objects if p.case in (None, "goal") and p.sides]
    # "a case against X, accusing it of": the verb's pronoun stands for whoever was named last.
    earlier = [p for p in clause.parties if p.end <= charges[-1].start and p.sides and p.case == "goal"]
    return next(iter([*reversed(named), *reversed(earlier)]), None)


def _doer_of_masdar(clause: Clause, actor: Party | None, target: Party | None) -> Party | None:
    """Who does what a noun names, where its only party is what it is done to ("قررت فرنسا مهاجمة مالي")."""
    if actor is None or not actor.sides or clause.hit.voice is not Voice.NOUN or actor.start < clause.hit.end:
        return None
    is_adjective = actor.sides[0].kind == "demonym" and clause.words_to(actor) == 0
    has_object = target is not None and target.start >= clause.hit.end
    if is_adjective or has_object or clause.case(actor) is not None or clause.hit.trigger.type == "ACCUSE":
        return None
    doers = [p for p in clause.before if p.sides and not is_same_side(p.sides[0], actor.sides[0])]
    return doers[-1] if doers and clause.is_carried() else None


def _find_target(clause: Clause, actor: Party | None) -> Party | None:
    harms = [verb for verb in clause.verbs if verb.voice is Voice.PASSIVE and verb.trigger.type == "ASSAULT"]
    if harms and clause.hit.voice is Voice.NOUN and clause.hit.trigger.type == "ASSAULT":
        clause = _clause(clause.scene, harms[-1])  # "was killed in a strike": one act
    weigh = _noun_target if clause.hit.voice is Voice.NOUN else _verb_target
    return best_of(clause.parties, lambda party: _weight(clause, party, actor, weigh))


def _weight(clause: Clause, party: Party, actor: Party | None, weigh: Callable[[Clause, Party], float]) -> float:
    if party is actor or (clause.is_where(party) and clause.hit.trigger.type in ("ASSAULT", "CONSULT")):
        return 0.0
    if actor is not None and actor.sides and party.sides and _is_all_one(party.sides, actor.sides[0]):
        return 0.0
    is_behind = party.start >= clause.hit.end
    gap = party.start - clause.hit.end if is_behind else clause.hit.start - party.end
    is_land = clause.is_where(party) and clause.case(party) != "place"
    return weigh(clause, party) - 2.0 * is_land - min(1.0, max(0, gap) / FAR_CHARS) * 0.4


def _is_all_one(sides: Sequence[SideSpan], one: SideSpan) -> bool:
    return all(is_same_side(side, one) for side in sides)


def _verb_target(clause: Clause, party: Party) -> float:
    case = clause.case(party)
    weight = VERB_TARGET.get(case, 0.0)
    if party.end <= clause.hit.start:
        is_patient = clause.hit.voice is Voice.PASSIVE or party is _relative_head(clause)
        return weight if is_patient and case is None else 1.0 * (case is None and not clause.verbs)
    weight += 2.0 * (case == "source" and clause.hit.trigger.type in ADDRESSED)
    nouns = [h for h in clause.scene.hits if h.voice is Voice.NOUN and h.start >= clause.hit.end]
    named_at = party.case_at if case is not None else party.start
    is_nested = any(h.end <= named_at and h.trigger.type != clause.hit.trigger.type for h in nouns)
    return weight - 3.0 * is_nested  # "condemned the attack on Y": Y belongs to the attack


def _noun_target(clause: Clause, party: Party) -> float:
    case = clause.case(party)
    weight = NOUN_TARGET.get(case, 0.0)
    if party.end <= clause.hit.start:
        if _is_victim(clause, party):
            return VICTIM
        return 1.0 * (case is None and clause.is_carried() and not clause.verbs)
    if clause.is_parted(party.case_at if case is not None else party.start):
        return 0.0
    return weight + 1.5 * (case is None and _is_thing(party, clause.hit.trigger.type))
