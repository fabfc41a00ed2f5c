"""Surface forms of Spanish and French verbs, each with the voice it speaks in.

A participle is left to the words around it ("ha bombardeado" acts, "fue bombardeado" suffers); every other form acts.
Only the persons that news prose uses are made: he, they and, for quotes, we. What no rule gives stands in the
lexicon, as the `suffixes` of an entry; an empty one there means the regular form.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.events.inflection.voice import Forms, Voice

SPANISH_SPELLINGS = {"c": "qu", "g": "gu", "z": "c"}  # before e, for verbs in -ar
SPANISH_SOFT = (("c", "z"), ("g", "j"))  # before a, for verbs in -er and -ir after a vowel or n, r
SPANISH_CLITICS = ("", "lo", "la", "los", "las", "le", "les")
ACCENTS = str.maketrans("aei", "áéí")


def inflect_spanish(root: str, suffixes: Sequence[str], nouns: Sequence[str]) -> Forms:
    """Forms of a Spanish verb given by its infinitive, with what follows it ("abrir fuego") or its -se.

    `suffixes` holds, where irregular: he does ("pide"), he did ("pidió"), the participle ("roto"), and the stem of
    the future ("pondr").
    """
    infinitive, _, rest = root.partition(" ")
    tail = f" {rest}" if rest else ""
    is_reflexive = infinitive.endswith("se")
    verb = infinitive.removesuffix("se")
    present, past, participle, future = (*suffixes, "", "", "", "")[:4]
    stem, ending = verb[:-2], verb[-2:].replace("í", "i")
    present = present or stem + ("a" if ending == "ar" else "e")
    past = past or stem + ("ó" if ending == "ar" else "ió")
    participle = participle or stem + ("ado" if ending == "ar" else "ido")
    finite = _spanish_present(present, stem, ending) + _spanish_past(past, stem, ending)
    finite += [(future or verb) + end for end in ("á", "án", "ía", "ían", "emos")]
    gerund = _spanish_gerund(past, stem, ending)
    if is_reflexive:
        forms = [f"se {form}" for form in finite] + [f"{verb}se", _accented(gerund) + "se"]
        forms += [f"se {have} {participle}" for have in ("ha", "han", "había", "habían", "habrían", "habrá", "habrán")]
        forms.append(f"haberse {participle}")
        return _named([(form + tail, Voice.ACTIVE) for form in forms], nouns)
    told = [(form + tail, Voice.ACTIVE) for form in [*finite, gerund, *(verb + clitic for clitic in SPANISH_CLITICS)]]
    if tail:
        return _named([*told, (participle + tail, Voice.ACTIVE)], nouns)
    agreeing = [participle[:-1] + end for end in ("o", "a", "os", "as")]
    wished = {noun for noun in nouns if ending == "ar" and noun.endswith("e")}  # "ataque" is hardly ever "may attack"
    told = [(form, voice) for form, voice in told if form not in wished]
    return _named([*told, *((form, Voice.PARTICIPLE) for form in agreeing)], nouns)


def _spanish_present(present: str, stem: str, ending: str) -> list[str]:
    """He and they do, we do, and what they may do; the vowel of the stem is kept as given."""
    base = present[:-1]
    we = stem + {"ar": "amos", "er": "emos", "ir": "imos"}[ending]
    if ending == "ar":
        wished = base[:-1] + SPANISH_SPELLINGS.get(base[-1], base[-1]) + "e"
    else:
        wished = base + "a"
        for hard, soft in SPANISH_SOFT:
            wished = re.sub(rf"(?<=[aeiouáéíóúnr]){hard}a$", f"{soft}a", wished)
        wished = re.sub(r"gua$", "ga", wished)
        wished = re.sub(r"n[ei]?a$", "nga", wished) if stem.endswith(("pon", "ten", "ven")) else wished
    return [present, present + "n", we, wished, wished + "n"]


def _spanish_past(past: str, stem: str, ending: str) -> list[str]:
    """He and they did, were doing, and might have done."""
    if ending == "ar" and past.endswith("ó"):
        base = past[:-1] + "a"
    elif past.endswith(("ió", "yó")):
        base = past[:-1] + "e"
    else:
        base = past[:-1] + ("e" if past.endswith("jo") else "ie")  # dijo, impuso
    was = stem + ("aba" if ending == "ar" else "ía")
    return [past, base + "ron", was, was + "n", base + "ra", base + "ran", base + "se", base + "sen"]


def _spanish_gerund(past: str, stem: str, ending: str) -> str:
    if ending == "ar":
        return stem + "ando"
    return past[:-1] + "endo" if past.endswith(("ió", "yó")) else stem + "iendo"


def _accented(gerund: str) -> str:
    """The gerund with the accent that it takes before -se."""
    return gerund[:-4] + gerund[-4].translate(ACCENTS) + gerund[-3:]


def inflect_french(root: str, suffixes: Sequence[str], nouns: Sequence[str]) -> Forms:
    """Forms of a French verb given by its infinitive, with what follows it ("ouvrir le feu") or its "se".

    `suffixes` holds, where irregular: he does ("soutient"), they do ("soutiennent"), the participle ("soutenu"), and
    the stem of the future ("soutiendr"). The perfect of a reflexive verb takes être and is active.
    """
    lead = re.match(r"se |s'", root)
    verb, _, rest = (root[lead.end() :] if lead else root).partition(" ")
    tail = f" {rest}" if rest else ""
    he, they, participle, future = _french_stems(verb, suffixes)
    finite = [he, they, *_french_past(verb, they)]
    finite += [(future or verb.removesuffix("e")) + end for end in ("a", "ont", "ait", "aient", "ons")]
    finite += [] if not verb.endswith("er") else [_soften(verb[:-2], "o") + "ons"]
    bare = [verb, *_french_gerund(verb, they)]
    agreeing = _agreeing(participle)
    if lead:
        near = "s'" if re.match(r"[aeéèêiouh]", verb) else "se "
        forms = [near + form for form in (*finite, *bare)]
        helpers = ("s'est", "se sont", "s'était", "s'étaient", "se serait", "se seraient", "s'être")
        forms += [f"{helper} {form}" for helper in helpers for form in agreeing]
        return _named([(form + tail, Voice.ACTIVE) for form in forms], nouns)
    told = [(form + tail, Voice.ACTIVE) for form in (*finite, *bare)]
    if tail:
        return _named([*told, (participle + tail, Voice.ACTIVE)], nouns)
    return _named([*told, *((form, Voice.PARTICIPLE) for form in agreeing)], nouns)


def _french_stems(verb: str, suffixes: Sequence[str]) -> tuple[str, str, str, str]:
    """He does, they do, the participle and the stem of the future, the regular ones where none is given."""
    he, they, participle, future = (*suffixes, "", "", "", "")[:4]
    stem = verb[:-2]
    if verb.endswith("er"):
        he = he or stem + "e"
        return he, they or he + "nt", participle or stem + "é", future
    if verb.endswith("ir"):
        return he or stem + "it", they or stem + "issent", participle or stem + "i", future
    return he or stem, they or stem + "ent", participle or stem + "u", future


def _french_past(verb: str, they: str) -> list[str]:
    """He and they were doing; of the simple past only what no future looks like ("attaqua", not "retira")."""
    stem = verb[:-2] if verb.endswith(("er", "enir")) else they[:-3]
    forms = [_soften(stem, "a") + end for end in ("ait", "aient")]
    if verb.endswith("er"):
        forms.append(stem + "èrent")
        forms += [] if stem.endswith("r") else [_soften(stem, "a") + "a"]
    return forms


def _french_gerund(verb: str, they: str) -> list[str]:
    stem = verb[:-2] if verb.endswith(("er", "enir")) else they[:-3]
    return [_soften(stem, "a") + "ant"]


def _soften(stem: str, vowel: str) -> str:
    """The stem as written before a or o ("menaç-ait", "exige-ait")."""
    if vowel in "ao" and stem.endswith("c"):
        return stem[:-1] + "ç"
    return stem + "e" if vowel in "ao" and stem.endswith("g") else stem


def _agreeing(participle: str) -> list[str]:
    plural = participle if participle.endswith("s") else participle + "s"
    return list(dict.fromkeys([participle, participle + "e", plural, participle + "es"]))


def _named(forms: Forms, nouns: Sequence[str]) -> Forms:
    """The forms with the nouns; one that is both is either ("l'attaque", "il attaque")."""
    named = {noun.lower() for noun in nouns}
    verbs = [(form, Voice.EITHER if form.lower() in named else voice) for form, voice in forms]
    taken = {form.lower() for form, _ in verbs}
    return verbs + [(noun, Voice.NOUN) for noun in nouns if noun.lower() not in taken]
