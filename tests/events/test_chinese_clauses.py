"""Chinese clauses: agents and objects before the verb, passives, chained verbs, headlines, compounds of states."""

import pytest

from flows.events.casualties import find_casualties
from flows.events.sides import find_sides
from tests.events.coding import code, summaries


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("约旦一处哨所遭叙利亚军队炮击。", "ASSAULT SYR>JOR occurred"),
        ("利比亚遭到埃及的空袭。", "ASSAULT EGY>LBY occurred"),
        ("被乍得军队击中的苏丹货船已经沉没。", "ASSAULT TCD>SDN occurred"),
        ("三名法国士兵在伊拉克的一次无人机袭击中丧生。", "ASSAULT ?>FRA occurred"),
        ("挪威对乍得袭击苏丹表示谴责。", "ACCUSE NOR>TCD occurred; ASSAULT TCD>SDN occurred"),
        ("秘鲁谴责乍得对苏丹的袭击。", "ACCUSE PER>TCD occurred; ASSAULT TCD>SDN occurred"),
        ("希腊将一名土耳其公民逮捕。", "COERCE GRC>TUR occurred"),
        ("阿曼斡旋乍得与苏丹停火。", "CONSULT TCD=SDN occurred"),
        ("智利外长将于5月3日在利马与秘鲁外长举行会谈。", "CONSULT CHL=PER planned"),
        ("乍得宣布对苏丹停火。", "CONCEDE TCD=SDN occurred"),
        ("肯尼亚和索马里互相指责对方破坏停火。", "ACCUSE KEN=SOM occurred"),
        ("智利总统访问秘鲁，双方同意开放边境。", "CONSULT CHL=PER occurred; AGREE CHL=PER occurred"),
        ("摩尔多瓦宣布俄罗斯大使为不受欢迎的人。", "SANCTION MDA>RUS occurred"),
        ("乍得威胁说，如果苏丹不撤军，将打击苏丹。", "THREATEN TCD>SDN occurred"),
        ("瑙鲁与台湾断交，并与中国恢复外交关系。", "SANCTION NRU>TWN occurred; SUPPORT NRU=CHN occurred"),
        ("法国总统会见希腊总理和土耳其外长。", "CONSULT FRA=GRC occurred; CONSULT FRA=TUR occurred"),
    ],
)
def test_a_clause_is_read(text: str, expected: str) -> None:
    wanted = set()
    for event in expected.split("; "):
        type_name, sides, status = event.split()
        actor, target = (None if side == "?" else side for side in sides.replace("=", ">").split(">"))
        wanted.add((type_name, actor, target, status))
    assert summaries(text, "zh") == wanted


def test_a_shared_act_is_symmetric() -> None:
    assert [event.is_symmetric for event in code("泰柬边境冲突升级。", "zh").mentions] == [True]


def test_a_headline_blank_parts_two_clauses() -> None:
    assert summaries("乍得空袭苏丹 埃及谴责乍得", "zh") == {
        ("ASSAULT", "TCD", "SDN", "occurred"),
        ("ACCUSE", "EGY", "TCD", "occurred"),
    }


def test_that_day_is_the_day_named_before() -> None:
    events = code("苏丹军方12日说，乍得当天空袭苏丹。", "zh").mentions
    assert [str(event.starts_on) for event in events] == ["2025-03-12"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("中美防长会晤", ["CHN", "USA"]),
        ("法国总统访华", ["FRA", "CHN"]),
        ("对伊拉克表示支持", ["IRQ"]),
        ("导弹落入日本海", []),
        ("以军事手段解决", []),
        ("其中美国占多数", ["USA"]),
    ],
)
def test_states_in_one_character_stand_in_compounds_only(text: str, codes: list[str]) -> None:
    assert [span.code for span in find_sides(text, "zh")] == codes


def test_a_day_of_the_month_is_no_toll() -> None:
    assert find_casualties("3日有人死亡", "zh") == []
