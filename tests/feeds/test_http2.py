"""The client over TLS and HTTP/2, by names that a lookup of our own leads where the test wants them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import brotli
import pytest

from flows.feeds.fetch import Failed, FailureClass, Fetched, Outcome, Unchanged, fetch_feed
from flows.feeds.transport import open_client
from tests.feeds.rough import Authority, Headers, serve_http2, serve_raw
from tests.feeds.test_faults import FEED, answer, say
from tests.feeds.world import NOW, build_feed

NAME = "news.example"


class Names:
    """A resolver: each name has a list of answers, the last of which stays."""

    def __init__(self, **answers: list[list[str]]) -> None:
        self.answers = answers
        self.asked: list[str] = []

    async def look_up(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        answers = self.answers["name"]
        return answers.pop(0) if len(answers) > 1 else answers[0]


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


def fetch(authority: Authority, url: str, names: Names | None = None, times: int = 1, **known: object) -> list[Outcome]:
    names = names or Names(name=[["127.0.0.1"]])

    async def run() -> list[Outcome]:
        async with open_client(
            allow_private_hosts={NAME}, ssl_context=authority.believing(), lookup=names.look_up, read_timeout_s=2
        ) as client:
            feed = build_feed(url, **known)
            return await asyncio.gather(*(fetch_feed(client, feed, now=NOW) for _ in range(times)))

    return asyncio.run(run())


def respond_with_feed(headers: dict[str, str]) -> tuple[Headers, bytes]:
    if headers.get("if-none-match") == '"v1"':
        return [(":status", "304"), ("etag", '"v1"')], b""
    return [(":status", "200"), ("etag", '"v1"'), ("content-encoding", "br")], bytes(brotli.compress(FEED))


def test_a_feed_is_fetched_over_http2_by_its_name(authority: Authority) -> None:
    heard: list[dict[str, str]] = []

    def respond(headers: dict[str, str]) -> tuple[Headers, bytes]:
        heard.append(headers)
        return respond_with_feed(headers)

    with serve_http2(authority.serving(NAME), respond) as port:
        (first,) = fetch(authority, f"https://NEWS.example.:{port}/feed")
        assert isinstance(first, Fetched)
        (second,) = fetch(authority, f"https://{NAME}:{port}/feed", etag=first.etag)
    assert isinstance(second, Unchanged)
    assert (first.body, second.etag) == (FEED, '"v1"')
    assert [headers[":authority"] for headers in heard] == [f"{NAME}:{port}"] * 2


def test_many_requests_share_a_connection(authority: Authority) -> None:
    with serve_http2(authority.serving(NAME), respond_with_feed) as port:
        outcomes = fetch(authority, f"https://{NAME}:{port}/feed", times=20)
    assert [type(outcome) for outcome in outcomes] == [Fetched] * 20


def test_a_certificate_of_another_name_is_refused(authority: Authority) -> None:
    with serve_http2(authority.serving("other.example"), respond_with_feed) as port:
        (outcome,) = fetch(authority, f"https://{NAME}:{port}/feed")
    assert isinstance(outcome, Failed)
    assert outcome.failure_class is FailureClass.TEMPORARY


@pytest.mark.parametrize(
    ("headers", "says"),
    [
        ([("x", "y")] * 300, "more than 200 headers"),
        ([(f"x{number}", "y" * 4000) for number in range(40)], ""),
    ],
)
def test_a_flood_of_headers_is_a_failure(authority: Authority, headers: Headers, says: str) -> None:
    with serve_http2(authority.serving(NAME), lambda _: ([(":status", "200"), *headers], FEED)) as port:
        (outcome,) = fetch(authority, f"https://{NAME}:{port}/feed")
    assert isinstance(outcome, Failed)
    assert says in outcome.reason


def test_a_redirect_never_leaves_tls(authority: Authority) -> None:
    asked: list[bytes] = []

    def tell(connection: object, head: bytes) -> None:
        asked.append(head)

    with serve_raw(tell) as plain:
        target = plain.replace("127.0.0.1", NAME) + "/feed"
        with serve_http2(authority.serving(NAME), lambda _: ([(":status", "301"), ("location", target)], b"")) as port:
            (outcome,) = fetch(authority, f"https://{NAME}:{port}/feed")
    assert isinstance(outcome, Failed)
    assert "unprotected" in outcome.reason
    assert asked == []


def test_a_redirect_from_plain_to_tls_is_followed(authority: Authority) -> None:
    with serve_http2(authority.serving(NAME), respond_with_feed) as port:
        target = f"https://{NAME}:{port}/feed".encode()
        with serve_raw(say(answer(b"", b"Location: " + target, status=b"301 Moved"))) as plain:
            (outcome,) = fetch(authority, plain.replace("127.0.0.1", NAME))
    assert isinstance(outcome, Fetched)
    assert outcome.moved_to_url == target.decode()


# Addresses: what is checked is what is dialled


@pytest.fixture
def own_server() -> Iterator[str]:
    """The port of a server of this machine that nobody may reach by a name that is not allowed."""
    with serve_raw(say(answer(FEED))) as base:
        yield base.rpartition(":")[2]


def dial(url: str, names: Names, allowed: frozenset[str] = frozenset()) -> list[Outcome]:
    async def run() -> list[Outcome]:
        async with open_client(allow_private_hosts=allowed, lookup=names.look_up, connect_timeout_s=0.6) as client:
            return [await fetch_feed(client, build_feed(url), now=NOW) for _ in range(2)]

    return asyncio.run(run())


def test_a_name_that_turns_to_a_private_address_later_is_refused_then(own_server: str) -> None:
    # The first answer is a public address where nobody listens for us; the second is this machine.
    names = Names(name=[["192.0.1.1"], ["127.0.0.1"]])
    first, second = dial(f"http://rebinding.example:{own_server}/", names)
    assert isinstance(first, Failed)
    assert first.failure_class is FailureClass.TEMPORARY
    assert isinstance(second, Failed)
    assert (second.failure_class, "private address" in second.reason) == (FailureClass.HARD, True)


def test_a_name_is_looked_up_once_for_each_connection(own_server: str) -> None:
    names = Names(name=[["127.0.0.1"]])
    outcomes = dial(f"http://own.example:{own_server}/", names, frozenset({f"own.example:{own_server}"}))
    assert [type(outcome) for outcome in outcomes] == [Fetched, Fetched]
    assert names.asked == ["own.example"] * 2


@pytest.mark.parametrize("allowed", [frozenset(), frozenset({"own.example:1"}), frozenset({"example"})])
def test_only_the_host_and_port_that_are_named_are_opened(own_server: str, allowed: frozenset[str]) -> None:
    outcome, _ = dial(f"http://own.example:{own_server}/", Names(name=[["127.0.0.1"]]), allowed)
    assert isinstance(outcome, Failed)
    assert "private address" in outcome.reason


def test_private_addresses_among_public_ones_are_left_out(own_server: str) -> None:
    outcome, _ = dial(f"http://mixed.example:{own_server}/", Names(name=[["127.0.0.1", "192.0.1.1", "::1"]]))
    assert isinstance(outcome, Failed)
    assert outcome.failure_class is FailureClass.TEMPORARY


def test_an_address_that_does_not_answer_holds_up_no_other(own_server: str) -> None:
    # The first one is public and silent; after a moment the next is tried beside it.
    names = Names(name=[["192.0.1.1", "::1", "127.0.0.1"]])
    outcome, _ = dial(f"http://own.example:{own_server}/", names, frozenset({"own.example"}))
    assert isinstance(outcome, Fetched)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "017700000001", "127.0.0.1.",
        "localhost", "LOCALHOST", "localhost.", "0.0.0.0", "0", "[::1]", "[::]", "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::127.0.0.1]", "[fe80::1%25lo]", "user:pass@127.0.0.1",
        "example.com@127.0.0.1", "127。0。0。1", "１２７.0.0.1",
    ],
)  # fmt: skip
def test_no_spelling_of_this_machine_is_dialled(own_server: str, host: str) -> None:
    async def run() -> Outcome:
        async with open_client(connect_timeout_s=2) as client:
            return await fetch_feed(client, build_feed(f"http://{host}:{own_server}/"), now=NOW)

    assert isinstance(asyncio.run(run()), Failed)


@pytest.mark.parametrize("name", ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"])
def test_a_proxy_of_the_environment_is_not_used(own_server: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, f"http://127.0.0.1:{own_server}")
    monkeypatch.setenv(name.lower(), f"http://127.0.0.1:{own_server}")
    outcome, _ = dial("http://inner.example/", Names(name=[["10.0.0.1"]]))
    assert isinstance(outcome, Failed)
    assert "private address" in outcome.reason


def test_a_server_that_closes_kept_http2_connections_fails_nothing(authority: Authority) -> None:
    async def run(port: int) -> list[Outcome]:
        names = Names(name=[["127.0.0.1"]])
        async with open_client(
            allow_private_hosts={NAME}, ssl_context=authority.believing(), lookup=names.look_up
        ) as client:
            feed = build_feed(f"https://{NAME}:{port}/feed")
            return [await fetch_feed(client, feed, now=NOW) for _ in range(20)]

    with serve_http2(authority.serving(NAME), respond_with_feed, then_closes=True) as port:
        outcomes = asyncio.run(run(port))
    assert len(outcomes) == 20
    assert [outcome for outcome in outcomes if not isinstance(outcome, Fetched)] == []


def test_a_server_that_closes_kept_connections_fails_nothing(own_server: str) -> None:
    allowed = frozenset({f"own.example:{own_server}"})
    for _ in range(20):
        outcomes = dial(f"http://own.example:{own_server}/", Names(name=[["127.0.0.1"]]), allowed)
        assert [type(outcome) for outcome in outcomes] == [Fetched, Fetched]
