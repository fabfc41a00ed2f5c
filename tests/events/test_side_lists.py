"""The lists of organisations and armed groups: who is in them, by which names, and which words must not be names."""

import csv
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path

import pytest

from flows.events.sides import find_sides
from flows.events.sides.ambiguous import ambiguous_names
from flows.events.sides.lexicon import DATA, LANGUAGES, alpha3_by_alpha2, known_sides, listed_sides, read_rows
from flows.events.sides.matching import EXACT_MARK, fold
from flows.events.sides.spellings import spell
from warehouse.side_names import english_name

ROWS = list(listed_sides())
STATES = frozenset(alpha3_by_alpha2().values())
# A sentence of each language with room for a name.
SENTENCES = {
    "en": "Two sources said that {} would answer by Tuesday.",
    "id": "Dua sumber mengatakan {} akan menjawab pada Selasa.",
    "ms": "Dua sumber memberitahu {} akan menjawab pada Selasa.",
    "ar": "قال مصدران إن {} سيجيب غدا.",
    "fa": "دو منبع گفتند {} پاسخ خواهد داد.",
    "ur": "دو ذرائع کے مطابق {} جواب دے گا۔",
    "tr": "İki kaynak, {} salı günü yanıt verecek dedi.",
    "es": "Dos fuentes dijeron que {} responderá el martes.",
    "fr": "Selon deux sources, {} répondra mardi.",
    "ru": "Два источника сообщили, что {} ответит во вторник.",
    "zh": "两名消息人士说，{}将于周二作出回应。",
    "hi": "दो सूत्रों ने कहा कि {} मंगलवार तक जवाब देगा।",
}
# In French the three letters are the reporters' own; elsewhere they are the Sudanese force.
NAMED_OTHERWISE = {("fr", "RSF"): "RWB"}


@cache
def unsafe(lang: str) -> set[str]:
    """Names that a language leaves out."""
    rows = read_rows(DATA / "unsafe.csv")
    return {name for row in rows if row["lang"] == lang for name in row["names"].split("|")}


def own_names(lang: str) -> Iterator[tuple[str, str]]:
    """Code and name, in every spelling, as the file of one language has them."""
    path = DATA / f"names_{lang}.csv"
    for row in read_rows(path) if path.exists() else ():
        yield from ((row["code"], form) for name in row["names"].split("|") for form in spell(name, lang))


def crossing_names() -> Iterator[tuple[str, str]]:
    """Code and name, in every spelling, of the names that cross languages."""
    yield from ((row["code"], form) for row in ROWS for name in row["names"].split("|") for form in spell(name, None))


def found_in_sentences(lang: str, names: Sequence[tuple[str, str]]) -> list[set[tuple[str, str]]]:
    """For each name, put in a sentence of the language, the names and codes found in that sentence."""
    written = [SENTENCES[lang].format(name.removesuffix(EXACT_MARK)) for _, name in names]
    starts = list(accumulate((len(sentence) + 1 for sentence in written), initial=0))
    found: list[set[tuple[str, str]]] = [set() for _ in names]
    for span in find_sides("\n".join(written), lang):
        found[bisect_right(starts, span.start) - 1].add((span.name, span.code))
    return found


def missed(lang: str, names: Iterable[tuple[str, str]]) -> dict[tuple[str, str], set[tuple[str, str]]]:
    """The names that do not stand for their side there, with what was found instead."""
    wanted = [pair for pair in names if pair[1] not in unsafe(lang) and fold(pair[1]) not in ambiguous_names(lang)]
    return {
        (code, name): found
        for (code, name), found in zip(wanted, found_in_sentences(lang, wanted), strict=True)
        if (name.removesuffix(EXACT_MARK), code) not in found
    }


def test_the_lists_are_as_long_as_promised() -> None:
    kinds = [side.kind for side in known_sides().values()]
    assert kinds.count("organisation") >= 120
    assert kinds.count("group") >= 250


