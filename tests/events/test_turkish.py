"""Turkish: the forms of its verbs and nouns, what its case endings say of who did what, its counts and its days."""

from datetime import UTC, date, datetime
from fnmatch import fnmatchcase

import pytest

from flows.events.casualties import find_casualties
from flows.events.folding import fold
from flows.events.inflection import Voice
from flows.events.inflection.turkish import inflect_turkish
from flows.events.lexicon import load_lexicon
from flows.events.places import find_places
from flows.events.sides import find_sides
from flows.events.times import find_times
from tests.events.coding import code, summaries


def _voice(root: str, form: str) -> Voice | None:
    """The voice of a form: of the patterns that fit it, the longest counts."""
    fitting = [pair for pair in inflect_turkish(root, (), ()) if fnmatchcase(form, pair[0])]
    return max(fitting, key=lambda pair: len(pair[0]))[1] if fitting else None


@pytest.mark.parametrize(
    ("root", "form", "voice"),
    [
        ("saldır", "saldırdılar", Voice.ACTIVE),
        ("saldır", "saldırmayacak", Voice.ACTIVE),
        ("saldır", "saldırıldı", Voice.PASSIVE),
        ("saldır", "saldırdığını", Voice.GERUND),
        ("vur", "vurulmasını", Voice.PASSIVE_GERUND),
        ("vur", "vuruluyor", Voice.PASSIVE),
        ("bombala", "bombalıyor", Voice.ACTIVE),  # the vowel before -yor narrows
        ("bombala", "bombalandı", Voice.PASSIVE),  # -n behind a vowel, and -il behind an l never
        ("görüş", "görüşüyor", Voice.ACTIVE),
        ("işgal ed", "işgal etti", Voice.ACTIVE),
        ("işgal ed", "işgal eder", Voice.ACTIVE),
        ("redded", "reddedildi", Voice.PASSIVE),
        ("çağır/çağrıl", "çağrıldı", Voice.PASSIVE),
        ("saldırı(sı)", "saldırılarının", Voice.NOUN),
        ("işgal(i)", "işgaline", Voice.NOUN),  # a thin vowel behind "al"
        ("tehdid(i)", "tehdit", Voice.NOUN),  # a last d hardens
        ("tehdid(i)", "tehdidini", Voice.NOUN),
        ("gönder/-", "gönderildi", None),
        ("vur", "vurgu", None),
        ("yığ", "yığdı", Voice.ACTIVE),  # only nouns and ed- harden
    ],
)
def test_a_form_has_its_voice(root: str, form: str, voice: Voice | None) -> None:
    assert _voice(root, form) is voice


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("saldıracak", "future"),
        ("saldırmadı", "negative"),
        ("saldırırsa", "hypothetical"),
        ("saldırdığını", "gerund"),
        ("saldırmayı", "infinitive"),
        ("saldıran", "relative"),
    ],
)
def test_time_negation_and_mood_are_told_by_the_form(form: str, kind: str) -> None:
    forms = load_lexicon("tr").forms
    assert forms[kind].fullmatch(fold(form))
    assert not forms[kind].fullmatch(fold("saldırdı"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rusya'nın", ["RUS"]),
        ("RUSYA'NIN", ["RUS"]),
        ("İran’ı", ["IRN"]),
        ("IRAK'TA", ["IRQ"]),
        ("Suudi Arabistanlı", ["SAU"]),
        ("Pakistan ordusunun", ["PAK"]),
        ("Afrika Birliğinden", ["AFU"]),
        ("Milli Savunma Bakanlığına", ["TUR"]),
        ("Ürdünlü", ["JOR"]),
        ("irankasım", []),
    ],
)
def test_a_side_is_known_in_every_case(text: str, expected: list[str]) -> None:
    assert [span.code for span in find_sides(text, "tr")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Cases on names, behind an apostrophe.
        ("Rusya, Ukrayna'ya saldırdı.", ("ASSAULT", "RUS", "UKR", "occurred")),
        ("Ukrayna'ya Rusya saldırdı.", ("ASSAULT", "RUS", "UKR", "occurred")),
        ("İsrail'den Gazze'ye hava saldırısı", ("ASSAULT", "ISR", "PSE", "occurred")),
        ("IRAK'TA İSRAİL HAVA SALDIRISI", ("ASSAULT", "ISR", "IRQ", "occurred")),
        ("Çin ile Filipinler arasında çatışma çıktı.", ("ASSAULT", "CHN", "PHL", "occurred")),
        ("Afrika Birliğinden Sudan'a çağrı", ("REQUEST", "AFU", "SDN", "occurred")),
        # Who does it in a passive, said by a noun in -nca, by "tarafından" or by what it was done with.
        (
            "İran Devrim Muhafızlarınca Irak'ın Erbil kentine füze saldırısı düzenlendi.",
            ("ASSAULT", "IRN", "IRQ", "occurred"),
        ),
        ("Rusya, Ukrayna tarafından vurulan gemisini kaybetti.", ("ASSAULT", "UKR", "RUS", "occurred")),
        ("Ukrayna'nın başkenti Kiev, Rus füzeleriyle vuruldu.", ("ASSAULT", "RUS", "UKR", "occurred")),
        ("İran'da iki Fransız vatandaşı tutuklandı.", ("COERCE", "IRN", "FRA", "occurred")),
        # Of an act told as a noun the owner is the doer; whose act is condemned is whom the condemning is about.
        ("Endonezya, İsrail'in Refah'a saldırısını kınadı.", ("ACCUSE", "IDN", "ISR", "occurred")),
        ("Endonezya, İsrail'in Refah'a saldırısını kınadı.", ("ASSAULT", "ISR", "PSE", "occurred")),
        ("Endonezya'nın İsrail'in Refah saldırısını kınaması", ("ACCUSE", "IDN", "ISR", "occurred")),
        (
            "Pakistan ordusunun İran topraklarındaki hedefleri vurduğu bildirildi.",
            ("ASSAULT", "PAK", "IRN", "occurred"),
        ),
        # A participle has its subject, or whom it was done to, behind it.
        ("Pakistan'a saldıran İran özür diledi.", ("ASSAULT", "IRN", "PAK", "occurred")),
        (
            "Husilerin saldırdığı Yunan gemisi İngiltere'den geliyordu.",
            ("ASSAULT", "houthi", "GRC", "occurred"),
        ),
        # What is said of an act, behind it.
        ("Rusya, Ukrayna'yı Belgorod'u bombalamakla suçladı.", ("ASSAULT", "UKR", "RUS", "alleged")),
        ("İran, ABD üslerini vurmakla tehdit etti.", ("THREATEN", "IRN", "USA", "occurred")),
        ("Pakistan, İran'a saldırdığını yalanladı.", ("ASSAULT", "PAK", "IRN", "denied")),
        ("Pakistan, İran'a saldırmadı.", ("ASSAULT", "PAK", "IRN", "denied")),
        ("Türkiye, Suriye'ye saldıracak.", ("ASSAULT", "TUR", "SYR", "planned")),
        ("Türk polisi, DEAŞ'ın saldırı planını engelledi.", ("ASSAULT", "islamic-state", "TUR", "planned")),
        (
            "Rusya'nın Ukrayna'yı işgalinin üzerinden iki yıl geçti, Kiev'de anma töreni yapıldı.",
            ("ASSAULT", "RUS", "UKR", "historical"),
        ),
        # A condition has its own parties; who answers it answers its subject.
        ("İsrail, Lübnan'a saldırırsa İran karşılık verecek.", ("ASSAULT", "ISR", "LBN", "hypothetical")),
        ("İsrail, Lübnan'a saldırırsa İran karşılık verecek.", ("THREATEN", "IRN", "ISR", "occurred")),
        # Who brokers it is no party to it.
        ("Katar'ın arabuluculuğunda İsrail ile Hamas ateşkeste anlaştı.", ("AGREE", "ISR", "hamas", "occurred")),
        # An envoy is the state's that sent him.
        ("Cezayir, Fransa Büyükelçisini geri çağırdı.", ("SANCTION", "DZA", "FRA", "occurred")),
        ("Sırbistan ile Kosova heyetleri yarın Brüksel'de görüşecek.", ("CONSULT", "SRB", "XKX", "planned")),
        ("İsrail gemisine düzenlenen saldırıyı Husiler üstlendi.", ("ASSAULT", "houthi", "ISR", "occurred")),
        ("AB, Rusya'ya 13. yaptırım paketini onayladı.", ("SANCTION", "EUR", "RUS", "occurred")),
        # Whose the object of a gerund is: the speaker strikes somebody else's base, but is struck on his own land.
        ("Ukrayna, Rusya'nın hava üssünü vurduğunu duyurdu.", ("ASSAULT", "UKR", "RUS", "occurred")),
        ("Estonya, Rusya'nın hava sahasını ihlal ettiğini duyurdu.", ("COERCE", "RUS", "EST", "occurred")),
        ("Çad, Sudan ordusunun köylülerini öldürdüğünü öne sürdü.", ("ASSAULT", "SDN", "TCD", "alleged")),
        # According to whom.
        (
            "Şam'a göre, Suriye hava üssü çarşamba günü İsrail uçaklarınca vuruldu.",
            ("ASSAULT", "ISR", "SYR", "alleged"),
        ),
        # A comma behind a finite verb begins a clause; without a subject of its own it has the one before.
        ("Norveç yardımı kesti, Çad'a gıda gönderdi.", ("AID", "NOR", "TCD", "occurred")),
        ("Mısır, çatışmaların ardından iki Çadlı diplomatı sınır dışı etti.", ("SANCTION", "EGY", "TCD", "occurred")),
        ("Peru ise Tiflis'teki büyükelçisini geri çağırdı.", ("SANCTION", "PER", "GEO", "occurred")),
        # The nearer of two participles' owners; the noun they describe.
        ("Mısır'ın sattığı ve Çad'ın vurduğu Libya gemisi battı.", ("ASSAULT", "TCD", "LBY", "occurred")),
        # Crowds without a name, deeds by means of something, rockets fired from a land.
        ("Tunus'ta öfkeli bir kalabalık Fransa Büyükelçiliğini taşladı.", ("PROTEST", "TUN", "FRA", "occurred")),
        (
            "Umman'da iki Yemenli balıkçı İran askerlerinin açtığı ateşle öldürüldü.",
            ("ASSAULT", "IRN", "YEM", "occurred"),
        ),
        ("Lübnan'dan İsrail'e roketler fırlatıldı.", ("ASSAULT", "LBN", "ISR", "occurred")),
        # Whatever is asked for in -ması, whoever is asked in -dan.
        ("Fas, İspanya'dan bir balıkçıyı yargılamasını istedi.", ("REQUEST", "MAR", "ESP", "occurred")),
        ("Kıbrıs, AB'den Belarus'a yaptırım uygulamasını istedi.", ("REQUEST", "CYP", "EUR", "occurred")),
        # Two brokers are no party to it either.
        ("Çad ile Sudan, Mısır ve BM'nin arabuluculuğunda anlaştı.", ("AGREE", "TCD", "SDN", "occurred")),
    ],
)
def test_a_sentence_is_read(text: str, expected: tuple[str, str, str, str]) -> None:
    assert expected in summaries(text, "tr")


