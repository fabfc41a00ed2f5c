"""Forms of Arabic verbs and masdars, with the particles glued to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flows.events.inflection.voice import Forms, Voice

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
