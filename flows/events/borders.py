"""Where the clauses of a sentence end: at words that join, at stops, at the main clause's comma, at headline blanks."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from flows.events.cases import WORD
from flows.events.inflection import Voice
from flows.events.lexicon import Lexicon, Match
from flows.events.scene import Border
from flows.events.segments import Sentence
from flows.events.sides import SideSpan
from flows.events.times import TimeSpan

BORDER_KINDS = frozenset({"complement", "adverbial", "coordinate", "attribution", "attribution_after"})
COMMA = re.compile(",")
STOP = re.compile("[;:；：]")
BLANK = re.compile(r"(?<=[\u3400-\u9fff\w])[ \u3000](?=[\u3400-\u9fff])")  # parts the clauses of a Chinese headline
SUBJECT_GAP_CHARS = 16  # "Doha promptly condemned": between a subject and its verb
ASIDE_CHARS = 90  # ", whose peacekeepers are stationed there,"
BETWEEN_CHARS = 40  # "between X and Y" reaches so far
OBJECT_WORDS = 2  # the object of a verb, before "and" opens another clause
TOLD_WORDS = 3  # a verb and its object, before "and" opens another clause
TOLL_WORDS = 4  # "and nine people were killed": between "and" and the word for the harm
CLAUSE_WORDS = 3  # "if X builds a base, ": fewer are a list ("if X, Y or Z")
TRAILING_CHARS = 50  # a speaker named at the end of a sentence is named briefly


def without_relatives(
    cues: Sequence[Match], triggers: Sequence[Match], sides: Sequence[SideSpan], folded: str
) -> list[Match]:
    """The cues, of two readings of one word ("que") only one: relative right behind a name that no verb has yet."""
    both = {(cue.start, cue.end) for cue in cues if cue.pattern.label == "relative"}
    both &= {(cue.start, cue.end) for cue in cues if cue.pattern.label == "complement"}
    kept = []
    for cue in cues:
        if cue.pattern.label in ("relative", "complement") and (cue.start, cue.end) in both:
            named = [span for span in sides if span.end <= cue.start and folded[span.end : cue.start].strip(" ,") == ""]
            is_said = any(other.pattern.label == "attribution" and other.end <= cue.start for other in cues)
            is_said = is_said or any(match.end <= cue.start for match in triggers)
            if (cue.pattern.label == "relative") != (bool(named) and not is_said):
                continue
        kept.append(cue)
    return kept


def opening_of(
    sentence: Sentence,
    cues: Sequence[Match],
    prepositions: Sequence[Match],
    times: Sequence[TimeSpan],
    triggers: Sequence[Match],
    sides: Sequence[SideSpan],
) -> list[Match]:
    """The cues without those that, being prepositions too, open a clause only at a sentence's head ("after X,").

    Before a side and its verb they do anywhere ("since X attacked").
    """
    also = {(cue.start, cue.end) for cue in cues if cue.pattern.label == "adverbial"}
    also = also.intersection([(word.start, word.end) for word in prepositions]) if also else also
    also -= {span for span in also if _has_own_verb(span[1], triggers, sides)}
    if not also:
        return list(cues)
    return [
        cue
        for cue in cues
        if cue.pattern.label != "adverbial"
        or (cue.start, cue.end) not in also
        or _opens_sentence(Border(cue.start, cue.end, "adverbial", cue.pattern.text), sentence, times)
    ]


def without_opening(prepositions: Sequence[Match], cues: Sequence[Match], sentence: Sentence) -> list[Match]:
    """The case words without those that open a clause within the sentence ("since X attacked"): they say no case."""
    opening = {(c.start, c.end) for c in cues if c.pattern.label == "adverbial" and c.start > sentence.start + 2}
    return [word for word in prepositions if (word.start, word.end) not in opening] if opening else list(prepositions)


def _has_own_verb(at: int, triggers: Sequence[Match], sides: Sequence[SideSpan]) -> bool:
    """Whether a side and right behind it a form that only verbs have stand behind an offset."""
    side = next((side for side in sides if 0 < side.start - at <= 1), None)
    return side is not None and any(
        match.start == side.end + 1 and match.pattern.label in ("active", "participle") for match in triggers
    )


def find_borders(
    sentence: Sentence,
    folded: str,
    cues: Sequence[Match],
    triggers: Sequence[Match],
    times: Sequence[TimeSpan],
    lexicon: Lexicon,
    sides: Sequence[SideSpan] = (),
) -> list[Border]:
    """The borders of a sentence, by start."""
    is_last = lexicon.has_case_endings  # "iki yıl önce", two years ago, ends with the word
    labels = {cue.pattern.label for cue in cues}  # what a sentence has none of need not be looked for
    found = (
        []
        if labels.isdisjoint(BORDER_KINDS)
        else [
            Border(cue.start, cue.end, cue.pattern.label, cue.pattern.text)
            for cue in cues
            if cue.pattern.label in BORDER_KINDS
            and not any(t.start < cue.start and cue.end < t.end + (is_last or t.tie == "free") for t in times)
        ]
    )
    if found and lexicon.order == "svo":
        found = [border for border in found if not _is_relative_here(border, cues, triggers)]
    if not lexicon.has_boundaries:
        found = [border for border in found if _is_border_here(border, sides, cues, lexicon)]
    found += [
        Border(at, at + 1, "stop", folded[at])
        for at in [stop.start() for stop in STOP.finditer(folded, sentence.start, sentence.end)]
        if not (folded[at - 1 : at].isdigit() and folded[at + 1 : at + 2].isdigit())
    ]
    if sentence.is_title:
        found += _headline_verbs(folded, triggers)
    if lexicon.order == "svo" and lexicon.has_boundaries:
        found += _new_subjects(folded, cues, triggers, sides, lexicon)
    if lexicon.order in ("vso", "free"):
        found += _new_actors(folded, triggers, sides)
    if lexicon.has_boundaries and lexicon.order != "sov":
        found += _new_tolls(folded, cues, triggers)
    if not lexicon.has_boundaries:
        found += _unspaced_borders(sentence, folded, cues, sides, lexicon)
        for border in [b for b in found if b.kind == "adverbial" and b.start > sentence.start + 1]:
            found += _main_clause(border, sentence, folded, triggers, lexicon)
    if "attribution" in labels and not lexicon.has_case_endings:
        found += _trailing_speakers(sentence, folded, cues)
    if "attribution_after" in labels:
        found += _leading_speakers(sentence, folded, cues)
    if lexicon.has_case_endings:
        found += _verb_commas(sentence, folded, sides, lexicon)
        found += _converbs(folded, triggers, sides, lexicon)
    if not found:
        return found
    found.sort(key=lambda border: border.start)
    if found[0].kind == "adverbial" and _opens_sentence(found[0], sentence, times):
        main = _main_clause(found[0], sentence, folded, triggers, lexicon)
        return sorted([*found, *main], key=lambda border: border.start)
    return found


def _commas(sentence: Sentence, folded: str) -> list[int]:
    return [comma.start() for comma in COMMA.finditer(folded, sentence.start, sentence.end)]


def _verb_commas(sentence: Sentence, folded: str, sides: Sequence[SideSpan], lexicon: Lexicon) -> list[Border]:
    """Where verbs are known by their endings: the comma behind a finite one ("X vurdu, Y kınadı")."""
    found = []
    for at in _commas(sentence, folded):
        word = folded[max(sentence.start, folded.rfind(" ", 0, at) + 1) : at]
        if lexicon.forms["finite"].fullmatch(word) and not any(side.end == at for side in sides):
            found.append(Border(at, at + 1, "coordinate", ","))
    return found


def _converbs(folded: str, triggers: Sequence[Match], sides: Sequence[SideSpan], lexicon: Lexicon) -> list[Border]:
    """The blank behind a verb's form that says "while", where another side follows it ("X bırakırken Y saldı")."""
    starts = {side.start for side in sides}
    ends = {match.end for match in triggers if match.end + 1 in starts}
    words = {end: folded[folded.rfind(" ", 0, end) + 1 : end] for end in ends}
    return [Border(end, end + 1, "coordinate", " ") for end in ends if lexicon.forms["meanwhile"].fullmatch(words[end])]


