"""Feeds and sections as they are named on the command line."""

import difflib
from collections.abc import Sequence

from newsletter.config.loading import feed_key, section_key
from newsletter.errors import IssueError
from newsletter.model import Feed

_MANY = 6  # names in one line
_NEAR = 0.7  # of two names, as difflib counts likeness: a letter missing, or two in the wrong order


def feed_named(text: str, feeds: Sequence[Feed]) -> Feed:
    """Return the feed of *feeds* with that URL or name, or the only one with *text* in either.

    Raises:
        IssueError: none or several are meant; the message names what comes near.
    """
    wanted = text.strip().casefold()
    candidates = (
        [feed for feed in feeds if feed.url == text.strip()],
        [feed for feed in feeds if "://" in text and feed_key(feed.url) == feed_key(text)],
        [feed for feed in feeds if (feed.name or "").casefold() == wanted],
        [feed for feed in feeds if wanted and wanted in f"{feed.name or ''} {feed.url}".casefold()],
    )
    for found in candidates:
        if len(found) == 1:
            return found[0]
        if found:
            some = ", ".join(shown_name(feed) for feed in found[:_MANY])
            more = f" and {len(found) - _MANY} more" if len(found) > _MANY else ""
            raise IssueError(f"{text!r} may be any of {some}{more}; write more of it, or the URL")
    if not wanted:
        raise IssueError("FEED is empty; write a feed's name, its URL, or a part of either")
    names = [feed.name or feed.url for feed in feeds]
    near = difflib.get_close_matches(text, names, n=3, cutoff=0.5)
    known = "`newsletter feeds list` shows those there are"
    hint = f"did you mean {' or '.join(map(repr, near))}?" if near else known
    raise IssueError(f"there is no feed {text!r}; {hint}")


def known_feed(url: str, feeds: Sequence[Feed]) -> Feed | None:
    """Return the feed of *feeds* that *url* is another spelling of, None if there is none."""
    return next((feed for feed in feeds if feed_key(feed.url) == feed_key(url)), None)


def section_named(text: str | None, sections: Sequence[str]) -> tuple[str, bool]:
    """Return the section that *text* names, the first of *sections* if None, and if it is new."""
    if text is None:
        return sections[0], False
    known = {section_key(name): name for name in sections}
    found = known.get(section_key(text))
    return (found, False) if found else (text.strip(), True)


def near_section(name: str, sections: Sequence[str]) -> str | None:
    """Return the one of *sections* that *name* may be a slip of the pen for, None if there is none.

    A name that is one of them needs no such guess: None.
    """
    keys = {section_key(section): section for section in sections}
    if section_key(name) in keys:
        return None
    near = difflib.get_close_matches(section_key(name), list(keys), n=1, cutoff=_NEAR)
    return keys[near[0]] if near else None


def shown_name(feed: Feed) -> str:
    """Return what a feed is called in one line of a message."""
    return f"{feed.name} ({feed.url})" if feed.name else feed.url