def test_a_code_is_one_side_whatever_the_case_of_its_letters() -> None:
    codes = [code.casefold() for code in (*known_sides(), *STATES)]
    assert sorted({code for code in codes if codes.count(code) > 1}) == []
    for row in ROWS:
        assert re.fullmatch(
            r"[A-Z0-9]{3}" if row["list"] == "organisations" else r"[a-z0-9]+(-[a-z0-9]+)*", row["code"]
        )


def test_a_side_has_a_country_or_none_a_sector_and_an_english_name() -> None:
    assert ROWS
    for row in ROWS:
        assert row["country_code"] in {*STATES, "-"}, row
        assert row["sector"] in {"IGO", "NGO", "GOV", "REB", "CRM"}, row
        assert (row["list"] == "groups") <= (row["country_code"] != "-"), row
        assert english_name(row["code"]), row
        assert row["names"], row


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_name_of_a_language_is_found_in_its_sentence(lang: str) -> None:
    assert missed(lang, own_names(lang)) == {}


def test_every_name_that_crosses_languages_is_found_in_english() -> None:
    assert missed("en", crossing_names()) == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_name_that_crosses_languages_is_no_other_side_elsewhere(lang: str) -> None:
    for (code, name), found in missed(lang, crossing_names()).items():
        others = {other for _, other in found} & set(known_sides())
        assert others <= {NAMED_OTHERWISE.get((lang, name), code)}, (code, name)


@pytest.mark.parametrize("lang", ["", *LANGUAGES])
def test_no_name_is_two_sides(lang: str) -> None:
    named: dict[str, set[str]] = {}
    for code, name in own_names(lang) if lang else crossing_names():
        named.setdefault(name if name.endswith(EXACT_MARK) else fold(name), set()).add(code)
    assert {name: codes for name, codes in named.items() if len(codes) > 1} == {}


@pytest.mark.parametrize(
    ("text", "lang", "code"),
    [
        ("TTP mengaku bertanggung jawab.", "id", "ttp"),
        ("Taliban Pakistan mengaku bertanggung jawab.", "id", "ttp"),
        ("The Tehrik-e-Taliban claimed it.", "en", "ttp"),
        ("تحریک طالبان پاکستان نے ذمہ داری قبول کی۔", "ur", "ttp"),
        ("Талибан отверг это.", "ru", "taliban"),
        ("塔利班否认此事。", "zh", "taliban"),
        ("PBB mengutuk.", "ms", "UNO"),
        ("BM kınadı.", "tr", "UNO"),
        ("В ООН осудили это.", "ru", "UNO"),
        ("Huthi menolak.", "id", "houthi"),
        ("Pemberontak Houthi menolak.", "ms", "houthi"),
        ("Husilere çağrı yapıldı.", "tr", "houthi"),
        ("Husilerin açıklaması geldi.", "tr", "houthi"),
        ("Переговоры с хуситами сорваны.", "ru", "houthi"),
        ("وسلمت الرسالة للحوثيين أمس.", "ar", "houthi"),
        ("حوثی‌ها رد کردند.", "fa", "houthi"),
        ("حوثیوں نے انکار کیا۔", "ur", "houthi"),
        ("हूतियों ने इनकार किया।", "hi", "houthi"),
        ("Los hutíes lo rechazan.", "es", "houthi"),
        ("Les Houthis refusent.", "fr", "houthi"),
        ("胡塞武装拒绝。", "zh", "houthi"),
        ("胡塞武裝拒絕。", "zh", "houthi"),
        ("Действия Армии освобождения Белуджистана осудили.", "ru", "balochistan-liberation-army"),
        ("Переговоры с Силами быстрой поддержки идут.", "ru", "rapid-support-forces"),
        ("عرضت مصر وساطة للجبهة الشعبية لتحرير فلسطين.", "ar", "popular-front-palestine"),
        ("ارتش آزادیبخش بلوچ بیانیه داد.", "fa", "balochistan-liberation-army"),
        ("تحریکِ طالبان پاکستان نے کہا", "ur", "ttp"),
        ("JEM signed in Doha.", "en", "justice-and-equality-movement"),
        ("JeM denied it.", "en", "jaish-e-mohammed"),
        ("RSF condamne ces arrestations.", "fr", "RWB"),
        ("The Non-Aligned Movement met.", "en", "NAL"),
        ("Namibia voted against it.", "en", "NAM"),
        ("Barisan Revolusi Nasional setuju berunding.", "ms", "brn-patani"),
        ("Brunei setuju.", "ms", "BRN"),
    ],
)
def test_the_forms_of_the_press_are_known(text: str, lang: str, code: str) -> None:
    assert code in {span.code for span in find_sides(text, lang)}