def _is_border_here(border: Border, sides: Sequence[SideSpan], cues: Sequence[Match], lexicon: Lexicon) -> bool:
    """A word like "later" behind a subject opens no clause, one like "announced" only before another subject.

    One like "after" behind its own clause does where a subject follows ("A空袭后B召回大使").
    """
    if border.kind == "complement" or lexicon.is_word("afterwards", border.word):
        return any(side.start == border.end for side in sides)
    subjects = [side.end for side in sides] + [cue.end for cue in cues if cue.pattern.label in ("both", "pronoun")]
    return border.kind != "coordinate" or border.start not in subjects


def _unspaced_borders(
    sentence: Sentence, folded: str, cues: Sequence[Match], sides: Sequence[SideSpan], lexicon: Lexicon
) -> list[Border]:
    """Where Chinese parts its clauses: at a blank of a headline, at a comma that a new subject follows."""
    starts = {side.start for side in sides}
    anaphors = [cue for cue in cues if cue.pattern.label in ("both", "pronoun")]
    starts |= {cue.start for cue in anaphors if not lexicon.is_word("unsteady", cue.pattern.text)}
    harmed = [cue for cue in cues if cue.pattern.label == "victim"]
    ends = {cue.end for cue in harmed[:-1]}  # behind the dead of one deed others may be told: "A袭击中丧生，九人在B"
    commas = [at for at in _commas(sentence, folded) if at + 1 in starts or at in ends]
    gaps = BLANK.finditer(folded, sentence.start, sentence.end)
    return [Border(at, at + 1, "stop", ",") for at in commas] + [
        Border(gap.start(), gap.end(), "stop", " ") for gap in gaps
    ]


