"""One language's words of casualties, compiled from its file in `data/`.

What a file may say, beside its numbers:

    killed, injured  verbs and nouns that say what became of people; `before` holds those whose count follows
    at_least, at_most, about   words before a number; `at_least_behind`, `about_behind` behind it
    people           whom a number may count; `people_endings` may close such a word ("askerinin", "جنودها")
    things           what no toll counts: arms, ships, buildings; `adjectives_first` is true where a word may part it
                     from its number, `verb_last` where a verb that befalls it stands right behind it
    measures         the same of years, dates, ways: what no verb befalls; `ages` are those that say how old one person
                     is who is named behind them ("بارہ سالہ لڑکی")
    including        opens a part of a count, which is none itself; `included` closes one, `parted` stands right behind
                     its number ("two of them children"); `and` joins the last of several parts
    between, ranging "between", for counts like "between 18 and 20", and what else may part the least from the most
                     ("five to eight")
    out_of           what parts how many from all there were ("40 of the 120 hostages")
    persons          numbers that say by themselves that they count people (Russian "пятеро", Arabic duals)
    articles         "one" that is no count before anything but people or what became of them ("a drone")
    families         whom "one" before it does not count ("seven members of one family")
    tallies, tallies_injured   nouns of a sum ("the death toll"), which the number behind a word of `reaching` fills
    summed           "in all", beside the count of everybody
    more             what says that others died before ("two more"), whom the sum told behind them counts too
    raised           what stands right before a sum whose noun follows it ("raising to five the number of dead"), or
                     before the noun of one whose number stands anywhere behind ("menjadikan jumlah korban ... lima")
    taking, lives    verbs that tell a toll only by the noun behind the number ("claimed eight lives")
    losing, troops   the same of armed men ("lost nine soldiers"), whose noun stands right behind the number
    verb_first       true where a verb stands before its subject and both before the object
    alone            one person without a number ("погибла женщина"), beside a verb of `alone_with`
    spelled          how verbs begin that are other words where the text does not write their letters ("oldu")
    glued            what may be written in one with a verb that it stands before (Arabic "and")
    auxiliaries      small words of a verb, which part nobody from it ("y ont été")
    passive          "were" before a verb that otherwise takes an object
    object_marks     words before a number that make it the object of a verb, whatever stands between
    joiners          what right behind a verb is not its object
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from ahocorasick_rs import AhoCorasick

from flows.events.times.grammar import MARKS, fold_times

DATA = Path(__file__).parent / "data"
LANGUAGES = frozenset(path.stem for path in DATA.glob("*.toml"))

SPACED_THOUSANDS = frozenset({"fr", "ru"})  # "1 200"

CasualtyKind = Literal["killed", "injured"]


@dataclass(frozen=True, slots=True)
class CasualtyWords:
    """One language's folded words and patterns."""

    counts: re.Pattern[str]
    outcomes: re.Pattern[str]
    told_words: AhoCorasick  # those of outcomes and tallies alone: most texts hold none
    kinds: Mapping[str, CasualtyKind]
    before: frozenset[str]
    people: re.Pattern[str]
    ages: re.Pattern[str]  # right behind the years of somebody who is named behind them
    is_verb_last: bool  # the verb right behind its object
    things: re.Pattern[str]  # right behind a number that counts nobody ("14 drones")
    measures: re.Pattern[str]  # the same of what no verb befalls ("12 years", "9 May")
    numbers: Mapping[str, int]
    thousands: re.Pattern[str]  # "3 bin 500": digits beside the word for a thousand
    vague: Mapping[str, int]
    at_least: frozenset[str]
    at_most: frozenset[str]
    including: re.Pattern[str]  # "including a child": a part of a count, not a count
    containing: re.Pattern[str]  # the same behind the whole, which then counts people ("пятеро, включая ребенка")
    included: re.Pattern[str]  # the same where it is said behind ("एक बच्चे समेत")
    parted: re.Pattern[str]  # the same right behind its number ("two of them children")
    listed: re.Pattern[str]  # the last of several parts ("including three women and a baby")
    paired: re.Pattern[str]  # all that parts two counts joined by "and" ("a woman and her two children")
    out_of: re.Pattern[str]  # all that parts a count from how many there were ("40 of the 120 hostages")
    spread: re.Pattern[str]  # the least before a number that says the most ("between 18 and", "five to")
    persons: frozenset[str]
    articles: frozenset[str]
    object_marks: frozenset[str]
    ranging: frozenset[str]
    families: re.Pattern[str]  # right behind a "one" that counts no person ("members of one family")
    tallies: re.Pattern[str]
    reaching: re.Pattern[str]  # "rose to", before the number of a tally
    summed: re.Pattern[str]  # "in all" beside a count
    more: re.Pattern[str]  # "two more", of whom a sum behind them counts the others too
    raised: re.Pattern[str]  # "raising to", right before the number of a sum
    taking: frozenset[str]
    lives: re.Pattern[str]
    losing: frozenset[str]
    troops: re.Pattern[str]  # right behind the number, an adjective or two between them
    alone: frozenset[str]
    alone_with: frozenset[str]
    spelled: tuple[str, ...]  # how verbs begin whose letters must stand so in the text, unfolded
    auxiliaries: frozenset[str]
    is_verb_first: bool  # the verb before its subject, so that its object stands farther off
    passive: re.Pattern[str]  # "were" before a verb that otherwise takes an object
    joiners: re.Pattern[str]  # "and" right behind a verb begins another count, which is not its object


