"""Actor and target of a verb, active or passive, in languages that place them by position."""

from __future__ import annotations

from flows.events.discourse import Discourse, Roles, is_place, is_same_side, resolve
from flows.events.frozen import replace
from flows.events.governing import described_by, is_told_aside
from flows.events.inflection import Voice
from flows.events.nominals import nominal_of_doer
from flows.events.objects import marked_before, parties_after, soil_of
from flows.events.parties import Party
from flows.events.scene import Hit, Scene
from flows.events.sides import SideSpan
from flows.events.subjects import carried_subject, inverted_subject, is_next_verbs, opens_relative, subject_of

HELD_WORDS = 2  # between a word for custody and where it was
SAYING = ("attribution", "denial", "allegation", "indication")
TAKEN = ("arrest", "seize", "abduct")
HOSTED = ("arrest", "deport", "expel", "convict")  # done by the state where it is done, if none is named
HEAD_REACH_WORDS = 4  # "遭X袭击的 一艘 Y 货轮"
ATTRIBUTE_CHARS = 3  # what stands between an owner and its noun is shorter
RIGHT = ("goal", "with", "source", "between", None)


def active_roles(scene: Scene, hit: Hit, discourse: Discourse) -> Roles:
    """The roles of a verb that tells who acts: its subject and its object."""
    actor, rule, carried = subject_of(scene, hit, discourse)
    target, target_rule = _object(scene, hit, actor, discourse)
    if rule == "subject:both" and scene.lexicon.is_preverbal and discourse.pair:
        return Roles(*discourse.pair, True, "mutual:both", "mutual:both", 2)
    if hit.trigger.is_swapped:
        speaker, said, _ = carried_subject(scene, scene.clause_of(hit.start)[0], discourse)
        if target is None and speaker is not None and actor is not None and not is_same_side(speaker, actor):
            target, target_rule = speaker, said
        return Roles(target, actor, False, target_rule, rule, carried)
    return Roles(actor, target, False, rule, target_rule, carried)


def _object(scene: Scene, hit: Hit, actor: SideSpan | None, discourse: Discourse) -> tuple[SideSpan | None, str]:
    """The party acted on: the first after the verb that is not the actor and not merely where it happened."""
    fronted = _fronted(scene, hit)
    if fronted is not None:
        return fronted, "target:head of the relative clause"
    for party in parties_after(scene, hit):
        if scene.lexicon.is_preverbal and is_next_verbs(scene, hit, party):
            break
        if scene.nouns == "last" and _is_behind_next_verb(scene, hit, party):
            break
        if scene.lexicon.is_preverbal and _is_within_attribute(scene, party):
            continue
        if not _may_be_object(hit, party):
            continue
        if _is_square(scene, hit, party):
            continue
        if party.kind != "span":
            both = discourse.one_of_pair(actor) if party.kind == "both" else None
            both = discourse.group if party.kind == "group" else both
            side = both or _named_last(scene, hit, actor) or discourse.other_than(actor)
            if side is not None:
                return side, f"target:{party.kind}"
            continue
        for side in party.sides:
            is_addressee = hit.trigger.mode == "investigate" and side.sector in ("IGO", "NGO")
            if (actor is None or not is_same_side(side, actor)) and not is_addressee:
                return side, "target:object"
    return marked_before(scene, hit, actor) or (None, "target:none")


def _is_within_attribute(scene: Scene, party: Party) -> bool:
    """Whether a party stands in a clause that describes the next one ("一名涉嫌为X从事间谍活动的Y人")."""
    behind = next((p for p in scene.parties if p.start >= party.end and p.sides), None)
    if behind is None or not party.sides:
        return False
    gap = scene.folded[party.end : behind.start]
    is_described = len(gap) > ATTRIBUTE_CHARS and scene.lexicon.is_word("describing", gap[-1:])
    return is_described and "," not in gap


def _is_behind_next_verb(scene: Scene, hit: Hit, party: Party) -> bool:
    """Whether a second verb of the clause stands between, a comma or "and" before it: the party is its object."""
    verbs = [h for h in scene.hits if hit.end <= h.start < party.start and not h.voice.is_noun]
    before = (scene.word_before(verb.start) for verb in verbs)
    return any(word.endswith(",") or scene.lexicon.is_word("joining", word) for word in before)


def _is_square(scene: Scene, hit: Hit, party: Party) -> bool:
    """Whether people protest in that capital against someone named behind it ("à Paris contre X")."""
    if hit.trigger.type != "PROTEST" or not party.sides or party.sides[0].kind != "capital":
        return False
    return any(p.start > party.end and p.case == "goal" and p.sides for p in parties_after(scene, hit))


