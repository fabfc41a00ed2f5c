"""The lexicon of one language: triggers, cues and case markers, compiled once into an automaton.

One TOML file a language in `lexicon/`; a new language is a new file. A pattern may end in `*` (any ending of the word)
or begin with it (any proclitic). With `boundary = "none"` words need no edges, as in Chinese. What a file may say:

    order           "svo" (as if not given), "sov" or "vso": where the verb stands among its parties; "free" where
                    it stands anywhere and each name carries its own case
    nouns           "first" or "last" (as if not given): a noun precedes its owner ("attack of Iran") or follows it
    genitive        "sufferer" (as if not given: "invasion of X") or "doer": whom a word like "of" names beside an act
    inverted        true where a verb may stand before its subject at the head of a sentence ("Condena X el ataque")
    source_acts     true where a noun's doer may be told by the source ("attack from X on Y")
    nested          true where a trigger inside a longer one counts if the longer lacks the neighbours it asks for
    analytic        true where words hardly inflect, so that small words and place tell what a form is: an article
                    makes a verb's form a noun, a participle before a noun an adjective, a bare "and" a new clause
    preverbal       true where a phrase before the verb may be its object by its preposition (Chinese "对X")
    prepositions    words before a phrase that say its case (CASES)
    postpositions   words after a phrase that say its case
    endings         endings that say the case of the word they stand on; those with an apostrophe are for names;
                    `bare` holds words that end like one and say none
    forms           what a trigger's own form looks like when it says so: `future`, `negative` ("*acak", "sa*"),
                    `participle`, `definite` (known already), `owned` (of one named before), `feminine` (its
                    subject's gender), `unfinished` (the only verb forms a word of the future may govern; none: all),
                    `hypothetical`, `gerund`, `infinitive`, `relative` (a participle whose subject follows),
                    `present` (a meeting told in the tense of timetables: "meet on Friday"),
                    `meanwhile` (done while the next clause's deed was),
                    `told` (as done: a past, or a participle that a perfect shares),
                    of others `possessed` (an object that somebody owns), `finite` (the comma behind it ends a clause)
    spelled         words also written otherwise ("कब्जा" = "कब्ज़ा"): what is listed with one is read with both
    words           named groups of neighbours, which a trigger's `near` and `apart` call "@name"
    kinds           what a word beside a trigger or a name is, where a rule asks: `joining` ("and" between clauses),
                    `stacked` (all that parts two names of one phrase: "北部"), `announcing`, `aspect` (of a verb),
                    `disposing` with `counting` behind it (what is done to a thing, not the future), `toward`,
                    `describing` (makes what stands before it an attribute), `owned` (nouns that show they are owned),
                    `unsteady` (a pronoun that opens no clause), `direct_genitive` (for a noun without a case word),
                    `ergative`, `pronoun_ending`, `feminine_noun`, `feminine_adjective`, `infinitive_mark`,
                    `brokered` (the mediator stands behind), `inflected` (a verb's form that is no noun),
                    `plural` (one that may be), `conditional`,
                    `pairing` ("between", with its blank),
                    `measure` (how long ago, behind what was then), `against` (whom a crowd stands against),
                    `telling` (what tells a deed as done: an auxiliary, a past), `aim` (opens what is
                    asked for: "para que"), `counted_from` (what a count of days behind it starts from: "X'den"),
                    `retold` (how long ago, loosely, what stands beside it was done: "less than * weeks after"),
                    `arriving` (verbs right before which stands where something came: "जहाज लेबनान पहुंचा"),
                    `forum` (the preposition of an organisation before which something is said: "devant l'ONU"),
                    `inverting` (a word behind which a verb's subject follows it: "al impactar misiles rusos"),
                    `medical` (who counts victims and accuses nobody: a ministry of health),
                    `weapon` (whose nationality says who struck), `ship` (what may be struck and be no side's),
                    `relative_subject` (a relative word whose clause tells what its head did: "जिसने"),
                    `day_lead` (the small words before a day: "el", "on"),
                    `favoured_before`, `favoured_behind` (what makes a side one that a crowd is for: "in support of "),
                    `strife` (what is on in a place and says of nothing else that it was there: "the war in X"),
                    `explaining` (what asks about a deed that is known: "why did "),
                    `first` with `since` (what says that nothing like it was since a day: "the first since 2021"),
                    `cause` (what opens a cause right behind a participle, and no object: "attacked over"),
                    `reason` (words of the future that tell a cause where a side follows them: "due to"),
                    `closed` (a name behind which no noun is its own: the plural "Husiler"),
                    `noun_opening` (behind it what looks like a verb is a noun: "بعد قتل"),
                    `beside` (what behind a name says that something was outside it: "领事馆外"),
                    `again` (those counted before, at the head of a clause: "三人"),
                    `pointing` (a determiner that points at what is known: "the"), `owning`
                    (all that parts an owner from what it owns: "'s", "-led"), `afterwards` ("after" behind its
                    clause), `within` (what behind a noun says that something befell in its course: "中")
    cues, topics, triggers, boilerplate, abbreviations, function_words
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import compress
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from flows.events.entries import CASES, Pattern, Trigger, read_patterns
from flows.events.folding import IS_WORD, fold
from warehouse.errors import CodebookError

LEXICON_FOLDER = Path(__file__).parent / "lexicon"
LONGEST_ENDING = 16
MIN_WORD = 5  # an ending as long as this may be a whole word
NO_FORM = "(?!)"  # the pattern that nothing matches
BARE = "bare"  # the label of words that end like a case and say none
ORDERS = ("svo", "sov", "vso", "free")
# In [endings] also: "bare" leaves a name without a case, "open" asks its next word.
ENDING_KINDS = CASES | {BARE, "open"}
# Cues that help to read a verb and part no clauses: with `nested` they stay inside a longer trigger.
HELPERS = frozenset(
    {
        "modal",
        "future",
        "auxiliary",
        "perfect",
        "past",
        "negation",
        "refusal",
        "hypothetical",
        "abstention",
        "light",
        "pronoun",
    }
)
FORM_KINDS = (
    "future", "negative", "participle", "definite", "owned", "feminine", "unfinished",
    "hypothetical", "gerund", "infinitive", "relative", "possessed", "finite", "told", "present", "meanwhile",
)  # fmt: skip
KINDS = (
    "backed_before", "backed_behind", "fighting", "mourning",
    "joining", "stacked", "announcing", "aspect", "disposing", "counting", "toward", "describing", "unsteady", "owned",
    "direct_genitive", "ergative", "pronoun_ending", "feminine_noun", "feminine_adjective", "infinitive_mark",
    "brokered", "inflected", "plural", "pairing", "conditional", "measure", "against", "telling", "aim",
    "noun_opening", "counted_from", "retold", "arriving", "forum", "inverting", "medical", "weapon",
    "pointing", "owning", "afterwards", "within",
    "made_before", "made_behind", "framing", "visiting", "border",
    "group_again", "own", "verb_prefix", "scheduled", "before", "again", "beside",
    "ship", "closed", "relative_subject", "day_lead", "favoured_before", "favoured_behind",
    "strife", "explaining", "reason", "cause", "first", "since",
)  # fmt: skip


new_tuple = tuple.__new__
NUMBER, END = itemgetter(0), itemgetter(2)  # of what the automaton finds; a comprehension takes twice as long


class Match(NamedTuple):
    """Where a pattern stands in the text, end exclusive."""

    start: int
    end: int
    pattern: Pattern


@dataclass(frozen=True)
class Lexicon:
    """Everything one language knows; immutable and safe to share between threads."""

    language: str
    triggers: tuple[Trigger, ...]
    patterns: tuple[tuple[Pattern, ...], ...]
    automaton: AhoCorasick  # of the texts of the patterns, and behind them words that triggers only ask for beside them
    neighbours: tuple[str, ...]  # by the automaton's number: the text where triggers ask for it beside them, else empty
    backing: frozenset[int]  # the numbers of words of which one stands wherever a side is said to back another
    open_texts: frozenset[int]  # the numbers of texts of which a pattern may begin or end within a word
    has_boundaries: bool
    order: str  # one of ORDERS
    nouns: str  # first or last
    is_preverbal: bool
    is_doer_genitive: bool
    is_inverted: bool
    is_source_acting: bool
    is_nested: bool
    is_analytic: bool
    endings: tuple[tuple[str, str], ...]  # (ending, case), the longest first
    forms: dict[str, re.Pattern[str]]  # of FORM_KINDS: what a trigger's own form looks like
    kinds: dict[str, re.Pattern[str]]  # of KINDS: what a word beside it is
    boilerplate: re.Pattern[str]
    abbreviations: frozenset[str]
    future_words: frozenset[str]
    raw: dict[str, Any] = field(repr=False)

    @cached_property
    def cases(self) -> dict[str, str]:
        """What each ending says."""
        return dict(self.endings)

    @cached_property
    def has_case_endings(self) -> bool:
        """Whether nouns wear their case as an ending and the verb comes last, so that a bare phrase is a subject."""
        return self.order == "sov" and bool(self.endings)

    @cached_property
    def is_positional(self) -> bool:
        """Whether place tells the roles and an owner stands before its noun."""
        return self.order == "svo" and self.nouns == "last"

    @cached_property
    def opposing(self) -> tuple[str, ...]:
        """The words that make a name one who is opposed ("anti-")."""
        return tuple(self.raw["cues"].get("anti", ()))

    @cached_property
    def owning_words(self) -> frozenset[str]:
        """The words before an owner that say "of", folded, with and without an article."""
        return frozenset(map(fold, self.raw.get("prepositions", {}).get("genitive", ())))

    @cached_property
    def _owning_particles(self) -> frozenset[str]:
        return frozenset(map(fold, self.raw.get("postpositions", {}).get("genitive", ())))

    def is_owning_particle(self, word: str) -> bool:
        """Whether a folded word behind an owner says "of"."""
        return word in self._owning_particles

    @cached_property
    def opening_words(self) -> frozenset[str]:
        """Folded words with which a trigger, a cue or a preposition begins."""
        patterns = (pattern for alike in self.patterns for pattern in alike)
        return frozenset(words[0] for pattern in patterns if (words := pattern.text.split()))

    @cached_property
    def deadlines(self) -> tuple[str, ...]:
        """The words that say until when something holds."""
        return tuple(fold(word) for word in self.raw["cues"].get("deadline", ()))

    def has_cues(self, kind: str) -> bool:
        """Whether the file lists words of this kind: what hangs on them is not asked of a language without."""
        return bool(self.raw["cues"].get(kind))

    def search(self, folded: str) -> list[tuple[int, int, int]]:
        """Number, start and end of every text that stands in a folded one, by their ends.

        One pass serves whoever chooses of them (`find`, `find_neighbours`, sponsors), which takes little more than one.
        """
        return self.automaton.find_matches_as_indexes(folded, overlapping=True)

    def find_neighbours(
        self, raw: Sequence[tuple[int, int, int]], folded: str, intervals: Sequence[tuple[int, int]]
    ) -> list[dict[str, list[int]]]:
        """Where words begin that triggers ask for beside them, for each of some intervals that stand in order.

        `raw` is what `search` found. A word may end with the character behind its interval; Han words begin anywhere.
        """
        words = self.neighbours
        near = list(compress(raw, map(words.__getitem__, map(NUMBER, raw))))
        ends = list(map(END, near))  # in which order they are found
        found: list[dict[str, list[int]]] = []
        for first, last in intervals:
            here: dict[str, list[int]] = {}
            for index, at, _ in near[bisect_right(ends, first) : bisect_right(ends, last + 1)]:
                word = words[index]
                if at >= first and not (at and folded[at - 1].isalnum() and word[0].isascii() and word[0] != " "):
                    here.setdefault(word, []).append(at)
            found.append(here)
        return found

    @cached_property
    def _plain_kinds(self) -> dict[str, frozenset[str]]:
        """The kinds that are lists of whole words, which are sooner looked up than matched."""
        listed = {kind: self.raw.get("kinds", {}).get(kind, ()) for kind in KINDS}
        plain = {kind: words for kind, words in listed.items() if not any("*" in word for word in words)}
        return {kind: frozenset(map(fold, words)) for kind, words in plain.items()}

    @cached_property
    def _endings_by_kind(self) -> dict[str, tuple[str, ...]]:
        return {kind: tuple(words) for kind, words in self._plain_kinds.items()}

    def last_of(self, kind: str, folded: str, low: int, high: int) -> re.Match[str] | None:
        """What words of a kind match, as whole words, at the end of a stretch of folded text; None for none."""
        words = self._endings_by_kind.get(kind)  # a look that mostly saves the search
        if words is not None and not folded.endswith(words, low, high):
            return None
        found = next((one for one in self.kinds[kind].finditer(folded, low, high) if one.end() == high), None)
        is_cut = found is not None and self.has_boundaries and IS_WORD[folded[found.start() - 1 : found.start()] or " "]
        return None if is_cut else found

    def holds(self, kind: str, folded: str, low: int, high: int) -> bool:
        """Whether a word of a kind stands whole in a stretch of folded text."""
        found = self.kinds[kind].finditer(folded, low, high)
        if not self.has_boundaries:
            return any(found)
        beside = ((folded[one.start() - 1 : one.start()], folded[one.end() : one.end() + 1]) for one in found)
        return any(not (IS_WORD[before or " "] or IS_WORD[behind or " "]) for before, behind in beside)

    def has_words(self, kind: str) -> bool:
        """Whether the file lists words of this kind under `kinds`."""
        return self.kinds[kind].pattern != NO_FORM

    def is_word(self, kind: str, word: str) -> bool:
        """Whether a folded word is one of a kind that the file lists under `kinds`."""
        if kind in self._plain_kinds:
            return word in self._plain_kinds[kind]
        return self.kinds[kind].fullmatch(word) is not None

    def case_of(self, word: str, least: int = 1) -> str | None:
        """What the longest known ending of a word says, of at least so many letters; None for no ending."""
        for at in range(max(0, len(word) - LONGEST_ENDING), len(word) - least + 1):
            if (case := self.cases.get(word[at:])) is not None:
                return case
        return None

    def worn_case(self, word: str, least: int = 1) -> str | None:
        """The case that a word wears, "bare" for one that ends like a case and wears none; None for no ending.

        An ending may be the whole word only if it is long ("orduya", to the army), or says that there is none.
        """
        for at in range(max(0, len(word) - LONGEST_ENDING), len(word) - least + 1):
            case = self.cases.get(word[at:])
            if case is not None and ((case == BARE or len(word) >= MIN_WORD) if at == 0 else case != BARE):
                return case
        return None

    def find(
        self, raw: Sequence[tuple[int, int, int]], folded: str, names: Sequence[tuple[int, int]] = ()
    ) -> list[Match]:
        """Matches with proper word edges, by start; of matches of one kind that overlap the longest stays.

        `raw` is what `search` found. Where words have no edges, the edges of names (start, end; by start) are edges:
        nothing is read across them.
        """
        kept: list[Match] = []
        keep = kept.append
        last_end = -1
        may_hold = False  # whether what is kept last may hold shorter matches beside it
        by_number, open_texts, has_boundaries = self.patterns, self.open_texts, self.has_boundaries
        only_triggers = self._only_triggers
        for start, backward_end, index in sorted(self._with_edges(raw, folded)):
            end = -backward_end
            is_covered = start < last_end
            if is_covered and not (may_hold and end <= last_end):
                continue
            if not has_boundaries:
                patterns = () if _cuts_name(start, end, names) else by_number[index]
            elif index in open_texts:
                patterns = self._patterns_within(index, folded, start, end)
            else:
                patterns = by_number[index]
            if not patterns:
                continue
            if is_covered:
                patterns = tuple(pattern for pattern in patterns if _stays_within(pattern, is_last=end == last_end))
            else:
                last_end = end
                may_hold = index in only_triggers
                if not may_hold and self.is_nested and index in open_texts:
                    may_hold = all(pattern.trigger is not None for pattern in patterns)
            for pattern in patterns:
                keep(new_tuple(Match, (start, end, pattern)))  # its own constructor makes a call more of each
        return kept

    @cached_property
    def _only_triggers(self) -> frozenset[int]:
        """The numbers of texts that are triggers and nothing else, where those may hold others."""
        groups = enumerate(self.patterns) if self.is_nested else ()
        return frozenset(number for number, group in groups if all(pattern.trigger is not None for pattern in group))

    def _with_edges(self, raw: Sequence[tuple[int, int, int]], folded: str) -> list[tuple[int, int, int]]:
        """Start, negated end and number of every pattern's text, without those that words cut in two would give."""
        count = len(self.patterns)
        if not self.has_boundaries:
            return [(start, -end, index) for index, start, end in raw if index < count]
        is_open, edged = self.open_texts, f"{folded} "  # so that a character stands on both sides of every offset
        return [
            (start, -end, index)
            for index, start, end in raw
            if index < count
            if not (IS_WORD[edged[end]] and IS_WORD[edged[end - 1]] and index not in is_open)
            if not (IS_WORD[edged[start - 1]] and IS_WORD[edged[start]] and index not in is_open)
        ]

    def _patterns_within(self, index: int, folded: str, start: int, end: int) -> tuple[Pattern, ...]:
        """Those of the patterns of one text that may begin or end within a word, if it does so here."""
        is_cut_before, is_cut_after = _is_inside_word(folded, start), _is_inside_word(folded, end)
        return tuple(
            pattern
            for pattern in self.patterns[index]
            if (pattern.is_open_start or not is_cut_before) and (pattern.is_open_end or not is_cut_after)
        )