def _alternation(words: Iterable[str]) -> str:
    found = sorted({re.escape(word) for word in words if word}, key=len, reverse=True)
    return "(?:" + "|".join(found) + ")" if found else "(?!)"


def _compounds(numbers: Mapping[str, int], gap: str) -> str:
    """A pattern of counts over a hundred told in several words ("doscientas treinta", "mil cien")."""
    units = _alternation(word for word, value in numbers.items() if value < 100)
    hundreds = _alternation(word for word, value in numbers.items() if value in range(100, 1000, 100))
    thousands = _alternation(word for word, value in numbers.items() if value in range(1000, 10000, 1000))
    below = rf"{hundreds}{gap}{units}"
    return rf"(?:{below}|{thousands}{gap}(?:{below}|{hundreds}|{units}))"


def _kinds(lists: Mapping[str, list[str]]) -> dict[str, CasualtyKind]:
    """What each verb, noun and tally says became of those it counts."""
    kinds: dict[str, CasualtyKind] = {}
    for word in (*lists["injured"], *lists.get("tallies_injured", ())):
        kinds[word] = "injured"
    for word in (*lists["killed"], *lists.get("tallies", ()), *lists.get("taking", ()), *lists.get("losing", ())):
        kinds[word] = "killed"
    for word in lists["before"]:
        kinds.setdefault(word, "killed")
    return kinds


