"""Hindi and Urdu: verb forms keep their voice, signs belong to their words, and the hard sentences are read."""

from datetime import UTC, date, datetime

import pytest

from flows.events.casualties import find_casualties
from flows.events.inflection import Voice
from flows.events.inflection.hindustani import inflect_hindustani
from flows.events.sides import find_sides
from flows.events.times import find_times
from tests.events.coding import code, summaries

PUBLISHED = datetime(2024, 1, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("root", "nouns", "form", "voice"),
    [
        ("हमला करना", ("हमला",), "हमला किया", Voice.ACTIVE),
        ("हमला करना", ("हमला",), "हमला किया गया", Voice.PASSIVE),
        ("हमला करना", ("हमला",), "हमलों", Voice.NOUN),
        ("हमला करना", (), "किया हमला", Voice.ACTIVE),
        ("बुलाना", (), "बुला लिया", Voice.ACTIVE),
        ("बुलाना", (), "बुलाएंगे", Voice.ACTIVE),
        ("क़ब्ज़ा करना", ("क़ब्ज़ा",), "कब्जे", Voice.NOUN),
        ("حملہ کرنا", ("حملہ",), "حملہ کیا گیا", Voice.PASSIVE),
        ("حملہ کرنا", ("حملہ",), "حملوں", Voice.NOUN),
        ("دھمکی دینا", (), "دھمکی دیتا", Voice.ACTIVE),
        ("دھمکی دینا", (), "دھمکی دے", Voice.ACTIVE),
        ("بھیجنا", (), "بھیجیں گے", Voice.ACTIVE),
    ],
)
def test_forms_keep_their_voice(root: str, nouns: tuple[str, ...], form: str, voice: Voice) -> None:
    assert dict(inflect_hindustani(root, (), nouns))[form] is voice


def test_a_verb_that_would_read_as_of_is_not_put_first() -> None:
    assert "की निंदा" not in dict(inflect_hindustani("निंदा करना", (), ()))


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("दल शुक्रवार देर रात लौटा।", "hi", [date(2024, 1, 19)]),
        ("बैठक १८ जनवरी को हुई।", "hi", [date(2024, 1, 18)]),
        ("आजादी का जश्न मना।", "hi", []),  # "आज" is today, but no word of its own here
        ("وفد ہفتے کو پہنچا۔", "ur", [date(2024, 1, 20)]),  # Saturday
        ("وفد گزشتہ ہفتے پہنچا۔", "ur", [date(2024, 1, 8)]),  # last week
        ("یہ معاہدہ 2019 میں ہوا تھا۔", "ur", [date(2019, 1, 1)]),
    ],
)
def test_days_are_read(text: str, lang: str, expected: list[date]) -> None:
    assert [span.starts_on for span in find_times(text, lang, PUBLISHED)] == expected


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("गांव में एक बच्ची समेत सात लोग मारे गए।", "hi", [("killed", 7, 7)]),
        ("25 से अधिक घायल हैं।", "hi", [("injured", 25, None)]),
        ("दस्तावेज सौंपे गए, मौत का कारण अज्ञात है।", "hi", []),
        ("ایک بچے سمیت چار افراد ہلاک ہوئے۔", "ur", [("killed", 4, 4)]),
        ("پچاس کے قریب زخمی ہوئے۔", "ur", [("injured", 50, 50)]),
    ],
)
def test_tolls_are_counted(text: str, lang: str, expected: list[tuple[str, int, int | None]]) -> None:
    assert [(span.kind, span.minimum, span.maximum) for span in find_casualties(text, lang)] == expected


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("चाड के गांव पर सूडान की सेना द्वारा गोले दागे गए।", "hi", ("ASSAULT", "SDN", "TCD", "occurred")),
        ("केन्या ने युगांडा पर हमले से इनकार किया।", "hi", ("ASSAULT", "KEN", "UGA", "denied")),
        ("अगर केन्या ने युगांडा पर हमला किया तो चाड जवाब देगा।", "hi", ("ASSAULT", "KEN", "UGA", "hypothetical")),
        ("केन्या ने युगांडा पर गोलाबारी का आरोप लगाया।", "hi", ("ACCUSE", "KEN", "UGA", "occurred")),
        ("सीमा खोलने पर राजी हुए केन्या और युगांडा", "hi", ("AGREE", "KEN", "UGA", "occurred")),
        ("केन्या का युगांडा के साथ वार्ता से इनकार", "hi", ("REJECT", "KEN", "UGA", "occurred")),
        ("केन्या पुलिस ने अल-शबाब के हमले की साजिश नाकाम की।", "hi", ("ASSAULT", "al-shabaab", "KEN", "planned")),
        ("چاڈ کے گاؤں پر سوڈان کی جانب سے گولہ باری کی گئی۔", "ur", ("ASSAULT", "SDN", "TCD", "occurred")),
        ("کینیا کی یوگنڈا پر حملے کی تردید", "ur", ("ASSAULT", "KEN", "UGA", "denied")),
        ("کینیا یوگنڈا کے ساتھ مذاکرات کے لیے تیار", "ur", ("AGREE", "KEN", "UGA", "occurred")),
        ("کینیا میں یوگنڈا کے سفیر کی طلبی", "ur", ("ACCUSE", "KEN", "UGA", "occurred")),
        ("کینیا نے یوگنڈا سے اپنا سفیر واپس بلا لیا۔", "ur", ("SANCTION", "KEN", "UGA", "occurred")),
        ("کینیا کے صدر کل یوگنڈا کا دورہ کریں گے۔", "ur", ("CONSULT", "KEN", "UGA", "planned")),
    ],
)
def test_hard_sentences_are_read(text: str, lang: str, expected: tuple[str, str, str, str]) -> None:
    assert expected in summaries(text, lang)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("केन्या ने युगांडा को फाइनल में 3-1 से रौंदा, स्ट्राइकर के हमलों से गोलकीपर पस्त", "hi"),
        ("नेपाल में भूकंप से तबाही, 30 लोगों की मौत", "hi"),
        ("دل کا دورہ پڑنے سے گلوکار چل بسے", "ur"),
        ("کینیا نے یوگنڈا کو فائنل میں شکست دے دی، بولرز کے حملے", "ur"),
    ],
)
def test_borrowed_words_of_war_are_refused(text: str, lang: str) -> None:
    assert not code(text, lang).is_relevant


def test_two_clauses_of_one_sentence_keep_their_own_sides_and_days() -> None:
    coding = code(
        "मंगलवार को चाड के हमले में सूडान के दो सैनिक मारे गए थे और गुरुवार को सूडान के हमले में चाड के पांच सैनिक मारे गए थे।",
        "hi",
    )
    attacks = {(event.actor.code, event.killed_min) for event in coding.mentions if event.actor is not None}
    assert attacks == {("TCD", 2), ("SDN", 5)}


def test_a_person_is_known_by_the_office_named_before_the_case() -> None:
    text = "सूडान के राष्ट्रपति अब्दुल बुरहान ने चाड को चेतावनी दी। बुरहान ने चाड पर साजिश का आरोप लगाया।"
    assert ("ACCUSE", "SDN", "TCD", "occurred") in summaries(text, "hi")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("مالی امداد میں اضافہ ہوا۔", []),  # "financial"
        ("وہ خاموشی سے چلی گئی۔", []),  # "went"
        ("وزیرِ خارجہ ایران", ["IRN"]),
        ("ایران کے وزیرِ خارجہ", ["IRN"]),
    ],
)
def test_plain_words_of_urdu_are_no_states(text: str, codes: list[str]) -> None:
    assert [span.code for span in find_sides(text, "ur")] == codes
