"""Ill-formed XML is mended where that needs no guess, and nothing else is touched."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from flows.feeds.mend import is_well_formed, mend


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("<a>R&D & x&y=1</a>", "<a>R&amp;D &amp; x&amp;y=1</a>"),
        ("<a>&nbsp;&eacute;&amp;&lt;&#233;&#xE9;</a>", "<a>\u00a0é&amp;&lt;&#233;&#xE9;</a>"),
        ("<a>&LT;b&AMP;</a>", "<a>&lt;b&amp;</a>"),
        ("<a>&nothing;&#0;&#xFFFFFF;&#8;x</a>", "<a>&amp;nothing;x</a>"),
        ("<a><![CDATA[R&D]]>&</a>", "<a><![CDATA[R&D]]>&amp;</a>"),
        ("<a><![CDATA[x<![CDATA[y]]>z]]></a>", "<a><![CDATA[xyz]]></a>"),
        ("<a>\x00b\x1fc\x0b</a>", "<a>bc</a>"),
        ("<a><b>one</b><c>two", "<a><b>one</b><c>two</c></a>"),
        ("<a><b>one</b><c><![CDATA[two", "<a><b>one</b><c><![CDATA[two]]></c></a>"),
        ("<a><b>one</b><c", "<a><b>one</b></a>"),
    ],
)
def test_a_defect_is_mended(broken: str, mended: str) -> None:
    assert not is_well_formed(broken)
    assert mend(broken) == mended
    assert is_well_formed(mended)


@pytest.mark.parametrize("broken", ["<a><b>x</a>", "<a>x</a><a>y</a>", "no tag at all", "<a b=c>x</a>", "<a>x<y</a>"])
def test_what_would_be_a_guess_is_left_to_feedparser(broken: str) -> None:
    assert mend(broken) == broken


def test_entities_that_the_document_defines_are_kept() -> None:
    document = '<!DOCTYPE a [<!ENTITY own "x">]><a>&own; & b</a>'
    assert mend(document) == '<!DOCTYPE a [<!ENTITY own "x">]><a>&own; &amp; b</a>'


PIECES = [
    "<a>",
    "</a>",
    "<![CDATA[",
    "]]>",
    "&",
    "&amp;",
    "&x;",
    "&#0;",
    "<!--",
    "-->",
    "\x00",
    "t",
    "<b c='",
    "<!DOCTYPE a [",
]


@example(["<a>", "<![CDATA[", "<!--"])
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=20))
def test_no_text_raises_and_a_second_mending_changes_nothing(pieces: list[str]) -> None:
    once = mend("".join(pieces))
    if is_well_formed(once):
        assert is_well_formed(mend(once))


@pytest.mark.parametrize(
    "text", ["&" * 200_000, "<![CDATA[" * 50_000, "]]>" * 100_000, "<a>" * 100_000, "&a" * 100_000]
)
def test_hostile_text_ends_in_linear_time(text: str) -> None:
    assert isinstance(mend(text), str)