@cache
def load_words(lang: str) -> CasualtyWords:
    """The words of a language that has a file; one of `LANGUAGES`."""
    with (DATA / f"{lang}.toml").open("rb") as file:
        raw: dict[str, Any] = tomllib.load(file)
    lists = {key: [fold_times(word) for word in value] for key, value in raw.items() if isinstance(value, list)}
    for key in ("killed", "injured", "before", "alone_with"):
        lists[key] = [*lists.get(key, ()), *(f"{g}{w}" for g in lists.get("glued", ()) for w in lists.get(key, ()))]
    numbers = {fold_times(word): int(value) for word, value in raw["numbers"].items()}
    vague = {fold_times(word): int(value) for word, value in raw.get("vague", {}).items()}
    left, right = ("", "") if lang == "zh" else (rf"(?<![\w{MARKS}-])", rf"(?![\w{MARKS}])")
    left = r"(?<![周週期拜])" if lang == "zh" else left  # "周六" is a day, no six
    left = rf"(?:{left}|(?<=(?<!\w)و))" if lang == "ar" else left  # "and" is glued to a count: و30
    gap = " ?" if lang == "zh" else " "
    between = " ?" if lang in ("ar", "zh") else " "  # around "and", which Arabic glues to what follows
    verbs = [*lists["killed"], *lists["injured"], *lists["before"], *lists.get("taking", ()), *lists.get("losing", ())]
    sums = [*lists.get("tallies", ()), *lists.get("tallies_injured", ())]

    def one_of(name: str) -> str:
        return _alternation(lists.get(name, ()))

    folk = rf"{one_of('people')}{one_of('people_endings')}?" if "people_endings" in lists else one_of("people")
    return CasualtyWords(
        counts=_counts(lang, lists, numbers, vague, left, right, gap),
        outcomes=re.compile(rf"{left}{_alternation(verbs)}{right}"),
        told_words=AhoCorasick(sorted({word for word in (*verbs, *sums) if word})),
        kinds=_kinds(lists),
        before=frozenset([*lists["before"], *lists.get("taking", ())]),
        # A word is passed whole or up to an apostrophe: passed in any other pieces it would be tried many times over.
        people=re.compile(
            rf"(?:[ -]?(?:[\w{MARKS}'-]+(?![\w{MARKS}'-])|[\w{MARKS}'-]*')){{0,4}}?[ ]?{left}{folk}{right}"
        ),
        ages=re.compile(rf"{gap}{one_of('ages')}(?={gap}{left}{folk}{right})"),
        is_verb_last=bool(raw.get("verb_last", False)),
        things=_things(raw, one_of("things"), one_of, folk, left, right, gap),
        measures=re.compile(rf"{gap}{one_of('measures')}{right}"),
        numbers=numbers | dict.fromkeys(lists.get("alone", ()), 1),
        thousands=re.compile(r"(\d{1,3}) \D+(\d{1,3})?"),
        vague=vague,
        at_least=frozenset([*lists["at_least"], *lists.get("at_least_behind", [])]),
        at_most=frozenset(lists["at_most"]),
        including=re.compile(rf"{left}{one_of('including')}{gap}?$"),
        containing=re.compile(rf", ?{one_of('including')}{right}"),
        included=re.compile(rf" [\w{MARKS}'-]+(?: [\w{MARKS}'-]+)? {one_of('included')}{right}"),
        parted=re.compile(rf"{gap}?{one_of('parted')}{right}"),
        listed=re.compile(rf"{left}{one_of('including')} [^.,;:!?()\n،؛]{{2,40}} {one_of('and')} $"),
        paired=re.compile(
            rf"[^.,;:!?()\n،，。؛]{{0,30}}{'' if lang in ('ar', 'zh') else ' '}{one_of('and')}"
            rf"(?: [\w{MARKS}'-]+){{0,2}} ?"
        ),
        out_of=re.compile(rf"{gap}?{one_of('out_of')}{gap}?"),
        spread=re.compile(
            rf"{left}(?P<between>{one_of('between')} )?(?P<least>{_alternation(numbers)}|\d{{1,7}})"
            rf"{between}(?P<and>{_alternation([*lists.get('and', ()), *lists.get('ranging', ())])}){between}$"
        ),
        ranging=frozenset(lists.get("ranging", ())),
        persons=frozenset(lists.get("persons", ())),
        object_marks=frozenset(lists.get("object_marks", ())),
        articles=frozenset(lists.get("articles", ())),
        families=re.compile(rf"(?: ?[\w{MARKS}'-]+)?{gap}?{one_of('families')}{right}"),
        tallies=re.compile(rf"{left}{_alternation(sums)}{right}"),
        reaching=re.compile(rf"{left}{one_of('reaching')} ?$"),
        summed=re.compile(rf"{left}{one_of('summed')}{right}"),
        more=re.compile(rf"{left}{one_of('more')}{right}"),
        raised=re.compile(rf"{left}{one_of('raised')}{gap}?$"),
        taking=frozenset(lists.get("taking", ())),
        lives=re.compile(rf" {one_of('lives')}{right}"),
        losing=frozenset(lists.get("losing", ())),
        troops=re.compile(rf"(?:{gap}?[\w{MARKS}'-]+){{0,2}}?{gap}?{one_of('troops')}{right}"),
        alone=frozenset(lists.get("alone", ())),
        alone_with=frozenset(lists.get("alone_with", ())),
        spelled=tuple(raw.get("spelled", ())),
        auxiliaries=frozenset(lists.get("auxiliaries", ())),
        is_verb_first=bool(raw.get("verb_first", False)),
        passive=re.compile(rf"(?<!\w){one_of('passive')}{gap}$"),
        joiners=re.compile(rf"^{gap}?{one_of('joiners')}(?!\w)"),
    )


