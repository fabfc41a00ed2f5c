"""What a round counted, in the four words a person looks for: read, kept, refused, failed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class StageCount:
    """One stage of a round. `refused` is a decision of ours or theirs (unchanged, robots, irrelevant), not a fault."""

    stage: str
    read: int = 0
    kept: int = 0
    refused: int = 0
    failed: int = 0
    note: str = ""
    failures: tuple[tuple[str, str], ...] = field(default=(), compare=False)  # (subject, reason)
    unread: tuple[tuple[str, str], ...] = ()  # (subject, reason) of input that was neither read nor set aside

    def __add__(self, other: StageCount) -> StageCount:
        """The two counts as one, under the first one's name."""
        return StageCount(
            self.stage,
            self.read + other.read,
            self.kept + other.kept,
            self.refused + other.refused,
            self.failed + other.failed,
            self.note or other.note,
            (self.failures + other.failures)[:200],
            (self.unread + other.unread)[:200],
        )

    def as_row(self) -> dict[str, str | int]:
        """One row of the table a person reads."""
        return {
            "stage": self.stage,
            "read": self.read,
            "kept": self.kept,
            "refused": self.refused,
            "failed": self.failed,
            "note": self.note,
        }


def sum_stages(counts: Iterable[StageCount]) -> list[StageCount]:
    """One count a stage, in the order in which stages first appear."""
    summed: dict[str, StageCount] = {}
    for count in counts:
        summed[count.stage] = summed[count.stage] + count if count.stage in summed else count
    return list(summed.values())