def _cuts_name(start: int, end: int, names: Sequence[tuple[int, int]]) -> bool:
    """Whether a match lies in a name, or begins or ends within one."""
    at = bisect_right(names, (start, start))
    if at and start < names[at - 1][1] and names[at - 1] != (start, end):
        return True
    at = bisect_right(names, (end - 1, end))
    return bool(at) and names[at - 1][0] > start and names[at - 1][1] > end


def _is_inside_word(text: str, at: int) -> bool:
    """Whether an offset parts a word in two."""
    return 0 < at < len(text) and IS_WORD[text[at - 1]] and IS_WORD[text[at]]


def _stays_within(pattern: Pattern, *, is_last: bool) -> bool:
    """Whether a pattern stays beside a longer trigger that covers it.

    A trigger does, since the longer one may ask for neighbours that are not there; so does the word a longer trigger
    ends in, which says the case of what follows ("raid on"), and what helps to read a verb.
    """
    is_last = is_last and pattern.kind == "preposition"
    return pattern.trigger is not None or is_last or pattern.label in HELPERS


@cache
def _read_file(language: str, folder: Path) -> dict[str, Any]:
    path = folder / f"{language}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CodebookError(f"no lexicon for language {language!r}", subject_id=language) from error
    except tomllib.TOMLDecodeError as error:
        raise CodebookError(f"{path.name} is not readable TOML: {error}", subject_id=language) from error