def _may_be_object(hit: Hit, party: Party) -> bool:
    case = party.case_after(hit.end)
    if hit.trigger.type == "PROTEST" and case == "place" and party.sides and party.sides[0].kind == "institution":
        return True  # outside whose embassy they stand is who they protest against
    if hit.trigger.type == "ACCUSE" and case == "other":
        return True  # "complained about X"
    return case in RIGHT and not is_place(party)


def _named_last(scene: Scene, hit: Hit, actor: SideSpan | None) -> SideSpan | None:
    """Whom a pronoun object means in languages that chain verbs: the bare side named last before, but the actor."""
    if not scene.lexicon.is_preverbal or actor is None:
        return None
    start, _ = scene.clause_of(hit.start)
    bare = [p for p in scene.parties if start <= p.start and p.end <= hit.start and p.case is None and p.sides]
    return bare[-1].sides[0] if bare and not is_same_side(bare[-1].sides[0], actor) else None


def _fronted(scene: Scene, hit: Hit) -> SideSpan | None:
    start, _ = scene.clause_of(hit.start)
    marks = [cue for cue in scene.cues_of("relative") if start <= cue.start and cue.end <= hit.start]
    if hit.voice is not Voice.ACTIVE:
        return None
    if not marks:
        return _fronted_by_that(scene, hit)
    inside = [p for p in scene.parties if marks[-1].end <= p.start and p.end <= hit.start and p.case is None]
    if not inside and opens_relative(scene, hit):
        behind = inverted_subject(scene, hit, [p for p in scene.parties if p.end <= marks[-1].start])
        inside = [behind] if behind is not None else []
    heads = [p for p in scene.parties if start <= p.start and p.end <= marks[-1].start and p.sides]
    return heads[-1].sides[0] if inside and heads else None


def passive_roles(scene: Scene, hit: Hit, discourse: Discourse) -> Roles:
    """The roles of a passive: its subject suffers, its agent acts."""
    start, _ = scene.clause_of(hit.start)
    if scene.lexicon.is_doer_genitive and (told := _passive_of_doer(scene, hit, discourse)) is not None:
        return told
    if hit.trigger.type == "PROTEST" and scene.lexicon.is_preverbal:  # "X发生示威": X is where the people are
        return active_roles(scene, hit, discourse)
    subjects = [p for p in scene.parties if start <= p.start and p.end <= hit.start and p.case is None]
    if len(subjects) > 1 and scene.folded[subjects[0].end : subjects[0].end + 2].lstrip().startswith(":"):
        subjects = subjects[1:]  # "X : le consulat de Y bombardé par Z"
    if not subjects and _opens_with(scene, hit):
        subjects = _behind_participle(scene, hit)
    if not subjects and scene.lexicon.is_preverbal:
        subjects = [p for p in scene.parties if start <= p.start and p.end <= hit.start and p.case == "genitive"]
    if is_told_aside(scene, hit):  # whose people they are stands right before it
        described = described_by(scene, hit) if not scene.lexicon.is_preverbal else None
        subjects = [described] if described is not None else []
    subject = (
        resolve(subjects[-1] if _has_relative(scene, subjects, hit) else subjects[0], discourse) if subjects else None
    )
    actor, rule = _agent(scene, hit)
    is_by_other = actor is not None and subject is not None and not is_same_side(actor, subject)
    if hit.trigger.is_owner_actor and subject is not None and not is_by_other:
        target, rule = _object(scene, hit, subject, discourse)
        return Roles(subject, target, False, "actor:owner of what is opened or closed", rule)
    if actor is None and scene.lexicon.is_preverbal and (announcer := _announcer(scene, start, discourse)) is not None:
        actor, rule = announcer, "actor:who announced it"
    between = [p for p in scene.parties if start <= p.start < hit.start and p.case == "between"]
    # "amid tension between X and Y, ten were killed by gunmen": neither did it.
    has_agent = any(p.pattern.label == "agent" and 0 <= p.start - hit.end <= 1 for p in scene.prepositions)
    if subject is None and not has_agent and between and len(between[0].sides) > 1:
        one, other = between[0].sides[:2]
        return Roles(one, other, True, "mutual:between, before the passive", "mutual:between, before the passive")
    if subject is None and scene.lexicon.kinds["describing"].match(scene.folded, hit.end):
        head = next((p for p in parties_after(scene, hit) if p.sides and p.case_after(hit.end) is None), None)
        if head is not None and len(scene.words_between(hit.end, head.start)) <= HEAD_REACH_WORDS:
            host = _host(scene, hit, head.sides[0]) if actor is None else None
            actor, rule = (host, "actor:where it was done") if host is not None else (actor, rule)
            return Roles(actor, head.sides[0], False, rule, "target:head of the relative clause")
    if subject is not None and actor is None and (host := _host(scene, hit, subject)) is not None:
        actor, rule = host, "actor:where it was done"
    if subject is not None and actor is None and (club := _club(scene, hit)) is not None:
        actor, rule = club, "actor:the organisation"
    if (again := _spoken_of_again(scene, hit, subjects, actor, discourse)) is not None:
        return again
    if actor is None and hit.trigger.mode == "release" and subject is not None:
        actor, rule = _captor(scene, hit, subject, discourse)
    if subject is None:
        subject = _behind_comma(scene, hit, actor) or soil_of(scene, hit, actor)
    return Roles(actor, subject, False, rule, "target:subject of the passive")


