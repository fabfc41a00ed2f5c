"""How fast the coder reads: sentences and articles a second on one core, and the share of each stage.

    python -m tests.benchmarks.coding

The text is that of the demo newsroom, each language the coder reads by itself.
"""

from __future__ import annotations

import cProfile
import pstats
import re
import sys
import time
from datetime import UTC, datetime

from flows.events.code import Item, code_item, load_everything
from flows.wire import load_articles
from flows.wire.render import paragraphs_of

PUBLISHED = datetime(2024, 1, 19, tzinfo=UTC)
STAGES = ("sides", "places", "times", "casualties", "staging", "reading", "roles", "relevance")


def load_texts(language: str) -> list[tuple[str, str]]:
    """(title, text) of every demo article in a language."""
    articles = [article for article in load_articles() if article.language == language]
    return [(article.title, "\n".join(paragraphs_of(article))) for article in articles]


def measure(language: str) -> str:
    """One line of figures for a language."""
    texts = load_texts(language)
    sentences = [part for _, text in texts for part in re.split(r"(?<=[.!?])\s+", text) if part.strip()]
    code_item(Item(id="warm", text=texts[0][1], published=PUBLISHED, lang=language))
    started = time.perf_counter()
    for number, sentence in enumerate(sentences):
        code_item(Item(id=str(number), text=sentence, published=PUBLISHED, lang=language))
    sentences_s = time.perf_counter() - started
    started = time.perf_counter()
    for number, (title, text) in enumerate(texts):
        code_item(Item(id=str(number), title=title, text=text, published=PUBLISHED, lang=language))
    articles_s = time.perf_counter() - started
    length = sum(len(text) for _, text in texts) // len(texts)
    return (
        f"{language}: {len(sentences) / sentences_s:7.0f} sentences/s   {len(texts) / articles_s:6.0f} articles/s   "
        f"{1000 * articles_s / len(texts):5.1f} ms an article of {length} characters"
    )


def measure_stages() -> str:
    """The share of each stage of reading the Indonesian articles, by the profiler (which slows small calls)."""
    profile = cProfile.Profile()
    profile.enable()
    for title, text in load_texts("id"):
        code_item(Item(id="1", title=title, text=text, published=PUBLISHED, lang="id"))
    profile.disable()
    own: dict[str, float] = dict.fromkeys(STAGES, 0.0)
    total = 0.0
    for (path, _, _), figures in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        total += figures[2]
        stage = next((stage for stage in STAGES if f"events/{stage}" in path), None)
        if stage:
            own[stage] += figures[2]
    return "own time: " + "  ".join(f"{stage} {100 * seconds / total:.0f} %" for stage, seconds in own.items())


def main() -> int:
    """Prints the figures."""
    load_everything()
    for language in ("id", "en"):
        sys.stdout.write(measure(language) + "\n")
    sys.stdout.write(measure_stages() + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
