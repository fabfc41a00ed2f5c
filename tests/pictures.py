"""`python -m tests.pictures`: the picture in the README, drawn by the real dashboard from the demo."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import expect

from tests.browsing import open_browser
from tests.supervised import RunningHome
from tests.waiting import wait_for

PICTURE_PATH = Path(__file__).parents[1] / "docs" / "pair.png"
# Days of January 2024 that the demo tells of between these two.
DAYS_WANTED = 6
PAIR = "side_a_code = 'IRN' AND side_b_code = 'PAK'"


def draw_picture(path: Path) -> None:
    """Writes the Pair page of Iran and Pakistan, the strike of 18 January opened."""
    with tempfile.TemporaryDirectory() as folder:
        home = RunningHome(Path(folder) / "home", "--demo", settings={"demo_pace_s": "0.2"})
        with home as running, open_browser() as browser:

            def days() -> int:
                return int(running.sql(f"SELECT count(*) AS n FROM daily_dyads WHERE {PAIR}")[0]["n"])

            wait_for(lambda: days() >= DAYS_WANTED, 180, "the days of the pair")
            event = running.sql(
                "SELECT event_id FROM events JOIN event_dyads AS d USING (event_id) "
                f"WHERE {PAIR} AND type = 'ASSAULT' AND d.on_date = DATE '2024-01-18' AND actor_code = 'PAK' "
                "ORDER BY family_count DESC LIMIT 1"
            )[0]["event_id"]
            page = browser.new_page(viewport={"width": 1440, "height": 1400})
            page.goto(f"{running.dashboard_url}/pair?a=IRN&b=PAK&range=all&event={event}")
            expect(page.locator("mark").first).to_be_visible(timeout=30_000)
            page.wait_for_selector(".mereda-chart[data-drawn] .scatterlayer path.point")
            path.parent.mkdir(exist_ok=True)
            page.screenshot(path=path)


if __name__ == "__main__":
    draw_picture(PICTURE_PATH)
    sys.stdout.write(f"{PICTURE_PATH} is drawn\n")
