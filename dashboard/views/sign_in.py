"""The door: where one signs in, who has signed in and what they may do, and the way out."""

from __future__ import annotations

import logging
from collections.abc import Mapping

import streamlit as st
from streamlit.errors import StreamlitAuthError, StreamlitMissingAuthlibError

from dashboard.roles import Role
from dashboard.translation import later, t
from dashboard.views.reader import listen
from dashboard.views.roles import are_known, has_sign_in, is_signed_in, own_roles, signed_in_name
from dashboard.views.wording import plain_markdown

logger = logging.getLogger(__name__)

ROLES: dict[Role, str] = {"read": later("read"), "label": later("label"), "feeds": later("manage feeds")}


def draw_who() -> None:
    """Draws who has signed in, what they may do, and the way out."""
    with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", key="who"):
        roles = ", ".join(t(ROLES[role]) for role in own_roles())
        st.caption(plain_markdown(t("{who}; may {roles}", who=signed_in_name(), roles=roles)), width="content")
        _draw_way_out()


def draw_closed() -> None:
    """Draws the door for who may not read: to sign in, or, having done so, whom to ask."""
    if not are_known():
        st.header(t("Nobody may read now"))
        st.markdown(
            t(
                "The file `roles.toml` in the data folder, which says who may do what, cannot be read. The log of the "
                "dashboard says where it is wrong; this page opens again, when loaded anew, once it is mended."
            )
        )
        return
    if is_signed_in():
        st.header(t("You may not read here"))
        st.markdown(
            t(
                "You have signed in as {who}, who has no role here. "
                "Ask the person who runs this copy of Mereda for one, or sign in as somebody else.",
                who=plain_markdown(str(signed_in_name())),
            )
        )
        _draw_way_out()
        return
    if not has_sign_in():
        st.header(t("This dashboard is closed"))
        st.markdown(t("Nobody can sign in here yet. Ask the person who runs this copy of Mereda to set up sign-in."))
        return
    st.header(t("Sign in"))
    st.markdown(t("This copy of Mereda is for people its owner knows. What you may do here follows from who you are."))
    for provider in _providers():
        st.button(
            t("Sign in with {provider}", provider=provider.title()) if provider else t("Sign in"),
            key=f"sign-in-{provider}",
            type="primary",
            icon=":material/login:",
            on_click=_sign_in,
            args=(provider,),
        )


def _draw_way_out() -> None:
    st.button(t("Sign out"), key="sign-out", type="tertiary", icon=":material/logout:", on_click=st.logout)


def _providers() -> list[str | None]:
    """Whom the secrets name: None is the one without a name."""
    auth = st.secrets.get("auth", {})
    named = [str(name) for name, value in auth.items() if isinstance(value, Mapping) and "client_id" in value]
    return [None, *named] if "client_id" in auth else [*named]


def _sign_in(provider: str | None) -> None:
    listen()  # this runs before the page does
    try:
        st.login(provider) if provider else st.login()
    except (StreamlitAuthError, StreamlitMissingAuthlibError):
        logger.exception("nobody can sign in")
        st.error(t("Signing in is not possible now. The log of the dashboard says why."))
