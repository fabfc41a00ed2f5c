"""Who may do what: the file of roles, and pages that draw and do no more than it allows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.roles import ALL, READ_ONLY, read_roles, roles_of
from tests.dashboard.test_pages import SCRIPT, written
from warehouse.connect import open_warehouse
from warehouse.errors import SettingsError
from warehouse.records import stable_id

ENTRIES = """
[roles]
"@example.org" = ["label"]
"Desk@example.org" = ["label", "feeds"]
"guest@example.org" = []
"""
AUTH = {"client_id": "mereda", "redirect_uri": "http://127.0.0.1:8501/oauth2callback"}
GIVE_LABEL = """
from dashboard.views.labelling import give_label
give_label("m", "right")
"""


def signed_in(script: str, home: Path, monkeypatch: pytest.MonkeyPatch, **claims: Any) -> AppTest:
    """The page as somebody sees it who has signed in with these claims."""
    monkeypatch.setenv("MEREDA_HOME", str(home))
    app = AppTest.from_string(script, default_timeout=120)
    app.secrets["auth"] = AUTH
    app.user = {"is_logged_in": True, **claims}
    app.query_params.update({"a": "XAR", "b": "XBE", "range": "30d", "event": stable_id("event", 1)})
    return app.run()


def labels_kept(home: Path) -> int:
    with open_warehouse(home) as wh:
        return int(wh.query("SELECT count(*) AS n FROM labels")[0]["n"])


@pytest.mark.parametrize(
    ("email", "roles"),
    [
        ("desk@example.org", ALL),
        (" DESK@Example.org ", ALL),
        ("anyone@example.org", {"read", "label"}),
        ("guest@example.org", set()),
        ("someone@else.example", READ_ONLY),
        ("desk@example.org.else.example", READ_ONLY),
        (None, READ_ONLY),
    ],
)
def test_closest_entry_says_what_one_may_do(email: str | None, roles: set[str], tmp_path: Path) -> None:
    (tmp_path / "roles.toml").write_text(ENTRIES)
    assert roles_of(email, read_roles(tmp_path)) == roles


def test_everyone_can_be_shut_out_but_those_named(tmp_path: Path) -> None:
    (tmp_path / "roles.toml").write_text('[roles]\n"*" = []\n"@example.org" = ["read"]\n')
    entries = read_roles(tmp_path)
    assert roles_of("someone@else.example", entries) == roles_of(None, entries) == set()
    assert roles_of("anyone@example.org", entries) == READ_ONLY


def test_without_a_file_whoever_signs_in_may_read(tmp_path: Path) -> None:
    assert roles_of("desk@example.org", read_roles(tmp_path)) == READ_ONLY


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[roles", "not valid TOML"),
        ('[role]\n"*" = []', "expected one table"),
        ('[roles]\n"desk" = ["read"]', "is no one"),
        ('[roles]\n"desk@" = ["read"]', "is no one"),
        ('[roles]\n"@example.org" = ["admin"]', "are no roles"),
        ('[roles]\n"@example.org" = "label"', "are no roles"),
        ('[roles]\n"@example.org" = [["label"]]', "are no roles"),
    ],
)
def test_mistake_in_the_file_is_said_in_a_line(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "roles.toml").write_text(text)
    with pytest.raises(SettingsError, match=said) as raised:
        read_roles(tmp_path)
    assert "\n" not in str(raised.value)


def test_change_of_the_file_counts_at_once(tmp_path: Path) -> None:
    assert roles_of("desk@example.org", read_roles(tmp_path)) == READ_ONLY
    (tmp_path / "roles.toml").write_text(ENTRIES)
    assert roles_of("desk@example.org", read_roles(tmp_path)) == ALL


def test_who_may_only_read_sees_the_sentence_and_no_button(small_world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = signed_in(SCRIPT.format(page="pair"), small_world, monkeypatch, email="desk@example.org")
    assert not app.exception
    assert "<mark>" in written(app)
    assert "desk@example.org; may read" in written(app).replace("\\", "")
    assert {"Right", "Wrong"}.isdisjoint({button.label for button in app.button})


def test_who_may_label_signs_what_they_say(small_world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (small_world / "roles.toml").write_text(ENTRIES)
    app = signed_in(SCRIPT.format(page="pair"), small_world, monkeypatch, email="desk@example.org")
    next(button for button in app.button if button.label == "Right").click().run()
    assert not app.exception
    assert "right (desk@example.org," in written(app).replace("\\", "")
    assert not [field for field in app.text_input if field.label.startswith("Your name")]


def test_label_of_who_may_not_label_is_refused_whatever_was_drawn(
    small_world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = signed_in(GIVE_LABEL, small_world, monkeypatch, email="desk@example.org")
    assert not app.exception
    assert labels_kept(small_world) == 0
    (small_world / "roles.toml").write_text(ENTRIES)
    app.run()
    assert labels_kept(small_world) == 1


def test_address_nobody_has_checked_gives_no_role_and_no_name(
    small_world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (small_world / "roles.toml").write_text(ENTRIES)
    page = SCRIPT.format(page="method")
    app = signed_in(page, small_world, monkeypatch, email="desk@example.org", email_verified=False)
    assert "desk@example.org (not verified); may read" in written(app).replace("\\", "")


def test_who_has_no_role_reads_nothing(small_world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (small_world / "roles.toml").write_text(ENTRIES)
    app = signed_in(SCRIPT.format(page="pair"), small_world, monkeypatch, email="guest@example.org")
    assert "You may not read here" in written(app)
    assert "<mark>" not in written(app)
    assert [button.label for button in app.button] == ["Sign out"]


def test_who_has_not_signed_in_reads_nothing(small_world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEREDA_HOME", str(small_world))
    app = AppTest.from_string(SCRIPT.format(page="today"), default_timeout=120)
    app.secrets["auth"] = AUTH
    app.user = {"is_logged_in": False}
    app.run()
    assert not app.exception
    assert app.header[0].value == "Sign in"
    assert [button.label for button in app.button] == ["Sign in"]
    # The choice of language with what tells the browser of it, and the door.
    assert len(app.main) == 2 + 3


def test_unreadable_roles_shut_everyone_out_and_say_so(small_world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (small_world / "roles.toml").write_text("[roles")
    app = signed_in(SCRIPT.format(page="pair"), small_world, monkeypatch, email="desk@example.org")
    assert "Nobody may read now" in written(app)
    assert "<mark>" not in written(app)


@pytest.mark.parametrize(("address", "may_label"), [("127.0.0.1", True), ("localhost", True), ("0.0.0.0", False)])
def test_without_sign_in_only_this_machine_may_do_all(
    address: str, may_label: bool, small_world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from streamlit import config

    config.set_option("server.address", address)
    monkeypatch.setenv("MEREDA_HOME", str(small_world))
    app = AppTest.from_string(GIVE_LABEL, default_timeout=120).run()
    assert not app.exception
    assert labels_kept(small_world) == int(may_label)
