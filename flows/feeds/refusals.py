"""Says in a phrase what came instead of a feed, so that a person knows what to do about it."""

from __future__ import annotations

import re

from flows.feeds.plain_text import text_of_html, tidy_line

HEAD_SIGNS = 200_000  # of a page; forms and titles stand near its beginning
_TITLE = re.compile(r"<title[^>]{0,300}>(.{0,500}?)</title", re.IGNORECASE | re.DOTALL)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|script|meta)[\s>]", re.IGNORECASE)
_PASSWORD = re.compile(r"<input\s[^>]{0,500}?type\s{0,9}=\s{0,9}[\"']?password", re.IGNORECASE)
_LOGIN_TITLE = re.compile(r"\b(?:log ?in|sign ?in|masuk|anmelden|connexion|iniciar sesión|oturum aç)\b", re.IGNORECASE)
_GUARD = re.compile(
    r"just a moment|checking your browser|attention required|are you a robot|access denied|captcha", re.IGNORECASE
)
_ROOT = re.compile(r"<([A-Za-z_][\w.:-]{0,80})")


def what_came(text: str) -> str:
    """What the text is, with what to do: `is a web page ("Title"); give the address of its feed`. Never raises."""
    head = text[:HEAD_SIGNS].lstrip("\ufeff \t\r\n\0")
    if not head:
        return "is empty; the server sent nothing to read"
    root = _ROOT.search(head)
    if root and root[1].lower() == "opml":
        return "is a list of feeds (OPML); import it with `mereda feeds import`"
    if _PAGE.search(head[:5000]):
        return _what_page(head)
    if head.startswith("<") and root:
        return f"is XML, but no feed; its root is <{root[1]}>"
    return f"is not a feed; it begins {' '.join(head[:80].split())!r}"


def _what_page(head: str) -> str:
    match = _TITLE.search(head)
    title = tidy_line(text_of_html(match[1]))[:120] if match else ""
    named = f' ("{title}")' if title else ""
    if _GUARD.search(title):
        return f"is a page that keeps programs out{named}; the outlet lets no reader in from here"
    if _PASSWORD.search(head) or _LOGIN_TITLE.search(title):
        return f"is a page that asks to log in{named}; the feed is not public"
    return f"is a web page{named}; give the address of its feed"
