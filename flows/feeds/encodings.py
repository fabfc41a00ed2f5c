"""Finds the encoding of a feed's bytes: its mark, its declarations, and only then a guess.

The order follows RFC 7303 except in one point: where header and document disagree, the one that can decode the bytes
wins, and UTF-8 that decodes is never overruled, since servers send wrong headers and no legacy text is valid UTF-8 by
chance. A body that breaks off within a sign is UTF-8 still. Only encodings of texts are believed: Python also knows
`punycode` and `unicode_escape`, which take time square in the length or turn text into something else.
"""

from __future__ import annotations

import codecs
import re

import chardet

_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._\-]{1,40})[\"']", re.IGNORECASE)
_META = re.compile(rb"<meta\s[^>]{0,200}?charset\s*=\s*[\"']?([A-Za-z0-9._\-]{1,40})", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._\-]{1,40})", re.IGNORECASE)
_UTF_16 = re.compile(rb"<\0[?!A-Za-z]\0|\0<\0[?!A-Za-z]")  # no mark, but a first tag of two bytes a sign
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
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "sjis": "cp932", "x-sjis": "cp932", "tis-620": "cp874",
    "iso-8859-11": "cp874",
}  # fmt: skip
# Every legacy encoding that browsers know, by Python's names, and those few that newsrooms used besides.
BELIEVED = frozenset([
    "ascii", "big5", "big5hkscs", "cp037", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256",
    "cp1257", "cp1258", "cp437", "cp850", "cp852", "cp866", "cp874", "cp932", "cp949", "cp950", "euc_jis_2004",
    "euc_jp", "euc_kr", "gb18030", "gb2312", "gbk", "hz", "iso2022_jp", "iso2022_kr", "iso8859-1", "iso8859-10",
    "iso8859-11", "iso8859-13", "iso8859-14", "iso8859-15", "iso8859-16", "iso8859-2", "iso8859-3", "iso8859-4",
    "iso8859-5", "iso8859-6", "iso8859-7", "iso8859-8", "iso8859-9", "johab", "koi8-r", "koi8-t", "koi8-u", "kz1048",
    "latin-1", "mac-cyrillic", "mac-greek", "mac-latin2", "mac-roman", "mac-turkish", "ptcp154", "shift_jis",
    "tis-620", "utf-16", "utf-16-be", "utf-16-le", "utf-32", "utf-32-be", "utf-32-le", "utf-8", "utf-8-sig",
])  # fmt: skip
WESTERN = frozenset({"cp1252", "iso8859-1", "iso8859-15"})  # they decode anything, so decoding proves nothing
_ACCENTED_WORD = re.compile(r"[À-ÿ]{5}")
# These write everything in ASCII, so they are valid UTF-8 and still something else.
SEVEN_BIT = {"iso2022_jp": b"\x1b", "iso2022_kr": b"\x1b", "hz": b"~{"}
GUESS_SAMPLE_BYTES = 60_000  # chardet needs 20 ms for this much, seconds for megabytes


def decode_feed(body: bytes, content_type: str | None) -> tuple[str, str]:
    """The text of the bytes and the name of the encoding used; undecodable bytes become U+FFFD, nothing is raised."""
    for mark, name in MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(_with_order(name, mark), "replace"), name
    if _UTF_16.match(body):
        name = "utf-16-le" if body[0] else "utf-16-be"
        return body.decode(name, "replace"), name
    head = body[:1000]
    stated = _DECLARED.search(head) or _META.search(head)
    charset = _CHARSET.search(content_type or "")
    declared = [match[1] for match in (stated, charset) if match is not None]
    names = [name.decode("ascii") if isinstance(name, bytes) else name for name in declared]
    names += ["iso-2022-jp"] if b"\x1b$B" in body else []
    seven_bit = [name for name in names if SEVEN_BIT.get(_python_name(name) or "", b"\0") in body]
    for name in (*seven_bit, "utf-8", *names):
        text = _try_decode(body, name)
        if text is not None and not (_python_name(name) in WESTERN and _is_not_western(text)):
            return text, name.lower()
    # Mostly UTF-8 with a few broken bytes is commoner than a wrong declaration.
    nearly = body.decode("utf-8", "replace")
    if _is_nearly_utf8(nearly):
        return nearly, "utf-8"
    # Without what the document says of itself, which has just been found wrong.
    sample = body[stated.end() if stated else 0 :][:GUESS_SAMPLE_BYTES]
    guess = str(chardet.detect(sample).get("encoding") or "").lower()
    for name in filter(None, (guess, *names)):
        text = _try_decode(body, name) or _decode_nearly(body, name)
        if text is not None:
            return text, name.lower()
    return body.decode("cp1252", "replace"), "cp1252"


def _with_order(name: str, mark: bytes) -> str:
    if name == "utf-8":
        return name
    return name + ("-le" if mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF32_LE) else "-be")


def _python_name(name: str) -> str | None:
    try:
        return codecs.lookup(SUPERSETS.get(name.lower(), name)).name
    except (LookupError, ValueError):
        return None


def _try_decode(body: bytes, name: str) -> str | None:
    python_name = _python_name(name)
    if python_name not in BELIEVED:
        return None
    try:
        if python_name == "utf-8":
            return codecs.utf_8_decode(body, "strict", False)[0]  # a sign cut off at the end is no error
        return body.decode(python_name, "strict")
    except UnicodeError:
        return None


def _is_not_western(text: str) -> bool:
    """True for what no western language writes: word after word of accented letters alone."""
    return len(_ACCENTED_WORD.findall(text[:GUESS_SAMPLE_BYTES])) > 5


def _decode_nearly(body: bytes, name: str) -> str | None:
    """The text where one sign in a thousand at most is broken: one bad byte must not change the alphabet."""
    python_name = _python_name(name)
    if python_name not in BELIEVED:
        return None
    text = body.decode(python_name, "replace")
    return text if text.count("\ufffd") * 1000 <= len(text) else None


def _is_nearly_utf8(text: str) -> bool:
    broken = text.count("\ufffd")
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    return broken * 10 < beyond_ascii
