"""Finds the encoding of a feed's bytes: its mark, its declarations, and only then a guess.

The order follows RFC 7303 except in one point: where header and document disagree, the one that can decode the bytes
wins, and UTF-8 that decodes is never overruled, since servers send wrong headers and no legacy text is valid UTF-8 by
chance.
"""

from __future__ import annotations

import codecs
import re

import chardet

_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._\-]{1,40})[\"']", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._\-]{1,40})", re.IGNORECASE)
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Browsers read these as their supersets, and so do newsrooms.
SUPERSETS = {
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
    "gb2312": "gb18030", "gbk": "gb18030", "iso-8859-9": "cp1254", "windows-31j": "cp932", "shift_jis": "cp932",
    "euc-kr": "cp949", "tis-620": "cp874", "iso-8859-11": "cp874",
}  # fmt: skip
GUESS_SAMPLE_BYTES = 60_000  # chardet needs 20 ms for this much, seconds for megabytes


def decode_feed(body: bytes, content_type: str | None) -> tuple[str, str]:
    """The text of the bytes and the name of the encoding used; undecodable bytes become U+FFFD, nothing is raised."""
    for mark, name in MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(_with_order(name, mark), "replace"), name
    if body[:4] in (b"<\0?\0", b"\0<\0?"):
        name = "utf-16-le" if body[0] else "utf-16-be"
        return body.decode(name, "replace"), name
    declared = _DECLARED.search(body[:1000])
    charset = _CHARSET.search(content_type or "")
    candidates = [
        "utf-8",
        declared[1].decode("ascii").lower() if declared else "",
        charset[1].lower() if charset else "",
    ]
    for name in filter(None, candidates):
        text = _try_decode(body, name)
        if text is not None:
            return text, name
    # Mostly UTF-8 with a few broken bytes is commoner than a wrong declaration.
    if _is_nearly_utf8(body, candidates[1:]):
        return body.decode("utf-8", "replace"), "utf-8"
    guess = str(chardet.detect(body[:GUESS_SAMPLE_BYTES]).get("encoding") or "").lower()
    for name in filter(None, (guess, candidates[1], "cp1252")):
        text = _try_decode(body, name)
        if text is not None:
            return text, name
    return body.decode("cp1252", "replace"), "cp1252"


def _with_order(name: str, mark: bytes) -> str:
    if name == "utf-8":
        return name
    return name + ("-le" if mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF32_LE) else "-be")


def _try_decode(body: bytes, name: str) -> str | None:
    try:
        return body.decode(SUPERSETS.get(name, name), "strict")
    except (UnicodeError, LookupError):
        return None


def _is_nearly_utf8(body: bytes, declared: list[str]) -> bool:
    if any(name and not name.replace("-", "").startswith("utf8") for name in declared):
        return False
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    beyond_ascii = sum(1 for sign in text[:GUESS_SAMPLE_BYTES] if sign > "\x7f")
    return broken * 10 < beyond_ascii
