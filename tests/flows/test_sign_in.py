"""Who may come in at the dashboard: what is set up wrongly, or would let in just anyone, is said before the start."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.services import dashboard_address, plan_services
from flows.settings import Settings
from flows.sign_in import check_door, told_at_start
from warehouse.errors import SettingsError

AUTH = f"""
[auth]
redirect_uri = "https://news.example/oauth2callback"
cookie_secret = "{"k" * 32}"
client_id = "mereda"
client_secret = "hush-hush"
server_metadata_url = "https://id.example/.well-known/openid-configuration"
"""


def settings_of(home: Path, secrets: str | None = None, **given: object) -> Settings:
    if secrets is not None:
        (home / "secrets.toml").write_text(secrets)
    return Settings(home=home, **given)


def options_of(settings: Settings) -> dict[str, str]:
    """The options that the dashboard is started with."""
    command = plan_services(settings, check_door(settings))["dashboard"].command
    first = command.index("--server.address")
    return dict(zip(command[first::2], command[first + 1 :: 2], strict=True))


def test_without_sign_in_only_this_machine_reaches_the_dashboard(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    assert check_door(settings) is None
    assert options_of(settings)["--server.address"] == "127.0.0.1"
    assert told_at_start(settings, None) == ""


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::", "news.example"])
def test_without_sign_in_nobody_else_is_let_in_unless_that_is_wanted(host: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=f"MEREDA_DASHBOARD_HOST={host}.*MEREDA_DASHBOARD_IS_OPEN=true") as refused:
        check_door(settings_of(tmp_path, dashboard_host=host))
    assert "\n" not in str(refused.value)
    wanted = settings_of(tmp_path, dashboard_host=host, dashboard_is_open=True)
    assert options_of(wanted)["--server.address"] == host
    assert "whoever reaches it may read" in told_at_start(wanted, None)


def test_with_sign_in_the_dashboard_listens_where_it_is_told_to(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, AUTH, dashboard_host="0.0.0.0")
    options = options_of(settings)
    assert options["--server.address"] == "0.0.0.0"
    assert options["--browser.serverAddress"] == "news.example"
    assert options["--secrets.files"] == str(tmp_path / "secrets.toml")
    assert dashboard_address(settings) == "http://127.0.0.1:8501"
    assert "People sign in at https://news.example; who does may read" in told_at_start(settings, check_door(settings))


def test_several_providers_are_checked_each(tmp_path: Path) -> None:
    shared = "\n".join(AUTH.splitlines()[:4])
    given = "\n".join(AUTH.splitlines()[4:])
    both = f"{shared}\n[auth.work]\n{given}\n[auth.home]\n{given}"
    assert check_door(settings_of(tmp_path, both))
    with pytest.raises(SettingsError, match=r"\[auth.home\] needs server_metadata_url"):
        check_door(settings_of(tmp_path, both.rpartition("server_metadata_url")[0]))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[auth]", "[auth", "not valid TOML"),
        ("[auth]", "auth = 'hush-hush'\n[other]", "auth is no table"),
        ("k" * 32, "hush-hush", "cookie_secret of 32 random signs"),
        ('client_secret = "hush-hush"', "", "needs client_secret"),
        ("/oauth2callback", "/mereda/oauth2callback", "needs a redirect_uri"),
        ("https://news.example", "http://news.example", "must begin with https"),
        ("redirect_uri", "redirect", "needs a redirect_uri"),
    ],
)
def test_mistake_is_said_in_a_line_that_repeats_no_secret(old: str, new: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=said) as refused:
        check_door(settings_of(tmp_path, AUTH.replace(old, new, 1)))
    assert "secrets.toml" in str(refused.value)
    assert "hush-hush" not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_sign_in_on_this_machine_alone_needs_no_certificate(tmp_path: Path) -> None:
    local = AUTH.replace("https://news.example", "http://127.0.0.1:8501")
    sign_in = check_door(settings_of(tmp_path, local))
    assert sign_in is not None
    assert sign_in.host == "127.0.0.1"


def test_secrets_of_other_kinds_are_none_of_ours(tmp_path: Path) -> None:
    assert check_door(settings_of(tmp_path, '[other]\nkey = "x"\n')) is None


def test_roles_that_cannot_be_read_are_said_before_the_start(tmp_path: Path) -> None:
    (tmp_path / "roles.toml").write_text("[roles")
    with pytest.raises(SettingsError, match=r"roles\.toml"):
        check_door(settings_of(tmp_path))
