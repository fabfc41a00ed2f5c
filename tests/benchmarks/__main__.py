"""`make bench`: every benchmark, one after the other; figures only, nothing is asserted."""

import sys

from tests.benchmarks import coding, extraction, feeds, polling, published
from tests.benchmarks.merging import __main__ as merging


def main() -> int:
    """Runs them; an extraction run needs its pages beside the project, and says so where they are not."""
    sys.stdout.write("Coding\n")
    coding.main()
    sys.stdout.write("\nParsing of feeds, one core\n")
    feeds.main([])
    sys.stdout.write("\nPublished sets\n")
    published.main([])
    sys.stdout.write("\nOne round of polling, beside reader and newsboat\n")
    polling.main([])
    sys.stdout.write("\nA day of stories, events and indices, on histories of growing length\n")
    merging.main(["--history", "2000,10000", "--day", "2000"])
    sys.stdout.write("\nMain text of real pages, beside plain trafilatura\n")
    if not extraction.DEFAULT_FOLDER.is_dir():
        sys.stdout.write("not measured: the pages are not beside the project\n")
        return 0
    return extraction.main([])


if __name__ == "__main__":
    raise SystemExit(main())
