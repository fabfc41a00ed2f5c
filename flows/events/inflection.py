"""Surface forms of a trigger from its root, each with the voice it speaks in.

Stemming would merge menyerang, diserang and serangan, and with them who did it to whom; so forms are generated from
the root and keep their voice. A language without a generator here lists its forms in its lexicon file.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import product
from pathlib import Path

VOWELS = "aeiou"
TRADITIONAL_CHINESE = Path(__file__).parent / "lexicon" / "traditional_zh.csv"
CHINESE_PASSIVES = ("被", "遭", "遭到", "遭受", "受到")
CHINESE_ASPECTS = ("了", "过")
CHINESE_ACTS = ("行动", "事件")  # "空袭行动": an act is named, not told


class Voice(StrEnum):
    """How a surface form places its actor."""

    ACTIVE = "active"  # the actor comes first
    PASSIVE = "passive"  # the target comes first
    PARTICIPLE = "participle"  # active or passive: the words around it decide
    NOUN = "noun"
    EITHER = "either"  # verb or noun: the words around it decide
    GERUND = "gerund"  # a verb that names its act ("that X struck Y"): the actor is its owner, the target its object
    PASSIVE_GERUND = "passive_gerund"  # "that Y was struck": the owner is the target

    @property
    def is_noun(self) -> bool:
        """Whether it names an act instead of telling it."""
        return self in (Voice.NOUN, Voice.GERUND, Voice.PASSIVE_GERUND)

    @property
    def is_passive(self) -> bool:
        """Whether what it belongs to suffers it."""
        return self in (Voice.PASSIVE, Voice.PASSIVE_GERUND)

    @property
    def gerund(self) -> Voice:
        """The same, naming the act."""
        return Voice.PASSIVE_GERUND if self.is_passive else Voice.GERUND


Forms = list[tuple[str, Voice]]


def prefix_meng(root: str, stem: str = "me") -> str:
    """The root under the Indonesian nasal prefix (`stem` "me" for verbs, "pe" for nouns)."""
    first = root[:1]
    if first in "lrmnwy":
        return stem + root
    if first == "p":
        return stem + "m" + root[1:]
    if first in "bfv":
        return stem + "m" + root
    if first == "t" and not root.startswith("tr"):
        return stem + "n" + root[1:]
    if first in "tdcjz":
        return stem + "n" + root
    if first == "s" and root[1:2] in VOWELS:
        return stem + "ny" + root[1:]
    if first == "s":
        return stem + "n" + root
    if first == "k" and root[1:2] != "h":
        return stem + "ng" + root[1:]
    return stem + "ng" + root


def inflect_indonesian(root: str, suffixes: Sequence[str], nouns: Sequence[str]) -> Forms:
    """Forms of an Indonesian root: bare (headline), me-, di-, ter-, and the nominals asked for.

    `nouns` holds "an" (serangan), "pean" (penyerangan), or whole words; nouns also take -nya.
    """
    head, _, rest = root.partition(" ")
    tail = f" {rest}" if rest else ""
    forms: Forms = []
    for suffix in suffixes:
        forms.append((head + suffix + tail, Voice.ACTIVE))
        forms.append((prefix_meng(head) + suffix + tail, Voice.ACTIVE))
        forms.append(("di" + head + suffix + tail, Voice.PASSIVE))
        if not suffix:
            forms.append(("ter" + head + tail, Voice.PASSIVE))
    for noun in nouns:
        whole = {"an": head + "an", "pean": prefix_meng(head, "pe") + "an"}.get(noun, noun)
        forms.append((whole + (tail if noun in ("an", "pean") else ""), Voice.NOUN))
        if not tail and " " not in whole:
            forms.append((whole + "nya", Voice.NOUN))
    return forms


def inflect_english(root: str, suffixes: Sequence[str], nouns: Sequence[str]) -> Forms:
    """Forms of an English verb (first word of the root); `suffixes` holds irregular [past, participle, ing]."""
    head, _, rest = root.partition(" ")
    tail = f" {rest}" if rest else ""
    past, participle, ing = _irregular(head, suffixes)
    named = {noun.lower() for noun in nouns}
    forms: Forms = []
    for form in (head, _add_s(head)):
        whole = form + tail
        plain = Voice.PARTICIPLE if form == participle else Voice.ACTIVE
        forms.append((whole, Voice.EITHER if whole in named else plain))
    forms.append((ing + tail, Voice.ACTIVE if (ing + tail) not in named else Voice.EITHER))
    if past != participle:
        forms.append((past + tail, Voice.ACTIVE))
    forms.append((participle + tail, Voice.PARTICIPLE if past == participle else Voice.PASSIVE))
    taken = {form for form, _ in forms}
    forms.extend((noun, Voice.NOUN) for noun in nouns if noun not in taken)
    return forms


def _irregular(head: str, given: Sequence[str]) -> tuple[str, str, str]:
    past = given[0] if given else _add_ed(head)
    participle = given[1] if len(given) > 1 else past
    ing = given[2] if len(given) > 2 else _add_ing(head)
    return past, participle, ing


def _add_s(verb: str) -> str:
    if verb.endswith(("s", "sh", "ch", "x", "z")):
        return verb + "es"
    if verb.endswith("y") and verb[-2:-1] not in VOWELS:
        return verb[:-1] + "ies"
    return verb + "s"


def _add_ed(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2:-1] not in VOWELS:
        return verb[:-1] + "ied"
    return verb + "ed"


def _add_ing(verb: str) -> str:
    if verb.endswith("e") and not verb.endswith(("ee", "ye")):
        return verb[:-1] + "ing"
    return verb + "ing"


# The Russian paradigms below are those of any school grammar: six cases of the singular, then six of the plural.
_RU_MASCULINE = ("", "а", "у", "", "ом", "е", "ы", "ов", "ам", "ы", "ами", "ах")
_RU_NOUNS = {
    "ы": ("ы", "ов", "ам", "ы", "ами", "ах"),  # plural only: переговоры
    "и": ("и", "ов", "ам", "и", "ами", "ах"),
    "ения": ("ения", "ений", "ениям", "ения", "ениями", "ениях"),  # plural only: учения
    "а": ("а", "ы", "е", "у", "ой", "е", "ы", "", "ам", "ы", "ами", "ах"),
    "я": ("я", "и", "и", "ю", "ей", "и", "и", "й", "ям", "и", "ями", "ях"),
    "ь": ("ь", "и", "и", "ь", "ью", "и", "и", "ей", "ям", "и", "ями", "ях"),
    "о": ("о", "а", "у", "о", "ом", "е", "а", "", "ам", "а", "ами", "ах"),
    "е": ("е", "я", "ю", "е", "ем", "и", "я", "й", "ям", "я", "ями", "ях"),
    "й": ("й", "я", "ю", "й", "ем", "е", "и", "ев", "ям", "и", "ями", "ях"),
}
_RU_ADJECTIVES = {
    "masculine": ("Ый", "Ого", "Ому", "Ый", "Ым", "Ом"),
    "feminine": ("Ая", "Ой", "Ой", "Ую", "Ой", "Ой"),
    "neuter": ("Ое", "Ого", "Ому", "Ое", "Ым", "Ом"),
    "plural": ("Ые", "Ых", "Ым", "Ые", "Ыми", "Ых"),
}
_RU_ADJECTIVAL = ("ый", "кий", "ний", "ной", "вой", "ая", "яя", "ое", "ее", "ые", "кие", "щие")
_RU_GENDERS = {"ая": "feminine", "яя": "feminine", "ое": "neuter", "ее": "neuter", "ые": "plural", "ие": "plural"}
# What a consonant becomes before the -ен of a participle: осудить, осужден.
_RU_SOFTENED = {
    "ст": "щ", "д": "жд", "т": "щ", "з": "ж", "с": "ш", "п": "пл", "б": "бл", "в": "вл", "м": "мл", "ф": "фл",
}  # fmt: skip
_RU_LONG = ("ый", "ого", "ому", "ым", "ом", "ая", "ой", "ую", "ое", "ые", "ых", "ыми")
_RU_REFLEXIVE = ("ийся", "егося", "емуся", "имся", "емся", "аяся", "ейся", "уюся", "ееся", "иеся", "ихся", "имися")


def inflect_russian(root: str, suffixes: Sequence[str], nouns: Sequence[str]) -> Forms:
    """Forms of Russian verbs and nouns: `root`, its partners of the other aspect in `suffixes`, and `nouns`.

    A verb is its infinitive, with "/" before what is not regular: "захватить///захвачен" (third person, past,
    passive participle). "(ся)" after an infinitive adds its reflexive passive; words after the first stay as they
    are. A root that is no infinitive is a noun; adjectives before it agree with it.
    """
    forms: Forms = []
    for phrase in (root, *suffixes):
        head, _, rest = phrase.partition(" ")
        tail = f" {rest}" if rest else ""
        infinitive = head.split("/")[0].replace("(ся)", "").removesuffix("ся").removesuffix("сь")
        if infinitive.endswith(("ть", "ти", "чь")) and not infinitive.endswith("ость"):
            # An open end can't stand before further words.
            forms += [(form + tail, voice) for form, voice in _ru_verb(head) if not (tail and form.endswith("*"))]
        else:
            forms += [(form, Voice.NOUN) for form in _ru_noun(phrase)]
    forms += [(form, Voice.NOUN) for noun in nouns for form in _ru_noun(noun)]
    return forms


def _ru_verb(spec: str) -> Forms:
    """Finite forms, infinitive, gerunds and participles (open-ended where they decline) of one verb."""
    infinitive, third, past, passive = [*spec.replace("(ся)", "").split("/"), "", "", ""][:4]
    is_reflexive = infinitive.endswith(("ся", "сь"))
    infinitive = infinitive[:-2] if is_reflexive else infinitive
    third = third.removesuffix("ся") or _ru_third(infinitive)
    plural = third[:-2] + _ru_plural_ending(third)
    past = past.removesuffix("ся") or infinitive[:-2] + "л"
    stem = "пришл" if past == "пришел" else past if past.endswith("л") else past + "л"
    pasts = [past, *(stem + ending for ending in "аои")]
    gerund = infinitive[:-2] + "в" if past.endswith("л") and infinitive[-2:] == "ть" else third[:-2] + "я"
    before = past if not past.endswith("л") else gerund if gerund.endswith("в") else third[:-2]
    adjectives = [before + "ш", plural[:-1] + "щ"]
    finite = [infinitive, third, plural, third[:-1] + "м", *pasts]
    if is_reflexive:
        gerunds = [gerund + ("шись" if gerund.endswith("в") else "сь"), third[:-2] + "ясь"]
        return [
            *((_ru_reflect(form), Voice.ACTIVE) for form in finite),
            *((form, Voice.ACTIVE) for form in gerunds),
            *((stem + ending, Voice.ACTIVE) for stem in adjectives for ending in _RU_REFLEXIVE),
        ]
    active = [*finite, gerund, third[:-2] + ("а" if third[-3] in "жшчщ" else "я"), *(stem + "*" for stem in adjectives)]
    forms = [(form, Voice.ACTIVE) for form in active]
    forms += [(form, Voice.PASSIVE) for form in _ru_passive(passive or _ru_participle(infinitive))]
    if third.endswith(("ает", "яет", "ует")):
        forms += [(third[:-1] + "м" + ending, Voice.PASSIVE) for ending in _RU_LONG]
    if "(ся)" in spec:
        forms += [(_ru_reflect(form), Voice.PASSIVE) for form in (third, plural, *pasts)]
    return forms


def _ru_reflect(form: str) -> str:
    return form + ("сь" if form[-1] in "аоиеуюя" else "ся")


def _ru_third(infinitive: str) -> str:
    """Third person singular of a regular verb: атаковать, атакует; осудить, осудит."""
    for ending, other in (("овать", "ует"), ("нуть", "нет"), ("ить", "ит")):
        if infinitive.endswith(ending):
            return infinitive[: -len(ending)] + other
    return infinitive[:-2] + "ет"


def _ru_plural_ending(third: str) -> str:
    stem = third[:-2]
    if third.endswith("ит"):
        return "ат" if stem[-1] in "жшчщ" else "ят"
    if third.endswith("даст"):
        return "дут"  # дать and its kin
    return "ют" if stem[-1] in "аеиоуыэюяьл" else "ут"


def _ru_participle(infinitive: str) -> str:
    """The short passive participle of a regular verb: обстрелять, обстрелян; осудить, осужден."""
    stem = infinitive[:-2]
    if stem.endswith(("а", "я")):
        return stem + "н"
    if stem.endswith(("ну", "ы")):
        return stem + "т"
    stem = stem[:-1]
    softened = next((old for old in _RU_SOFTENED if stem.endswith(old)), "")
    return stem[: len(stem) - len(softened)] + _RU_SOFTENED.get(softened, "") + "ен"


def _ru_passive(participle: str) -> list[str]:
    """Short forms by gender and number, and the long ones, of a passive participle; "-" for a verb without one."""
    if participle == "-":
        return []
    long = [participle + "н*"] if participle.endswith("н") else [participle + ending for ending in _RU_LONG]
    return [participle, *(participle + ending for ending in "аоы"), *long]


def _ru_noun(phrase: str) -> list[str]:
    """The case forms of a noun, with the adjectives before it in agreement and what follows it unchanged."""
    words = phrase.split()
    at = next((i for i, word in enumerate(words) if not _ru_is_adjective(word)), len(words) - 1)
    columns = [_ru_adjective(word) for word in words[:at]]
    columns.append(_ru_cases(words[at]))
    length = max(map(len, columns))
    tail = words[at + 1 :]
    return [" ".join([*(column[i % len(column)] for column in columns), *tail]) for i in range(length)]


def _ru_is_adjective(word: str) -> bool:
    return len(word) > 4 and word.endswith(_RU_ADJECTIVAL)


def _ru_adjective(word: str) -> list[str]:
    """Six cases of the adjective's own number and gender, then six of the plural."""
    stem = word[:-2]
    is_soft = stem[-1] == "н" and word.endswith(("ий", "яя", "ее"))
    back, mid = "и" if is_soft or stem[-1] in "гкхжшчщ" else "ы", "е" if is_soft or stem[-1] in "жшчщ" else "о"
    shapes = _RU_ADJECTIVES[_RU_GENDERS.get(word[-2:], "masculine")] + _RU_ADJECTIVES["plural"]
    letters = str.maketrans({"Ы": back, "О": mid, "А": "я" if is_soft else "а", "У": "ю" if is_soft else "у"})
    return [stem + shape.translate(letters) for shape in shapes]