@pytest.mark.parametrize(
    ("text", "unwanted"),
    [
        ("Mısır, İsrail'den Refah'a saldırılarını durdurmasını istedi.", "RETREAT"),  # content of the request
        ("İsrail, Lübnan'a saldırılarını durdurdu.", "ASSAULT"),  # what was halted is no new deed
        ("Etiyopya ordusu Somali topraklarına girmedi.", "MOBILIZE"),
        ("ABD, Tayvan'a silah satışını onayladı.", "AGREE"),
    ],
)
def test_what_is_no_act_of_its_own_is_not_read(text: str, unwanted: str) -> None:
    assert unwanted not in {event.type for event in code(text, "tr").mentions}


@pytest.mark.parametrize(
    "text",
    [
        "Galatasaray, Fransa temsilcisi Lyon'u deplasmanda bombaladı: 4-1.",
        "Japonya'yı 7,1 büyüklüğünde deprem vurdu, 30 kişi öldü.",
        "Almanya'da sıcak hava dalgası tarımı vurdu.",
        "Milli Takım, İtalya karşısında savunmada zorlandı ve hücumda etkili olamadı.",
        "Dizi, Rusya ile Osmanlı arasındaki savaşı anlatıyor; yeni sezonun oyuncuları belli oldu.",
    ],
)
def test_words_of_war_in_other_news_are_no_events(text: str) -> None:
    assert not code(text, "tr").is_relevant


