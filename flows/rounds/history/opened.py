"""Reads the files history comes in: plain, gzip or zip, line by line in bounded memory, saying how far it is."""

from __future__ import annotations

import gzip
import hashlib
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from warehouse.errors import ArticleError

# No honest line of an article list or event export is longer; what is gets cut and set aside.
LINE_BYTES = 16 * 1024 * 1024
_ENDINGS = {".gz": "gzip", ".zip": "zip"}
# What a damaged file, or one that ends too early, makes the libraries raise.
_DAMAGE = (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, EOFError)

Progress = Callable[[int, int], object]


def check_files(paths: Sequence[Path], expected: str) -> None:
    """Raises ArticleError for the first path that is no file, before anything is read."""
    for path in paths:
        if path.is_dir():
            raise ArticleError(f"{path} is a folder; give {expected}", subject_id=str(path))
        if not path.is_file():
            raise ArticleError(f"{path}: no such file; give {expected}", subject_id=str(path))
        if path.stat().st_size == 0:
            raise ArticleError(f"{path} is empty; give {expected}", subject_id=str(path))


def digest_of(lines: Sequence[bytes]) -> str:
    """20 hex digits that name these lines: the key by which a batch of them is known to be done."""
    return hashlib.blake2b(b"\n".join(lines), digest_size=10).hexdigest()


class OpenedLines:
    """The lines of a file, decompressed where its name ends in .gz or .zip; to be used in `with`.

    Raises:
        ArticleError: on entering, when the file is not what its name says, or cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = path.stat().st_size
        self.line_count = 0
        # Why the lines ended before the file did; None where all were read.
        self.trouble: str | None = None
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        self._raw = self._stack.enter_context(self.path.open("rb"))
        kind = _ENDINGS.get(self.path.suffix.lower(), "plain")
        try:
            self._stream = self._open(kind)
            self._head = self._stream.readline(LINE_BYTES + 1)
        except (*_DAMAGE, RuntimeError) as error:
            # RuntimeError: a zip with a password, or packed in a way that is not known here.
            self._stack.close()
            reason = " ".join(str(error).split())
            raise ArticleError(f"{self.path}: not a {kind} file that can be read ({reason})") from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    @property
    def done_bytes(self) -> int:
        """How far the file was read, in bytes as they lie on the disk."""
        return min(self._raw.tell(), self.size)

    def batches(self, line_count: int) -> Iterator[list[bytes]]:
        """The lines in batches, without their ends; one beyond LINE_BYTES comes cut to one byte more than that."""
        batch: list[bytes] = []
        for line in self._lines():
            batch.append(line)
            if len(batch) == line_count:
                yield batch
                batch = []
        if batch:
            yield batch

    def _lines(self) -> Iterator[bytes]:
        line = self._head.removeprefix(b"\xef\xbb\xbf")
        try:
            while line:
                is_cut = len(line) > LINE_BYTES and not line.endswith(b"\n")
                self.line_count += 1
                yield line.rstrip(b"\r\n")
                while is_cut and (rest := self._stream.readline(LINE_BYTES)):
                    is_cut = not rest.endswith(b"\n")
                line = self._stream.readline(LINE_BYTES + 1)
        except (*_DAMAGE, OSError) as error:
            self.trouble = f"cannot be read beyond line {self.line_count} ({' '.join(str(error).split())})"

    def _open(self, kind: str) -> IO[bytes]:
        if kind == "gzip":
            return io.BufferedReader(self._stack.enter_context(gzip.GzipFile(fileobj=self._raw)))
        if kind == "zip":
            archive = self._stack.enter_context(zipfile.ZipFile(self._raw))
            members = [one for one in archive.infolist() if not one.is_dir()]
            if len(members) != 1:
                raise zipfile.BadZipFile(f"it holds {len(members)} files, expected one")
            return self._stack.enter_context(archive.open(members[0]))
        return self._raw