def _ru_cases(word: str) -> list[str]:
    key = "ения" if word.endswith("ения") else word[-1]
    endings = _RU_NOUNS.get(key, _RU_MASCULINE)
    stem = word if endings is _RU_MASCULINE else word.removesuffix(key)
    spelled = {"ы": "и"} if stem[-1] in "гкх" else {}
    if stem[-1] in "жшчщ":
        spelled = {"ы": "и", "ов": "ей", "ом": "ем", "ой": "ей"}
    forms = [stem + spelled.get(ending, ending) for ending in endings]
    if word.endswith("я") and stem[-1] != "и":
        forms[2] = forms[5] = stem + "е"
    if word.endswith("ка") and stem[-2] not in "аеиоуыэюя":  # the fleeting vowel: бомбардировка, бомбардировок
        forms[7] = stem[:-1] + ("е" if stem[-2] in "жшчщй" else "о") + "к"
    return forms


@dataclass(frozen=True, slots=True)
class Paradigm:
    """How the verbs of Hindi or Urdu end; both conjugate alike and are written apart."""

    infinitive: str
    vowels: tuple[str, ...]  # a stem that ends in one of these takes the second of a pair of endings
    perfective: tuple[tuple[str, ...], tuple[str, ...]]
    future: tuple[tuple[str, ...], tuple[str, ...]]
    present: tuple[str, ...]  # habitual and gerund
    conjunct: tuple[str, ...]  # "having done", written as one word
    second: tuple[str, ...]  # words behind the bare stem: "has done", "is doing", "did away"
    vectors: tuple[str, ...]  # verbs that only colour the one before them: "give", "take"
    passive: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]  # what a perfective ends in, and "was" that agrees
    stems: dict[str, str]  # of verbs whose infinitive writes the stem otherwise
    irregular: dict[str, tuple[str, ...]]
    irregular_future: dict[str, tuple[str, ...]]
    cases: tuple[tuple[str, tuple[str, ...]], ...]  # how nouns end, and what stands there in other cases


