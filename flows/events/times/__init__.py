"""When things happened, as the text says it: absolute, by weekday, from publication or from another event."""

from flows.events.times.find import find_times, resolve_relative
from flows.events.times.records import Precision, TimeKind, TimeSpan

__all__ = ["Precision", "TimeKind", "TimeSpan", "find_times", "resolve_relative"]