@cache
def load_lexicon(language: str, folder: Path = LEXICON_FOLDER) -> Lexicon:
    """The compiled lexicon of a language; CodebookError when the file is missing or breaks a rule."""
    path = folder / f"{language}.toml"
    raw = _read_file(language, folder)
    patterns = read_patterns(path, raw)
    by_text: dict[str, list[Pattern]] = {}
    for pattern in patterns:
        by_text.setdefault(pattern.text, []).append(pattern)
    triggers = {id(p.trigger): p.trigger for p in patterns if p.trigger}
    beside = {word for trigger in triggers.values() for word in trigger.near | trigger.apart}
    backing = _backing(raw)
    texts = [*by_text, *sorted((beside | backing) - by_text.keys())]
    return Lexicon(
        language=language,
        triggers=tuple(triggers.values()),
        patterns=tuple(tuple(group) for group in by_text.values()),
        automaton=AhoCorasick(texts, matchkind=MatchKind.Standard),
        neighbours=tuple(text if text in beside else "" for text in texts),
        backing=frozenset(number for number, text in enumerate(texts) if text in backing),
        open_texts=frozenset(
            n for n, group in enumerate(by_text.values()) if any(p.is_open_start or p.is_open_end for p in group)
        ),
        has_boundaries=raw.get("boundary", "word") == "word",
        order=_choice(path, raw, "order", ORDERS, "svo"),
        nouns=_choice(path, raw, "nouns", ("first", "last"), "last"),
        is_preverbal=bool(raw.get("preverbal", False)),
        is_doer_genitive=_choice(path, raw, "genitive", ("sufferer", "doer"), "sufferer") == "doer",
        is_inverted=bool(raw.get("inverted", False)),
        is_source_acting=bool(raw.get("source_acts", False)),
        is_nested=bool(raw.get("nested", False)),
        is_analytic=bool(raw.get("analytic", False)),
        endings=_endings(path, raw),
        forms={kind: _forms(raw.get("forms", {}).get(kind, ())) for kind in FORM_KINDS},
        kinds={kind: _forms(raw.get("kinds", {}).get(kind, ())) for kind in KINDS},
        boilerplate=re.compile("|".join(f"(?:{line})" for line in raw["boilerplate"]), re.IGNORECASE),
        abbreviations=frozenset(raw.get("abbreviations", ())),
        future_words=frozenset(fold(word) for word in raw.get("cues", {}).get("future", ())),
        raw=raw,
    )


