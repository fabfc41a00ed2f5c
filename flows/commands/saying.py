"""How the command speaks: one clear line for what went wrong, never a traceback."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer

from warehouse.errors import NewsError


def fail(message: str, code: int = 1) -> NoReturn:
    """Ends the command with one line on standard error."""
    typer.echo(f"mereda: {message}", err=True)
    raise typer.Exit(code)


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turns our own errors, and what the machine refuses, into one line and exit code 1."""
    try:
        yield
    except NewsError as error:
        fail(str(error))
    except BrokenPipeError:
        # The reader of our output has gone, as `head` does; that is no error of ours.
        sys.stderr.close()
        raise typer.Exit(0) from None
    except OSError as error:
        fail(f"{error.filename or 'the machine'}: {error.strerror or error}")
