"""Forms of Hindi and Urdu verbs, alone and in company of a noun."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flows.events.inflection.voice import Forms, Voice


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
        "दीं",
        "लिया",
        "लिए",
        "ली",
        "लीं",
        "गया",
        "गए",
        "गई",
        "गईं",
        "रहा",
        "रहे",
        "रही",
        "चुका",
        "चुके",
        "चुकी",
        "डाला",
        "डाले",
        "डाली",
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
        "دیں",
        "لیا",
        "لیے",
        "لی",
        "لیں",
        "گیا",
        "گئے",
        "گئی",
        "گئیں",
        "رہا",
        "رہے",
        "رہی",
        "چکا",
        "چکے",
        "چکی",
        "ڈالا",
        "ڈالے",
        "ڈالی",
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
        if whole:  # headlines put the verb first; not where it would read as "of"
            found += [
                (f"{form} {whole}", Voice.ACTIVE)
                for form in _conjugate(paradigm.stems.get(base, base), paradigm)[0]
                if form not in GENITIVES
            ]
    found += [(form, Voice.NOUN) for noun in nouns for form in _decline(noun, paradigm)]
    return [*found, *((NUKTA.sub("", form), voice) for form, voice in found if NUKTA.search(form))]
