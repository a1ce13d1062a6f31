"""Breaks text into lines of so many columns, in scripts with and without spaces."""

import re

from newsletter.render.heads import columns

# Kana, Han and their marks. Hangul is written with spaces.
_WIDE = "\u2e80-\u303e\u3041-\ua4cf\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6"
# What must not begin a line (JIS X 4051, kinsoku), and what must not end one.
_NOT_FIRST = "、。，．・：；？！）］｝」』】〉》〕’”…‥ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々"
_NOT_LAST = "（［｛「『【〈《〔"
# Where no space is needed to break: before and behind a wide character.
_PLACES = re.compile(
    rf"(?<=[{_WIDE}])(?<![{_NOT_LAST}])(?![{_NOT_FIRST}\s])"
    rf"|(?<=[^\s{_NOT_LAST}])(?=[{_WIDE}])(?![{_NOT_FIRST}])"
)

# A no-break space is none to break at.
_SPACE = re.compile(r"[^\S\u00a0\u202f]+")


def filled(text: str, width: int = 72, indent: str = "", taken: int = 0) -> str:
    """Return one line of text in lines of at most *width* columns, all but the first indented.

    Of the first, *taken* columns are taken already. Words stay whole: one that is longer than a
    line, such as a URL, has one of its own.
    """
    if taken + len(text) <= width and text.isascii():
        return " ".join(text.split())
    lines: list[str] = []
    line = ""
    for word in _SPACE.split(text.strip()):
        for place, part in enumerate(_PLACES.split(word)):
            space = " " if place == 0 and line else ""
            wide = columns(space + part)
            if line and taken + wide > width:
                lines.append(line)
                line, taken, space = "", len(indent), ""
                wide = columns(part)
            line += space + part
            taken += wide
    return f"\n{indent}".join([*lines, line])