def _behind_comma(scene: Scene, hit: Hit, actor: SideSpan | None) -> SideSpan | None:
    """Who suffers a passive that opens its sentence, its subject behind a comma ("Diusir X, wakil Y pergi")."""
    if hit.start - scene.sentence.start > 1 or scene.nouns != "first" or actor is None:
        return None
    comma = scene.folded.find(",", actor.end, scene.sentence.end)
    behind = [p for p in scene.parties if comma >= 0 and p.start > comma and p.sides and p.case is None]
    if not behind or scene.folded[actor.end : comma].strip() or is_same_side(behind[0].sides[0], actor):
        return None
    return behind[0].sides[0]


def _host(scene: Scene, hit: Hit, subject: SideSpan) -> SideSpan | None:
    """The state that arrests, expels or sentences where the text only says where ("was arrested in X")."""
    is_envoy = hit.trigger.type == "ACCUSE" and subject.kind == "role"  # "X's ambassador was summoned in Y"
    if not is_envoy and (hit.trigger.mode not in HOSTED or not (scene.nouns == "last" or is_told_aside(scene, hit))):
        return None
    near = [p for p in scene.parties if p.end <= hit.start] if scene.lexicon.is_preverbal else parties_after(scene, hit)
    here = [p for p in near if p.sides and (p.case == "place" or (p.case == "goal" and p.sides[0].kind == "capital"))]
    return next((p.sides[0] for p in here if p.sides[0].country_code not in (None, subject.country_code)), None)


def _is_in_aside(scene: Scene, hit: Hit, party: Party) -> bool:
    """Whether a party stands in a relative clause between commas before the hit (", whom X arrested, was let go")."""
    start, _ = scene.clause_of(hit.start)
    marks = [c for c in scene.cues_in("relative", start, party.start) if scene.folded[c.start - 2 : c.start] == ", "]
    return bool(marks) and "," in scene.folded[party.end : hit.start]


def _club(scene: Scene, hit: Hit) -> SideSpan | None:
    """The organisation that admits or expels ("was readmitted to the X", "was suspended from the X")."""
    if scene.nouns != "last" or hit.trigger.type not in ("SUPPORT", "SANCTION"):
        return None
    here = [p for p in parties_after(scene, hit) if p.sides and p.case in ("goal", "source")]
    return next((p.sides[0] for p in here if p.sides[0].kind == "organisation"), None)


def _spoken_of_again(
    scene: Scene, hit: Hit, subjects: list[Party], actor: SideSpan | None, discourse: Discourse
) -> Roles | None:
    """The sides of the arrest told before, for a release that names neither ("They were freed a day later")."""
    told = discourse.held
    is_named = any(p.sides and not _is_in_aside(scene, hit, p) for p in subjects)
    if scene.nouns != "last" or hit.trigger.type != "RETREAT" or actor is not None or is_named or told is None:
        return None
    return Roles(told[0], told[1], False, "actor:who held them", "target:who was held", 1)


def _captor(scene: Scene, hit: Hit, subject: SideSpan, discourse: Discourse) -> tuple[SideSpan | None, str]:
    """Who lets go, where only who took them is told ("five workers kidnapped by X were freed")."""
    for taken in scene.hits:
        if taken.end <= hit.start and taken.trigger.mode in TAKEN and taken.voice is Voice.PASSIVE:
            taker, _ = _agent(scene, taken)
            taker = taker or _held_in(scene, taken, hit)
            if taker is not None and not is_same_side(taker, subject):
                return taker, "actor:who held them"
    told = discourse.held
    if told is not None and is_same_side(told[1], subject):
        return told[0], "actor:who held them"
    return None, "actor:not named"


def _held_in(scene: Scene, taken: Hit, hit: Hit) -> SideSpan | None:
    """In whose land somebody was held, told right behind the word for it ("reporters held in X were freed")."""
    if taken.trigger.mode != "arrest":
        return None
    near = [p for p in scene.parties if taken.end <= p.start and p.end <= hit.start and p.sides and p.case == "place"]
    return near[0].sides[0] if near and len(scene.words_between(taken.end, near[0].start)) <= HELD_WORDS else None


