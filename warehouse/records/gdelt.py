"""What GDELT's coder reads, kept apart from our own events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GdeltEvent:
    """An event as GDELT coded it, beside what its codes are in our words; another coder's reading, never an Event."""

    gdelt_event_id: int
    on_date: date
    added_at_utc: datetime
    actor_code: str | None
    actor_name: str | None
    actor_country_code: str | None
    actor_cameo_code: str | None
    actor_cameo_type_code: str | None
    target_code: str | None
    target_name: str | None
    target_country_code: str | None
    target_cameo_code: str | None
    target_cameo_type_code: str | None
    is_root_event: bool
    cameo_code: str
    quad_class: int  # 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict
    type: str | None
    mode: str | None
    direction: str | None
    score: float | None
    goldstein_score: float | None  # -10..+10
    mention_count: int
    source_count: int
    article_count: int
    average_tone: float | None  # -100..+100
    place_name: str | None
    place_precision: str | None  # city, region, country
    place_country_code: str | None
    place_fips_code: str | None
    place_division_code: str | None
    latitude: float | None
    longitude: float | None
    place_feature_id: str | None
    source_url: str | None
    imported_at_utc: datetime
