"""Text as an editor typed it: cleaned of what nobody sees, refused where it is too long."""

import re
from dataclasses import replace
from typing import TypeVar

from newsletter.errors import WishError
from newsletter.model import Edit, Sponsor, Wish
from newsletter.text.markup import one_line, tidy
from newsletter.text.urls import link

T = TypeVar("T", Edit, Wish)

MOST_HEADLINE = 300  # characters
MOST_SUMMARY = 4_000
MOST_PROSE = 10_000

_LINE_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_INDENT = re.compile(r"[ \t]*")


def headline(text: str) -> str:
    """Return *text* on one line, without control characters.

    Raises:
        WishError: nothing is left, or more than 300 characters.
    """
    found = one_line(text)
    if not found:
        raise WishError(
            "the headline is empty; write one, or drop the story if it is not to be printed"
        )
    return _within(found, MOST_HEADLINE, "a headline")


def summary(text: str) -> str:
    """Return *text* on one line, without control characters; "" is no summary.

    Raises:
        WishError: it has more than 4,000 characters.
    """
    return _within(one_line(text), MOST_SUMMARY, "a summary")


def prose(text: str, what: str) -> str:
    """Return Markdown without control characters, its lines and their indents kept.

    *what* names it: "the intro".

    Raises:
        WishError: it has more than 10,000 characters.
    """
    lines = _LINE_BREAKS.sub("\n", text).split("\n")
    return _within("\n".join(map(_line, lines)).strip("\n").rstrip(), MOST_PROSE, what)


def sponsor(given: Sponsor | None) -> Sponsor | None:
    """Return a sponsor with all texts cleaned, None for none.

    Raises:
        WishError: it has no name, its link is none, or a text of it is too long.
    """
    if given is None:
        return None
    name = one_line(given.name)
    if not name:
        raise WishError("the sponsor has no name; write one, or take the sponsor out")
    url = given.url.strip() if given.url else ""
    clean = link(url)
    # As issue.json is read: the host may have been nothing but a character that nobody sees.
    if url and not link(clean):
        raise WishError(f"the sponsor’s link {url[:60]!r} is none; write https://…")
    return replace(
        given,
        name=_within(name, MOST_HEADLINE, "a sponsor’s name"),
        text=prose(given.text, "a sponsor’s text"),
        url=clean,
        link_text=_within(one_line(given.link_text), MOST_HEADLINE, "a sponsor’s link text"),
    )


def cleaned(given: T) -> T:
    """Return an edit, or a wish for one, with what was typed into it cleaned.

    Raises:
        WishError: what was typed is refused, see above.
    """
    match given.kind:
        case "headline":
            return replace(given, text=headline(given.text))
        case "summary":
            return replace(given, text=summary(given.text))
        case "intro" | "closing" | "note":
            return replace(given, text=prose(given.text, f"the {given.kind}"))
        case "sponsor":
            return replace(given, sponsor=sponsor(given.sponsor))
        case _:
            return given


def fault(given: T) -> str:
    """Return why what was typed into *given* cannot be printed, "" if it can."""
    try:
        cleaned(given)
    except WishError as error:
        return str(error)
    return ""


def _line(line: str) -> str:
    """Return a line of Markdown: its indent and the two blanks that break it mean something."""
    indent = _INDENT.match(line)
    words = tidy(line)
    if not words:
        return ""
    return f"{indent[0] if indent else ''}{words}{'  ' if line.endswith('  ') else ''}"


def _within(text: str, most: int, what: str) -> str:
    if len(text) > most:
        raise WishError(
            f"{what} has at most {most:,} characters, this one has {len(text):,}; shorten it by"
            f" {len(text) - most:,}"
        )
    return text