HINDI = Paradigm(
    infinitive="ना",
    vowels=("ा", "ो", "ू"),
    perfective=(("ा", "े", "ी", "ीं"), ("या", "ए", "ये", "ई", "यी", "ईं")),
    future=(("ेगा", "ेंगे", "ेगी", "ेंगी"), ("एगा", "येगा", "एंगे", "एँगे", "येंगे", "एगी", "येगी", "एंगी")),
    present=("ता", "ते", "ती", "तीं", "ना", "ने", "नी"),
    conjunct=("कर", "के"),
    second=(
        "दिया",
        "दिए",
        "दी",
        "लिया",
        "लिए",
        "ली",
        "गया",
        "गए",
        "गई",
        "रहा",
        "रहे",
        "रही",
        "चुका",
        "चुके",
        "चुकी",
        "डाला",
        "कर",
    ),
    vectors=("दे", "ले"),
    passive=(
        (("ा",), ("गया", "जा", "जाने", "जाता", "जाएगा")),
        (("े", "ए"), ("गए", "गये", "जा", "जाने", "जाते", "जाएंगे")),
        (("ी", "ई"), ("गई", "गयी", "गईं", "जा", "जाने", "जाती", "जाएगी")),
    ),
    stems={},
    irregular={
        "कर": ("किया", "किए", "किये", "की", "कीं"),
        "दे": ("दिया", "दिए", "दिये", "दी", "दीं"),
        "ले": ("लिया", "लिए", "लिये", "ली", "लीं"),
        "जा": ("गया", "गए", "गये", "गई", "गयी", "गईं"),
        "हो": ("हुआ", "हुए", "हुये", "हुई", "हुईं"),
    },
    irregular_future={
        "दे": ("देगा", "देंगे", "देगी", "देंगी"),
        "ले": ("लेगा", "लेंगे", "लेगी", "लेंगी"),
        "हो": ("होगा", "होंगे", "होगी", "होंगी"),
    },
    cases=(("ा", ("े", "ों", "ाओं", "ाएं")), ("ी", ("ियां", "ियाँ", "ियों")), ("", ("ों", "ें"))),
)
URDU = Paradigm(
    infinitive="نا",
    vowels=("ا", "و"),
    perfective=(("ا", "ے", "ی", "یں"), ("یا", "ئے", "ئی", "ئیں")),
    future=(("ے گا", "یں گے", "ے گی", "یں گی"), ("ئے گا", "ئیں گے", "ئے گی", "ئیں گی")),
    present=("تا", "تے", "تی", "تیں", "نا", "نے", "نی"),
    conjunct=("کر", "کے"),
    second=(
        "دیا",
        "دیے",
        "دی",
        "لیا",
        "لیے",
        "لی",
        "گیا",
        "گئے",
        "گئی",
        "رہا",
        "رہے",
        "رہی",
        "چکا",
        "چکے",
        "چکی",
        "ڈالا",
        "کر",
    ),
    vectors=("دے", "لے"),
    passive=(
        (("ا",), ("گیا", "جا", "جانے", "جاتا", "جائے گا")),
        (("ے",), ("گئے", "جا", "جانے", "جاتے", "جائیں گے")),
        (("ی",), ("گئی", "گئیں", "جا", "جانے", "جاتی", "جائے گی")),
    ),
    stems={"دی": "دے", "لی": "لے"},
    irregular={
        "کر": ("کیا", "کیے", "کئے", "کی", "کیں"),
        "دے": ("دیا", "دیے", "دیئے", "دئیے", "دی", "دیں"),
        "لے": ("لیا", "لیے", "لئے", "لی", "لیں"),
        "جا": ("گیا", "گئے", "گئی", "گئیں"),
        "ہو": ("ہوا", "ہوئے", "ہوئی", "ہوئیں"),
    },
    irregular_future={
        "دے": ("دے گا", "دیں گے", "دے گی", "دیں گی"),
        "لے": ("لے گا", "لیں گے", "لے گی", "لیں گی"),
        "ہو": ("ہو گا", "ہوگا", "ہوں گے", "ہوں گی", "ہو گی", "ہوگی"),
    },
    cases=(("ہ", ("ے", "وں")), ("ا", ("ے", "وں")), ("ی", ("یاں", "یوں")), ("", ("وں", "یں"))),
)
GENITIVES = ("की", "کی")  # "did", and "of"
NUKTA = re.compile("(?<![\u0921\u0922])\u093c")  # the dot of borrowed sounds, which most papers leave out


