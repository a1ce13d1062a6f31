"""Moments as commands write them: local with the UTC offset, and what the clocks do to them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from newsletter.weeks import Schedule

_DAY = timedelta(days=1)


def as_local(moment: datetime, zone: str) -> datetime:
    """Return *moment* in local time, with its offset from UTC."""
    return moment.astimezone(ZoneInfo(zone))


def as_written(moment: datetime, zone: str) -> str:
    """Return *moment* as "Sunday 2026-11-22 18:00 +01:00"."""
    local = as_local(moment, zone)
    return f"{local:%A %Y-%m-%d %H:%M} {local.isoformat()[-6:]}"


def utc_text(moment: datetime) -> str:
    """Return *moment* as ISO 8601 in UTC, ending in Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def span_text(span: timedelta) -> str:
    """Return a span of time in its two largest units: "6 d 23 h", "4 min"."""
    seconds = max(0, round(span.total_seconds()))
    parts: list[str] = []
    for name, size in (("d", 86400), ("h", 3600), ("min", 60), ("s", 1)):
        count, seconds = divmod(seconds, size)
        if count or parts:
            parts.append(f"{count} {name}")
        if len(parts) == 2:
            break
    return " ".join(part for part in parts if not part.startswith("0 ")) or "0 s"


def clock_change(schedule: Schedule, at: datetime) -> str:
    """Return what a clock change means for the instant *at* of *schedule*, "" if nothing."""
    zone = ZoneInfo(schedule.zone)
    local, wanted = at.astimezone(zone), f"{schedule.at:%H:%M}"
    if local.time() != schedule.at:
        return f"the clock goes forward: there is no {wanted}; the first time after it"
    if local.replace(fold=1).utcoffset() != local.utcoffset():
        return f"the clock goes back: the first {wanted}"
    before, after = (at - _DAY).astimezone(zone), (at + _DAY).astimezone(zone)
    if before.utcoffset() != local.utcoffset():
        return f"the clock has changed in the 24 hours before, to UTC{local.isoformat()[-6:]}"
    if after.utcoffset() != local.utcoffset():
        return f"the clock changes in the 24 hours after, to UTC{after.isoformat()[-6:]}"
    return ""
