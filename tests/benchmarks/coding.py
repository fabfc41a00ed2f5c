"""How fast the coder reads: sentences and articles a second, on one core and on two, and the share of each stage.

    python -m tests.benchmarks.coding [LANGUAGE ...]

The sentences are those of the labelled stories, each read by itself; an article is some stories, one a paragraph.
One core is told in CPU seconds, so that a busy machine says little else; two cores in seconds of the clock.
"""

from __future__ import annotations

import cProfile
import pstats
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime

from flows.events.code import Item, code_item, load_everything
from flows.events.evaluation import labelled_files
from flows.events.lexicon import load_lexicon
from flows.events.segments import split_sentences
from tests.events.quality import read_items

PUBLISHED = datetime(2024, 1, 19, tzinfo=UTC)
STORIES = 8  # in an article: about as long as most of the wire
CORES = 2
# Where each stage is entered, by the end of its file's name: what runs within counts as the stage's.
STAGES = {
    "sides": ("staging.py", "_all_sides"),
    "lexicon": ("lexicon.py", "find"),
    "times": ("times/find.py", "find_times"),
    "places": ("places/find.py", "find_places"),
    "casualties": ("casualties/find.py", "find_casualties"),
    "scenes": ("staging.py", "_build_scene"),
    "reading": ("reading.py", "read_reports"),
    "confidence": ("confidence.py", "compute_confidences"),
}


def load_stories(language: str) -> list[str]:
    """The texts of a language's labelled stories."""
    path = next(path for path in labelled_files() if path.stem == language)
    return [labelled.item.text for labelled in read_items(path)]


def sentences_of(stories: Sequence[str], language: str) -> list[Item]:
    """Each sentence of the stories as an item of its own."""
    lexicon = load_lexicon(language)
    parts = [story[one.start : one.end] for story in stories for one in split_sentences(story, 0, lexicon)]
    return [_item(part, language) for part in parts]


def articles_of(stories: Sequence[str], language: str) -> list[Item]:
    """The stories joined into articles."""
    return [_item("\n".join(stories[at : at + STORIES]), language) for at in range(0, len(stories), STORIES)]


def _item(text: str, language: str) -> Item:
    return Item(id="1", text=text, published=PUBLISHED, lang=language)


def code_all(items: Sequence[Item]) -> int:
    """Codes them, and says how many they were."""
    for item in items:
        code_item(item)
    return len(items)


def per_cpu_second(items: Sequence[Item]) -> float:
    """How many of these are coded in a second of one core."""
    started = time.process_time()
    return code_all(items) / (time.process_time() - started)


def per_second(items: Sequence[Item], pool: ProcessPoolExecutor) -> float:
    """How many of these are coded in a second of the clock by all workers of the pool."""
    shares = [items[worker::CORES] for worker in range(CORES)]
    started = time.perf_counter()
    return sum(pool.map(code_all, shares)) / (time.perf_counter() - started)


def measure(language: str, pool: ProcessPoolExecutor) -> str:
    """The figures of a language, and below them the share of each stage."""
    stories = load_stories(language)
    sentences, articles = sentences_of(stories, language), articles_of(stories, language)
    per_second(sentences[:CORES], pool)  # every worker has read its lexicons
    code_all(sentences[:CORES])
    length = sum(len(item.text) for item in articles) // len(articles)
    one, two = per_cpu_second(sentences), per_second(sentences, pool)
    alone, both = per_cpu_second(articles), per_second(articles, pool)
    return (
        f"{language}: sentences {one:5.0f}/s on one core, {two:5.0f}/s on {CORES};  articles of {length} characters "
        f"{alone:4.0f}/s and {both:4.0f}/s, {1000 / alone:.1f} ms each\n    {measure_stages(articles)}"
    )


def measure_stages(items: Sequence[Item]) -> str:
    """The share of each stage in coding these, by the profiler, which slows small calls."""
    profile = cProfile.Profile()
    profile.runcall(code_all, items)
    spent: dict[str, float] = dict.fromkeys(STAGES, 0.0)
    total = 0.0
    for (path, _, name), (_, _, own_s, within_s, _) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        total += own_s
        for stage, (file, entry) in STAGES.items():
            if name == entry and path.endswith(f"flows/events/{file}"):
                spent[stage] += within_s
    return "  ".join(f"{stage} {100 * seconds / total:.0f} %" for stage, seconds in spent.items())


def main(languages: Sequence[str] = ()) -> int:
    """Prints the figures of these languages, of all where none is named."""
    load_everything()
    with ProcessPoolExecutor(CORES, initializer=load_everything) as pool:
        for language in languages or [path.stem for path in labelled_files()]:
            sys.stdout.write(measure(language, pool) + "\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