def finite_borders(folded: str, cues: Sequence[Match], triggers: Sequence[Match]) -> list[Border]:
    """Where verbs come last, a comma or an "and" right behind a finite one ends its clause."""
    verbs = {cue.end for cue in cues if cue.pattern.label == "finite"}
    verbs |= {match.end for match in triggers if match.pattern.label in (Voice.ACTIVE, Voice.PASSIVE)}
    found = [Border(end, end + 1, "coordinate", ",") for end in verbs if folded[end : end + 1] == ","]
    found += [
        Border(cue.start, cue.end, "coordinate", cue.pattern.text)
        for cue in cues
        if cue.pattern.label == "conjunction" and any(0 <= cue.start - end <= 2 for end in verbs)
    ]
    return found


def _new_subjects(
    folded: str, cues: Sequence[Match], triggers: Sequence[Match], sides: Sequence[SideSpan], lexicon: Lexicon
) -> list[Border]:
    """The comma after which another side acts: "X struck the port, Y condemned it, and Z offered help".

    In an analytic language also a bare "and", and before verbs that only a noun makes an act ("Z lodged a protest").
    """
    verbs = [m.start for m in triggers if m.pattern.label in ("active", "participle", "either")]
    is_teller_known = lexicon.has_words("telling")
    if not sides or not (is_teller_known or verbs):
        return []
    tellers = verbs
    if lexicon.is_analytic:
        tellers = [*verbs, *(cue.start for cue in cues if cue.pattern.label == "light")]
    found = []
    relatives = {cue.start for cue in cues if cue.pattern.label == "relative"}
    for side in sides:
        if _is_set_off(folded, side, relatives):
            continue
        is_behind_verb = bool(verbs) and verbs[0] < side.start
        is_behind_verb = is_behind_verb or (side is not sides[0] and folded[side.start - 6 : side.start] == ", and ")
        if not is_behind_verb and not is_teller_known:
            continue
        near = [at for at in tellers if 0 < at - side.end <= SUBJECT_GAP_CHARS]
        is_acting = bool(near) and any(_is_close(WORD.findall(folded, side.end, at), lexicon) for at in near)
        if not is_acting and not _acts_behind_aside(folded, cues, verbs, side):
            continue
        if (told := _told_before(folded, cues, triggers, sides[0], side, lexicon)) is not None:
            found.append(told)
        if not is_behind_verb:
            continue
        named = _with_article(cues, side, lexicon)
        join = next((c for c in reversed(cues) if c.end + 1 == named and c.pattern.label == "conjunction"), None)
        at = join.start if join is not None else named
        if folded[at - 2 : at] == ", ":
            found.append(Border(at - 2, at - 1, "coordinate", ","))
        elif lexicon.is_analytic and join is not None and _begins_anew(folded, at, triggers, lexicon):
            found.append(Border(at - 1, at, "coordinate", join.pattern.text))
    return found


def _is_set_off(folded: str, side: SideSpan, relatives: Set[int]) -> bool:
    """Whether a name between commas only says more of the place before it ("di Kobani, Suriah, yang menewaskan")."""
    is_between = folded[side.start - 2 : side.start] == ", " and folded[side.end : side.end + 2] == ", "
    return is_between and side.end + 2 in relatives


