"""A loopback server that speaks chat completions as a test tells it to, and misbehaves as a test tells it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.loopback import SilentHandler, serve_on_loopback


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as the server saw it."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def told(self) -> dict[str, Any]:
        """The data of the question: the user's message, which must be one JSON object."""
        (message,) = [one for one in self.body["messages"] if one["role"] == "user"]
        told: dict[str, Any] = json.loads(message["content"])
        return told


@dataclass(frozen=True, slots=True)
class Sent:
    """One answer; `drip` sends a byte now and then until the server is stopped, `claims` a length it does not keep."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    drips: bool = False
    claims: int | None = None


Answer = Callable[[Asked], Sent]


@dataclass(slots=True)
class Endpoint:
    """The running server; `answer` may be changed while it runs."""

    answer: Answer
    port: int = 0
    asked: list[Asked] = field(default_factory=list)
    most_at_once: int = 0

    @property
    def base_url(self) -> str:
        """What `MEREDA_LLM_BASE_URL` is set to."""
        return f"http://127.0.0.1:{self.port}/v1"


def completion(content: str | None, *, finish: str = "stop", refusal: str | None = None, tokens: int = 100) -> Sent:
    """A chat completion as an endpoint sends it; `tokens` for the question, half as many for the answer."""
    message = {"role": "assistant", "content": content, "refusal": refusal}
    body = {
        "id": "c1",
        "object": "chat.completion",
        "created": 1,
        "model": "small",
        "choices": [{"index": 0, "message": message, "finish_reason": finish, "logprobs": None}],
        "usage": {"prompt_tokens": tokens, "completion_tokens": tokens // 2, "total_tokens": tokens + tokens // 2},
    }
    return Sent(json.dumps(body).encode(), headers={"Content-Type": "application/json"})


def told_event(evidence: str, **fields: Any) -> dict[str, Any]:
    """An event as a model tells it: Iran assaults Pakistan, unless said otherwise."""
    return {
        "evidence": evidence,
        "actor": "Iran",
        "target": "Pakistan",
        "is_symmetric": False,
        "type": "ASSAULT",
        "mode": None,
        "status": "occurred",
        "direction": "escalation",
        "date": None,
    } | fields


def reading(*events: dict[str, Any]) -> Sent:
    """A completion in our form."""
    return completion(json.dumps({"events": events}, ensure_ascii=False))


@contextmanager
def serve_endpoint(answer: Answer) -> Iterator[Endpoint]:
    """An endpoint for as long as the block lasts."""
    endpoint = Endpoint(answer)
    stopped = threading.Event()
    guard = threading.Lock()
    under_way = 0

    class Handler(SilentHandler):
        def do_POST(self) -> None:
            nonlocal under_way
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked = Asked(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
            with guard:
                endpoint.asked.append(asked)
                under_way += 1
                endpoint.most_at_once = max(endpoint.most_at_once, under_way)
            try:
                self._send(endpoint.answer(asked))
            except (BrokenPipeError, ConnectionResetError):
                pass  # who asked has gone
            finally:
                with guard:
                    under_way -= 1

        def _send(self, sent: Sent) -> None:
            self.close_connection = True
            self.send_response(sent.status)
            for name, value in sent.headers.items():
                self.send_header(name, value)
            if not sent.drips:
                self.send_header("Content-Length", str(len(sent.body) if sent.claims is None else sent.claims))
            self.end_headers()
            self.wfile.write(sent.body)
            while sent.drips and not stopped.wait(0.05):
                self.wfile.write(b" ")
                self.wfile.flush()

    with serve_on_loopback(Handler) as endpoint.port:
        try:
            yield endpoint
        finally:
            stopped.set()
