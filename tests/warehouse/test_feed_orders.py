"""Orders on feeds: what a reader may put there, and that each is carried out once, or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.warehouse.serving import serving
from tests.warehouse.world import NOW, feed
from warehouse.changes import Statement
from warehouse.connect import open_warehouse
from warehouse.endpoint import TOKEN_NAMES
from warehouse.errors import WarehouseError
from warehouse.feed_list import (
    added,
    read_pending_orders,
    read_recent_orders,
    status_set,
    write_carried_out,
    write_order,
)
from warehouse.read import read_data_version, read_feeds
from warehouse.records import FeedOrder
from warehouse.rights import Rights
from warehouse.write import write_feeds


def order(order_id: str, kind: str = "add", **fields: Any) -> FeedOrder:
    given: dict[str, Any] = {"ordered_by": "desk", "ordered_at_utc": NOW}
    return FeedOrder(order_id=order_id, kind=kind, **(given | fields))


ODD = "it's $name; -- \x00 /* 中 */ \\ \" \n"
GIVEN = "INSERT INTO feed_orders (order_id, kind, feed_id, url, title, outlet_name, language, tags, list_base64, "
SHAPE = GIVEN + (
    "ordered_by, ordered_at_utc) VALUES ('1', 'pause', 'f', NULL, NULL, NULL, NULL, []::VARCHAR[], NULL, 'me', "
    "TIMESTAMPTZ '2026-01-02T03:04:05+00:00') ON CONFLICT DO NOTHING"
)


def test_a_reader_orders_once_and_sees_that_something_is_new(tmp_path: Path) -> None:
    orders = [
        order("1", url=ODD, title=ODD, outlet_name=ODD, language="id", tags=(ODD, "b"), ordered_by=ODD),
        order("2", "import", list_base64="PG9wbWw+", ordered_at_utc=NOW + timedelta(seconds=1)),
        order("3", "pause", feed_id="f", ordered_at_utc=NOW + timedelta(seconds=2)),
    ]
    with serving(tmp_path), open_warehouse(tmp_path, role="read") as reader, open_warehouse(tmp_path) as wh:
        before = read_data_version(reader)
        assert [write_order(reader, one) for one in orders] == [True] * 3
        assert [write_order(reader, one) for one in orders] == [False] * 3
        assert read_data_version(reader) == before + 3
        clean = ODD.replace("\x00", "")
        first = replace(orders[0], url=clean, title=clean, outlet_name=clean, tags=(clean, "b"), ordered_by=clean)
        assert read_pending_orders(wh) == [first, *orders[1:]]


@pytest.mark.parametrize(
    "sql",
    [
        SHAPE.replace("'pause'", "'delete'"),
        SHAPE.replace("'pause'", "lower('PAUSE')"),
        SHAPE.replace("'me'", "(SELECT labelled_by FROM labels)"),
        SHAPE.replace("'me'", "getenv('HOME')"),
        SHAPE.replace("'me'", "'me' || current_user"),
        SHAPE.replace("DO NOTHING", "DO UPDATE SET outcome = 'done'"),
        SHAPE.replace("ordered_at_utc)", "ordered_at_utc, outcome)").replace("+00:00')", "+00:00', 'done')"),
        SHAPE.replace("[]::VARCHAR[]", "['a']"),
        SHAPE.replace("[]::VARCHAR[]", "from_json((SELECT url FROM feeds), '[\"VARCHAR\"]')"),
        SHAPE.replace("feed_orders", "feeds"),
        SHAPE + "; DELETE FROM feeds",
        SHAPE + " RETURNING (SELECT 1)",
        SHAPE.replace(" ON CONFLICT DO NOTHING", ""),
        "UPDATE feed_orders SET outcome = 'done'",
        "DELETE FROM feed_orders",
        "INSERT INTO feed_orders SELECT * FROM feed_orders",
    ],
)
def test_nothing_but_an_order_in_literals_passes(sql: str) -> None:
    assert not Rights().is_reader_allowed(sql)


def test_the_server_itself_takes_orders_of_the_readers_token_and_nothing_like_them(tmp_path: Path) -> None:
    with serving(tmp_path), open_warehouse(tmp_path) as wh:
        # A writer's client that shows the reader's token: only the server can stop it.
        (tmp_path / TOKEN_NAMES["write"]).write_text((tmp_path / TOKEN_NAMES["read"]).read_text())
        assert wh.execute(SHAPE) == 1
        for sql in (SHAPE.replace("'me'", "current_user"), "UPDATE feed_orders SET outcome = 'done'"):
            with pytest.raises(WarehouseError, match="Authorization"):
                wh.execute(sql)


def test_an_order_is_carried_out_once_by_whoever_comes_first(tmp_path: Path) -> None:
    with open_warehouse(tmp_path) as wh:
        write_order(wh, order("1", "import", list_base64="PG9wbWw+"))
        done = replace(order("1", "import", list_base64="PG9wbWw+"), outcome="Added.", carried_out_at_utc=NOW)
        assert write_carried_out(wh, done, [added([feed("new")])])
        assert not write_carried_out(wh, replace(done, outcome="Refused."), [added([feed("other")])])
        assert [one.feed_id for one in read_feeds(wh)] == ["new"]
        assert read_pending_orders(wh) == []
        assert wh.query("SELECT outcome, list_base64 FROM feed_orders") == [{"outcome": "Added.", "list_base64": None}]


def test_an_order_whose_change_fails_waits_as_if_it_had_not_been_tried(tmp_path: Path) -> None:
    with open_warehouse(tmp_path) as wh:
        write_feeds(wh, "stock", [feed("f")])
        write_order(wh, order("1", "pause", feed_id="f"))
        done = replace(order("1", "pause", feed_id="f"), outcome="Paused.", carried_out_at_utc=NOW)
        with pytest.raises(WarehouseError):
            write_carried_out(wh, done, [status_set("f", "paused"), Statement("INSERT INTO nowhere VALUES (1)", None)])
        assert read_feeds(wh)[0].status == "active"
        assert read_pending_orders(wh) == [order("1", "pause", feed_id="f")]


def test_recent_orders_begin_with_those_that_wait(tmp_path: Path) -> None:
    with open_warehouse(tmp_path) as wh:
        write_feeds(wh, "stock", [feed("f", title="The World")])
        for number in range(3):
            write_order(wh, order(str(number), "pause", feed_id="f", ordered_at_utc=NOW + timedelta(minutes=number)))
        write_carried_out(wh, order("2", "pause", feed_id="f", carried_out_at_utc=NOW, outcome="Paused."))
        found = read_recent_orders(wh, 2)
    assert found["order_id"].tolist() == ["1", "0"]
    assert found["feed_title"].tolist() == ["The World"] * 2
    assert "list_base64" not in found