def _is_close(words: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether no more than a word stands between a subject and its verb; "to" makes it one who is asked to act."""
    return not words or (len(words) == 1 and not lexicon.is_word("infinitive_mark", words[0]))


def _with_article(cues: Sequence[Match], side: SideSpan, lexicon: Lexicon) -> int:
    """Where a side begins, with the article before it."""
    beside = (cue for cue in reversed(cues) if cue.end + 1 == side.start and cue.pattern.label == "determiner")
    return next((cue.start for cue in beside if lexicon.is_word("pointing", cue.pattern.text)), side.start)


def _new_actors(folded: str, triggers: Sequence[Match], sides: Sequence[SideSpan]) -> list[Border]:
    """The comma, or the "and" glued to a name, behind which another side stands right before its verb in a headline.

    So "X высылает дипломата, Y обещает ответить" and "X تطرد دبلوماسيا وY تتوعد" are two clauses.
    """
    verbs = [match.start for match in triggers if match.pattern.label in ("active", "participle", "either")]
    found = []
    for side in sides:
        if folded[side.end : side.end + 1] != " " or side.end + 1 not in verbs or not verbs[0] < side.start:
            continue
        if folded[side.start - 2 : side.start] == ", ":
            found.append(Border(side.start - 2, side.start - 1, "coordinate", ","))
        elif folded[side.start - 2 : side.start] == " و":
            found.append(Border(side.start - 1, side.start, "coordinate", "و"))
    return found


def _new_tolls(folded: str, cues: Sequence[Match], triggers: Sequence[Match]) -> list[Border]:
    """The "and" behind which the dead of another deed are told: "two died in X's raid and nine were killed in Y's"."""
    harmed = [cue for cue in cues if cue.pattern.label == "victim"]
    found = []
    for join in (cue for cue in cues if len(harmed) > 1 and cue.pattern.label == "conjunction"):
        before = [word for word in harmed if word.end <= join.start]
        behind = [word for word in harmed if word.start >= join.end]
        if not before or not behind or len(WORD.findall(folded, join.end, behind[0].start)) > TOLL_WORDS:
            continue
        # A deed of its own stands behind the words for the harm, on either side.
        is_told = any(before[-1].end <= match.start < join.start for match in triggers)
        if is_told and any(match.start >= behind[0].end for match in triggers):
            found.append(Border(join.start, join.end, "coordinate", join.pattern.text))
    return found


def _acts_behind_aside(folded: str, cues: Sequence[Match], verbs: Sequence[int], side: SideSpan) -> bool:
    """Whether a verb follows the relative clause that a side has between commas ("X, whose envoy left, called for")."""
    if not folded.startswith(", ", side.end):
        return False
    marks = [c for c in cues if c.start == side.end + 2 and c.pattern.label in ("relative", "whose")]
    closing = folded.find(",", side.end + 2, side.end + ASIDE_CHARS)
    if not marks or closing < 0:
        return False
    return any(0 < at - closing <= SUBJECT_GAP_CHARS and not WORD.findall(folded, closing, at) for at in verbs)


def _told_before(
    folded: str,
    cues: Sequence[Match],
    triggers: Sequence[Match],
    first: SideSpan,
    side: SideSpan,
    lexicon: Lexicon,
) -> Border | None:
    """A bare "and" before a side that acts, behind another that was told to act ("X relajó los controles y Y envió").

    Only in languages that list what tells a deed as done.
    """
    if not lexicon.has_words("telling"):
        return None
    articles = [cue.start for cue in cues if cue.pattern.label == "determiner" and 0 <= side.start - cue.end <= 1]
    at = min(articles, default=side.start)
    join = next((cue for cue in cues if cue.pattern.label == "conjunction" and 0 <= at - cue.end <= 1), None)
    if join is None or join.start <= first.end or not _is_acting(folded, triggers, side, lexicon):
        return None
    finite = [m for m in triggers if m.pattern.label == "active" and first.end <= m.start < join.start]
    if finite and len(WORD.findall(folded, finite[0].end, join.start)) >= OBJECT_WORDS:
        return Border(join.start, join.end, "coordinate", join.pattern.text)  # a headline's present: "X expulsa a"
    words = [word.group() for word in WORD.finditer(folded, first.end, join.start)]
    told = next((n for n, word in enumerate(words) if lexicon.is_word("telling", word)), len(words))
    return Border(join.start, join.end, "coordinate", join.pattern.text) if told <= len(words) - TOLD_WORDS else None


def _is_acting(folded: str, triggers: Sequence[Match], side: SideSpan, lexicon: Lexicon) -> bool:
    """Whether a finite verb stands right behind a side: no infinitive, a participle only behind its auxiliary."""
    for match in triggers:
        gap = (
            WORD.findall(folded, side.end, match.start)
            if side.end < match.start <= side.end + SUBJECT_GAP_CHARS
            else []
        )
        is_near = 0 < match.start - side.end <= SUBJECT_GAP_CHARS and len(gap) <= 1
        if not is_near or lexicon.forms["infinitive"].fullmatch(match.pattern.text.partition(" ")[0]):
            continue
        if match.pattern.label in ("active", "either") and not gap:
            return True
        if match.pattern.label == "participle" and gap and lexicon.is_word("telling", gap[0]):
            return True
    return False


def _begins_anew(folded: str, at: int, triggers: Sequence[Match], lexicon: Lexicon) -> bool:
    """Whether an "and" without a comma opens a clause: behind a verb and its object ("X hit Y and Z condemned")."""
    told = [m.start for m in triggers if m.start < at and m.pattern.label in ("active", "participle")]
    if lexicon.kinds["pairing"].search(folded, max(0, at - BETWEEN_CHARS), at):
        return False
    return bool(told) and len(WORD.findall(folded, max(told), at)) >= 2


def _headline_verbs(folded: str, triggers: Sequence[Match]) -> list[Border]:
    """The comma right before a second verb of a headline's subject ("X accuses Y of Z, cuts ties")."""
    verbs = [m for m in triggers if m.pattern.label in ("active", "participle", "either")]
    return [Border(v.start - 2, v.start - 1, "coordinate", ",") for v in verbs if folded[v.start - 2 : v.start] == ", "]


def _is_relative_here(border: Border, cues: Sequence[Match], triggers: Sequence[Match]) -> bool:
    """Whether a word that may open what is said stands right before a verb: "a strike that killed five"."""
    if border.kind != "complement":
        return False
    labels = {cue.pattern.label for cue in cues if cue.start == border.start}
    verbs = (m for m in triggers if m.pattern.label in ("active", "participle", "either", "passive"))
    helpers = (cue for cue in cues if cue.pattern.label in ("auxiliary", "modal"))
    return "relative" in labels and any(word.start == border.end + 1 for word in (*verbs, *helpers))


def _trailing_speakers(sentence: Sentence, folded: str, cues: Sequence[Match]) -> list[Border]:
    """The comma before a speaker named last (", the ministry said"): who speaks there is no object."""
    last = [
        cue.start for cue in cues if cue.pattern.label == "attribution" and sentence.end - cue.end <= TRAILING_CHARS
    ]
    commas = [folded.rfind(",", max(sentence.start, at - TRAILING_CHARS), at) for at in last]
    return [Border(comma, comma + 1, "stop", ",") for comma in commas if comma >= 0]


def _leading_speakers(sentence: Sentence, folded: str, cues: Sequence[Match]) -> list[Border]:
    """The comma behind a speaker named first ("According to the ministry, ..."): what follows makes no list with it."""
    first = next((cue for cue in cues if cue.pattern.label == "attribution_after"), None)
    if first is None or first.start - sentence.start > 2:
        return []
    comma = folded.find(",", first.end, min(sentence.end, first.end + TRAILING_CHARS))
    return [Border(comma, comma + 1, "stop", ",")] if comma >= 0 else []


def _opens_sentence(border: Border, sentence: Sentence, times: Sequence[TimeSpan]) -> bool:
    """Whether the sentence begins with a subordinate clause ("If ...", "A day after ...")."""
    near = [span.start for span in times if span.start < border.end and span.end >= border.start - 2]
    return min([border.start, *near]) - sentence.start <= 2


def _main_clause(
    opening: Border, sentence: Sentence, folded: str, triggers: Sequence[Match], lexicon: Lexicon
) -> list[Border]:
    """The comma at which the main clause begins: the first one with a trigger before and after it."""
    first = next((match for match in triggers if match.start >= opening.end and match.start < sentence.end), None)
    comma = folded.find(",", first.end, sentence.end) if first else -1
    if lexicon.is_word("conditional", opening.word):
        near = folded.find(",", opening.end, sentence.end)
        is_clause = len(WORD.findall(folded, opening.end, max(near, opening.end))) >= CLAUSE_WORDS
        if first is None or comma < 0 or (is_clause and near < first.start):
            comma = near  # the condition is told by a verb that nobody lists
    if comma < 0 and lexicon.order != "svo":  # where verbs come last a comma ends even a clause that has no trigger
        comma = folded.find(",", opening.end, sentence.end)
    if comma < 0 or not any(comma < match.start < sentence.end for match in triggers):
        return []
    return [Border(comma, comma + 1, "main", ",")]