def _conjugate(stem: str, forms: Paradigm) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Perfective and future of a verb stem."""
    kind = int(stem.endswith(forms.vowels))
    perfective = forms.irregular.get(stem) or tuple(stem + ending for ending in forms.perfective[kind])
    future = forms.irregular_future.get(stem) or tuple(stem + ending for ending in forms.future[kind])
    return perfective, future


def _verb_forms(base: str, forms: Paradigm, is_alone: bool) -> Forms:
    """A verb in its tenses; a bare stem that is not alone says enough for all that a second verb would add."""
    stem = forms.stems.get(base, base)
    perfective, future = _conjugate(stem, forms)
    active = [
        *((f"{stem} {word}" for word in forms.second) if is_alone else (stem,)),
        *perfective,
        *future,
        *(base + ending for ending in forms.present),
        *(stem + ending for ending in forms.conjunct),
    ]
    passive = [
        f"{form} {word}"
        for form in perfective
        for endings, words in forms.passive
        if form.endswith(endings)
        for word in words
    ]
    passive += [
        f"{stem} {form} {words[0]}"
        for vector in forms.vectors
        for form in _conjugate(vector, forms)[0]
        for endings, words in forms.passive
        if form.endswith(endings)
    ]
    return [(form, Voice.ACTIVE) for form in active] + [(form, Voice.PASSIVE) for form in passive]


def _decline(noun: str, forms: Paradigm) -> list[str]:
    """A noun in its cases; a few forms that do not exist do no harm."""
    ending, others = next((ending, others) for ending, others in forms.cases if noun.endswith(ending))
    bare = noun[: len(noun) - len(ending)]
    return [noun, *(bare + other for other in others)]


def inflect_hindustani(root: str, suffixes: Sequence[str], nouns: Sequence[str]) -> Forms:
    """Forms of a Hindi or Urdu verb given in the infinitive, with what belongs to it ("to make an attack").

    `nouns` are declined; `suffixes` hold other infinitives that the same words go with. Hindi forms with the dot of
    borrowed sounds are given without it as well.
    """
    paradigm = HINDI if root.endswith(HINDI.infinitive) else URDU
    lead, _, verb = root.rpartition(" ")
    found: Forms = []
    for other in (verb, *suffixes):
        whole, _, infinitive = f"{lead} {other}".strip().rpartition(" ")
        base = infinitive.removesuffix(paradigm.infinitive)
        found += [(f"{whole} {form}".strip(), voice) for form, voice in _verb_forms(base, paradigm, not whole)]
        if whole and " " not in whole:  # headlines put the verb first; not where it would read as "of"
            found += [
                (f"{form} {whole}", Voice.ACTIVE)
                for form in _conjugate(paradigm.stems.get(base, base), paradigm)[0]
                if form not in GENITIVES
            ]
    found += [(form, Voice.NOUN) for noun in nouns for form in _decline(noun, paradigm)]
    return [*found, *((NUKTA.sub("", form), voice) for form, voice in found if NUKTA.search(form))]


# Turkish suffixes in the notation of its grammars: A is a or e, I is ı, i, u or ü, D is d or t, all by harmony with
# what stands before; (y), (n), (s) appear after a vowel only. "@" is the aorist, whose vowel each verb has of its own.
# A star takes any further ending, of which person, case and copula add dozens. -IncA is left out: its forms are
# everyday words ("uyarınca").
_TURKISH_VERBAL = (
    "DI*",
    "mIş*",
    "Iyor*",
    "(y)AcAk*",
    "@",
    "@sA*",
    "(y)Abil*",
    "(y)An",
    "(y)AnlAr*",
    "(y)Ip",
    "(y)ArAk",
)
_TURKISH_NOMINAL = ("mAk*", "mAyA", "mAyI", "mA", "mAsI*", "DIğI*", "DIklArI*", "(y)AcAğI*")
_TURKISH_VERBAL_NOT = ("mAdI*", "mAmIş*", "mIyor*", "mAyAcAk*", "mAz*", "mAyAn*", "mAdAn", "mAmA*")
_TURKISH_NOMINAL_NOT = ("mAdIğI*", "mAyAcAğI*")
_TURKISH_CASES = ("", "(y)I", "(y)A", "DA", "DAn", "(n)In", "(y)lA", "DAki")
_TURKISH_CASES_OWNED = ("", "nI", "nA", "ndA", "ndAn", "nIn", "(y)lA", "ndAki")
_TURKISH_HARMONY = {"a": "aı", "ı": "aı", "o": "au", "u": "au", "e": "ei", "i": "ei", "ö": "eü", "ü": "eü"}
_TURKISH_VOICELESS = "fstkçşhp"
_TURKISH_FINALS = {"d": "t", "ğ": "k", "b": "p", "c": "ç"}  # a softened consonant where no vowel follows
_TURKISH_AORIST_IN_I = frozenset(
    ["al", "bil", "bul", "dur", "gel", "gör", "kal", "ol", "öl", "san", "var", "ver", "vur"]
)


def inflect_turkish(root: str, suffixes: Sequence[str], nouns: Sequence[str]) -> Forms:
    """Forms of Turkish verbs and nouns: finite, participles, converbs and action nouns, in both voices.

    `root` holds one or more stems parted by "|". Verbs stand as before a vowel ("ed" of etmek) and may name their own
    passive after "/" ("çağır/çağrıl"), "-" for none. `suffixes` may hold "passive" where they speak in the passive
    themselves ("saldırıya uğra"), "affirmed" or "denied" for only half of the forms. What shows its possessive in
    brackets is a noun ("hava saldırı(sı)", "işgal(i)"); so are all `nouns`, which need the brackets only where harmony
    cannot tell the possessive.
    """
    own_voice = Voice.PASSIVE if "passive" in suffixes else Voice.ACTIVE
    stems = root.split("|")
    named = (*nouns, *(stem for stem in stems if "(" in stem))
    forms = [(form, Voice.NOUN) for noun in named for form in _turkish_noun(noun)]
    for stem in stems:
        active, _, passive = stem.partition("/")
        if "(" in stem:
            continue
        forms += _turkish_verb(active, own_voice, suffixes)
        if own_voice is Voice.ACTIVE and passive != "-":
            forms += _turkish_verb(passive or _turkish_passive(active), Voice.PASSIVE, suffixes)
    return forms


def _turkish_verb(stem: str, voice: Voice, wanted: Sequence[str]) -> Forms:
    last = stem.split()[-1]
    is_short = sum(letter in _TURKISH_HARMONY for letter in last) == 1 or last.endswith("ed")
    aorist = "Ar" if is_short and last not in _TURKISH_AORIST_IN_I else "Ir"
    aorist = "r" if last[-1] in _TURKISH_HARMONY else aorist
    forms: Forms = []
    if "denied" not in wanted:
        forms += [(suffix, voice) for suffix in _TURKISH_VERBAL] + [
            (suffix, voice.gerund) for suffix in _TURKISH_NOMINAL
        ]
    if "affirmed" not in wanted:
        forms += [(suffix, voice) for suffix in _TURKISH_VERBAL_NOT]
        forms += [(suffix, voice.gerund) for suffix in _TURKISH_NOMINAL_NOT]
    return [(attach_turkish(stem, suffix.replace("@", aorist)), label) for suffix, label in forms]


def _turkish_passive(stem: str) -> str:
    if stem[-1] in _TURKISH_HARMONY:
        return stem + "n"
    return attach_turkish(stem, "In" if stem[-1] == "l" else "Il")


def _turkish_noun(noun: str) -> list[str]:
    bare, _, ending = noun.rstrip(")").partition("(")
    owned = bare + ending if ending else attach_turkish(bare, "(s)I")
    plural = attach_turkish(bare, "lAr", owned)
    forms = [attach_turkish(bare, case, owned) for case in _TURKISH_CASES]
    forms += [attach_turkish(plural, case) for case in _TURKISH_CASES]
    forms += [attach_turkish(owned, case) for case in _TURKISH_CASES_OWNED]
    return forms + [attach_turkish(plural + attach_turkish("", "I", plural), case) for case in _TURKISH_CASES_OWNED]


def attach_turkish(stem: str, suffix: str, heard: str = "") -> str:
    """The stem with a suffix written with A, I, D and bracketed buffers, harmonised and assimilated.

    `heard` is what harmony listens to, where that is not the stem itself ("işgali" for işgal, whose l is soft).
    """
    if suffix.startswith("("):
        buffer, suffix = suffix[1], suffix[3:]
        suffix = buffer + suffix if stem[-1] in _TURKISH_HARMONY else suffix
    elif suffix.startswith("Iyor") and stem[-1] in _TURKISH_HARMONY:
        stem = stem[:-1]  # bombala-ıyor: the stem gives its vowel up
    if suffix[:1] not in (*_TURKISH_HARMONY, "A", "I") and stem:
        stem = stem[:-1] + _TURKISH_FINALS.get(stem[-1], stem[-1])
    heard = heard or stem
    word = ""
    for letter in suffix:
        if letter in "AI":
            vowel = next((char for char in reversed(heard + word) if char in _TURKISH_HARMONY), "a")
            letter = _TURKISH_HARMONY[vowel]["AI".index(letter)]
        elif letter == "D":
            letter = "t" if (stem + word)[-1] in _TURKISH_VOICELESS else "d"
        word += letter
    return stem + word


def inflect_nothing(root: str, suffixes: Sequence[str], nouns: Sequence[str]) -> Forms:
    """Only what the lexicon lists: the root as an active form, the nouns as nouns."""
    del suffixes
    return [(root, Voice.ACTIVE), *((noun, Voice.NOUN) for noun in nouns)]


# Present stems, which no rule gives; a past stem is the infinitive without its last letter.
PERSIAN_PRESENT_STEMS = {
    "کردن": "کن", "شدن": "شو", "دادن": "ده", "زدن": "زن", "گرفتن": "گیر", "داشتن": "دار", "بردن": "بر",
    "رساندن": "رسان", "رسیدن": "رس", "خواندن": "خوان", "خواستن": "خواه", "بستن": "بند", "کشیدن": "کش",
    "کشتن": "کش", "گشودن": "گشای", "گذاشتن": "گذار", "آوردن": "آور", "یافتن": "یاب", "فرستادن": "فرست",
    "گفتن": "گوی", "کوبیدن": "کوب", "ربودن": "ربای", "شناختن": "شناس", "دانستن": "دان", "پذیرفتن": "پذیر",
    "گرداندن": "گردان", "گشتن": "گرد", "رفتن": "رو", "جنگیدن": "جنگ", "ریختن": "ریز", "افکندن": "افکن",
    "تاختن": "تاز", "نشستن": "نشین", "آمدن": "آی", "پرداختن": "پرداز", "شکستن": "شکن", "راندن": "ران",
    "ورزیدن": "ورز", "بخشیدن": "بخش", "ساختن": "ساز", "افتادن": "افت", "نهادن": "نه", "پیوستن": "پیوند",
}  # fmt: skip
PERSIAN_PERFECT = (" است", "‌اند", " بود", " بودند", " باشد")
PERSIAN_PREVERBS = frozenset(["فرا", "باز", "بر", "در", "وا"])  # joined to their verb or apart from it
PERSIAN_SPELLINGS = (("گفت‌وگو", "گفت‌و‌گو"), ("گفت‌وگو", "گفتگو"), ("ئ", "ی"))
HALF_SPACE = "\u200c"  # read as a space; the hasty leave it out


def inflect_persian(root: str, suffixes: Sequence[str], nouns: Sequence[str]) -> Forms:
    """Forms of a Persian verb given by its infinitive, most often a compound ("حمله کردن"), and of its nouns.

    Future and negative forms are among them; the lexicon's `forms` tell them by their look. The passive takes شدن, or
    گرفتن after قرار. `suffixes` may give a present stem that the table lacks; a root that is no infinitive is a noun.
    """
    nominal, _, verb = root.rpartition(" ")
    if not verb.endswith(("تن", "دن")):
        return _respelled([(form, Voice.NOUN) for noun in (root, *nouns) for form in _persian_noun(noun)])
    present = suffixes[0] if suffixes else PERSIAN_PRESENT_STEMS.get(verb, "")
    forms: Forms = [(form, Voice.ACTIVE) for form in _persian_tenses(nominal, verb, present)]
    for lead, helper in _persian_passives(nominal, verb):
        passive = _persian_tenses(lead, helper, PERSIAN_PRESENT_STEMS[helper])
        # "توقیف‌شده" alone is an adjective; the perfect has a verb behind it.
        forms += [(form, Voice.PASSIVE) for form in passive if not form.endswith("ه")]
        forms += [(form + tail, Voice.PASSIVE) for form in passive if form.endswith("ه") for tail in PERSIAN_PERFECT]
    forms += [(form, Voice.NOUN) for form in _persian_joined(nominal, [verb])]
    forms += [(form, Voice.NOUN) for noun in nouns for form in _persian_noun(noun)]
    return _respelled(forms)


def _persian_passives(nominal: str, verb: str) -> list[tuple[str, str]]:
    """What stands before the helping verb of the passive, and that verb."""
    if verb == "کردن" and nominal:
        return [(nominal, "شدن")]
    if verb == "دادن" and nominal.endswith("قرار"):
        return [(nominal, "گرفتن")]
    return [(form, "شدن") for form in _persian_joined(nominal, [verb[:-1] + "ه"])]


def _persian_tenses(nominal: str, verb: str, present: str) -> list[str]:
    """What he, they or we did, have done, do, may do, will do, and did, do or will not."""
    past = verb[:-1]
    verbs = [lead + past + ending for lead in ("", "ن") for ending in ("", "ند", "یم", "ه")]
    verbs += [f"{lead} {past}" for lead in ("خواهد", "خواهند", "خواهیم", "نخواهد", "نخواهند", "نخواهیم")]
    verbs += [f"می{HALF_SPACE}{past}{ending}" for ending in ("", "ند")]
    for ending in ("د", "ند", "یم") if present else ():
        verbs += [f"{lead}می{HALF_SPACE}{present}{ending}" for lead in ("", "ن")]
        verbs += [lead + present + ending for lead in ("" if nominal else "ب", "ن")]
    return _persian_joined(nominal, verbs)


def _persian_joined(nominal: str, verbs: Sequence[str]) -> list[str]:
    if not nominal:
        return list(verbs)
    gaps = (" ", "") if nominal.rpartition(" ")[2] in PERSIAN_PREVERBS else (" ",)
    return [nominal + gap + verb for verb in verbs for gap in gaps]


def _persian_noun(noun: str) -> list[str]:
    """A noun bare, indefinite or in ezafe, plural and with "its"; what follows a half-space needs no form."""
    if noun.endswith("ه"):
        return [noun, noun + "ٔ"]
    if noun.endswith(("ا", "و")):
        return [noun + ending for ending in ("", "ی", "یی", "ها", "های", "هایی", "یش")]
    plural = ("",) if noun.endswith(("ات", "ها", "ان")) else ("", "ها", "های", "هایی")
    return [noun + ending for ending in (*plural, "ی", "ش")]


def _respelled(forms: Forms) -> Forms:
    """The forms in the spellings of the press: half-spaces kept or left out, و of گفت‌وگو joined or apart."""
    spelled: dict[str, Voice] = {}
    for form, voice in forms:
        ways = [form, *(form.replace(one, other) for one, other in PERSIAN_SPELLINGS if one in form)]
        for way in ways:
            for written in (way, way.replace(HALF_SPACE, ""), way.replace(f"می{HALF_SPACE}", "می")):
                spelled.setdefault(written, voice)
    return list(spelled.items())


def inflect_chinese(root: str, suffixes: Sequence[str], nouns: Sequence[str]) -> Forms:
    """Forms of Chinese verbs of one frame (`root`, parted by spaces), in both scripts.

    Words don't change, their neighbours tell the voice: 被 or 遭 before the verb is passive, 了 or 过 after it active,
    的 before it makes it a noun. Bare, a verb may be a noun too, unless `suffixes` says "verb" or "passive".
    """
    bare = Voice.ACTIVE if "verb" in suffixes else Voice.PASSIVE if "passive" in suffixes else Voice.EITHER
    forms: Forms = [(noun, Voice.NOUN) for noun in nouns]
    for verb in root.split():
        forms.append((verb, bare))
        if bare is Voice.PASSIVE:
            continue
        forms += [(verb + aspect, Voice.ACTIVE) for aspect in CHINESE_ASPECTS]
        forms += [(mark + verb, Voice.PASSIVE) for mark in CHINESE_PASSIVES]
        forms += [("的" + verb, Voice.NOUN), *((verb + act, Voice.NOUN) for act in CHINESE_ACTS)]
    return [(written, voice) for form, voice in forms for written in (form, *write_traditional(form))]


def write_traditional(text: str) -> list[str]:
    """The ways a text in simplified characters is written in traditional ones, those equal to it left out.

    Only the characters and words of the reviewed table are known; others stay as they are.
    """
    table, pattern = _traditional_table()
    pieces: list[tuple[str, ...]] = []
    at = 0
    for match in pattern.finditer(text):
        pieces += [(text[at : match.start()],), table[match.group()]]
        at = match.end()
    pieces.append((text[at:],))
    return [written for parts in product(*pieces) if (written := "".join(parts)) != text]


@cache
def _traditional_table() -> tuple[dict[str, tuple[str, ...]], re.Pattern[str]]:
    """Simplified words and characters with their traditional writings, and a pattern that finds the longest."""
    with TRADITIONAL_CHINESE.open(encoding="utf-8", newline="") as lines:
        table = {row["simplified"]: tuple(row["traditional"].split("|")) for row in csv.DictReader(lines)}
    words = sorted(table, key=len, reverse=True)
    return table, re.compile("|".join(map(re.escape, words)))


_ARABIC_MARKS = dict.fromkeys(range(0x64B, 0x653))
_ARABIC_SAME = str.maketrans("ىةأإآ", "يهااا")  # spellings that a reader takes for one
_ARABIC_BEFORE_PERFECT = ("", "و", "ف", "قد ", "وقد ")
_ARABIC_BEFORE_IMPERFECT = ("", "و", "س", "وس", "ل")
_ARABIC_BEFORE_NOUN = {"": ("", "و", "ب", "ل", "وب", "ول", "ك"), "ال": ("ال", "وال", "بال", "لل", "ولل", "فال")}
_ARABIC_PRONOUNS = ("ه", "ها", "هم", "هما")


def inflect_arabic(root: str, suffixes: Sequence[str], nouns: Sequence[str]) -> Forms:
    """Forms of an Arabic verb: perfect and imperfect in the third person, passives, participle, masdars.

    `root` is the perfect (3rd person masculine). `suffixes` holds the imperfect, the passive perfect, the passive
    imperfect and the active participle, "" where there is none; further words of `root` follow each form. Vowel signs
    given are those the press may write: each form comes with and without them. An active that looks like its own
    passive is left to the words around it, a perfect that looks like its masdar is read as the masdar. A root without
    suffixes that is one of its own `nouns` is no verb.
    """
    head, _, rest = root.partition(" ")
    imperfect, passive, passive_imperfect, participle = (*suffixes, "", "", "", "")[:4]
    is_verb = bool(suffixes) or root not in nouns
    active = [*_arabic_all(_arabic_perfect, head), *_arabic_all(_arabic_imperfect, imperfect)] if is_verb else []
    active += _arabic_all(_arabic_participle, participle)
    suffered = [*_arabic_all(_arabic_perfect, passive), *_arabic_all(_arabic_imperfect, passive_imperfect)]
    shared = {*active} & {*suffered}
    forms: Forms = [(form, Voice.NOUN) for noun in nouns for form in _arabic_all(_arabic_noun, noun)]
    forms += [(f"{form} {rest}".strip(), Voice.PARTICIPLE if form in shared else Voice.ACTIVE) for form in active]
    forms += [(f"{form} {rest}".strip(), Voice.PASSIVE) for form in suffered]
    first: dict[str, tuple[str, Voice]] = {}
    for form, voice in forms:
        first.setdefault(form.translate(_ARABIC_SAME), (form, voice))
    return list(first.values())


def _arabic_all(inflect: Callable[[str], list[str]], stem: str) -> list[str]:
    """The forms of a stem with its vowel signs, without the doubling sign, and without any."""
    if not stem:
        return []
    written = dict.fromkeys([stem, stem.replace("\u0651", ""), stem.translate(_ARABIC_MARKS)])
    return [form for one in written for form in inflect(one)]


def _arabic_perfect(stem: str) -> list[str]:
    """Perfects of the third person with what may stand glued or close before them; a final weak root loses its last."""
    short = stem[:-1] if stem[-1] in "ىا" else stem
    dual = short + "يا" if stem[-1] == "ى" else stem + "ا"
    plural = stem[:-1] if stem[-1] in "ىاي" else stem
    told = [stem, short + "ت", plural + "وا", dual, short + "تا"]
    owner = short + "ا" if stem[-1] == "ى" else stem
    forms = [before + form for before in _ARABIC_BEFORE_PERFECT for form in told]
    return forms + [base + pronoun for base in (owner, short + "ت") for pronoun in _ARABIC_PRONOUNS[:3]]


def _arabic_imperfect(stem: str) -> list[str]:
    """Imperfects of the third person and of "we", with the future's glued letter."""
    short = stem[:-1] if stem[-1] in "ىيو" else stem
    dual = short + "ي" if stem[-1] in "ىي" else stem
    one = [stem, "ت" + stem[1:]]
    many = ["ن" + stem[1:], short + "ون", short + "وا", dual + "ان", "ت" + dual[1:] + "ان"]
    forms = [before + form for before in _ARABIC_BEFORE_IMPERFECT for form in one]
    forms += [before + form for before in ("", "س") for form in many]
    owner = short + ("ي" if stem[-1] in "ىي" else stem[len(short) :])
    return forms + [base + pronoun for base in (owner, "ت" + owner[1:]) for pronoun in _ARABIC_PRONOUNS[:3]]


