"""One way in which an e-mail uses a feature, with what the notes on mail clients ask about."""

from dataclasses import dataclass
from typing import Literal

# What is known of the place of a use, for a note to depend on:
Fact = Literal[
    "inline",  # in a style attribute
    "sheet",  # in a <style> element
    "in body",  # of a <style> element: not in <head>
    "nested",  # of an at-rule: within another one
    "spaced",  # of !important: a space stands before it
    "not lower case",  # of !important
    "with class",  # of a part of a selector: a class or an id stands beside it
    "sized",  # width or height: the attribute of the same name gives it in pixels too
    "centred",  # of a margin: an align attribute does the same
    "alone",  # of an image: nothing stands beside it
    "holds a table",
    "has a background",
    "row differs",  # of a cell: another of its row has another padding above or below
    "exact lines",  # classic Outlook is told to keep to line heights
    "96 dpi",  # classic Outlook is told to scale pixels
    "hidden from Outlook",  # classic: it stands between [if !mso] and [endif]
    "by name",  # of a link within the mail: its aim is an empty anchor's name
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A feature by its caniemail slug, and how it is used.

    `tag` is the element that it stands on or comes down to, "" where that is unknown; `name` and
    `value` are those of the attribute or property, in lower case. A use `is_guarded` if a client
    may pass over it without harm: it stands under `@media`, is meant for what a client adds by
    itself, or styles what is hidden.
    """

    feature: str
    tag: str = ""
    name: str = ""
    value: str = ""
    facts: frozenset[Fact] = frozenset()
    is_guarded: bool = False
