"""Cuts figures in style sheets to what can be read."""

import re

# Python refuses to read more than 4,300 digits, and no length or share has as many as this.
_LONGEST = 300
_TOO_LONG = re.compile(rf"\d{{{_LONGEST + 1},}}", re.ASCII)


def readable(css: str) -> str:
    """Return *css* with its numbers cut to 300 digits, so that reading it raises nothing."""
    return _TOO_LONG.sub(lambda found: found[0][:_LONGEST], css)
