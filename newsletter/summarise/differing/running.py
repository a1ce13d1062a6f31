"""Tells a figure that was brought up to date from one that another source disputes."""

import re
from datetime import datetime, timedelta

from newsletter.summarise.differing.mentions import Mention

_LATER = timedelta(hours=12)  # what is reported this much later may have grown since
# Counts of people that an event goes on to change: most only rise, these also fall.
_RISES = frozenset({"dead", "hurt", "held", "charged", "saved", "taken", "moved", "ill"})
_MOVES = frozenset({"missing", "trapped"})
_SO_FAR = re.compile(
    r"\b(?:as\sof|so\sfar|to\sdate|and\scounting|by\s(?:late|early|now|midday|noon|midnight))\b",
    re.IGNORECASE,
)


def is_update(a: Mention, b: Mention, published: tuple[datetime | None, datetime | None]) -> bool:
    """Tell whether of two figures the later report's may be the earlier one's, brought up to date.

    Both are dated, half a day apart and more. A toll, and any figure that was "at least" so much,
    may have risen since: one that fell is disputed. The missing may be more or fewer, and so may
    whatever is told "as of" a time or "so far".
    """
    when, other = published
    if when is None or other is None or abs(when - other) < _LATER:
        return False
    early, late = (a, b) if when < other else (b, a)
    was, is_now = early.quantity.figure, late.quantity.figure
    if was is None or is_now is None:
        return False
    if a.states & _MOVES or any(_SO_FAR.search(one.sentence) for one in (a, b)):
        return True
    return is_now.high > was.low and (bool(a.states & _RISES) or was.hedge == "over")