def _things(
    raw: Mapping[str, Any], named: str, one_of: Callable[[str], str], folk: str, left: str, right: str, gap: str
) -> re.Pattern[str]:
    """What right behind a number says that it counts no people, unless people stand behind it ("drone operators")."""
    if "things" not in raw:
        return re.compile("(?!)")
    is_parted = raw.get("adjectives_first", False)
    small = rf"(?!{left}(?:{one_of('joiners')}|{one_of('and')}|{folk}){right})"
    between = rf"(?:{gap}{small}[\w{MARKS}'-]+)?" if is_parted else ""
    people = rf"(?!{gap}{left}{folk}{right})" if is_parted else ""
    return re.compile(rf"{between}[ -]?{left}{named}{right}{people}")


def _counts(
    lang: str,
    lists: Mapping[str, list[str]],
    numbers: Mapping[str, int],
    vague: Mapping[str, int],
    left: str,
    right: str,
    gap: str,
) -> re.Pattern[str]:
    """What a count looks like: a number in digits or words, with what is said of it before and behind."""
    modifier = _alternation([*lists["at_least"], *lists["at_most"], *lists["about"]])
    separators = "., " if lang in SPACED_THOUSANDS else ".,"
    digits = rf"\d{{1,3}}(?:[{separators}]\d{{3}})+(?!\d)|\d{{1,7}}"
    # "more than" and "about" behind the number ("10 से अधिक", "250 के करीब")
    behind = _alternation([*lists.get("at_least_behind", []), *lists.get("about_behind", [])])
    thousands = rf"\d{{1,3}} {_alternation(lists.get('thousands', []))}(?: \d{{1,3}})?(?![\w.,])"
    compounds = "(?!)" if lang == "zh" else _compounds(numbers, gap)  # which Han lists as they are written
    alone = _alternation(lists.get("alone", ()))
    number = rf"{thousands}|{digits}|{compounds}|{_alternation(numbers)}|{_alternation(vague)}|{alone}"
    case = rf"(?:['’]{_alternation(lists.get('number_cases', []))}{right})?"  # "80'den fazla"
    # A number of days, shells or places is no number of people.
    other = (
        r"(?![日月年时時点點号號岁歲枚架艘辆輛处處座起轮輪次度事案村国國县縣市省座栋棟间間所台臺万萬亿億周週天小分])"
        if lang == "zh"
        else ""
    )
    return re.compile(
        rf"{left}(?:(?P<modifier>{modifier}){gap})?(?:{modifier}{gap})?(?<!\d[.,])(?<![\d:/-])(?P<number>{number})"
        rf"(?:(?: ?- ?| to | sampai | hingga )(?P<upper>{digits}))?(?![\d%:/-]|[.,]\d){right}{other}{case}"
        rf"(?:{gap}(?P<behind>{behind}){right})?"
    )
