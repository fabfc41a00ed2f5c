"""Near-duplicates: how much of their wording two texts share, whatever the language.

MinHash over shingles of four words, or of four characters in scripts without spaces (Broder 1997, "On the resemblance
and containment of documents"). Signatures are the same in every process, so they can be kept.
"""

from __future__ import annotations

import hashlib
import re
import struct
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from rensa import RMinHash  # type: ignore[attr-defined]  # re-exported from Rust without stubs

# 64 values give a standard error of .06 at a resemblance of one half; a Story keeps several signatures, so size counts.
PERMUTATION_COUNT = 64
SHINGLE_LENGTH = 4
SEED = 20240119
# Sixteen bands of four: texts at a resemblance of .5 meet in a band with probability .64, at .7 with .99.
BAND_COUNT = 16
BAND_LENGTH = PERMUTATION_COUNT // BAND_COUNT
# Agency copy edited by two outlets stays above this; two reports of one event stay far below.
NEAR_DUPLICATE_SHARE = 0.5

# Words, but each character of Han, kana, Thai, Lao and Khmer by itself: these scripts put no space between words.
TOKEN = re.compile(
    r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]|[^\W_\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]+"
)

Signature = tuple[int, ...]


def signature_of(text: str) -> Signature:
    """The MinHash of a text, or an empty tuple where it has no word."""
    tokens = TOKEN.findall(unicodedata.normalize("NFKC", text).casefold())
    if not tokens:
        return ()
    count = max(1, len(tokens) - SHINGLE_LENGTH + 1)
    minhash = RMinHash(num_perm=PERMUTATION_COUNT, seed=SEED)
    minhash.update(sorted({" ".join(tokens[i : i + SHINGLE_LENGTH]) for i in range(count)}))
    return tuple(minhash.digest())


def compute_resemblance(a: Signature, b: Signature) -> float:
    """The estimated share (0-1) of shingles two texts have in common; 0 where either is empty."""
    if not a or len(a) != len(b):
        return 0.0
    return sum(x == y for x, y in zip(a, b, strict=True)) / len(a)


def is_near_duplicate(a: Signature, b: Signature) -> bool:
    """Whether two texts are one text, copied or lightly edited."""
    return compute_resemblance(a, b) >= NEAR_DUPLICATE_SHARE


def write_signature(signature: Signature) -> str:
    """The signature as text: eight hexadecimal digits a value."""
    return struct.pack(f">{len(signature)}I", *signature).hex()


def read_signature(text: str) -> Signature:
    """The signature that `write_signature` wrote."""
    return struct.unpack(f">{len(text) // 8}I", bytes.fromhex(text))


def band_keys_of(signature: Signature) -> tuple[int, ...]:
    """A number for each band, the same in every process: two texts that share one may be copies.

    The number of the band is hashed along, and 63 bits fit the warehouse's whole numbers.
    """
    keys = []
    for band, start in enumerate(range(0, len(signature), BAND_LENGTH)):
        values = ",".join(map(str, (band, *signature[start : start + BAND_LENGTH])))
        keys.append(int.from_bytes(hashlib.blake2b(values.encode(), digest_size=8).digest(), "big") >> 1)
    return tuple(keys)


class NearDuplicates:
    """Signatures by key, asked for the near-duplicates of another; a query costs about its answer, not the whole."""

    def __init__(self) -> None:
        self._signatures: dict[str, Signature] = {}
        self._bands: dict[int, set[str]] = defaultdict(set)

    def add(self, key: str, signature: Signature, band_keys: Iterable[int] | None = None) -> None:
        """Remember the signature of a key, with its band keys where they are at hand."""
        if signature and key not in self._signatures:
            self._signatures[key] = signature
            for band in band_keys or band_keys_of(signature):
                self._bands[band].add(key)

    def find(self, signature: Signature, band_keys: Iterable[int] | None = None) -> list[tuple[str, float]]:
        """(key, resemblance) of all near-duplicates, the most alike first (ties: smallest key)."""
        if not signature:
            return []
        bands = band_keys or band_keys_of(signature)
        keys = {key for band in bands for key in self._bands.get(band, ())}
        found = [(key, compute_resemblance(signature, self._signatures[key])) for key in keys]
        near = [(key, share) for key, share in found if share >= NEAR_DUPLICATE_SHARE]
        return sorted(near, key=lambda pair: (-pair[1], pair[0]))
