"""One request through the `openai` client. Imported only where second readings are on: the package is an extra.

One call is one request: the client's own retries are off, since each costs and the rounds decide when to ask again.
Redirects are not followed, since they would carry the text, and proxies of the environment are not used, as for feeds.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import httpx2
import openai

from flows.events.second_reading.ask import Question, messages_of, response_format
from flows.feeds.waits import read_retry_after
from flows.rounds.llm import Reply, reply_of, reply_to_status
from flows.settings import Settings
from warehouse.records import RequestOutcome

# A hundred times the longest answer in our form.
LARGEST_BODY_BYTES = 2_000_000
CONNECT_S = 10.0
# The client would also tell what machine this is, and what its own variables in the environment say.
SENT_HEADERS = frozenset(
    {"host", "authorization", "user-agent", "content-type", "content-length", "accept", "accept-encoding", "connection"}
)


class _CappedBody(httpx2.AsyncByteStream):
    """A body that breaks off when it grows beyond any answer."""

    def __init__(self, inner: httpx2.AsyncByteStream) -> None:
        self._inner = inner

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for chunk in self._inner:
            size += len(chunk)
            if size > LARGEST_BODY_BYTES:
                raise httpx2.ReadError("the answer is larger than any can be")
            yield chunk

    async def aclose(self) -> None:
        await self._inner.aclose()


class _CappedTransport(httpx2.AsyncHTTPTransport):
    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        sent = httpx2.Request(
            request.method,
            request.url,
            headers=[(name, value) for name, value in request.headers.multi_items() if name in SENT_HEADERS],
            stream=request.stream,
            extensions=request.extensions,
        )
        response = await super().handle_async_request(sent)
        # Compression was not asked for; what comes compressed all the same is not unpacked.
        response.headers.pop("content-encoding", None)
        assert isinstance(response.stream, httpx2.AsyncByteStream)
        response.stream = _CappedBody(response.stream)
        return response


class Asker:
    """Asks one model at one endpoint; `ask` never raises for what the endpoint does."""

    def __init__(self, client: openai.AsyncOpenAI, settings: Settings) -> None:
        self._client, self._settings = client, settings

    async def ask(self, question: Question, limit_s: float) -> Reply:
        """What came of one request, within `limit_s` seconds whatever the endpoint does."""
        try:
            async with asyncio.timeout(limit_s):
                response = await self._send(question)
        except openai.APIStatusError as error:
            wait_s = read_retry_after(error.response.headers.get("retry-after"), datetime.now(UTC))
            return reply_to_status(error.status_code, wait_s)
        except (TimeoutError, openai.APITimeoutError):
            return Reply(outcome=RequestOutcome.UNREACHABLE, reason=f"no whole answer within {limit_s:.0f} s")
        except (openai.OpenAIError, httpx2.HTTPError, OSError) as error:
            cause = type(error.__cause__ or error).__name__
            return Reply(outcome=RequestOutcome.UNREACHABLE, reason=f"the connection failed ({cause})")
        return reply_of(response, self._settings.llm_api_key.get_secret_value())

    async def _send(self, question: Question) -> bytes:
        # No temperature: models that reason refuse to be given one, and an answer is kept, so it cannot waver.
        messages: Any = messages_of(question)
        form: Any = response_format()
        raw = await self._client.chat.completions.with_raw_response.create(
            model=self._settings.llm_model,
            messages=messages,
            response_format=form,
            max_completion_tokens=self._settings.llm_answer_tokens,
        )
        return raw.http_response.content


@asynccontextmanager
async def open_asker(settings: Settings) -> AsyncIterator[Asker]:
    """An asker with its connections, closed at the end of the block."""
    transport = _CappedTransport(verify=httpx2.create_ssl_context(trust_env=False), trust_env=False)
    limits = httpx2.Timeout(settings.llm_timeout_s, connect=min(CONNECT_S, settings.llm_timeout_s))
    http_client = httpx2.AsyncClient(
        transport=transport,
        timeout=limits,
        follow_redirects=False,
        trust_env=False,
        headers={"Accept-Encoding": "identity"},
    )
    # An endpoint without keys ignores it; nothing at all would make the client look for one in the environment.
    key = settings.llm_api_key.get_secret_value() or "none"
    client = openai.AsyncOpenAI(
        base_url=settings.llm_base_url,
        api_key=key,
        default_headers={"Authorization": f"Bearer {key}"},
        max_retries=0,
        timeout=limits,
        http_client=http_client,
    )
    async with client:
        yield Asker(client, settings)