def _arabic_participle(stem: str) -> list[str]:
    """The participle as the press hangs it on a sentence: "warning", of one, two or many."""
    forms = [stem + ending for ending in ("ا", "اً", "ًا", "ة", "ةً", "ين", "ون")]
    return [before + form for before in ("", "و") for form in forms]


def _arabic_noun(noun: str) -> list[str]:
    """A noun with article, particles, pronouns and cases; an adjective or owner behind it takes the article along."""
    head, _, rest = noun.partition(" ")
    stem = head[:-1] + "ت" if head.endswith("ة") else head
    duals = [] if rest else [stem + "ان", stem + "ين"]
    owned = [] if rest else [stem + pronoun for pronoun in _ARABIC_PRONOUNS]
    accusatives = [head + "ً"] if head.endswith("ة") else [head + "ا", head + "اً", head + "ًا"]
    definite = rest if rest.startswith("ال") else " ".join("ال" + word for word in rest.split())
    plain = [form + tail for form in (head, *owned, *duals) for tail in _arabic_tails(rest)]
    cased = [form + tail for form in accusatives for tail in _arabic_cases(rest)]
    forms = [before + form for before in _ARABIC_BEFORE_NOUN[""] for form in plain]
    forms += [before + form for before in ("", "و") for form in cased]
    forms += [f"{before}{form} {definite}".strip() for before in _ARABIC_BEFORE_NOUN["ال"] for form in (head, *duals)]
    return forms


def _arabic_tails(rest: str) -> list[str]:
    """What follows an indefinite head: nothing, its adjective or owner, or the owner with the article."""
    if not rest:
        return [""]
    return [f" {rest}"] if rest.startswith("ال") else [f" {rest}", " ال" + rest]


def _arabic_cases(rest: str) -> list[str]:
    """The adjective of an accusative, in its accusative."""
    if not rest:
        return [""]
    words = rest.split()
    if any(word.startswith("ال") for word in words):
        return [f" {rest}"]
    return [
        " " + " ".join(word if word.endswith("ة") else word + ending for word in words) for ending in ("ا", "اً", "ًا")
    ]


INFLECTIONS: dict[str, Callable[[str, Sequence[str], Sequence[str]], Forms]] = {
    "id": inflect_indonesian,
    "en": inflect_english,
    "ar": inflect_arabic,
    "fa": inflect_persian,
    "zh": inflect_chinese,
    "hi": inflect_hindustani,
    "ur": inflect_hindustani,
    "tr": inflect_turkish,
    "none": inflect_nothing,
    "ru": inflect_russian,
}
