"""Chinese: both scripts are known wherever one is, forms keep their voice, lists fit the codes they name."""

import csv
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from flows.events.casualties import find_casualties
from flows.events.inflection import Voice
from flows.events.inflection.chinese import TRADITIONAL_CHINESE, inflect_chinese, write_traditional
from flows.events.lexicon import LEXICON_FOLDER, load_lexicon
from flows.events.sides import find_sides
from flows.events.times import find_times
from tests.events.coding import code, summaries

DATA = Path(__file__).parents[2] / "flows/events/sides/data"
PUBLISHED = datetime(2024, 3, 20, 6, 0, tzinfo=UTC)  # a Wednesday
INFLECTED = (
    "root",
    "suffixes",
    "nouns",
    "example",
    "mode",
    "direction",
    "topic",
    "future_type",
)  # both scripts by code


with TRADITIONAL_CHINESE.open(encoding="utf-8", newline="") as _lines:
    _TABLE = [(row["simplified"], row["traditional"]) for row in csv.DictReader(_lines)]
TRADITIONAL = {written for simple, written in _TABLE if len(written) == 1} - {simple for simple, _ in _TABLE}


def _word_lists() -> Iterator[tuple[str, list[str]]]:
    """Every list of words of the lexicon that the generator does not see."""
    raw = tomllib.loads((LEXICON_FOLDER / "zh.toml").read_text(encoding="utf-8"))
    yield "function_words", raw["function_words"]
    for section in ("prepositions", "postpositions", "cues", "topics"):
        yield from ((f"{section}.{label}", words) for label, words in raw[section].items())
    for type_name, entries in raw["triggers"].items():
        for number, entry in enumerate(entries):
            for key, words in entry.items():
                if key not in INFLECTED and isinstance(words, list):
                    yield f"{type_name}[{number}].{key}", words


def test_every_list_names_both_scripts() -> None:
    lists = [*_word_lists()]
    assert len(lists) > 100
    assert [
        (name, missing)
        for name, words in lists
        for word in words
        if not TRADITIONAL & set(word)
        for missing in write_traditional(word)
        if missing not in words
    ] == []


def test_neighbours_tell_the_voice_of_a_verb() -> None:
    forms = dict(inflect_chinese("空袭 炮击", (), ("炮火",)))
    assert forms["空袭"] is forms["炮击"] is Voice.EITHER
    assert forms["遭空袭"] is forms["遭空襲"] is forms["受到炮擊"] is Voice.PASSIVE
    assert forms["炮击了"] is Voice.ACTIVE
    assert forms["的空袭"] is forms["空袭行动"] is forms["炮火"] is Voice.NOUN


def test_a_pure_verb_is_no_noun_when_bare() -> None:
    assert dict(inflect_chinese("召回", ("verb",), ()))["召回"] is Voice.ACTIVE
    assert dict(inflect_chinese("遇袭", ("passive",), ()))["遇襲"] is Voice.PASSIVE


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("占领", ["占領", "佔領"]),
        ("计划", ["計劃", "計畫"]),
        ("吞并", ["吞併"]),
        ("准备", ["準備"]),
        ("批准", []),
        ("呼吁", ["呼籲"]),
        ("台风", ["颱風"]),
    ],
)
def test_traditional_writings_follow_the_word(simplified: str, traditional: list[str]) -> None:
    assert write_traditional(simplified) == traditional


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("埃及空袭利比亚。", "埃及空襲利比亞。"),
        ("挪威驱逐两名俄罗斯外交官。", "挪威驅逐兩名俄羅斯外交官。"),
        ("日本与菲律宾签署协议。", "日本與菲律賓簽署協議。"),
        ("智利谴责秘鲁。", "智利譴責秘魯。"),
        ("乌干达关闭与肯尼亚的边境。", "烏干達關閉與肯亞的邊境。"),
    ],
)
def test_both_scripts_are_read_alike(simplified: str, traditional: str) -> None:
    assert summaries(simplified, "zh") == summaries(traditional, "zh") != set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("埃及军队空袭利比亚。", ("ASSAULT", "EGY", "LBY", "occurred")),
        ("乍得对苏丹发动军事打击。", ("ASSAULT", "TCD", "SDN", "occurred")),
        ("希腊否认炮击土耳其。", ("ASSAULT", "GRC", "TUR", "denied")),
        ("秘鲁召回驻智利大使。", ("SANCTION", "PER", "CHL", "occurred")),
        ("埃及与土耳其外长通电话。", ("CONSULT", "EGY", "TUR", "occurred")),
        ("如果乍得袭击苏丹，埃及将表示谴责。", ("ASSAULT", "TCD", "SDN", "hypothetical")),
        ("肯尼亚向索马里捐赠药品。", ("AID", "KEN", "SOM", "occurred")),
        ("几内亚重新开放与马里的边境。", ("CONCEDE", "GIN", "MLI", "occurred")),
        ("智利与秘鲁互逐外交官。", ("SANCTION", "CHL", "PER", "occurred")),
        ("俄无人机夜袭敖德萨港口。", ("ASSAULT", "RUS", "UKR", "occurred")),
        ("约旦否认埃及空袭利比亚。", ("ASSAULT", "EGY", "LBY", "denied")),
        ("加纳请求肯尼亚派遣医生。", ("REQUEST", "GHA", "KEN", "occurred")),
        ("秘鲁退出美洲国家组织。", ("SANCTION", "PER", "OAS", "occurred")),
        ("伊拉克什叶派政党谴责土耳其。", ("ACCUSE", "IRQ", "TUR", "occurred")),
    ],
)
def test_plain_wire_sentences(text: str, expected: tuple[str, str, str, str]) -> None:
    assert expected in summaries(text, "zh")


