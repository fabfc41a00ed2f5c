"""Forms of Persian compound verbs."""

from __future__ import annotations

from collections.abc import Sequence

from flows.events.inflection.voice import Forms, Voice

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