PLAIN = {
    "en": [
        "You can mend the fence before the fact is known.",
        "Proud boys and girls held the quad bike.",
        "Save the children some cake, said the cook.",
        "The right sector for savers is the one they know.",
        "Five eyes looked up from the lion's den.",
        "Shining path lights sell well this spring.",
        "She wore new bras and a simple scarf.",
        "A contra dance and an islamic relief carving.",
    ],
    "id": [
        "Para petani menanam padi agar hasilnya baik.",
        "Mas, sim saya hilang di par satu lapangan itu.",
        "Mereka makan nasi dengan ikan bakar.",
        "Kita harus sabar, kata sang ibu.",
        "Fajar tiba dan sarang singa itu kosong.",
        "Tentara semut bergerak di taman.",
    ],
    "ms": [
        "Topi putih itu dijual di pasar malam.",
        "Mereka bersatu demi padi dan ikan.",
        "Fajar menyingsing ketika hujan turun.",
        "Buku itu ada di atas meja.",
    ],
    "ar": [
        "اشترى الكفور دارا في القرية.",
        "قرأ الطالب القاعدة ثم شرحها.",
        "تم فتح الباب أمام الزوار.",
        "تلقى المشروع دعما ماليا كبيرا.",
        "يحتاج التاجر إلى دعم مالي عاجل.",
        "وصل الشباب إلى الملعب مساء.",
    ],
    "fa": [
        "نجات کودکان از سیل کار سختی بود.",
        "این راه درخشان به باغ می‌رسد.",
        "پسران مغرور مدرسه برنده شدند.",
        "او از نظر مالی مشکلی ندارد.",
        "بازار مالی امروز آرام بود.",
        "پنج چشم او را دیدند.",
    ],
    "ur": [
        "حکومت نے مالی سال کا بجٹ پیش کیا۔",
        "اسے مالی مدد کی ضرورت ہے۔",
        "گاڑی چلی اور پھر رک گئی۔",
        "باغ میں پھول کھلے ہیں۔",
        "بچے سکول سے گھر آئے۔",
    ],
    "tr": [
        "Abad oldu dedi yaşlı çiftçi.",
        "Fetih yıl dönümü konserle kutlandı.",
        "Aslanlar yuvasında uyudu.",
        "Dev ağaçlar devrildi.",
        "Kuzey rüzgarı sert esti.",
        "Agit yeni kitabını tanıttı.",
    ],
    "es": [
        "Los senderistas llegaron al refugio con lluvia.",
        "Los lobos bajaron del monte.",
        "Vivir juntos no es fácil, dijo la abuela.",
        "El contrato tiene pros y contras.",
        "Rastrojos y paja ardieron en el campo.",
        "La verdad suprema no existe, dijo el poeta.",
        "El feto creció con normalidad.",
    ],
    "fr": [
        "Vivre ensemble demande du temps.",
        "Il est tombé dans la fosse aux lions.",
        "Le fait est connu de tous.",
        "Une arme blanche a été trouvée.",
        "Les loups sont dans la forêt.",
        "Le chocolat est fait à la main.",
    ],
    "ru": [
        "Спасите детей от скуки, просит автор.",
        "Это было 17 ноября, в среду.",
        "Пять глаз смотрели из темноты.",
        "ЭТА КНИГА СТОИТ ДОРОГО.",
        "Пусть вас не пугает дождь.",
        "Красная команда победила в школьной игре.",
        "Контраст красок поражает.",
    ],
    "zh": [
        "他们下周开始和平旅行。",
        "工人阵容齐整，农民阵营热闹。",
        "货物已经抵运仓库。",
        "公安盟友都来参加晚会。",
        "球员从禁区右区起脚射门。",
        "人类要学会共同生存。",
        "教练说红军派出全部主力。",
    ],
    "hi": [
        "बाग में फूल खिले हैं।",
        "बच्चे स्कूल से घर आए।",
        "उसने अमल करने का वादा किया।",
        "बारिश के बाद बाजार में भीड़ थी।",
        "गाय दूध देती है।",
    ],
}