@pytest.mark.parametrize(
    "text",
    [
        "挪威队狂轰五球击溃瑞典队，晋级世界杯决赛。",
        "台风袭击越南北部，造成12人死亡。",
        "颱風襲擊越南北部，造成12人死亡。",
        "车企打响价格战，股价应声下跌。",
        "泰国警方查获一批毒品，逮捕两名毒贩。",
        "智利队客场突袭秘鲁队，下半场连入两球。",
        "挪威药企与丹麦公司达成专利和解。",
        "秘鲁警方捣毁一个伪造护照的团伙。",
        "纪录片讲述普法战争中的巴黎。",
    ],
)
def test_words_of_war_in_other_news_are_no_events(text: str) -> None:
    assert not code(text, "zh").is_relevant


@pytest.mark.parametrize(
    ("line", "is_page"),
    [
        ("延伸阅读：两国重开边境", True),
        ("相關新聞", True),
        ("責任編輯：某某", True),
        ("（图：某通讯社）", True),
        ("分享到微博", True),
        ("相关国家呼吁双方保持克制。", False),
        ("文莱外长抵达曼谷。", False),
        ("记者在边境看到，口岸已经关闭。", False),
    ],
)
def test_lines_of_the_page_are_told_from_the_story(line: str, is_page: bool) -> None:
    assert bool(load_lexicon("zh").boilerplate.match(line)) is is_page


@pytest.mark.parametrize(
    ("text", "surface", "side"),
    [
        ("俄军炮击一座村庄。", "俄军", "RUS"),
        ("烏軍擊落一架無人機。", "烏軍", "UKR"),
        ("北韓外務省發表聲明。", "北韓外務省", "PRK"),
        ("科特迪瓦外交部长抵达。", "科特迪瓦外交部长", "CIV"),
        ("尼泊尔边防部队增援。", "尼泊尔边防部队", "NPL"),
        ("南苏丹总统府回应。", "南苏丹总统府", "SSD"),
        ("几内亚比绍政府表示欢迎。", "几内亚比绍政府", "GNB"),
        ("克里姆林宮证实。", "克里姆林宮", "RUS"),
    ],
)
def test_press_names_of_states(text: str, surface: str, side: str) -> None:
    assert (surface, side) in [(span.name, span.code) for span in find_sides(text, "zh")]


def test_no_chinese_name_stands_for_two_states() -> None:
    codes: dict[str, str] = {}
    with (DATA / "aliases.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, quoting=csv.QUOTE_NONE):
            if row["lang"] == "zh":
                assert {codes.setdefault(name, row["code"]) for name in row["names"].split("|")} == {row["code"]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("代表团于上周五抵达。", date(2024, 3, 15)),
        ("代表團週一抵達。", date(2024, 3, 18)),
        ("代表团昨晚抵达。", date(2024, 3, 19)),
        ("代表團將於後天抵達。", date(2024, 3, 22)),
        ("代表团19日晚抵达。", date(2024, 3, 19)),
        ("代表团去年11月3日抵达。", date(2023, 11, 3)),
        ("代表團禮拜二抵達。", date(2024, 3, 19)),
    ],
)
def test_days_are_read_in_both_scripts(text: str, expected: date) -> None:
    assert expected in [span.starts_on for span in find_times(text, "zh", PUBLISHED)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("空袭造成至少12人死亡、30人受伤。", [("killed", 12, None), ("injured", 30, 30)]),
        ("爆炸致2死5伤", [("killed", 2, 2), ("injured", 5, 5)]),
        ("炮擊造成7人受傷。", [("injured", 7, 7)]),
        ("十二人遇难，數百人受傷。", [("killed", 12, 12), ("injured", 200, None)]),
        ("士兵打死10名武装分子。", [("killed", 10, 10)]),
        ("死亡人数升至37人。", [("killed", 37, 37)]),
        ("袭击没有造成人员伤亡。", []),
        ("炮击致死一人，伤七人。", [("killed", 1, 1), ("injured", 7, 7)]),
        ("死者增至三十六人，傷者超過五十。", [("killed", 36, 36), ("injured", 50, None)]),
        ("二十余人受伤，至少两百一十人丧生。", [("injured", 20, None), ("killed", 210, None)]),
    ],
)
def test_tolls_are_read_in_both_scripts(text: str, expected: list[tuple[str, int, int | None]]) -> None:
    assert [(span.kind, span.minimum, span.maximum) for span in find_casualties(text, "zh")] == expected
