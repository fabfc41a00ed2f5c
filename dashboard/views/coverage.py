"""How well the last day was covered: who answered, what came in which language, what is read, and what is usual."""

from __future__ import annotations

import html
from typing import Any

import streamlit as st

from dashboard import cached
from dashboard.views import wording
from dashboard.views.page import draw_link_to

# As `[coverage] thin_below` of flows/indices/formula.toml: below this share of what is usual, silence says little.
THIN_BELOW = 0.5
LANGUAGE_COUNT = 6


def draw_coverage() -> None:
    """Draws one compact block on the last 24 hours, with the ways to the pages that say more."""
    coverage = cached.coverage()
    with st.container(border=True, gap="xsmall"):
        st.html(coverage_html(coverage))
        with st.container(horizontal=True, gap="small"):
            draw_link_to("feeds", label="Feeds", icon="rss_feed", query={})
            draw_link_to("quality", label="How well it is read", icon="fact_check", query={})


def coverage_html(coverage: dict[str, Any]) -> str:
    """Gives the block as escaped HTML, of the row of `queries/coverage.sql`."""
    is_thin, verdict = thinness(coverage)
    tag = "" if is_thin is None else f'<span class="mereda-tag mereda-{"up" if is_thin else "flat"}">'
    tag += "" if is_thin is None else f"{'thin' if is_thin else 'as usual'}</span>"
    lines = (_feeds(coverage), _articles(coverage), _languages(coverage))
    said = "".join(f'<p class="mereda-quiet">{html.escape(line)}</p>' for line in lines if line)
    return f"<p>{tag}<strong>The last 24 hours</strong> {html.escape(verdict)}</p>{said}"


def thinness(coverage: dict[str, Any]) -> tuple[bool | None, str]:
    """Whether the day is thin, and why in words; None where nobody can say yet what is usual."""
    asked, answered = int(coverage["asked_feed_count"]), int(coverage["answered_feed_count"])
    if asked and answered < THIN_BELOW * asked:
        return True, "Most feeds that were asked did not answer: silence says little."
    usual = coverage["usual_family_count"]
    if wording.is_missing(usual):
        return None, "Too few days are kept to say what is usual."
    families = int(coverage["family_count"])
    if families < THIN_BELOW * float(usual):
        return (
            True,
            f"Only {wording.counted(families, 'owner')} could be read, {usual:g} are usual: silence says little.",
        )
    return False, f"{wording.counted(families, 'owner')} could be read, {usual:g} are usual."


def _feeds(coverage: dict[str, Any]) -> str:
    asked, answered = int(coverage["asked_feed_count"]), int(coverage["answered_feed_count"])
    if not asked:
        return "No feed was asked."
    return f"{answered:,} of {wording.counted(asked, 'feed')} answered"


def _articles(coverage: dict[str, Any]) -> str:
    count, read = int(coverage["article_count"]), int(coverage["read_count"])
    if not count:
        return "No article came."
    usual = coverage["usual_article_count"]
    beside = "" if wording.is_missing(usual) else f" ({usual:,.0f} are usual)"
    waiting = f"{count - read:,} wait to be read" if count > read else "all read"
    return f"{wording.counted(count, 'article')}{beside}: {waiting}"


def _languages(coverage: dict[str, Any]) -> str:
    pairs = list(zip(coverage["languages"], coverage["language_counts"], strict=True))
    said = [f"{wording.language_name(code) or 'unknown'} {int(n):,}" for code, n in pairs[:LANGUAGE_COUNT]]
    rest = sum(int(n) for _, n in pairs[LANGUAGE_COUNT:])
    return ", ".join(said + ([f"others {rest:,}"] if rest else []))
