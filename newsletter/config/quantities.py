"""Durations, sizes, weekly times and addresses as an editor writes them."""

import re
from datetime import time, timedelta
from urllib.parse import urlsplit

from newsletter.weeks import WEEKDAYS

_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*([smhdw])")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*(B|KB|MB|GB)", re.IGNORECASE)
_BYTES = {"b": 1, "kb": 1000, "mb": 1000**2, "gb": 1000**3}
_MOST_BYTES = 1e18
_HOST = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}(?=[/:?#]|$)")
_WEEKLY = re.compile(r"([a-z]+)\s+(\d{1,2}):(\d{2})", re.IGNORECASE)


def duration(text: object) -> timedelta:
    """Return the span that *text* names, such as `30s`, `5m`, `1h`, `14d` or `2w`."""
    match = _DURATION.fullmatch(text.strip()) if isinstance(text, str) else None
    if not match:
        raise ValueError(
            f"{text!r} is no duration; write a number and s, m, h, d or w, such as 30s"
        )
    seconds = float(match[1]) * _SECONDS[match[2]]
    if not 0 < seconds <= timedelta.max.total_seconds() / 2:
        raise ValueError(f"{text!r} must be more than nothing and less than for ever")
    return timedelta(seconds=seconds)


def size(text: object) -> int:
    """Return the number of bytes that *text* names, such as `15MB` (powers of 1,000)."""
    match = _SIZE.fullmatch(text.strip()) if isinstance(text, str) else None
    if not match:
        raise ValueError(f"{text!r} is no size; write a number and B, KB, MB or GB, such as 15MB")
    found = float(match[1]) * _BYTES[match[2].lower()]
    if not 1 <= found < _MOST_BYTES:
        raise ValueError(f"{text!r} must be at least one byte, and less than {_MOST_BYTES:.0e}")
    return int(found)


def weekly(text: object) -> tuple[int, time]:
    """Return weekday (0 is Monday) and local time of a schedule such as `sunday 18:00`."""
    match = _WEEKLY.fullmatch(text.strip()) if isinstance(text, str) else None
    if not match:
        raise ValueError(
            f"{text!r} is no weekly time; write a weekday and a time, such as sunday 18:00"
            " (issues are weekly, nothing else)"
        )
    names = [day for day in WEEKDAYS if len(match[1]) >= 3 and day.startswith(match[1].lower())]
    if len(names) != 1:
        raise ValueError(
            f"{match[1]!r} is no weekday; write one of {', '.join(WEEKDAYS)}"
            " (issues are weekly, nothing else)"
        )
    hour, minute = int(match[2]), int(match[3])
    if hour > 23 or minute > 59:
        raise ValueError(f"{match[2]}:{match[3]} is no time of day; write 00:00 to 23:59")
    return WEEKDAYS.index(names[0]), time(hour, minute)


def web_url(text: object) -> str:
    """Return *text* if it is a whole http or https URL with a host."""
    if not isinstance(text, str):
        raise ValueError(f"{text!r} is no URL; write https://…")  # noqa: TRY004 - told as a value
    url = text.strip()
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise ValueError(f"{url!r} is no URL: {error}") from error
    if not parts.scheme or "://" not in url:
        example = url if _HOST.match(url) else "…"
        raise ValueError(f"{url!r} has no scheme; write https://{example}")
    if parts.scheme.lower() not in {"http", "https"}:
        raise ValueError(f"{url!r} is {parts.scheme}:, but only https:// and http:// are read")
    if not host:
        raise ValueError(f"{url!r} has no host; write https://host/…")
    if re.search(r"\s", url) or not url.isprintable():
        raise ValueError(f"{url!r} holds a space or a control character; write %20 for a space")
    return url


def host_port(text: object) -> tuple[str, int]:
    """Return host and port of `127.0.0.1:8900`, `[::1]:8900` or `intranet.example:80`."""
    example = "write host:port, such as 127.0.0.1:8900 or [::1]:8900"
    if not isinstance(text, str):
        raise ValueError(f"{text!r} is no address; {example}")  # noqa: TRY004 - told as a value
    try:
        parts = urlsplit(f"//{text.strip()}")
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise ValueError(f"{text!r} is no address ({error}); {example}") from error
    if not host or not port or parts.path or parts.username:
        raise ValueError(f"{text!r} is no address; {example}")
    return host, port
