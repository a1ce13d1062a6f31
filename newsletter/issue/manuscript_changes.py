"""What an editor changed between two manuscripts, as wishes; what she lost, as faults."""

import re
from collections.abc import Callable, Iterator, Mapping

from newsletter.errors import WishError
from newsletter.issue import typed
from newsletter.issue.manuscript_form import (
    CLOSING,
    INTRO,
    LEFT_OUT,
    NOTE,
    one_line,
)
from newsletter.issue.manuscript_lost import cut_off, lost
from newsletter.issue.manuscript_parts import Manuscript, Part, shown
from newsletter.issue.manuscript_placing import rearranged
from newsletter.issue.manuscript_since import Since, missed
from newsletter.issue.manuscript_telling import Fault
from newsletter.model import EditKind, Opened, Wish
from newsletter.text.markup import one_line as tidied

_COMMENT = re.compile(r"<!--.*?-->")
_KINDS: Mapping[str, EditKind] = {INTRO: "intro", NOTE: "note", CLOSING: "closing"}


def changes(
    before: Manuscript, after: Manuscript, opened: Opened
) -> tuple[tuple[Wish, ...], tuple[Fault, ...]]:
    """Return what *after* wishes that *before* did not, in an order that gives it, and the faults.

    *opened* is the issue that the wishes are to change, with what others did to it since.
    """
    since = Since.of(before, opened)
    was, wanted = since.standing(before.order), since.standing(after.order)
    now = {part.name: [story.id for story in part.stories] for part in opened.issue.sections}
    order = rearranged(was, wanted, opened, now)
    misplaced = (Fault(after.lines[order.section], order.fault, "order"),) if order.fault else ()
    faults = (
        *lost(before, after, since.parts),
        *cut_off(before, after),
        *missed(before, after, since),
        *_contradicting(before, after),
        *misplaced,
    )
    wishes = list(order.wishes)
    for id_ in after.printed:
        wishes += _rewritten(id_, before, after, since)
    for heading, kind in _KINDS.items():
        new = _prose(after, heading)
        if new != _prose(before, heading):
            wishes.append(Wish(kind=kind, text=new))
    return tuple(wishes), faults


def _rewritten(id_: str, before: Manuscript, after: Manuscript, since: Since) -> Iterator[Wish]:
    """Yield what was changed of a story's words: what nobody sees is no change."""
    new, old = after.stories.get(id_), before.stories.get(id_)
    if new is None:
        return
    composed = since.stories.get(id_)
    headline = old.headline if old else one_line(composed.headline) if composed else ""
    if tidied(new.headline) != tidied(headline):
        yield Wish(kind="headline", story=since.named(id_), text=new.headline)
    if old is not None and old.place != LEFT_OUT:
        summary = old.plain
    else:  # its summary was not in the manuscript, and need not be
        sentences = composed.summary if composed else ()
        summary = one_line(" ".join(one.text for one in sentences)) if new.plain else ""
    if tidied(new.plain) != tidied(summary):
        yield Wish(kind="summary", story=since.named(id_), text=new.plain)


def _contradicting(before: Manuscript, after: Manuscript) -> Iterator[Fault]:
    """Yield what was written where it has no effect, is too long, or where something must stand."""
    for id_, new in after.stories.items():
        old = before.stories.get(id_)
        has_headline = old is None or old.headline != new.headline
        has_summary = bool(new.plain) and (old is None or old.plain != new.plain)
        if old and new.place == LEFT_OUT and (has_headline or has_summary):
            what = f"{shown(new.headline or id_)} is rewritten, but not in the issue"
            yield Fault(new.line, f"{what}; move it under a section, or leave it as it was", "vain")
        elif has_headline and not new.headline:
            what = f"{{#{id_}}} has no headline; write one, or delete its text too"
            yield Fault(new.line, what, "no headline")
        elif has_headline:
            yield from _refused(new.line, typed.headline, new.headline)
        yield from _hidden(old, new)
        if has_summary:
            yield from _refused(new.line, typed.summary, new.plain)
    for heading, text in after.texts.items():
        if text.prose != _prose(before, heading):
            yield from _refused(text.line, typed.prose, text.prose, f"the {_KINDS[heading]}")


def _hidden(old: Part | None, new: Part) -> Iterator[Fault]:
    """Yield a fault for a comment that she wrote within a line, where it would be printed."""
    known = f"{old.headline} {old.plain}" if old else ""
    for line, text in ((new.line, new.headline), *new.text):
        found = _COMMENT.search(text)
        if found and one_line(found[0]) not in known:
            what = f"{shown(found[0])} would be printed; a comment begins its line"
            yield Fault(line, what, "comment within")


def _refused(line: int, cleaned: Callable[..., str], *text: str) -> Iterator[Fault]:
    try:
        cleaned(*text)
    except WishError as error:
        yield Fault(line, str(error), "too long")


def _prose(found: Manuscript, heading: str) -> str:
    part = found.texts.get(heading)
    return part.prose if part else ""
