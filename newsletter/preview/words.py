"""Says sizes, spans, dates and counts as the preview's pages say them."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

KILOBYTE = 1000  # as mail clients count them: Gmail's limit of 102,400 bytes is told as 102 KB
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_WEEKDAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
_COMMAND = re.compile(r" \(newsletter [^()]*\)")
_NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()


def counted(number: int, thing: str) -> str:
    """Return "1 story", "2 stories", "0 errors"."""
    if number == 1:
        return f"1 {thing}"
    return f"{number:,} {thing[:-1]}ies" if thing.endswith("y") else f"{number:,} {thing}s"


def spelt(number: int) -> str:
    """Return "seven" for 7, figures from 13 on."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else f"{number:,}"


def spelt_out(number: int, thing: str) -> str:
    """Return "one story", "twelve stories", "13 stories"."""
    return f"{spelt(number)} {counted(number, thing).partition(' ')[2]}"


def sentence(text: str) -> str:
    """Return *text* with its first letter a capital."""
    return text[:1].upper() + text[1:]


def said(text: str) -> str:
    """Return *text* as a sentence: with a capital, unless a file's name begins it, and an end."""
    first = text.partition(" ")[0].rstrip(".,;:")
    begun = text if any(mark in first for mark in "._/") else sentence(text)
    return begun if not text or text[-1] in ".!?…:" else f"{begun}."


def without_commands(text: str) -> str:
    """Return *text* without what it says in brackets of the terminal's commands."""
    return _COMMAND.sub("", text)


def kilobytes(size: int) -> str:
    """Return "42.3 KB"."""
    return f"{size / KILOBYTE:.1f} KB"


def percent(share: float) -> str:
    """Return "99.4 %"; all is "100 %", and what falls short of all never looks like it."""
    tenths = min(round(share * 1000), 999 if share < 1.0 else 1000)
    return f"{tenths / 10:g} %"


def day(moment: datetime, now: datetime, zone: str) -> str:
    """Return "22 Nov", with the year where it is not that of *now*."""
    here, today = moment.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone))
    text = f"{here.day} {_MONTHS[here.month - 1]}"
    return text if here.year == today.year else f"{text} {here.year}"


def clock(moment: datetime, zone: str) -> str:
    """Return "07:00"."""
    return f"{moment.astimezone(ZoneInfo(zone)):%H:%M}"


def weekday(moment: datetime, zone: str) -> str:
    """Return "Sun"."""
    return _WEEKDAYS[moment.astimezone(ZoneInfo(zone)).weekday()]


def moment_said(moment: datetime, now: datetime, zone: str) -> str:
    """Return "today at 07:00", "tomorrow at 07:00" or "Sun 22 Nov at 07:00"."""
    here, today = moment.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone))
    days = (here.date() - today.date()).days
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    name = near.get(days) or f"{weekday(moment, zone)} {day(moment, now, zone)}"
    return f"{name} at {clock(moment, zone)}"


def away(span: timedelta) -> str:
    """Return how long *span* is: "13 h 12 min", "6 days"; minutes at the least."""
    minutes = max(round(span / timedelta(minutes=1)), 0)
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h {minutes % 60} min" if minutes % 60 else f"{minutes // 60} h"
    return f"{minutes // (24 * 60)} days"
