"""Read the scenes of an article in order into reports, keeping track of who and what is being spoken of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import combinations

from flows.events.allusions import is_allusion, is_unclaimed
from flows.events.anaphors import by_group_again, named_together, see_pairs, with_anaphors
from flows.events.apart import give_tolls
from flows.events.chains import find_inner_roles
from flows.events.claims import PLOT_FOILED, TOLD_BY_TARGET, Claim, accuse, claim_of, is_abstained, is_unmet
from flows.events.codebook import HARMS, load_codebook
from flows.events.counting import count_days
from flows.events.discourse import Discourse, Roles, is_same_side
from flows.events.entries import Trigger
from flows.events.favoured import drop_favoured
from flows.events.frozen import replace
from flows.events.futures import is_set_out_for
from flows.events.go_betweens import drop_go_betweens, find_parties_in_play
from flows.events.governing import governor_of, is_purpose, is_put_off, is_reduced, may_be_set
from flows.events.grounding import SPOKEN_OF, WORDS, find_when
from flows.events.harms import blame_strikers, find_blow, join_harms, join_sufferers, on_counted, with_harm
from flows.events.inflection import Voice
from flows.events.lead import PLACED, fill_from_lead, find_country
from flows.events.mutual import find_mediator, find_partners
from flows.events.nameless import name_plotters
from flows.events.outlook import DAY_TO_COME, find_said_day, is_timetabled, look_ahead, look_behind
from flows.events.parties import Party
from flows.events.places import PlaceSpan
from flows.events.placing import find_place
from flows.events.plots import settle_plots
from flows.events.reports import Report, fold_reports
from flows.events.roles import find_roles
from flows.events.scene import Hit, Scene
from flows.events.sides import SideSpan
from flows.events.spoken import settle_charges, settle_spoken
from flows.events.staging import Article
from flows.events.tolls import Toll, find_toll, toll_between, toll_is_summed
from flows.events.verbs import TAKEN
from flows.events.when import When, is_deadline
from flows.events.whereabouts import at_home, find_setting, visited_country
from flows.events.wishes import is_due
from warehouse.records import Direction, Status

LENT_WITHIN = timedelta(days=30)  # a deed and the words on it
SET_OUT = "planned: set out for it"
MAIN_SIDES = 6  # of an article's sides, those named most often may be its pair
TOGETHER_WEIGHT = 2  # of being named as one phrase, in namings of one side alone
HURTING = HARMS | {"PROTEST"}  # what may leave dead and injured
TOLD_AS_DONE = (Status.OCCURRED, Status.ALLEGED, Status.DENIED)
# Done where the doer rules, if the text does not say where.
AT_HOME = ("arrest", "curfew", "martial-law", "censor", "deport", "expel")


def read_reports(article: Article, published: date | None) -> list[Report]:
    """The reports of an article, repeats folded, in text order."""
    discourse = Discourse(pair=_main_pair(article))
    count_days(article.scenes, published)
    reports: list[Report] = []
    for scene in article.scenes:
        if scene.sentence.is_apart:
            discourse = Discourse()
        found = _read_scene(scene, article, discourse, published)
        if (claimant := _claimant(scene)) is not None:
            reports = [_claimed(report, claimant) for report in reports]
            found = [r for r in found if r.type != "ASSAULT" or r.roles.carried == 0]
            found = [_claimed(r, claimant) if r.roles.target else r for r in found]
        if found and reports and _counts_only(found, reports[-1]):
            found = []
        if reports and scene.times:
            reports = _lend_day(reports, scene, article, published)
        if not found and reports and (not reports[-1].is_title or _counts_victims(scene, reports, article)):
            at = _taker(reports, scene, article)
            reports[at] = _on_struck(reports[at], _donate(reports[at], scene, article), scene)
        reports.extend(found)
        _follow(scene, discourse)
    folded = [at_home(report) for report in fold_reports([_place_group(report) for report in reports])]
    folded = join_sufferers(folded, [scene.sentence.start for scene in article.scenes])
    folded = blame_strikers(give_tolls(folded, article, published))
    return [fill_from_lead(report, article, published, folded) for report in folded]


def _main_pair(article: Article) -> tuple[SideSpan, SideSpan] | None:
    """The two sides the article is about: most often named, together or alone, the title counting thrice."""
    counts: defaultdict[str, int] = defaultdict(int)
    together: defaultdict[frozenset[str], int] = defaultdict(int)
    first: dict[str, SideSpan] = {}
    for scene in article.scenes:
        mediator = find_mediator(scene)
        for party in find_parties_in_play(scene):
            for side in party.sides if party is not mediator else ():
                key = side.code
                counts[key] += 3 if scene.sentence.is_title else 1
                first.setdefault(key, side)
        for one, other in named_together(scene):
            together[frozenset((one.code, other.code))] += 3 if scene.sentence.is_title else 1
    if len(counts) < 2:
        return None
    often = sorted(counts, key=lambda code: -counts[code])[:MAIN_SIDES]
    pairs = [frozenset(pair) for pair in combinations(often, 2)]
    best = max(pairs, key=lambda pair: sum(counts[code] for code in pair) + TOGETHER_WEIGHT * together[pair])
    ordered = sorted((first[code] for code in best), key=lambda side: side.start)
    return ordered[0], ordered[1]


def _read_scene(scene: Scene, article: Article, discourse: Discourse, published: date | None) -> list[Report]:
    reports: list[Report] = []
    read = settle_plots(scene, settle_charges(scene, _read_roles(scene, discourse)))
    for hit, roles in settle_spoken(scene, read):
        if is_unclaimed(scene, hit, roles) or is_due(scene, hit):
            continue
        roles = by_group_again(scene, hit, roles, discourse)
        when = find_when(scene, hit, published, discourse.told_on)
        claim = accuse(scene, hit, roles, claim_of(scene, hit, when.starts_on, published))
        if is_unmet(scene, hit, claim):
            continue
        if hit.trigger.type == "CONSULT" and governor_of(scene, hit) is not None:
            told = look_ahead(scene, hit, when, published)
            when = told if told.rule == DAY_TO_COME else when
            if published is None or when.starts_on is None or when.starts_on <= published:
                continue  # agreed on, and no day told for it
            claim = Claim(Status.PLANNED, "planned: agreed on for a day to come")
        if claim.status is Status.OCCURRED and is_set_out_for(scene, hit):
            claim = Claim(Status.PLANNED, SET_OUT)
        if claim.status is Status.OCCURRED and is_timetabled(scene, hit, when, published):
            claim = Claim(Status.PLANNED, "planned: told in the present of a day to come")
        if claim.status is Status.PLANNED or (claim.rule == TOLD_BY_TARGET and roles.actor is None):
            roles = name_plotters(scene, hit, roles, discourse)
        if claim.status is Status.DENIED and roles.actor is None:
            roles = _denied_by(scene, roles)
        if claim.status is Status.DENIED and hit.trigger.type == "ACCUSE" and hit.voice is Voice.NOUN:
            continue  # "denied the accusation" accuses nobody
        is_warned = hit.trigger.future_type == "THREATEN" and when.is_weekday and _is_said(scene)
        if claim.status is Status.PLANNED and not is_warned and claim.rule not in (SET_OUT, PLOT_FOILED):
            when = look_ahead(scene, hit, when, published)
        elif claim.status is Status.DENIED or (claim.status is Status.ALLEGED and hit.trigger.type != "ACCUSE"):
            when = _harm_told(hit, look_behind(scene, when), discourse)
        is_dated = not hit.voice.is_noun or when.precision == "month"
        if claim.status in TOLD_AS_DONE and is_dated and hit.trigger.future_type != "THREATEN":
            when = find_said_day(scene, hit, when, published)
        report = _report(scene, hit, roles, when, claim, article)
        if (blow := find_blow(scene, report, reports)) is not None:
            reports[blow] = with_harm(reports[blow], report)
            continue
        reports.append(report)
        discourse.told_types.add(report.type)
        if hit.trigger.mode in TAKEN and roles.actor and roles.target:
            discourse.held = (roles.actor, roles.target)
        if when.is_told and claim.status is not Status.ALLEGED:  # "the same day" is that of the charge, not of the deed
            discourse.told_on = when.starts_on
    _see_harms(scene, discourse, published)
    return [on_counted(report, scene) for report in join_harms(scene, _threats_once(reports))]


def _threats_once(reports: Sequence[Report]) -> list[Report]:
    """The reports of a sentence less what a threat made in it says again ("threatened that it would strike back")."""
    made: dict[tuple[str, str], Report] = {}
    again = []
    for report in reports:
        actor, target = report.roles.actor, report.roles.target
        if report.type != "THREATEN" or actor is None or target is None:
            continue
        first = made.setdefault((actor.code, target.code), report)
        if first is report:
            continue
        is_surer = report.status is Status.OCCURRED and first.status is not Status.OCCURRED
        made[actor.code, target.code] = report if is_surer else first
        again.append(first if is_surer else report)
    return [report for report in reports if not any(report is one for one in again)]


def _harm_told(hit: Hit, when: When, discourse: Discourse) -> When:
    """The time of a harm that is denied or charged without a day of its own: that of the harm told before it."""
    day = discourse.harmed_on.get(hit.trigger.type)
    if day is None or (when.is_told and not when.is_borrowed):
        return when
    return When(day, day + timedelta(days=1), "day", "day of the harm told before", is_borrowed=True)


def _see_harms(scene: Scene, discourse: Discourse, published: date | None) -> None:
    """After a sentence: the days of the harms it names, whoever did them."""
    for hit in scene.hits if scene.times and not scene.sentence.is_title else ():
        if hit.trigger.type in HARMS:
            when = find_when(scene, hit, published, discourse.told_on)
            if when.precision == "day" and when.starts_on and not when.is_borrowed:
                discourse.harmed_on[hit.trigger.type] = when.starts_on


def _is_said(scene: Scene) -> bool:
    """Whether a sentence says who said it, so that a past weekday is the day of the words."""
    return bool(scene.cues_of("attribution") or scene.cues_of("attribution_after"))


def _read_roles(scene: Scene, discourse: Discourse) -> list[tuple[Hit, Roles]]:
    """The triggers of a scene that tell something of their own, with their roles."""
    told_before = frozenset(discourse.told_types)
    readings = []
    for hit in scene.hits:
        governor = governor_of(scene, hit)
        if (governor is not None and not may_be_set(scene, governor, hit)) or is_allusion(scene, hit, told_before):
            continue
        if is_abstained(scene, hit) or is_purpose(scene, hit) or is_reduced(scene, hit) or is_put_off(scene, hit):
            continue
        is_joint = hit.trigger.joint_type is not None and find_inner_roles(scene, hit) is None
        partners = find_partners(scene, hit) if is_joint else None
        seen, before = drop_go_betweens(scene, hit, with_anaphors(scene, hit, discourse))
        seen = drop_favoured(seen, hit)
        roles = replace(partners, is_joint=True) if partners else find_roles(seen, hit, before)
        readings.append((hit, roles))
        if roles.also:
            readings += [(hit, replace(roles, target=side, also=())) for side in roles.also]
    return readings


def _denied_by(scene: Scene, roles: Roles) -> Roles:
    """The roles of a deed whose doer the sentence leaves out because he is the one who denies it."""
    is_read_so = scene.has_case_endings or scene.nouns == "last"
    bare = [p for p in scene.parties if p.is_nominative and p.sides] if is_read_so else []
    if not bare or (roles.target is not None and bare[0].code == roles.target.code):
        return roles
    return replace(roles, actor=bare[0].sides[0], actor_rule="actor:who denies it")


def _claimant(scene: Scene) -> SideSpan | None:
    """Who claims an attack told before ("Saldırıyı X üstlendi")."""
    for cue in scene.cues_in("claimed", scene.sentence.start, scene.sentence.end):
        before = [p for p in scene.parties if p.end <= cue.start and p.sides and p.is_nominative]
        if before:
            return before[-1].sides[0]
    return None


def _claimed(report: Report, claimant: SideSpan) -> Report:
    target = report.roles.target
    if report.type != "ASSAULT" or report.roles.actor is not None or (target and is_same_side(claimant, target)):
        return report
    return replace(report, roles=replace(report.roles, actor=claimant, actor_rule="actor:claimed it"))


def _report(scene: Scene, hit: Hit, roles: Roles, when: When, claim: Claim, article: Article) -> Report:
    trigger = hit.trigger
    joint_type = trigger.joint_type if roles.is_joint else None
    type_name, status = joint_type or trigger.type, claim.status
    if trigger.future_type and status in (Status.PLANNED, Status.HYPOTHETICAL):
        type_name = trigger.future_type
        status = Status.OCCURRED if status is Status.PLANNED else status
    if claim.is_refusal:
        type_name = "REJECT"
    event_type = load_codebook()[type_name]
    mode = trigger.mode if trigger.mode in event_type.modes else None
    place = find_place(scene, hit, event_type.is_material or type_name == "CONSULT", roles)
    toll = find_toll(scene, hit, article.casualties) if type_name in HURTING else Toll()
    rules = {
        "type": trigger.key,
        "voice": str(hit.voice),
        "actor": roles.actor_rule,
        "target": roles.target_rule,
        "status": claim.rule,
        "date": when.rule,
        "place": "place in the clause" if place else "none",
        "casualties": "number beside a harm word" if toll.is_known else "none",
    }
    return Report(
        type=type_name,
        mode=mode,
        direction=event_type.direction if claim.is_refusal or joint_type else _direction(scene, hit),
        score=event_type.modes[mode].score if mode else event_type.score,
        roles=roles,
        status=status,
        when=when,
        place=place,
        country_code=_country(place, type_name, roles, trigger)
        or _country_where(scene, hit, roles, type_name)
        or find_setting(scene, hit, type_name, roles),
        toll=toll,
        attribution=_attribution(scene, hit),
        start=scene.sentence.start,
        end=scene.sentence.end,
        is_title=scene.sentence.is_title,
        hit_start=hit.start,
        topic=trigger.topic,
        rules=rules,
    )


def _direction(scene: Scene, hit: Hit) -> Direction:
    """What an act does to the two sides; who asks for peace, talks or a release eases, however sternly it is said."""
    direction = hit.trigger.direction or load_codebook()[hit.trigger.type].direction
    if hit.trigger.type != "REQUEST":
        return direction
    asked = [h.trigger for h in scene.hits if h is not hit and governor_of(scene, h) is hit]
    is_easing = any(load_codebook()[t.type].direction is Direction.DE_ESCALATION for t in asked)
    return Direction.DE_ESCALATION if is_easing else direction


def _country(place: PlaceSpan | None, type_name: str, roles: Roles, trigger: Trigger) -> str | None:
    if place is not None and place.country_code:
        return place.country_code
    if type_name == "ASSAULT" and roles.target is not None and not roles.is_symmetric:
        is_land = "soil" in roles.target_rule or roles.target.kind == "place"
        is_land = is_land or (roles.target.kind in ("state", "capital") and roles.target.head)
        return roles.target.country_code if is_land else None
    if type_name == "RETREAT" and trigger.mode == "withdraw" and roles.target is not None:
        return roles.target.country_code
    is_at_home = trigger.is_owner_actor or trigger.mode in AT_HOME or type_name == "PROTEST"
    if is_at_home and type_name in ("COERCE", "SANCTION", "PROTEST") and roles.actor is not None:
        return roles.actor.country_code
    return None


def _country_where(scene: Scene, hit: Hit, roles: Roles, type_name: str) -> str | None:
    """Where it was, told by a phrase that says where, though it is on no list of places ("an Afghan province")."""
    if scene.has_case_endings and hit.trigger.is_owner_actor and type_name == "COERCE":
        return roles.actor.country_code if roles.actor else None
    start, end = scene.clause_of(hit.start)
    if scene.has_case_endings:
        cases = {"ASSAULT": ("place",), "CONSULT": ("place",), "SUPPORT": ("place",), "RETREAT": ("place", "source")}
        here = [p for p in scene.parties if start <= p.start < end and p.sides and p.case in cases.get(type_name, ())]
        if here:
            return here[-1].sides[0].country_code
    elif type_name in PLACED and (country := find_country(scene, start, end)) is not None:
        return country
    is_visit = hit.trigger.mode == "visit" and type_name == "CONSULT"
    return roles.target.country_code if is_visit and roles.target else None


def _attribution(scene: Scene, hit: Hit) -> str | None:
    """The side that says so: the subject of a verb of saying in the sentence."""
    if not _is_said(scene):
        return None
    for cue in scene.cues:
        if cue.pattern.label == "attribution" and cue.start < hit.start:
            before = [p for p in scene.parties if p.end <= cue.start and p.sides]
            if before:
                return before[-1].sides[0].name
        if cue.pattern.label == "attribution_after":
            after = [p for p in scene.parties if cue.end <= p.start <= cue.end + 60 and p.sides]
            if after:
                return after[0].sides[0].name
    return None


def _lend_day(reports: list[Report], scene: Scene, article: Article, published: date | None) -> list[Report]:
    """Reports whose day was that of other words or deeds, with the day that the sentence behind theirs tells.

    What is spoken of was before the words on it: an earlier day is the deed's and a later one that of the words, if the
    sentence tells of a harm or points back, or else tells no other deed.
    """
    start = max(report.start for report in reports)
    lenders = [r for r in reports if r.start == start and r.when.is_borrowed and r.when.starts_on and not r.is_title]
    days = [t for t in scene.times if t.kind != "anaphoric" and t.precision == "day" and t.starts_on]
    days = [t for t in days if not is_deadline(scene, t) and not (t.kind == "counted" and scene.hits)]
    if not lenders or not days or published is None:
        return reports
    is_harmed = toll_between(article.casualties, scene.sentence.start, scene.sentence.end).is_known
    types = {h.trigger.type for h in scene.hits}
    is_harmed = is_harmed or not types or not types.isdisjoint(HARMS) or _points_back(scene)
    is_spoken = bool(scene.cues_of("attribution")) or types.isdisjoint(SPOKEN_OF) or not types.isdisjoint(WORDS)

    def lend(report: Report) -> Report:
        day, borrowed = days[0], report.when.starts_on
        if report not in lenders or borrowed is None or day.starts_on is None:
            return report
        is_words = report.type in WORDS
        is_fit = (
            borrowed < day.starts_on <= published if is_words else borrowed - LENT_WITHIN <= day.starts_on < borrowed
        )
        if not is_fit or not (is_spoken if is_words else is_harmed):
            return report
        when = When(day.starts_on, day.ends_on, day.precision, "day told in the sentence behind")
        return replace(report, when=when, rules={**report.rules, "date": when.rule})

    return [lend(report) for report in reports]


def _points_back(scene: Scene) -> bool:
    return bool(scene.cues_in("demonstrative", scene.sentence.start, scene.sentence.end))


def _counts_victims(scene: Scene, reports: Sequence[Report], article: Article) -> bool:
    """Whether a first sentence without a verb of attack counts the victims of the attack in the headline above it."""
    is_struck = any(report.type == "ASSAULT" for report in reports)
    return is_struck and toll_between(article.casualties, scene.sentence.start, scene.sentence.end).is_known


def _counts_only(found: Sequence[Report], last: Report) -> bool:
    """Whether a sentence names nobody and only counts the dead of an attack that is charged or denied before it."""
    is_claimed = last.type == "ASSAULT" and last.status in (Status.DENIED, Status.ALLEGED)
    return is_claimed and all(
        r.type == "ASSAULT" and r.toll.is_known and r.roles.actor is None and r.roles.target is None for r in found
    )


def _taker(reports: Sequence[Report], scene: Scene, article: Article) -> int:
    """Which report a sentence without an event adds to: the last, or the attack beside it if it tells a toll."""
    told = [at for at, report in enumerate(reports) if report.start == reports[-1].start]
    borrowed = [at for at in told if reports[at].when.is_borrowed]
    if borrowed and scene.times:
        return borrowed[-1]
    struck = [at for at in told if reports[at].type == "ASSAULT"]
    has_toll = toll_between(article.casualties, scene.sentence.start, scene.sentence.end).is_known
    return struck[-1] if struck and has_toll else len(reports) - 1


def _on_struck(before: Report, report: Report, scene: Scene) -> Report:
    """A report that took its toll from a sentence, on whom that sentence counts."""
    return report if before.toll == report.toll else on_counted(report, scene)


def _donate(report: Report, scene: Scene, article: Article) -> Report:
    """A sentence that tells no event of its own gives its casualties and time to the event just told."""
    toll = report.toll
    told = toll_between(article.casualties, scene.sentence.start, scene.sentence.end)
    if report.type in ("ASSAULT", "PROTEST") and (
        not toll.is_known or toll_is_summed(article.casualties, scene.sentence)
    ):
        toll = told
    elif report.type == "ASSAULT" and toll.injured_min is None and told.killed_min in (None, toll.killed_min):
        toll = replace(toll, injured_min=told.injured_min, injured_max=told.injured_max)
    elif report.type == "ASSAULT" and toll.killed_min is None and told.injured_min in (None, toll.injured_min):
        toll = replace(toll, killed_min=told.killed_min, killed_max=told.killed_max)
    if report.type == "CONCEDE" and report.country_code is None:
        report = replace(report, country_code=visited_country(scene, report.roles))
    when = report.when
    is_backward = _points_back(scene)
    if is_backward and report.status is Status.DENIED:
        when = look_behind(scene, when)
    spans = [t for t in scene.times if t.kind in ("absolute", "weekday")]
    if (not when.is_told or when.is_borrowed) and spans and is_backward:
        when = When(spans[0].starts_on, spans[0].ends_on, spans[0].precision, "time in the sentence that points back")
    return replace(report, toll=toll, when=when)


def _place_group(report: Report) -> Report:
    """A group struck on a state's soil stands for tension with that state: its country is the soil's."""
    target = report.roles.target
    is_struck = report.type in ("ASSAULT", "COERCE", "MOBILIZE")  # whom others meet in a capital stays who it is
    if not is_struck or target is None or target.kind != "group" or report.country_code is None:
        return report
    actor = report.roles.actor
    if actor is not None and actor.country_code == report.country_code:
        return report
    return replace(report, roles=replace(report.roles, target=replace(target, country_code=report.country_code)))


def _follow(scene: Scene, discourse: Discourse) -> None:
    """After a sentence: its first bare party is who is being spoken of, and all its sides are in play."""
    for party in reversed(scene.parties):
        for side in reversed(party.sides):
            discourse.see(side)
    see_pairs(scene, discourse)
    bare = [p for p in scene.parties if p.is_nominative and p.sides]
    if bare and not _is_mere_object(scene, bare[0]):
        discourse.subject = bare[0].sides[0]


def _is_mere_object(scene: Scene, first: Party) -> bool:
    """Whether a sentence's first bare party is what somebody named before does something to ("It has hit X")."""
    if scene.order != "svo" or scene.lexicon.is_inverted:
        return False
    return any(h.voice is Voice.ACTIVE and h.end <= first.start for h in scene.hits)
