"""How much of a story's text extraction finds on real pages, beside plain trafilatura in the same run.

    python -m tests.benchmarks.extraction [FOLDER] [--worst N]

FOLDER holds pages (`NAME_*.html.gz`) with gold text (`NAME.json`, the layout of the fundus test suite); by default
`../shared/corpus/pages/fundus`. Figures are means over pages of token precision, recall and F1 (bags of words).
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import trafilatura

from flows.articles.extract import extract_article

DEFAULT_FOLDER = Path(__file__).parents[2] / "../shared/corpus/pages/fundus"


@dataclass(frozen=True, slots=True)
class Page:
    """A page with the text a person took from it."""

    name: str
    html: bytes
    gold: str


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 (0-1) of one page."""

    name: str
    precision: float
    recall: float
    f1: float


def load_pages(folder: Path) -> Iterator[Page]:
    """Pages with gold text, sorted by path; gold files without a page are left out."""
    for gold_path in sorted(folder.glob("*/*.json")):
        versions = json.loads(gold_path.read_text(encoding="utf-8"))
        pages = sorted(gold_path.parent.glob(f"{gold_path.stem}_*.html.gz"))
        for page in pages:
            html = gzip.decompress(page.read_bytes())
            # Pages are named by the day of the crawl, gold by the version of a parser: the title tells which is whose.
            source = re.sub(r"\W+", "", unescape(html.decode("utf-8", "replace")))
            found = [v for v, gold in versions.items() if re.sub(r"\W+", "", gold["title"]) in source]
            if len(found) == 1:
                yield Page(f"{gold_path.stem}:{found[0]}", html, _body_of(versions[found[0]]["body"]))


def _body_of(body: dict[str, list[object]]) -> str:
    lines = [str(line) for line in body["summary"]]
    for section in body["sections"]:
        if isinstance(section, dict):
            lines += [*section.get("headline", []), *section["paragraphs"]]
    return "\n".join(lines)


def compute_score(name: str, found: str, gold: str) -> Score:
    """Overlap of two bags of words."""
    a, b = (Counter(re.findall(r"\w+", text.casefold())) for text in (found, gold))
    shared = sum((a & b).values())
    precision, recall = shared / max(1, sum(a.values())), shared / max(1, sum(b.values()))
    return Score(name, precision, recall, 2 * precision * recall / max(1e-9, precision + recall))


def measure(pages: list[Page], extract: Callable[[bytes], str]) -> tuple[list[Score], float]:
    """A score a page, and seconds a page."""
    started = time.perf_counter()
    scores = [compute_score(page.name, extract(page.html), page.gold) for page in pages]
    return scores, (time.perf_counter() - started) / max(1, len(pages))


def extract_ours(html: bytes) -> str:
    """Our text of a page."""
    return extract_article(html, "https://example.org/story").text


def extract_plain(html: bytes) -> str:
    """Trafilatura's text of a page with its defaults, without comments and tables."""
    return trafilatura.extract(html, include_comments=False, include_tables=False) or ""


def main(arguments: list[str]) -> int:
    """Print both rows of figures, and the worst pages of ours."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT_FOLDER)
    parser.add_argument("--worst", type=int, default=8)
    options = parser.parse_args(arguments)
    pages = list(load_pages(options.folder))
    lines = [f"{len(pages)} pages", f"{'':12} precision recall  F1    ms/page"]
    worst: list[Score] = []
    for label, extract in (("ours", extract_ours), ("trafilatura", extract_plain)):
        scores, seconds = measure(pages, extract)
        means = [
            sum(getattr(s, field) for s in scores) / max(1, len(scores)) for field in ("precision", "recall", "f1")
        ]
        lines.append(f"{label:12} {means[0]:.3f}     {means[1]:.3f}   {means[2]:.3f} {1000 * seconds:.0f}")
        worst = worst or sorted(scores, key=lambda s: s.f1)[: options.worst]
    lines += [f"  {s.name:40} P {s.precision:.2f} R {s.recall:.2f} F1 {s.f1:.2f}" for s in worst]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0 if pages else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
