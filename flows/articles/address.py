"""One address for one article: what is left of a link when its decoration is taken away.

Nothing here goes to the network. Percent-encoding, case and default ports follow RFC 3986 section 6.2; which host
labels belong to the site comes from the public suffix list that ships with tldextract.
"""

from __future__ import annotations

import ipaddress
import re
import tomllib
from functools import lru_cache
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

import tldextract

from flows.articles.redirects import target_of
from warehouse.records import stable_id

# Neither a download nor a cache on disk: the snapshot in the wheel is enough, and collecting must not wait for it.
SITE_OF = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=False)

DEFAULT_PORTS = {"http": 80, "https": 443}
VARIANT_LABELS = frozenset({"amp", "m", "mobile", "touch", "wap"})
_TRACKING = tomllib.loads((Path(__file__).parent / "tracking.toml").read_text(encoding="utf-8"))
TRACKING_PREFIXES: tuple[str, ...] = tuple(_TRACKING["prefixes"])
TRACKING_NAMES = frozenset(_TRACKING["names"])
TRACKING_VALUES = {name: frozenset(values) for name, values in _TRACKING["values"].items()}
ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
AMP_SUFFIX = re.compile(r"(?:/amp(?:\.html?)?/?$|\.amp(?=\.html?$)|\.amp$)", re.IGNORECASE)
# Servers that keep visitors apart without cookies write a session into the path: `;jsessionid=1F`, `/(S(lit3py))/`.
SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;]*|/\((?:[A-Z]\([A-Za-z0-9_-]{20,}\))+\)(?=/)", re.IGNORECASE)
AMP_PREFIX = re.compile(r"^/amp(?=/.)", re.IGNORECASE)
# A link folded once can show another layer (an AMP copy of a mobile page); one of more layers is no link to news.
FOLD_LIMIT = 20


def canonical_url(url: str) -> str:
    """The address without tracking, session, fragment, AMP or mobile variant, and behind what only leads to it.

    Applying it twice equals applying it once. Never raises: what is no http(s) address comes back stripped of
    surrounding white space. `http` becomes `https` for named hosts on the default port only, so that a newsroom on
    a local port keeps a link that works. `www.` and a trailing slash stay, as some sites need them; `address_key`
    ignores both.
    """
    stripped = current = url.strip()
    for _ in range(FOLD_LIMIT):
        folded = _fold_once(current)
        if folded == current:
            return current
        current = folded
    return stripped


def address_key(url: str) -> str:
    """What two links to the same page share: the canonical address without scheme, `www.` and trailing slash."""
    canonical = canonical_url(url)
    without_scheme = re.sub(r"^https?://", "", canonical)
    path, mark, query = re.sub(r"^www\d?\.", "", without_scheme).partition("?")
    return path.rstrip("/") + mark + query


def article_id_of(url: str) -> str:
    """The id of the article at this address; every decorated form of the link has the same."""
    return stable_id("article", address_key(url))


@lru_cache(maxsize=4096)
def registrable_domain(host: str) -> str:
    """The domain somebody registered (`bbc.co.uk`), or the host itself where there is none (an IP, `localhost`)."""
    return SITE_OF(host).top_domain_under_public_suffix or host


def _fold_once(url: str) -> str:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:  # an unclosed bracket, a port that is no number
        return url
    host = _fold_host(parts.hostname or "")
    scheme = parts.scheme.lower()
    if scheme not in DEFAULT_PORTS or not host:
        return url
    target = target_of(host, parts.path, parts.query)
    if target:
        return target
    if port in (None, DEFAULT_PORTS[scheme]):
        port = None
        scheme = "https" if _is_named(host) else scheme
    # `#!` is part of the address in pages that load their stories by script; every other fragment is a place on one.
    place = parts.fragment if parts.fragment.startswith("!") else ""
    netloc = f"[{host}]" if ":" in host else host
    netloc = f"{netloc}:{port}" if port is not None else netloc
    return urlunsplit((scheme, netloc, _fold_path(parts.path), _fold_query(parts.query), place))


def _is_named(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return "." in host
    return False


def _fold_host(host: str) -> str:
    host = host.strip().rstrip(".").lower()
    try:
        host = host.encode("idna").decode("ascii")
    except UnicodeError:
        return host
    if not host or not _is_named(host):
        return host
    own = registrable_domain(host)
    labels = host.removesuffix(own).rstrip(".").split(".") if host.endswith(own) else []
    kept = [label for label in labels if label and label not in VARIANT_LABELS]
    return ".".join([*kept, own])


def _fold_path(path: str) -> str:
    path = re.sub(r"/{2,}", "/", path) or "/"
    path = _resolve_dots(path)
    path = quote(ESCAPE.sub(_unescape, path), safe="/:@!$&'()*+,;=~-._%", errors="surrogateescape")
    path = SESSION.sub("", path)
    path = AMP_PREFIX.sub("", path)
    return AMP_SUFFIX.sub("", path) or "/"


def _unescape(match: re.Match[str]) -> str:
    # Only what needs no escape is decoded: %2F and / are different (RFC 3986 section 6.2.2.2).
    character = chr(int(match[0][1:], 16))
    return character if UNRESERVED.match(character) else match[0].upper()


def _resolve_dots(path: str) -> str:
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in {".", ".."}:
        kept.append("")
    return "/".join(kept) or "/"


def _fold_query(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True, errors="surrogateescape")
    kept = sorted((name, value) for name, value in pairs if not _is_tracking(name.lower(), value.lower()))
    return urlencode(kept, errors="surrogateescape")


def _is_tracking(name: str, value: str) -> bool:
    if name in TRACKING_NAMES or name.startswith(TRACKING_PREFIXES):
        return True
    return value in TRACKING_VALUES.get(name, ())
