"""What each person may do, as the file `roles.toml` of the data folder says. Knows no Streamlit.

    [roles]
    "*" = ["read"]                           # whoever signs in; so it is, too, where this line is missing
    "@example.org" = ["label"]               # everyone with an address of this domain
    "desk@example.org" = ["label", "feeds"]
    "guest@example.org" = []                 # may not even read

The entry that fits most closely counts alone: an address before its domain before `*`. Who may label or manage feeds
may read.
"""

from __future__ import annotations

import ipaddress
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias, get_args

from warehouse.errors import SettingsError

Role: TypeAlias = Literal["read", "label", "feeds"]
Roles: TypeAlias = frozenset[Role]

FILE_NAME: Final = "roles.toml"
EVERYONE: Final = "*"
ALL: Final[Roles] = frozenset(get_args(Role))
READ_ONLY: Final[Roles] = frozenset({"read"})


def read_roles(home: Path) -> Mapping[str, Roles]:
    """The roles by address, `@domain` or `*`, all in small letters; empty where the home has no such file.

    Read anew only when the file has changed.

    Raises:
        SettingsError: the file is there and cannot be read, or an entry is no address or names no role.
    """
    path = home / FILE_NAME
    try:
        stamp = path.stat()
    except (FileNotFoundError, NotADirectoryError):  # a home that is no folder is told by who would write into it
        return {}
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error
    return _parsed(path, stamp.st_mtime_ns, stamp.st_size)


@lru_cache(maxsize=8)
def _parsed(path: Path, _modified_at_ns: int, _size: int) -> Mapping[str, Roles]:
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: not valid TOML ({error}); correct the file or remove it") from error
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error
    entries = told.get("roles")
    if set(told) != {"roles"} or not isinstance(entries, dict):
        raise SettingsError(f"{path}: expected one table, [roles], and nothing beside it")
    return {who.strip().lower(): _roles(path, who, names) for who, names in entries.items()}


def _roles(path: Path, who: str, names: Any) -> Roles:
    if who.strip() != EVERYONE and ("@" not in who or who.strip().endswith("@")):
        raise SettingsError(f'{path}: "{who}" is no one; expected an address, "@domain" or "*"', subject_id=who)
    if not isinstance(names, list) or not all(isinstance(name, str) and name in ALL for name in names):
        known = ", ".join(sorted(ALL))
        raise SettingsError(f'{path}: "{who}": {names!r} are no roles; expected a list of {known}', subject_id=who)
    return frozenset(names) | READ_ONLY if names else frozenset()


def roles_of(email: str | None, entries: Mapping[str, Roles]) -> Roles:
    """What the person with this address may do; None is someone whose address nobody vouches for."""
    keys = []
    if email and "@" in email:
        address = email.strip().lower()
        keys = [address, address[address.rindex("@") :]]
    found = (entries[key] for key in (*keys, EVERYONE) if key in entries)
    return next(found, READ_ONLY)


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches it."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