def _backing(raw: dict[str, Any]) -> set[str]:
    """Words of which one stands wherever a side is said to back another; none of them holds another."""
    kinds = raw.get("kinds", {})
    ways = [fold(way) for kind in ("backed_before", "backed_behind") for way in kinds.get(kind, ())]
    words = {max(way.split("*"), key=len) for way in ways}
    return {word for word in words if not any(other in word for other in words - {word})}


def _choice(path: Path, raw: dict[str, Any], key: str, known: Sequence[str], default: str) -> str:
    chosen = raw.get(key, default)
    if chosen not in known:
        raise CodebookError(f"{path.name}: unknown {key} {chosen!r}; expected one of {known}", subject_id=path.stem)
    return str(chosen)


def _endings(path: Path, raw: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    endings: dict[str, str] = {}
    for label, words in raw.get("endings", {}).items():
        if label not in ENDING_KINDS:
            raise CodebookError(f"{path.name}: unknown ending {label!r}", subject_id=label)
        endings |= {fold(word): label for word in words}
    return tuple(sorted(endings.items(), key=lambda pair: -len(pair[0])))


def _forms(patterns: Sequence[str]) -> re.Pattern[str]:
    """What matches a whole form by any of these patterns, where `*` stands for any letters."""
    alternatives = [".*".join(re.escape(part) for part in fold(pattern).split("*")) for pattern in patterns]
    return re.compile("|".join(alternatives) or NO_FORM)


@cache
def lexicon_languages(folder: Path = LEXICON_FOLDER) -> tuple[str, ...]:
    """Codes of the languages that have a lexicon, sorted."""
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))
