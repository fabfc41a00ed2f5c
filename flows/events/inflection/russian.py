"""Forms of Russian verbs, participles, nouns and adjectives."""

from __future__ import annotations

from collections.abc import Sequence

from flows.events.inflection.voice import Forms, Voice

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
            forms += [(form, Voice.NOUN) for form in decline_russian(phrase)]
    forms += [(form, Voice.NOUN) for noun in nouns for form in decline_russian(noun)]
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


def decline_russian(phrase: str) -> list[str]:
    """The case forms of a noun, with the adjectives before it in agreement and what follows it unchanged.

    The noun as given comes first. Forms that a noun does not have (a plural of a name) are given all the same.
    """
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
