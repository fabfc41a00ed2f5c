"""One request and its outcome, against a real server on the loopback."""

from __future__ import annotations

import asyncio
import gzip
import threading
from dataclasses import replace

import httpx
import pytest

from flows.feeds.fetch import (
    Failed,
    FailureClass,
    Fetched,
    FetchLimits,
    Outcome,
    Unchanged,
    fetch_feed,
    open_client,
)
from flows.feeds.transport import build_user_agent
from tests.feeds.world import NOW, Answer, Respond, build_feed, serve
from warehouse.records import Feed

LOOPBACK = frozenset({"127.0.0.1"})


def fetch(
    feed: Feed, *, limits: FetchLimits | None = None, allowed: frozenset[str] = LOOPBACK, contact: str | None = None
) -> Outcome:
    async def run() -> Outcome:
        async with open_client(allow_private_hosts=allowed, contact=contact) as client:
            return await fetch_feed(client, feed, now=NOW, limits=limits)

    return asyncio.run(run())


def remember(asked: list[str]) -> Respond:
    def respond(path: str, headers: dict[str, str]) -> Answer:
        asked.append(path)
        return Answer(body=b"secret")

    return respond


def test_a_fetched_feed_carries_body_and_validators() -> None:
    with serve(lambda path, headers: Answer(body=b"<rss/>", headers={"ETag": '"a"', "Last-Modified": "then"})) as base:
        outcome = fetch(build_feed(base))
    assert isinstance(outcome, Fetched)
    assert (outcome.body, outcome.etag, outcome.last_modified) == (b"<rss/>", '"a"', "then")


def test_validators_make_the_request_conditional() -> None:
    seen: dict[str, str] = {}

    def respond(path: str, headers: dict[str, str]) -> Answer:
        seen.update(headers)
        return Answer(status=304)

    with serve(respond) as base:
        outcome = fetch(build_feed(base, etag='"a"', last_modified="then"), contact="mailto:desk@news.example")
    assert isinstance(outcome, Unchanged)
    assert (outcome.reason, outcome.etag) == ("not modified", '"a"')
    assert (seen["if-none-match"], seen["if-modified-since"]) == ('"a"', "then")
    assert "mailto:desk@news.example" in seen["user-agent"]


def test_the_same_body_again_is_unchanged() -> None:
    with serve(lambda path, headers: Answer(body=b"<rss/>")) as base:
        first = fetch(build_feed(base))
        assert isinstance(first, Fetched)
        again = fetch(build_feed(base, body_hash=first.body_hash))
    assert isinstance(again, Unchanged)
    assert again.reason == "same body"


def test_a_304_that_was_not_asked_for_is_a_failure() -> None:
    with serve(lambda path, headers: Answer(status=304)) as base:
        outcome = fetch(build_feed(base))
    assert isinstance(outcome, Failed)


def test_validators_that_no_header_may_hold_are_not_sent() -> None:
    with serve(lambda path, headers: Answer(body=b"x" if "if-none-match" not in headers else b"sent")) as base:
        outcome = fetch(build_feed(base, etag='"a\r\nX: y"', last_modified="março"))
    assert isinstance(outcome, Fetched)
    assert outcome.body == b"x"


@pytest.mark.parametrize(
    ("status", "failure_class"),
    [(404, "soft"), (429, "soft"), (500, "soft"), (503, "soft"), (410, "hard"), (403, "hard"), (401, "hard")],
)
def test_statuses_have_a_class(status: int, failure_class: str) -> None:
    with serve(lambda path, headers: Answer(status=status, headers={"Retry-After": "90"})) as base:
        outcome = fetch(build_feed(base))
    assert isinstance(outcome, Failed)
    assert (outcome.failure_class, outcome.http_status, outcome.retry_after_s) == (failure_class, status, 90.0)


def test_permanent_redirects_tell_the_new_address() -> None:
    answers = {
        "/old": Answer(status=301, headers={"Location": "/mid"}),
        "/mid": Answer(status=308, headers={"Location": "new"}),
        "/new": Answer(body=b"here"),
    }
    with serve(lambda path, headers: answers[path]) as base:
        outcome = fetch(build_feed(f"{base}/old"))
        assert isinstance(outcome, Fetched)
        assert outcome.moved_to_url == f"{base}/new"


def test_a_temporary_redirect_moves_nothing() -> None:
    answers = {"/old": Answer(status=302, headers={"Location": "/new"}), "/new": Answer(body=b"here")}
    with serve(lambda path, headers: answers[path]) as base:
        outcome = fetch(build_feed(f"{base}/old"))
    assert isinstance(outcome, Fetched)
    assert (outcome.body, outcome.moved_to_url) == (b"here", None)


def test_redirects_in_a_circle_end() -> None:
    with serve(lambda path, headers: Answer(status=302, headers={"Location": path})) as base:
        outcome = fetch(build_feed(base))
    assert isinstance(outcome, Failed)
    assert "redirects" in outcome.reason


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://127.0.0.1/x", "javascript:alert(1)", "http://", "http://[::1"]
)
def test_a_redirect_leaves_http_never(target: str) -> None:
    with serve(lambda path, headers: Answer(status=302, headers={"Location": target})) as base:
        outcome = fetch(build_feed(base))
    assert isinstance(outcome, Failed)


