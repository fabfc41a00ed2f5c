"""Whether people sign in at the dashboard, and whether it may listen where others reach it.

Sign-in is Streamlit's own (OpenID Connect), set up in `secrets.toml` of the data folder, table `[auth]`. What is wrong
with it is said at the start, in a line that repeats no value, instead of to the first person who tries to come in.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dashboard.roles import FILE_NAME, is_loopback, read_roles
from flows.settings import Settings
from warehouse.errors import SettingsError

SECRETS_NAME = "secrets.toml"
CALLBACK_PATH = "/oauth2callback"
# Whoever guesses it can be anyone: 32 signs of a random text are beyond guessing.
COOKIE_SECRET_SIGNS = 32
_OF_PROVIDER = ("client_id", "client_secret", "server_metadata_url")


@dataclass(frozen=True, slots=True)
class SignIn:
    """How people reach the door: the address they type, without a path."""

    origin: str

    @property
    def host(self) -> str:
        """Its host alone."""
        return str(urlsplit(self.origin).hostname)


def secrets_path(settings: Settings) -> Path:
    """Where sign-in is set up."""
    return settings.home / SECRETS_NAME


def read_sign_in(settings: Settings) -> SignIn | None:
    """How people sign in; None where nobody has set that up.

    Raises:
        SettingsError: the file cannot be read, or its `[auth]` lacks something.
    """
    path = secrets_path(settings)
    if not path.is_file():
        return None
    try:
        auth = tomllib.loads(path.read_text(encoding="utf-8")).get("auth")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        # The parser's own words may hold a piece of the file.
        raise SettingsError(f"{path}: not valid TOML; correct the file or remove it") from error
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error
    if auth is None:
        return None
    if not isinstance(auth, Mapping):
        raise SettingsError(f"{path}: auth is no table; expected [auth]")
    _check_providers(path, auth)
    return SignIn(_origin(path, auth))


def _check_providers(path: Path, auth: Mapping[str, Any]) -> None:
    if not isinstance(auth.get("cookie_secret"), str) or len(auth["cookie_secret"]) < COOKIE_SECRET_SIGNS:
        raise SettingsError(f"{path}: [auth] needs a cookie_secret of {COOKIE_SECRET_SIGNS} random signs or more")
    named = {
        f"[auth.{name}]": value
        for name, value in auth.items()
        if isinstance(value, Mapping) and name != "client_kwargs"
    }
    for name, provider in (named or {"[auth]": auth}).items():
        if missing := [key for key in _OF_PROVIDER if not provider.get(key)]:
            raise SettingsError(f"{path}: {name} needs {', '.join(missing)}, as the provider gives them")


def _origin(path: Path, auth: Mapping[str, Any]) -> str:
    parts = urlsplit(str(auth.get("redirect_uri") or ""))
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path != CALLBACK_PATH:
        raise SettingsError(
            f"{path}: [auth] needs a redirect_uri: the dashboard's address as people type it, then {CALLBACK_PATH}"
        )
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        raise SettingsError(f"{path}: the redirect_uri must begin with https: over http anyone on the way can sign in")
    return f"{parts.scheme}://{parts.netloc}"


def check_door(settings: Settings) -> SignIn | None:
    """How people sign in, once it is sure that nobody comes in who should not.

    Raises:
        SettingsError: the dashboard would listen beyond this machine without sign-in, and nobody has said that it may;
            or what says who signs in, or who may do what, is wrong.
    """
    sign_in = read_sign_in(settings)
    read_roles(settings.home)
    if sign_in is None and not is_loopback(settings.dashboard_host) and not settings.dashboard_is_open:
        raise SettingsError(
            f"MEREDA_DASHBOARD_HOST={settings.dashboard_host} lets others reach the dashboard, and nobody signs in "
            f"there: set up [auth] in {secrets_path(settings)} (README, Sign-in), or let everyone who reaches it read "
            "with MEREDA_DASHBOARD_IS_OPEN=true",
            subject_id="dashboard_host",
        )
    return sign_in


def told_at_start(settings: Settings, sign_in: SignIn | None) -> str:
    """Who may come in, in a line; empty where that is only who sits at this machine."""
    if sign_in is not None:
        roles = settings.home / FILE_NAME
        says = f"what each may do: {roles}" if roles.is_file() else f"who does may read; more roles: {roles}"
        return f"People sign in at {sign_in.origin}; {says}"
    if not is_loopback(settings.dashboard_host):
        return "The dashboard is open: whoever reaches it may read, without signing in."
    return ""