@pytest.mark.parametrize(("lang", "text"), [(lang, text) for lang, texts in PLAIN.items() for text in texts])
def test_words_of_everyday_are_nobody(lang: str, text: str) -> None:
    assert find_sides(text, lang) == []


@pytest.mark.parametrize(
    ("lang", "text", "is_mali"),
    [
        ("fa", "مالی سفیر خود را فراخواند.", True),
        ("fa", "فرانسه از مالی خارج شد.", True),
        ("fa", "ارتش مالی عقب نشست.", True),
        ("fa", "نیجر، مالی و بورکینافاسو بیانیه دادند.", True),
        ("fa", "اتهام مالی علیه الجزایر تکرار شد.", True),
        ("fa", "ترکیه کمک مالی به نیجر را قطع کرد.", False),
        ("fa", "بحران اقتصادی و مالی در ترکیه ادامه دارد.", False),
        ("fa", "ترکیه حمایت مالی کرد.", False),
        ("ur", "مالی سے فرانسیسی فوج واپس چلی گئی۔", True),
        ("ur", "مالی نے الجزائر پر الزام لگایا۔", True),
        ("ur", "برکینا فاسو، مالی اور نائجر نے بیان دیا۔", True),
        ("ur", "ترکیہ نے پاکستان کو مالی امداد دی۔", False),
        ("ur", "پاکستان مالی بحران میں ہے۔", False),
        ("ar", "أعلنت مالي قطع علاقاتها.", True),
        ("ar", "قدمت روسيا أسلحة لمالي.", True),
        ("ar", "انسحبت فرنسا من مالي.", True),
        ("ar", "اتهمت الجزائر مالي بانتهاك حدودها.", True),
        ("ar", "وصل دعم مالي من قطر.", False),
        ("ar", "دعم عسكري ومالي من إيران.", False),
    ],
)
def test_mali_is_told_from_money(lang: str, text: str, is_mali: bool) -> None:
    assert ("MLI" in {span.code for span in find_sides(text, lang)}) is is_mali


def test_fatah_is_told_from_a_conquest_in_turkish() -> None:
    assert "fatah" in {span.code for span in find_sides("Hamas ve Fetih anlaştı.", "tr")}
    assert "fatah" in {span.code for span in find_sides("Fetih'in sözcüsü konuştu.", "tr")}
    assert find_sides("Fetih yıl dönümü kutlandı.", "tr") == []


@pytest.mark.parametrize(
    ("text", "is_chile"), [("چلی نے سفیر کو طلب کیا۔", True), ("گولی چلی اور ایک شخص زخمی ہوا۔", False)]
)
def test_chile_is_told_from_a_verb_of_urdu(text: str, is_chile: bool) -> None:
    assert ("CHL" in {span.code for span in find_sides(text, "ur")}) is is_chile


def test_case_forms_are_asked_of_languages_that_have_them() -> None:
    assert "Kurtuluş Ordusunun" in set(spell("Kurtuluş Ordusu~", "tr"))
    assert {"Армию спасения", "Армией спасения"} <= set(spell("Армия спасения~", "ru"))
    assert "Сил обороны" in set(spell("Силы обороны~", "ru"))
    with pytest.raises(ValueError, match="write the forms out"):
        list(spell("Army~", "en"))


def test_a_list_of_a_language_names_known_sides_once() -> None:
    for path in sorted(Path(DATA).glob("names_*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            codes = [row[0] for row in csv.reader(lines, quoting=csv.QUOTE_NONE)][1:]
        assert len(codes) == len(set(codes)), path.name
        assert set(codes) <= set(known_sides()), path.name
