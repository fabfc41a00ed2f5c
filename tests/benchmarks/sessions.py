"""Readers of a dashboard without a browser: Streamlit's own messages over its own connection, and how long they wait.

A browser for each of twenty readers would measure twenty browsers. What a reader's browser sends and is sent is the
same here; only drawing is left out (the first paint is measured in a browser).
"""

from __future__ import annotations

import asyncio
import time
from types import TracebackType
from typing import Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

PATIENCE_S = 120.0


class Session:
    """One reader with one page open; use it in an `async with` block."""

    def __init__(self, address: str, page: str, query: str = "") -> None:
        self._address, self._page, self._query = address, page, query
        self._connection: ClientConnection | None = None
        self.byte_count = 0

    async def __aenter__(self) -> Self:
        self._connection = await connect(
            self._address.replace("http", "ws", 1) + "/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]  # a NewType of str
            origin=self._address,  # type: ignore[arg-type]  # likewise
            max_size=None,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._connection is not None:
            await self._connection.close()

    async def draw(self) -> float:
        """Seconds from asking for the page until its script has ended, all of what it draws received."""
        assert self._connection is not None  # only within the block
        asked = BackMsg()
        asked.rerun_script.query_string = self._query
        asked.rerun_script.page_name = self._page
        began = time.perf_counter()
        await self._connection.send(asked.SerializeToString())
        while True:
            told = await asyncio.wait_for(self._connection.recv(decode=False), PATIENCE_S)
            self.byte_count += len(told)
            message = ForwardMsg()
            message.ParseFromString(told)
            if message.WhichOneof("type") == "page_info_changed":
                # As a browser does: the next time it asks for the page with the address that the page has by now.
                self._query = message.page_info_changed.query_string
            if message.WhichOneof("type") == "script_finished" and message.script_finished in (
                ForwardMsg.FINISHED_SUCCESSFULLY,
                ForwardMsg.FINISHED_WITH_COMPILE_ERROR,
            ):
                return time.perf_counter() - began
