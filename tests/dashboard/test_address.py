"""What a reader has chosen stays chosen while the browser still says the address that the page had before.

A browser that is slow to hear of an address cannot be had at will: Streamlit's own messages are sent as it sends them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.sync.connection import Connection

from tests.dashboard.newsroom import STORY_ID
from tests.waiting import PATIENCE_S

SANCTION, PERSIAN = "SANCTION: sanctions", "Persian"
ENDED = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_WITH_COMPILE_ERROR)


@dataclass
class Drawn:
    """What one run has said: addresses in their order, and the controls and lists by their labels."""

    addresses: list[str] = field(default_factory=list)
    expanders: list[str] = field(default_factory=list)
    boxes: dict[str, Any] = field(default_factory=dict)
    buttons: dict[str, str] = field(default_factory=dict)
    headings: list[str] = field(default_factory=list)


class Reader:
    """A browser that has a page open, and says whatever address it is told to say."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._page_hash = ""

    def ask(
        self, address: str, *, chosen: dict[str, str] | None = None, pressed: str = "", is_back: bool = False
    ) -> Drawn:
        """What is drawn for this address with these choices: id of a control -> its value."""
        asked = BackMsg()
        asked.rerun_script.query_string = address
        asked.rerun_script.page_name = "" if self._page_hash else "stories"
        asked.rerun_script.page_script_hash = self._page_hash
        asked.rerun_script.is_history_navigation = is_back
        for widget_id, value in (chosen or {}).items():
            asked.rerun_script.widget_states.widgets.add(id=widget_id, string_value=value)
        if pressed:
            asked.rerun_script.widget_states.widgets.add(id=pressed, trigger_value=True)
        self._connection.send(asked.SerializeToString())
        drawn = Drawn()
        while True:
            told = ForwardMsg()
            told.ParseFromString(self._connection.recv(PATIENCE_S, decode=False))
            if told.WhichOneof("type") == "script_finished" and told.script_finished in ENDED:
                return drawn
            self._note(told, drawn)

    def _note(self, told: ForwardMsg, drawn: Drawn) -> None:
        kind = told.WhichOneof("type")
        if kind == "navigation":
            self._page_hash = told.navigation.page_script_hash
        elif kind == "page_info_changed":
            drawn.addresses.append(told.page_info_changed.query_string)
        elif kind == "delta" and told.delta.WhichOneof("type") == "add_block":
            if told.delta.add_block.WhichOneof("type") == "expandable":
                drawn.expanders.append(told.delta.add_block.expandable.label)
        elif kind == "delta":
            element = told.delta.new_element
            if element.WhichOneof("type") == "selectbox":
                drawn.boxes[element.selectbox.label] = element.selectbox
            elif element.WhichOneof("type") == "button":
                drawn.buttons[element.button.label] = element.button.id
            elif element.WhichOneof("type") == "heading":
                drawn.headings.append(element.heading.body)


@contextmanager
def reading(url: str) -> Iterator[Reader]:
    stream = url.replace("http", "ws", 1) + "/_stcore/stream"
    with connect(stream, subprotocols=["streamlit"], origin=url, max_size=None) as connection:  # type: ignore[list-item,arg-type]  # NewTypes of str
        yield Reader(connection)


def test_choice_is_kept_while_the_browser_says_the_former_address(dashboard_url: str) -> None:
    with reading(dashboard_url) as reader:
        kind = reader.ask("").boxes["Event type"].id
        assert reader.ask("", chosen={kind: SANCTION}).addresses[-1] == "type=SANCTION"
        again = reader.ask("", chosen={kind: SANCTION})
    assert again.expanders == ["Filters: 1 set"]
    assert not again.boxes["Event type"].set_value
    assert again.addresses[-1] == "type=SANCTION"


def test_second_choice_does_not_undo_the_first(dashboard_url: str) -> None:
    with reading(dashboard_url) as reader:
        boxes = reader.ask("").boxes
        kind, language = boxes["Event type"].id, boxes["Language"].id
        reader.ask("", chosen={kind: SANCTION})
        both = reader.ask("", chosen={kind: SANCTION, language: PERSIAN})
    assert both.expanders == ["Filters: 2 set"]
    assert both.addresses[-1] == "type=SANCTION&language=fa"


def test_story_is_opened_from_a_list_that_was_just_narrowed(dashboard_url: str) -> None:
    with reading(dashboard_url) as reader:
        kind = reader.ask("").boxes["Event type"].id
        narrowed = reader.ask("", chosen={kind: SANCTION})
        opened = reader.ask("", chosen={kind: SANCTION}, pressed=narrowed.buttons["See how it is told"])
        again = reader.ask("")
    assert opened.addresses[-1] == again.addresses[-1] == f"type=SANCTION&story={STORY_ID}"
    assert "How each tells it" in opened.headings
    assert "How each tells it" in again.headings


def test_way_back_undoes_a_choice(dashboard_url: str) -> None:
    with reading(dashboard_url) as reader:
        kind = reader.ask("").boxes["Event type"].id
        reader.ask("", chosen={kind: SANCTION})
        back = reader.ask("", chosen={kind: SANCTION}, is_back=True)
    assert back.expanders == ["Filters"]
    assert back.boxes["Event type"].set_value


def test_former_address_is_a_wish_once_the_browser_has_left_it(dashboard_url: str) -> None:
    with reading(dashboard_url) as reader:
        kind = reader.ask("").boxes["Event type"].id
        chosen = {kind: SANCTION}
        reader.ask("", chosen=chosen)
        for _ in range(2):
            reader.ask("type=SANCTION", chosen=chosen)
        assert reader.ask("", chosen=chosen).expanders == ["Filters"]
