"""The issue as a manuscript: one Markdown file that an editor rewrites, and what she changed."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from newsletter.errors import WishError
from newsletter.issue.manuscript_changes import changes
from newsletter.issue.manuscript_form import (
    CLOSING,
    INTRO,
    LEFT_OUT,
    NOTE,
    STAMP,
    comment,
    lines_of,
    one_line,
    section_heading,
    section_names,
    set_apart,
)
from newsletter.issue.manuscript_parts import markers, parsed
from newsletter.issue.manuscript_telling import told
from newsletter.model import Candidate, Opened, PrintedStory, Wish

_MOST = 2_000_000  # characters: far more than an issue of 300 stories has
_HELP = """\
Reorder, rewrite, delete: what you save is what the issue becomes.

A story is a heading with its marker {#…}, and its summary below. Move both lines and heading to
reorder, or under another section; delete both to drop the story. A story moved up from
“Not in the issue” comes in; one moved down there leaves. Sections keep their order, but one may
be moved to the top with its stories: the first of them then leads the issue.
Intro, note and closing are Markdown, headlines and summaries plain text. Begin a line of text
that starts with # with a blank. Comments like this one are not read.

Save and close the editor. An emptied file changes nothing.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What a first line of a manuscript says: its week, the edits it was written with, of what.

    `digest` is of the manuscript as it was written, behind that line.
    """

    week: str
    version: int
    digest: str


def write(opened: Opened) -> str:
    """Return the manuscript of an issue: its texts, sections and stories, then what is left out.

    It begins with a stamp (see `stamp`) and with what an editor may do.
    """
    body = "\n".join(_lines(opened)) + "\n"
    first = f"<!-- newsletter edit {opened.issue.id}, version {opened.version}, {_digest(body)}"
    return f"{first}\n{body}"


def read(
    text: str, opened: Opened, *, name: str = "the manuscript", written: str | None = None
) -> tuple[Wish, ...]:
    """Return what an editor changed in a manuscript, as wishes that one after another give it.

    *written* is the manuscript as she was given it; None if it is `write(opened)`, which it may not
    be where others have changed the issue since: what she left alone is no wish of hers. An empty
    text wishes nothing.

    Raises:
        WishError: it has faults: one a line, as `the manuscript:12: …`, of many of one kind the
            first. No heading that is missing beside text that it had drops a story, nor does an end
            that is missing.
    """
    if len(text) > _MOST:
        raise WishError(f"{name}: is larger than any issue ({len(text):,} characters)")
    given = write(opened) if written is None else written
    before = parsed(given, opened, known=markers(given))
    after = parsed(text, opened, known=before.ids)
    if after.is_empty and not after.faults:
        return ()
    wishes, faults = changes(before, after, opened)
    if after.faults or faults:
        raise WishError(told((*after.faults, *faults), name))
    return wishes


def stamp(text: str) -> Stamp | None:
    """Return the stamp of a manuscript, None if somebody took it out."""
    found = STAMP.match(text)
    return Stamp(week=found[1], version=int(found[2]), digest=found[3]) if found else None


def restamped(text: str, version: int) -> str:
    """Return a manuscript with the stamp of that *version*: its author has heard of it since."""
    found = STAMP.match(text)
    return text[: found.start(2)] + str(version) + text[found.end(2) :] if found else text


def _digest(body: str) -> str:
    return hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _lines(opened: Opened) -> Iterator[str]:
    issue = opened.issue
    yield one_line(issue.masthead.title).replace("--", "––")
    yield ""
    yield f"{_HELP}-->"
    yield from _text(INTRO, issue.intro)
    yield from _text(NOTE, issue.note)
    stories = {section.name: section.stories for section in issue.sections}
    for name in section_names(opened):
        yield from ("", section_heading(name))
        for story in stories.get(name, ()):
            yield from _story(story)
    yield from _text(CLOSING, issue.closing)
    yield from ("", f"# {LEFT_OUT}")
    for candidate in opened.candidates:
        yield from _candidate(candidate)


def _text(heading: str, text: str) -> Iterator[str]:
    yield from ("", f"# {heading}")
    if text.strip():
        yield from ("", *(set_apart(line) for line in lines_of(text)))


def _story(story: PrintedStory) -> Iterator[str]:
    yield from ("", _heading(story))
    yield from (set_apart(line) for sentence in story.summary if (line := one_line(sentence.text)))
    by_hand = f" · by hand: {', '.join(story.by_hand)}" if story.by_hand else ""
    yield comment(f"{_outlets(story)}{by_hand}")


def _candidate(candidate: Candidate) -> Iterator[str]:
    yield from ("", _heading(candidate.story))
    about = (candidate.section, _outlets(candidate.story), candidate.reason)
    yield comment(" · ".join(part for part in about if part))


def _heading(story: PrintedStory) -> str:
    return " ".join(part for part in ("##", one_line(story.headline), f"{{#{story.id}}}") if part)


def _outlets(story: PrintedStory) -> str:
    return ", ".join(dict.fromkeys(article.source for article in story.articles))