def _passive_of_doer(scene: Scene, hit: Hit, discourse: Discourse) -> Roles | None:
    """Roles of a passive that a deed stands beside ("murieron en un ataque de X"), or whose subject comes behind it."""
    start, end = scene.clause_of(hit.start)
    before = [p for p in scene.parties if start <= p.start and p.end <= hit.start and p.case is None and p.sides]
    deeds = [h for h in scene.hits if start <= h.start < end and h.voice.is_noun and h.trigger.type == "ASSAULT"]
    if deeds and hit.trigger.type == "ASSAULT":
        deed = deeds[0]
        roles = nominal_of_doer(scene, deed, parties_after(scene, deed), discourse)
        harmed = before[0].sides[0] if before and deed.start > hit.start else roles.target
        return replace(roles, target=harmed)
    if hit.trigger.type not in ("COERCE", "SANCTION") or hit.trigger.is_owner_actor:
        return None
    behind = [p for p in scene.parties if hit.end <= p.start < end and p.sides]
    subject = before[0] if before else next((p for p in behind if p.case is None), None)
    host = next((p for p in behind if p.case == "place"), None)
    if subject is None or host is None or any(p.case == "agent" for p in behind):
        return None
    if is_same_side(subject.sides[0], host.sides[0]):
        return None
    return Roles(host.sides[0], subject.sides[0], False, "actor:where it was done", "target:subject of the passive")


def _opens_with(scene: Scene, hit: Hit) -> bool:
    """Whether a hit opens its sentence in a language where verbs may stand before their subjects."""
    return scene.lexicon.is_inverted and hit.start - scene.sentence.start <= 1


def _behind_participle(scene: Scene, hit: Hit) -> list[Party]:
    """Who suffers a participle that opens its sentence ("Secuestrados dos X"): the bare party behind it."""
    first = next(iter(parties_after(scene, hit)), None)
    if first is None or first.case is not None:
        return []
    return [first] if len(scene.words_between(hit.end, first.start)) <= HEAD_REACH_WORDS else []


def _has_relative(scene: Scene, parties: list[Party], hit: Hit) -> bool:
    return bool(scene.cues_in("relative", parties[-1].end, hit.start))


def _agent(scene: Scene, hit: Hit) -> tuple[SideSpan | None, str]:
    if scene.lexicon.is_preverbal:
        return _agent_before(scene, hit)
    for party in parties_after(scene, hit):
        if party.case == "agent" and party.sides:
            return party.sides[0], "actor:by-phrase"
    for party in parties_after(scene, hit) if not _opens_with(scene, hit) else ():
        near = len(scene.words_between(hit.end, party.start)) <= 4
        near = near and not any(hit.end <= other.start < party.start for other in scene.hits)
        if party.case is None and party.sides and near and "," not in scene.folded[hit.end : party.start]:
            return party.sides[0], "actor:directly after the passive"
    return None, "actor:not named"


def _fronted_by_that(scene: Scene, hit: Hit) -> SideSpan | None:
    """In "the ship that X attacked" the word that else opens what is said stands right behind a noun."""
    border = scene.border_before(hit.start)
    if border is None or border.kind != "complement" or not scene.lexicon.has_boundaries:
        return None  # Chinese puts its relative clauses before the noun
    heads = [p for p in scene.parties if p.end <= border.start and p.sides]
    inside = [p for p in scene.parties if border.end <= p.start and p.end <= hit.start and p.case is None and p.sides]
    if not heads or not inside or len(scene.words_between(heads[-1].end, border.start)) > 1:
        return None
    said = [c for c in scene.cues if c.pattern.label in SAYING and heads[-1].end <= c.start < border.start]
    told = [h for h in scene.hits if heads[-1].end <= h.start < border.start]
    return None if said or told else heads[-1].sides[0]


def _announcer(scene: Scene, start: int, discourse: Discourse) -> SideSpan | None:
    """Who declared what a clause says is done ("美国宣布,X为不受欢迎的人")."""
    border = scene.border_before(start)
    if border is None:
        return None
    before = scene.folded[scene.sentence.start : border.end].rstrip(",")
    if not scene.lexicon.is_word("announcing", before):
        return None
    return carried_subject(scene, start, discourse)[0]


def _agent_before(scene: Scene, hit: Hit) -> tuple[SideSpan | None, str]:
    start, _ = scene.clause_of(hit.start)
    for party in reversed([p for p in scene.parties if start <= p.start and p.end <= hit.start]):
        if party.case == "agent" and party.sides:
            return party.sides[0], "actor:agent before the verb"
    return None, "actor:not named"
