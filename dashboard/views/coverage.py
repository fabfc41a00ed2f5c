"""How well the last day was covered: who answered, what came in which language, what is read, and what is usual."""

from __future__ import annotations

import html
from typing import Any

import streamlit as st

from dashboard import cached
from dashboard.translation import t, tn
from dashboard.translation.written import plain_number
from dashboard.views import wording
from dashboard.views.page import draw_link_to

# As `[coverage] thin_below` of flows/indices/formula.toml: below this share of what is usual, silence says little.
THIN_BELOW = 0.5
LANGUAGE_COUNT = 6


def draw_coverage() -> None:
    """Draws one compact block on the last 24 hours, with the ways to the pages that say more."""
    told = cached.made("coverage", (), lambda: coverage_html(cached.coverage()))
    with st.container(border=True, gap="xsmall"):
        st.html(told)
        with st.container(horizontal=True, gap="small"):
            draw_link_to("feeds", label=t("Feeds"), icon="rss_feed", query={})
            draw_link_to("quality", label=t("How well it is read"), icon="fact_check", query={})


def coverage_html(coverage: dict[str, Any]) -> str:
    """Gives the block as escaped HTML, of the row of `queries/coverage.sql`."""
    is_thin, verdict = thinness(coverage)
    word, css = (t("thin"), "up") if is_thin else (t("as usual"), "flat")
    tag = "" if is_thin is None else f'<span class="mereda-tag mereda-{css}">{html.escape(word)}</span>'
    lines = (_feeds(coverage), _articles(coverage), _languages(coverage))
    said = "".join(f'<p class="mereda-quiet">{html.escape(line)}</p>' for line in lines if line)
    title = html.escape(t("The last 24 hours"))
    return f"<p>{tag}<strong>{title}</strong> {html.escape(verdict)}</p>{said}"


def thinness(coverage: dict[str, Any]) -> tuple[bool | None, str]:
    """Whether the day is thin, and why in words; None where nobody can say yet what is usual."""
    asked, answered = int(coverage["asked_feed_count"]), int(coverage["answered_feed_count"])
    if asked and answered < THIN_BELOW * asked:
        return True, t("Most feeds that were asked did not answer: silence says little.")
    usual = coverage["usual_family_count"]
    if wording.is_missing(usual):
        return None, t("Too few days are kept to say what is usual.")
    families, expected = int(coverage["family_count"]), plain_number(usual)
    owners = tn("{count} owner", "{count} owners", families)
    if families < THIN_BELOW * float(usual):
        said = t("Only {owners} could be read, {usual} are usual: silence says little.", owners=owners, usual=expected)
        return True, said
    return False, t("{owners} could be read, {usual} are usual.", owners=owners, usual=expected)


def _feeds(coverage: dict[str, Any]) -> str:
    asked, answered = int(coverage["asked_feed_count"]), int(coverage["answered_feed_count"])
    if not asked:
        return t("No feed was asked.")
    feeds = tn("{count} feed", "{count} feeds", asked)
    return t("{answered} of {feeds} answered", answered=wording.number(answered), feeds=feeds)


def _articles(coverage: dict[str, Any]) -> str:
    count, read = int(coverage["article_count"]), int(coverage["read_count"])
    if not count:
        return t("No article came.")
    usual = coverage["usual_article_count"]
    articles = tn("{count} article", "{count} articles", count)
    if not wording.is_missing(usual):
        articles += " " + t("({count} are usual)", count=wording.number(usual))
    waiting = t("{count} wait to be read", count=wording.number(count - read)) if count > read else t("all read")
    return f"{articles}: {waiting}"


def _languages(coverage: dict[str, Any]) -> str:
    pairs = list(zip(coverage["languages"], coverage["language_counts"], strict=True))
    unknown = t("unknown")
    said = [f"{wording.language_name(code) or unknown} {wording.number(n)}" for code, n in pairs[:LANGUAGE_COUNT]]
    rest = sum(int(n) for _, n in pairs[LANGUAGE_COUNT:])
    return ", ".join(said + ([t("others {count}", count=wording.number(rest))] if rest else []))
