"""Forms of Turkish verbs and nouns: suffix chains by the harmony of vowels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flows.events.inflection.voice import Forms, Voice

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
    "@ken",
    "(y)Abil*",
    "(y)An",
    "(y)AnlAr*",
    "(y)Ip",
    "(y)ArAk",
)
_TURKISH_NOMINAL = ("mAk*", "mAyA", "mAyI", "mA", "mAsI*", "DIğI*", "DIklArI*", "(y)AcAğI*")
_TURKISH_VERBAL_NOT = ("mAdI*", "mAmIş*", "mIyor*", "mAyAcAk*", "mAz*", "mAyIz", "mAm", "mAyAn*", "mAdAn", "mAmA*")
_TURKISH_NOMINAL_NOT = ("mAdIğI*", "mAyAcAğI*")
_TURKISH_CASES = ("", "(y)I", "(y)A", "DA", "DAn", "(n)In", "(y)lA", "DAki")
_TURKISH_CASES_OWNED = ("", "nI", "nA", "ndA", "ndAn", "nIn", "(y)lA", "ndAki")
_TURKISH_HARMONY = {"a": "aı", "ı": "aı", "o": "au", "u": "au", "e": "ei", "i": "ei", "ö": "eü", "ü": "eü"}
_TURKISH_VOICELESS = "fstkçşhp"
_TURKISH_FINALS = {"d": "t", "ğ": "k", "b": "p", "c": "ç"}  # a softened consonant where no vowel follows
_TURKISH_VERB_FINALS = {"d": "t"}  # of verbs only that one: "yığdı" keeps its ğ
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
    return [
        (attach_turkish(stem, suffix.replace("@", aorist), finals=_TURKISH_VERB_FINALS), label)
        for suffix, label in forms
    ]


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


def decline_turkish(name: str) -> list[str]:
    """The case forms of a name that writes them without an apostrophe ("Kurtuluş Ordusunun"), the bare one first.

    A name that ends in a vowel of the possessive takes the cases of one ("Ordusunu"), any other the plain cases.
    """
    if name[-1] in "ıiuü":
        return [attach_turkish(name, case) for case in (*_TURKISH_CASES_OWNED, "ncA")]
    return [attach_turkish(name, case) for case in (*_TURKISH_CASES, "çA" if name[-1] in _TURKISH_VOICELESS else "cA")]


def attach_turkish(stem: str, suffix: str, heard: str = "", finals: Mapping[str, str] = _TURKISH_FINALS) -> str:
    """The stem with a suffix written with A, I, D and bracketed buffers, harmonised and assimilated.

    `heard` is what harmony listens to, where that is not the stem itself ("işgali" for işgal, whose l is soft).
    """
    if suffix.startswith("("):
        buffer, suffix = suffix[1], suffix[3:]
        suffix = buffer + suffix if stem[-1] in _TURKISH_HARMONY else suffix
    elif suffix.startswith("Iyor") and stem[-1] in _TURKISH_HARMONY:
        stem = stem[:-1]  # bombala-ıyor: the stem gives its vowel up
    if suffix[:1] not in (*_TURKISH_HARMONY, "A", "I") and stem:
        stem = stem[:-1] + finals.get(stem[-1], stem[-1])
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