def test_a_claim_names_the_doer_of_what_was_told_before() -> None:
    text = "Kızıldeniz'de bir İngiliz gemisine füze saldırısı düzenlendi. Saldırıyı Husiler üstlendi."
    assert summaries(text, "tr") == {("ASSAULT", "houthi", "GBR", "occurred")}


def test_two_attacks_named_in_one_clause_have_their_own_day_and_toll() -> None:
    text = (
        "İran'ın salı günü Pakistan'a düzenlediği saldırıda iki kişi öldü, "
        "Pakistan'ın perşembe günü İran'a düzenlediği saldırıda dokuz kişi hayatını kaybetti."
    )
    mentions = code(text, "tr", published=datetime(2024, 1, 20, tzinfo=UTC)).mentions
    first, second = sorted(mentions, key=lambda event: str(event.starts_on))
    assert (first.starts_on, first.killed_min) == (date(2024, 1, 16), 2)
    assert (second.starts_on, second.killed_min) == (date(2024, 1, 18), 9)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Görüşme Cenevre'de yapıldı.", ["CHE"]),
        ("Saldırı Köstence limanına yakındı.", ["ROU"]),
        ("Uman kentinde bir ev yandı.", ["UKR"]),
        ("Varna adlı bir yazar ödül aldı.", []),  # no ending and no word of place
    ],
)
def test_a_town_is_known_by_what_stands_behind_it(text: str, expected: list[str]) -> None:
    assert [place.country_code for place in find_places(text, "tr")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("80'den fazla kişi öldü", ("killed", 80, None)),
        ("150’yi aşkın kişi yaralandı", ("injured", 150, None)),
        ("3 bin 500 asker öldürüldü", ("killed", 3500, 3500)),
        ("5 bini aşkın kişi yaralandı", ("injured", 5000, None)),
        ("1.200 sivil hayatını kaybetti", ("killed", 1200, 1200)),
        ("en az on iki polis şehit oldu", ("killed", 12, None)),
        ("saldırıda 3'ü çocuk 7 kişi öldü", ("killed", 7, 7)),
        ("yüzlerce kişi öldü", ("killed", 200, None)),
    ],
)
def test_a_toll_is_read(text: str, expected: tuple[str, int, int | None]) -> None:
    assert [(span.kind, span.minimum, span.maximum) for span in find_casualties(text, "tr")] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Salı günü imzalandı.", [date(2024, 1, 16)]),
        ("Geçen perşembe imzalandı.", [date(2024, 1, 18)]),
        ("18 Ocak'ta imzalandı.", [date(2024, 1, 18)]),
        ("7 Ekim 2023'ten bu yana sürüyor.", [date(2023, 10, 7)]),
        ("2019'da imzalandı.", [date(2019, 1, 1)]),
        ("2003 yılındaki işgal", [date(2003, 1, 1)]),
        ("2000'den fazla kişi", []),
        ("Üç gün önce imzalandı.", [date(2024, 1, 17)]),
        ("Evvelsi gün imzalandı.", [date(2024, 1, 18)]),
    ],
)
def test_days_are_read(text: str, expected: list[date]) -> None:
    assert [span.starts_on for span in find_times(text, "tr", datetime(2024, 1, 20, tzinfo=UTC))] == expected


def test_a_deed_that_describes_whom_a_demand_frees_stands_on_its_own() -> None:
    told = summaries(
        "Fransa, Azerbaycan'ın salı günü tutukladığı üç Ermeni yetkilinin serbest bırakılmasını istedi.", "tr"
    )
    assert ("COERCE", "AZE", "ARM", "occurred") in told


def test_an_agreement_that_is_missing_is_none() -> None:
    assert not {"AGREE"} & {
        event[0] for event in summaries("Mısır, anlaşma olmadan barajı dolduran Etiyopya'yı uyardı.", "tr")
    }
