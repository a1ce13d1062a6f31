"""What a manuscript lost by a slip: a heading alone, or all that stood behind some place."""

from collections.abc import Iterator, Mapping

from newsletter.issue.manuscript_form import (
    CLOSING,
    LEFT_OUT,
    OPENED,
    as_text,
    one_line,
    section_heading,
)
from newsletter.issue.manuscript_parts import ELSEWHERE, Manuscript, Part, shown
from newsletter.issue.manuscript_telling import Fault

_TELLING = 20  # characters of a text that nobody writes twice by chance


def lost(before: Manuscript, after: Manuscript, parts: Mapping[str, str]) -> Iterator[Fault]:
    """Yield a fault for each heading that is gone though its stories or its text are not.

    *parts* are the stories that have become part of another since, with its id: their text may
    stand there.
    """
    yield from _sections(before, after)
    for heading, part in before.texts.items():
        if heading not in after.texts:
            yield from _text(part, f"# {heading}", before, after)
    for id_, part in before.stories.items():
        if id_ not in after.stories:
            heading = " ".join(word for word in ("##", part.headline, f"{{#{id_}}}") if word)
            yield from _text(part, heading, before, after, holder=parts.get(id_))


def cut_off(before: Manuscript, after: Manuscript) -> Iterator[Fault]:
    """Yield a fault where the text ends too early: nobody meant what is missing behind that.

    Closing and LEFT_OUT stand behind all stories, whatever an issue has. While one of them does,
    who lacks a story has deleted it.
    """
    if LEFT_OUT in after.lines or LEFT_OUT not in before.lines:
        return
    gone = [*_gone(before, after), f"“# {LEFT_OUT}”"]
    last = max((*after.texts.values(), *after.stories.values()), key=_line, default=None)
    within = shown(last.headline or last.name) if last and _is_cut_short(last, before) else ""
    if len(gone) > 1 or within:
        where = f"here, within {within}" if within else "here"
        first = ", ".join(gone[:-1])
        are = f"{first} and {gone[-1]} are" if first else f"{gone[-1]} is"
        what = f"the text ends {where}: {are} gone; put back what was cut off"
        yield Fault(after.end, f"{what}, or write “# {LEFT_OUT}” below if you meant it", "cut off")


def _gone(before: Manuscript, after: Manuscript) -> Iterator[str]:
    """Yield in words which stories, and whether the closing, went with the end of the text."""
    closing = after.texts.get(CLOSING)
    if closing and all(one.line < closing.line for one in after.stories.values()):
        return
    stories = sum(id_ not in after.stories for id_ in before.printed)
    if stories:
        yield f"{stories} {'story' if stories == 1 else 'stories'}"
    if closing is None and CLOSING in before.texts and before.texts[CLOSING].plain:
        yield "the closing"


def _is_cut_short(part: Part, before: Manuscript) -> bool:
    """Tell whether *part* has only the beginning of its text left; a closing may be emptied."""
    old = before.texts.get(part.name) or before.stories.get(part.name)
    if old is None or (part.name == CLOSING and not part.plain):
        return False
    *_, last = (line.strip() for line in ("", *(line for _, line in part.text if line)))
    is_within_comment = bool(last) and OPENED.startswith(last)
    return is_within_comment or (part.plain != old.plain and old.plain.startswith(part.plain))


def _line(part: Part) -> int:
    return part.line


def _sections(before: Manuscript, after: Manuscript) -> Iterator[Fault]:
    for name in before.lines:
        if name in after.lines:
            continue
        strays = [
            after.stories[id_].line
            for id_, story in before.stories.items()
            if story.place == name and id_ in after.stories
            if after.stories[id_].place not in (LEFT_OUT, ELSEWHERE)
        ]
        if strays:
            heading = f"# {LEFT_OUT}" if name == LEFT_OUT else section_heading(name)
            what = f"the heading “{heading}” is gone, but not its stories; write it again"
            what = f"{what} (a section without stories is not printed)"
            yield Fault(strays[0], what, "section lost")


def _text(
    part: Part, heading: str, before: Manuscript, after: Manuscript, *, holder: str | None = None
) -> Iterator[Fault]:
    """Yield a fault where text of a *part* that has no heading any more stands below another.

    It may stand below that of *holder*.
    """
    phrases = [plain for _, line in part.text if (plain := one_line(as_text(line)))]
    for name, other in (*after.texts.items(), *after.stories.items()):
        if name == holder:
            continue
        old = before.texts.get(name) or before.stories.get(name)
        known = old.plain if old else ""
        line = _holding(other, [phrase for phrase in phrases if phrase not in known])
        if line is not None:
            what = f"this is the text of {shown(heading)}, a heading that is gone"
            what = f"{what}; write it above this line again, or delete this too"
            yield Fault(line, what, "heading lost")
            return


def _holding(part: Part, phrases: list[str]) -> int | None:
    """Return the line of *part* that holds one of *phrases*, its own where several lines do."""
    lines = [(number, one_line(as_text(line))) for number, line in part.text]
    for phrase in phrases:
        if any(phrase == line for _, line in lines):
            return next(number for number, line in lines if phrase == line)
        if len(phrase) >= _TELLING and phrase in part.plain:
            return next((number for number, line in lines if phrase in line), part.line)
    return None