def test_a_redirect_to_a_private_address_is_refused_at_dial_time() -> None:
    asked: list[str] = []
    with (
        serve(remember(asked)) as inner,
        serve(lambda path, headers: Answer(status=302, headers={"Location": f"{inner}/secret"})) as outer,
    ):
        outcome = fetch(build_feed(outer), allowed=frozenset({outer.removeprefix("http://")}))
    assert isinstance(outcome, Failed)
    assert outcome.failure_class is FailureClass.HARD
    assert "private address" in outcome.reason
    assert asked == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0.0.0.0"])
def test_every_spelling_of_the_own_machine_is_refused(host: str) -> None:
    asked: list[str] = []
    with serve(remember(asked)) as base:
        outcome = fetch(build_feed(f"http://{host}:{base.rpartition(':')[2]}/"), allowed=frozenset())
    assert isinstance(outcome, Failed)
    assert asked == []


def test_a_compressed_body_is_read() -> None:
    with serve(
        lambda p, h: Answer(body=gzip.compress(b"a") + gzip.compress(b"b"), headers={"Content-Encoding": "gzip"})
    ) as base:
        outcome = fetch(build_feed(base))
    assert isinstance(outcome, Fetched)
    assert outcome.body == b"ab"


@pytest.mark.parametrize("encoding", ["gzip", ""])
def test_a_body_over_the_limit_is_refused(encoding: str) -> None:
    bomb = gzip.compress(bytes(3_000_000)) if encoding else bytes(3_000_000)
    with serve(
        lambda path, headers: Answer(body=bomb, headers={"Content-Encoding": encoding} if encoding else {})
    ) as base:
        outcome = fetch(build_feed(base), limits=FetchLimits(max_bytes=1_000_000))
    assert isinstance(outcome, Failed)
    assert "larger than 1000000" in outcome.reason


@pytest.mark.parametrize(("encoding", "body"), [("br", b"x"), ("gzip", b"not gzip"), ("deflate", b"\xff\xff\xff")])
def test_a_body_that_cannot_be_decompressed_is_a_failure(encoding: str, body: bytes) -> None:
    with serve(lambda path, headers: Answer(body=body, headers={"Content-Encoding": encoding})) as base:
        outcome = fetch(build_feed(base))
    assert isinstance(outcome, Failed)


def test_a_silent_server_ends_in_a_temporary_failure() -> None:
    hold = threading.Event()
    with serve(lambda path, headers: Answer(hold=hold)) as base:
        outcome = fetch(build_feed(base), limits=FetchLimits(total_s=0.2))
        hold.set()
    assert isinstance(outcome, Failed)
    assert outcome.failure_class is FailureClass.TEMPORARY
    assert "0.2 s" in outcome.reason


def test_a_broken_answer_is_a_temporary_failure() -> None:
    with serve(lambda path, headers: Answer(body=b"short", headers={"Content-Length": "100"})) as base:
        outcome = fetch(build_feed(base), limits=FetchLimits(total_s=5))
    assert isinstance(outcome, Failed)
    assert outcome.failure_class is FailureClass.TEMPORARY


@pytest.mark.parametrize(
    "url",
    [
        "",
        "file:///etc/passwd",
        "https://",
        "http://a b/",
        "http://\udcff/",
        "http://" + "x" * 300 + ".invalid/",
        "gopher://x",
    ],
)
def test_an_address_that_cannot_be_asked_is_a_failure(url: str) -> None:
    assert isinstance(fetch(build_feed(url)), Failed)


def test_nobody_listening_is_a_temporary_failure() -> None:
    with serve(lambda path, headers: Answer()) as base:
        gone = base
    outcome = fetch(build_feed(gone))
    assert isinstance(outcome, Failed)
    assert outcome.failure_class is FailureClass.TEMPORARY


def test_the_user_agent_says_who_asks() -> None:
    assert build_user_agent("mailto:desk@news.example\r\nX: y").count("\n") == 0
    assert "no contact set" in build_user_agent(None)


def test_many_feeds_can_be_fetched_at_once() -> None:
    async def run(base: str) -> list[Outcome]:
        async with open_client(allow_private_hosts=LOOPBACK, max_connections=10) as client:
            feed = build_feed()
            jobs = [fetch_feed(client, replace(feed, url=f"{base}/{n}"), now=NOW) for n in range(40)]
            return await asyncio.gather(*jobs)

    with serve(lambda path, headers: Answer(body=path.encode())) as base:
        outcomes = asyncio.run(run(base))
    assert [outcome.body for outcome in outcomes if isinstance(outcome, Fetched)] == [b"/%d" % n for n in range(40)]


def test_the_client_is_httpx() -> None:
    async def run() -> bool:
        async with open_client() as client:
            return isinstance(client, httpx.AsyncClient) and not client.follow_redirects

    assert asyncio.run(run())
