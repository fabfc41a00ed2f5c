"""Who sits before the screen and what they may do: what a role forbids is not drawn, and not done either.

Every call that changes something asks `may` itself, whatever was drawn.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import get_args

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard import cached
from dashboard.roles import ALL, EVERYONE, READ_ONLY, Role, Roles, is_loopback, read_roles, roles_of
from warehouse.errors import SettingsError

logger = logging.getLogger(__name__)


def may(role: Role) -> bool:
    """Whether who sits before the screen may read, label (acknowledge alerts too) or manage feeds."""
    return role in _own_roles()


def has_sign_in() -> bool:
    """Whether this dashboard knows people by their sign-in: its secrets name a provider."""
    return "is_logged_in" in st.user.to_dict()


def is_signed_in() -> bool:
    """Whether who sits before the screen has signed in."""
    return bool(st.user.to_dict().get("is_logged_in"))


def signed_in_name() -> str | None:
    """The address, else the name, of who has signed in; None without.

    A name that the provider does not vouch for is marked, so that nobody speaks for somebody else.
    """
    if not is_signed_in():
        return None
    if email := _vouched_email():
        return email[:200]
    told = st.user.to_dict()
    return f"{told.get('email') or told.get('name') or told.get('sub') or 'someone'} (not verified)"[:200]


def own_roles() -> list[Role]:
    """What who sits before the screen may do, in the order of the roles."""
    return [role for role in get_args(Role) if may(role)]


def are_known() -> bool:
    """Whether it can be told who may do what: nobody may do anything while `roles.toml` cannot be read."""
    return _entries() is not None


def _own_roles() -> Roles:
    if get_script_run_ctx(suppress_warning=True) is None:
        return frozenset()  # nobody sits before a screen
    if not has_sign_in() and is_loopback(str(st.get_option("server.address"))):
        return ALL  # who sits at this machine owns what is here
    entries = _entries()
    if entries is None:
        return frozenset()
    if has_sign_in():
        return roles_of(_vouched_email(), entries) if is_signed_in() else frozenset()
    return entries.get(EVERYONE, READ_ONLY)


def _entries() -> Mapping[str, Roles] | None:
    try:
        return read_roles(cached.home())
    except SettingsError as error:
        logger.warning("nobody may do anything: %s", error)
        return None


def _vouched_email() -> str | None:
    """The address of who has signed in, unless the provider says that nobody has checked it."""
    told = st.user.to_dict()
    is_doubted = str(told.get("email_verified", True)).lower() == "false"
    return None if is_doubted else str(told.get("email") or "") or None
