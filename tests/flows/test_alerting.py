"""Alerts in assess: raised once, and told to a real webhook through a real Prefect block."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import timedelta

import pytest

from flows.rounds.alerting import raise_alerts, rules_path, sentence_of, tell_alerts
from flows.rounds.assessing import assess_all
from flows.rounds.indexing import compute_indices
from flows.settings import Settings
from tests.flows.test_indexing import REPORTS, START, tell
from tests.loopback import SilentHandler, serve_on_loopback
from warehouse.connect import Warehouse
from warehouse.indexed import read_untold_alerts
from warehouse.standings import read_alerts

NOW = START + timedelta(days=2, hours=6)
RULES = """
[tension]
kind = "level"
limit = 15.0
clear = 8.0

[watched-tension]
kind = "level"
limit = 1.0
watched = true
"""


@pytest.fixture
def ruled(settings: Settings) -> Settings:
    settings.home.mkdir(parents=True, exist_ok=True)
    (settings.home / "alerts.toml").write_text(RULES, "utf-8")
    return settings


def test_assess_raises_once_and_later_reports_do_not_raise_it_again(ruled: Settings, wh: Warehouse) -> None:
    tell(wh, REPORTS[:3])
    assess_all(wh, ruled, NOW)
    raised = read_alerts(wh)
    assert raised["rule"].tolist() == ["tension"]
    assert len(raised["event_ids"].iloc[0]) >= 1
    tell(wh, REPORTS[3:5])
    assess_all(wh, ruled, NOW + timedelta(minutes=5))
    assert raise_alerts(wh, ruled, NOW + timedelta(minutes=6)).kept == 0
    assert read_alerts(wh)["alert_id"].tolist() == raised["alert_id"].tolist()


def test_history_read_late_raises_nothing(ruled: Settings, wh: Warehouse) -> None:
    tell(wh, REPORTS)
    assess_all(wh, ruled, NOW + timedelta(days=90))
    assert read_alerts(wh).empty


def test_rules_go_on_from_where_they_stood(ruled: Settings, wh: Warehouse) -> None:
    tell(wh, REPORTS)
    later = NOW + timedelta(days=6)
    assess_all(wh, ruled, later)
    # The limit was passed more than a week ago, which whoever follows the whole history finds too.
    wh.execute("UPDATE alert_standings SET made_with = 'another rule'")
    assert raise_alerts(wh, ruled, later + timedelta(minutes=1)).kept == 0
    wh.execute("UPDATE alert_standings SET is_armed = true")
    assert raise_alerts(wh, ruled, later + timedelta(minutes=2)).kept == 1


def test_a_change_in_old_days_drops_where_rules_stood_after_them(ruled: Settings, wh: Warehouse) -> None:
    tell(wh, REPORTS)
    later = NOW + timedelta(days=6)
    assess_all(wh, ruled, later)
    kept = "SELECT count(*) AS n FROM alert_standings WHERE side_b_code = 'PAK' AND until_on >= $day"
    assert wh.query(kept, day=START.date())[0]["n"] > 0
    wh.execute("UPDATE events SET updated_at_utc = $now, confidence = 0.31", now=later + timedelta(minutes=1))
    compute_indices(wh, ruled, later + timedelta(minutes=1))
    assert wh.query(kept, day=START.date()) == [{"n": 0}]


def test_home_without_rules_has_the_projects(settings: Settings) -> None:
    assert rules_path(settings.home).name == "alerts.toml"
    assert rules_path(settings.home).parent.name == "indices"


def test_alerts_are_told_once_and_again_only_if_nobody_heard(ruled: Settings, wh: Warehouse) -> None:
    tell(wh, REPORTS[:3])
    assess_all(wh, ruled, NOW)
    heard: list[tuple[str, str]] = []

    async def deaf(text: str, subject: str) -> None:
        raise ConnectionError("nobody there")

    async def hear(text: str, subject: str) -> None:
        heard.append((text, subject))

    with pytest.raises(ConnectionError):
        asyncio.run(tell_alerts(wh, deaf, NOW))
    [alert] = read_untold_alerts(wh)
    assert asyncio.run(tell_alerts(wh, hear, NOW)).kept == 1
    assert asyncio.run(tell_alerts(wh, hear, NOW)).kept == 0
    assert heard == [(sentence_of(alert), "Mereda: 1 alert")]
    assert sentence_of(alert).startswith("2026-11-0")
    assert "Iran and Pakistan: tension reached" in sentence_of(alert)


@pytest.fixture
def prefect_api(prefect_port: int) -> Iterator[None]:
    from prefect.settings import PREFECT_API_URL, temporary_settings

    with temporary_settings({PREFECT_API_URL: f"http://127.0.0.1:{prefect_port}/api"}):
        yield


@pytest.mark.server
@pytest.mark.slow
def test_assess_tells_a_webhook_through_a_block(ruled: Settings, wh: Warehouse, prefect_api: None) -> None:
    from prefect.blocks.notifications import CustomWebhookNotificationBlock
    from prefect.logging import disable_run_logger

    from flows.steps.assessing import tell_alerts as step

    tell(wh, REPORTS[:3])
    assess_all(wh, ruled, NOW)
    heard: list[dict[str, str]] = []

    class Webhook(SilentHandler):
        def do_POST(self) -> None:
            heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

    with serve_on_loopback(Webhook) as port, disable_run_logger():
        block = CustomWebhookNotificationBlock(
            name="desk", url=f"http://127.0.0.1:{port}/alerts", json_data={"subject": "{{subject}}", "text": "{{body}}"}
        )
        asyncio.run(_save(block))
        told = ruled.model_copy(update={"alert_block": "custom-webhook/desk"})
        assert asyncio.run(step.fn(told, NOW)).kept == 1
        missing = ruled.model_copy(update={"alert_block": "custom-webhook/elsewhere"})
        assert asyncio.run(step.fn(missing, NOW)).failed == 1
    assert [one["subject"] for one in heard] == ["Mereda: 1 alert"]
    assert "tension reached" in heard[0]["text"]
    assert read_untold_alerts(wh) == []


async def _save(block: object) -> None:
    await block.save("desk", overwrite=True)  # type: ignore[attr-defined]  # as coroutine or not, it is awaited here
