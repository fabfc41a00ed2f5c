"""The text behind the bytes, whatever they say of themselves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.feeds.encodings import BELIEVED, decode_feed

RUSSIAN = "Министр иностранных дел заявил, что переговоры о перемирии продолжатся"
JAPANESE = "外務大臣は停戦交渉が来週も続くと述べた。双方の代表が会談する"
CHINESE = "外交部长表示停火谈判将于下周继续进行双方代表将会面"
SAMPLES = {
    "windows-1251": RUSSIAN,
    "koi8-r": RUSSIAN,
    "iso-8859-5": RUSSIAN,
    "windows-1256": "قال وزير الخارجية إن المحادثات بشأن وقف إطلاق النار ستستمر",
    "windows-1254": "Dışişleri Bakanı, ateşkes görüşmelerinin süreceğini söyledi",
    "windows-1252": "Le ministère a déclaré que les négociations reprendraient à Genève",
    "windows-1250": "Ministr zahraničí řekl, že jednání o příměří budou pokračovat",
    "windows-1255": "שר החוץ אמר כי השיחות על הפסקת האש יימשכו בשבוע הבא",
    "gb18030": CHINESE,
    "big5": "外交部長表示停火談判將於下週繼續進行雙方代表將會面",
    "shift_jis": JAPANESE,
    "euc-jp": JAPANESE,
    "iso-2022-jp": JAPANESE,
    "euc-kr": "외무장관은 휴전 협상이 다음 주에도 계속될 것이라고 말했다",
    "utf-16": RUSSIAN,
    "utf-16-le": RUSSIAN,
    "utf-16-be": RUSSIAN,
    "utf-8": CHINESE,
}


def write(encoding: str, declared: str | None = None) -> bytes:
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    text = f"{declaration}<rss version='2.0'><channel><item><title>{SAMPLES[encoding]}</title></item></channel></rss>"
    return text.encode(encoding)


@pytest.mark.parametrize("encoding", SAMPLES)
def test_declared_undeclared_and_wrongly_declared_texts_are_read(encoding: str) -> None:
    for declared in (encoding, None, "utf-8"):
        assert SAMPLES[encoding] in decode_feed(write(encoding, declared), None)[0]
    assert SAMPLES[encoding] in decode_feed(write(encoding), f'text/xml; charset="{encoding.upper()}"')[0]


def test_utf_8_is_not_overruled_by_what_it_is_called() -> None:
    assert CHINESE in decode_feed(write("utf-8", "iso-8859-1"), "text/xml; charset=windows-1251")[0]


def test_what_no_western_language_writes_is_not_read_as_one() -> None:
    assert RUSSIAN in decode_feed(write("windows-1251", "iso-8859-1"), None)[0]


def test_a_body_that_breaks_off_within_a_sign_is_utf_8_still() -> None:
    body = write("utf-8", "windows-1252").partition("面".encode())[0] + "面".encode()[:2]
    text, encoding = decode_feed(body, None)
    assert (text.endswith(CHINESE[:-1]), encoding) == (True, "utf-8")


def test_a_few_broken_bytes_do_not_change_the_alphabet() -> None:
    body = write("utf-8", "iso-8859-1").replace(b"</title>", b"\xff</title>")
    assert CHINESE in decode_feed(body, None)[0]


@pytest.mark.parametrize("name", ["punycode", "unicode_escape", "utf-7", "idna", "hex", "nonsense", "rot13"])
def test_what_is_no_encoding_of_texts_is_not_believed(name: str) -> None:
    body = f'<?xml version="1.0" encoding="{name}"?><rss>+AGE- \\u0061'.encode() + b"\xe9</rss>"
    assert decode_feed(body, None)[0].endswith("+AGE- \\u0061é</rss>")
    assert name not in BELIEVED


def test_the_charset_of_a_page_counts() -> None:
    body = '<html><head><meta charset="windows-1251"><title>Мир</title>'.encode("windows-1251")
    assert "Мир" in decode_feed(body, None)[0]


@given(st.binary(max_size=200), st.none() | st.text(max_size=30))
def test_no_bytes_raise(body: bytes, content_type: str | None) -> None:
    text, encoding = decode_feed(body, content_type)
    assert isinstance(text, str)
    assert encoding


def test_a_slow_codec_is_never_asked() -> None:
    # punycode takes time square in the length: hours for this much, where the time limit of the tests would strike.
    assert decode_feed(b'<?xml version="1.0" encoding="punycode"?>' + b"a-\xff" * 500_000, None)[1] != "punycode"
