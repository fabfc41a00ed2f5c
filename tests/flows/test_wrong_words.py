"""What a newcomer may get wrong in the shell: one clear line each. Asked in this process, so it is quick."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from flows.cli import app


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder of the command, with a home beside it."""
    monkeypatch.setenv("MEREDA_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ask(*arguments: str) -> Result:
    """What the command says and how it ends; any exception but its exit code comes through."""
    done = CliRunner().invoke(app, list(arguments))
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


WRONG = [
    (("backfill", "captures", "nowhere"), "no such folder"),
    (("backfill", "captures", "empty"), "holds no file"),
    (("backfill", "articles", "nowhere"), "no such file"),
    (("backfill", "articles", "empty"), "is a folder"),
    (("backfill", "gdelt", "nowhere"), "no such file"),
    (("backfill", "gdelt", "empty"), "is a folder"),
    (("backfill", "gdelt", "broken"), "no GDELT 2.0 event export"),
    (("backfill", "warc", "nowhere"), "no such file"),
    (("backfill", "warc", "broken"), "no WARC archive"),
    (("feeds", "add", "nonsense"), "not an http or https address"),
    (("feeds", "add", "ftp://news.example/feed"), "not an http or https address"),
    (("feeds", "add", "http://[::1"), "not an address"),
    (("feeds", "add", "http://10.0.0.1/feed"), "private address"),
    (("feeds", "add", "http://127.0.0.1:9/feed"), "check the address"),
    (("feeds", "add", "http://127.0.0.1:9/feed", "--language", "english"), "no language code"),
    (("feeds", "add", "http://127.0.0.1:9/feed", "--country", "Iran"), "no country code"),
    (("feeds", "resume", "nobody"), "no feed is called 'nobody'"),
    (("feeds", "remove", "nobody"), "no feed is called 'nobody'"),
    (("feeds", "check", "nobody"), "no feed is called 'nobody'"),
    (("feeds", "check", "empty"), "is a folder"),
    (("feeds", "check", "broken"), "neither OPML nor a list"),
    (("feeds", "import", "nowhere"), "no such file"),
    (("feeds", "import", "empty"), "no such file"),
    (("feeds", "import", "broken"), "not OPML"),
    (("feeds", "export", "empty"), "Is a directory"),
    (("sql", "SELEC"), "SELECT"),
    (("sql", "SELECT 1; SELECT 2"), "one SELECT at a time"),
    (("sql", "SELECT * FROM read_text('broken')"), "leaves the warehouse"),
    (("restore", "empty"), "no backup"),
]


@pytest.mark.parametrize(("arguments", "named"), WRONG, ids=[" ".join(arguments) for arguments, _ in WRONG])
def test_what_cannot_be_done_is_one_line_and_exit_code_1(folder: Path, arguments: tuple[str, ...], named: str) -> None:
    (folder / "empty").mkdir()
    (folder / "broken").write_bytes(b"\x00\xff not a list")
    done = ask(*arguments)
    assert (done.exit_code, done.stdout) == (1, "")
    (line,) = done.stderr.strip().splitlines()
    assert line.startswith("mereda: ")
    assert named in line


@pytest.mark.parametrize(
    "arguments", [("run", "nothing"), ("feeds", "list", "--status", "odd"), ("feeds", "pause"), ("sql",), ("backfill",)]
)
def test_wrong_usage_is_said_with_the_usage(folder: Path, arguments: tuple[str, ...]) -> None:
    done = ask(*arguments)
    assert done.exit_code == 2
    assert "Usage" in done.stderr + done.stdout
