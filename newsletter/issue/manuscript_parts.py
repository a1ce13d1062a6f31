"""A manuscript taken apart: texts, sections and stories with their lines, and what is amiss."""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from newsletter.issue.manuscript_form import (
    CLOSED,
    HEADING,
    LEFT_OUT,
    MARKER,
    OPENED,
    TEXTS,
    as_text,
    lines_of,
    marked,
    named,
    one_line,
    section_heading,
    section_names,
)
from newsletter.issue.manuscript_telling import Fault
from newsletter.issue.nearest import nearest
from newsletter.model import Opened, PrintedStory

ELSEWHERE = ""  # the place of stories below the heading of no section, which is told once

_ENDLESS = (
    "a comment begins here and does not end before the next; write --> where it ends (one cannot"
    " hold another), or delete what it was to hide"
)
_MARKS = re.compile(r"\{#([^\s{}]+)\}")
_MANY = 8  # names in one fault
_SHOWN = 50  # characters of a text that a fault quotes


@dataclass(slots=True)
class Part:
    """A heading with the text below it, line by line: a text of the issue, a section, a story.

    `place` is the section that a story stands in, LEFT_OUT, ELSEWHERE, or None outside of all.
    """

    name: str
    line: int
    headline: str = ""
    place: str | None = None
    text: list[tuple[int, str]] = field(default_factory=list)

    @property
    def prose(self) -> str:
        """Return its text as Markdown, as it was written."""
        return "\n".join(as_text(line) for _, line in self.text).strip("\n").rstrip()

    @property
    def plain(self) -> str:
        """Return its text on one line."""
        return one_line(" ".join(as_text(line) for _, line in self.text))


@dataclass(slots=True)
class Manuscript:
    """What stands in a manuscript.

    `texts` are intro, note and closing by their headings, `sections` those that have one, in their
    order; LEFT_OUT is among their `lines`, if it is there. `stories` by id, in their order. `end`
    is the last line with anything on it.
    """

    texts: dict[str, Part] = field(default_factory=dict)
    sections: list[str] = field(default_factory=list)
    stories: dict[str, Part] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    end: int = 1
    is_empty: bool = True

    @property
    def ids(self) -> AbstractSet[str]:
        """Return the ids of its stories."""
        return self.stories.keys()

    @property
    def order(self) -> Mapping[str, list[str]]:
        """Return the stories of each section that has any, in their order."""
        found: dict[str, list[str]] = {name: [] for name in self.sections}
        for id_, story in self.stories.items():
            if story.place in found:
                found[story.place].append(id_)
        return {name: ids for name, ids in found.items() if ids}

    @property
    def printed(self) -> list[str]:
        """Return the stories of all sections, in their order."""
        return [id_ for ids in self.order.values() for id_ in ids]


def markers(text: str) -> frozenset[str]:
    """Return the ids by which the headings of stories in *text* are marked, whatever they are."""
    headings = (found for line in lines_of(text) if (found := HEADING.fullmatch(line)))
    titles = (found[3] for found in headings if len(found[1]) == 2)
    return frozenset(found[1] for title in titles if (found := MARKER.search(title)))


def parsed(text: str, opened: Opened, *, known: AbstractSet[str] = frozenset()) -> Manuscript:
    """Return what stands in *text*, with its faults.

    Markers may name the stories of *opened*, and those that are *known* besides.
    """
    ids = known | {one.id for one in stories_of(opened)}
    headlines: dict[str, list[str]] = {}
    for story in stories_of(opened):
        headlines.setdefault(one_line(story.headline), []).append(story.id)
    reading = _Reading(Manuscript(), opened, section_names(opened), ids, headlines)
    for line, written in _uncommented(text.lstrip("\ufeff"), reading.found.faults):
        reading.take(line, written)
    reading.close()
    reading.found.end = len(lines_of(text.rstrip()))
    return reading.found


@dataclass(slots=True)
class _Reading:
    found: Manuscript
    opened: Opened
    sections: Sequence[str]
    ids: AbstractSet[str]
    headlines: Mapping[str, list[str]]  # with the stories that have them
    place: str | None = None  # the section, LEFT_OUT or ELSEWHERE
    part: Part | None = None  # that text belongs to
    ahead: list[int] = field(default_factory=list)  # lines of text before the first heading
    unmarked: list[Fault] = field(default_factory=list)  # of stories that were left out before

    def take(self, line: int, written: str) -> None:
        if not written.strip():
            if self.part:
                self.part.text.append((line, ""))
            return
        self.found.is_empty = False
        heading = HEADING.fullmatch(written)
        title = heading[3].strip() if heading else ""
        is_part = heading is not None and len(heading[1]) == 1
        is_named = is_part and named(title, self.sections) is not None
        story = None if is_named else marked(title, self.ids)
        is_apart = heading is not None and bool(heading[2] or not title)
        if heading and story and (is_apart or story[1] in self.ids):
            self._story(line, *story)
        elif is_part and (is_apart or is_named):
            self._part(line, title)
        elif heading and is_apart and len(heading[1]) == 2:
            self._unmarked(line, title)
        else:
            self._text(line, written)

    def _story(self, line: int, headline: str, id_: str) -> None:
        part = Part(name=id_, line=line, headline=headline, place=self.place)
        self.part = part
        if id_ not in self.ids:
            near = difflib.get_close_matches(id_.casefold(), sorted(self.ids), n=1)
            hint = f"did you mean {{#{near[0]}}}?" if near else "put its own marker back"
            what = f"{{#{id_}}} marks no story of {self.opened.issue.id}; {hint}"
            self._fault(line, what, "strange")
        elif id_ in self.found.stories:
            first = self.found.stories[id_].line
            what = f"{{#{id_}}} stands on line {first} already; delete one of the two"
            self._fault(line, what, "twice")
        elif self.place is None:
            what = f"{shown(headline or id_)} stands outside of any section"
            self._fault(line, f"{what}; move it under one: {self._sections()}", "outside")
        else:
            self.found.stories[id_] = part

    def _part(self, line: int, title: str) -> None:
        found = named(title, self.sections)
        self.part = Part(name=title, line=line)
        if found is None:
            self.place = ELSEWHERE
            self._unknown(line, title)
            return
        name, is_section = found
        self.part.name = name
        if name in self.found.lines:
            first = self.found.lines[name]
            what = f"{shown(title)} stands on line {first} already; delete one of them"
            self._fault(line, what, "section twice")
        self.found.lines.setdefault(name, line)
        self.place = name if is_section or name == LEFT_OUT else None
        if is_section and name not in self.found.sections:
            self.found.sections.append(name)
        elif not is_section and name != LEFT_OUT:
            self.found.texts.setdefault(name, self.part)

    def _unknown(self, line: int, title: str) -> None:
        near = nearest(title, (*self.sections, *TEXTS, LEFT_OUT))
        hint = f"did you mean {shown(near)}? there" if near else "there"
        what = f"there is no section {shown(title)}; {hint} are {self._sections()}"
        self._fault(
            line, f"{what} (a heading of your text: begin its line with a blank)", "unknown"
        )

    def _unmarked(self, line: int, title: str) -> None:
        same = self.headlines.get(one_line(title), []) if title else []
        inside = next((mark for mark in _MARKS.findall(title) if mark in self.ids), None)
        is_text = self.place is None and self.part is not None and not same and not inside
        if is_text:
            what = f"{shown(title)} marks no story; if it is a heading of your text, begin its line"
            self._fault(line, f"{what} with a blank", "unmarked")
            return
        self.part = Part(name=title, line=line)
        if inside:
            what = f"{{#{inside}}} stands within its heading; write it at the end, behind a blank"
            self._fault(line, what, "unmarked")
            return
        marker = f"{{#{same[0]}}}" if len(same) == 1 else "{#…}"
        what = f"{shown(title)} has lost its marker; write {marker} behind it again, or delete"
        left_out = {one.story.id for one in self.opened.candidates}
        if self.place == LEFT_OUT and left_out.issuperset(same) and same:
            self.unmarked.append(Fault(line, f"{what} its heading too", "unmarked"))
        else:
            self._fault(line, f"{what} the text below it too", "unmarked")

    def close(self) -> None:
        """Tell of text ahead of all, and of the markers lost where nothing was to be changed.

        Many of them are one slip. What follows a comment without an end is told with that.
        """
        endless = [line for line, _, kind in self.found.faults if kind == "endless"]
        if self.ahead and not (endless and endless[0] < self.ahead[0]):
            first, last = self.ahead[0], self.ahead[-1]
            where = f" (lines {first} to {last})" if last > first else ""
            what = f"text stands before the first heading; move it below one{where}"
            self._fault(first, what, "text ahead")
        if len(self.unmarked) > 1:
            lines = [str(fault.line) for fault in self.unmarked]
            self._fault(
                self.unmarked[0].line,
                f"{len(lines)} stories below {shown(LEFT_OUT)} have lost their markers (lines"
                f" {_listed(lines)}); write them again, or delete these headings: no story is lost"
                " by that",
                "unmarked left out",
            )
        else:
            self.found.faults += self.unmarked

    def _text(self, line: int, written: str) -> None:
        mark = MARKER.search(written)
        is_stray = self.part is None or self.part.name == self.place
        if mark and mark[1] in self.ids and (is_stray or not written[0].isspace()):
            self._headless(line, mark[1])
        elif self.part is None and written.rstrip().endswith(CLOSED):
            self.ahead.clear()  # the end of the first comment, whose beginning was deleted
            self.found.is_empty = True
        elif self.part is None:
            self.ahead.append(line)
        elif is_stray:  # a section's heading, or that of what is left out
            what = f"text stands below {shown(self.part.name)}, but in none of its stories"
            self._fault(line, f"{what}; move it below a story, or delete it", "stray text")
        else:
            self.part.text.append((line, written))

    def _headless(self, line: int, id_: str) -> None:
        what = f"is the heading of {{#{id_}}} no more; begin it with “## ”"
        last = self.found.faults[-1] if self.found.faults else None
        if last and (last.line, last.kind) == (line - 1, "unmarked"):
            self.found.faults.pop()
            what = f"goes on from line {line - 1}: a heading stands on one line; join the two"
        self._fault(line, what, "headless")
        self.part = Part(name=id_, line=line)

    def _sections(self) -> str:
        return _listed([section_heading(name) for name in self.sections])

    def _fault(self, line: int, what: str, kind: str) -> None:
        self.found.faults.append(Fault(line, what, kind))


def stories_of(opened: Opened) -> tuple[PrintedStory, ...]:
    """Return the stories of an issue, and those that are left out of it."""
    return (*opened.issue.stories, *(one.story for one in opened.candidates))


def shown(text: str) -> str:
    """Return *text* as a fault quotes it."""
    return f"“{text if len(text) <= _SHOWN else f'{text[: _SHOWN - 1]}…'}”"


def _listed(names: Sequence[str]) -> str:
    """Return *names* as a fault lists them: eight at most, the rest counted."""
    more = f" and {len(names) - _MANY} more" if len(names) > _MANY else ""
    return ", ".join(names[:_MANY]) + more


def _uncommented(text: str, faults: list[Fault]) -> Iterator[tuple[int, str]]:
    """Yield the lines of *text* that no comment takes, and what stands behind a comment.

    A comment that does not end takes no line with it but its own: it would take stories.
    """
    inside: list[tuple[int, str]] = []
    for line, written in enumerate(lines_of(text), start=1):
        begins = written.startswith(OPENED)
        if begins and inside:
            faults.append(Fault(inside[0][0], _ENDLESS, "endless"))
            yield from inside[1:]
            inside = []
        if not begins and not inside:
            yield line, written
            continue
        inside.append((line, written))
        _, end, behind = (written[len(OPENED) :] if begins else written).partition(CLOSED)
        if end:
            inside = []
            if behind.strip():
                yield line, behind
    if inside:
        faults.append(Fault(inside[0][0], _ENDLESS, "endless"))
        yield from inside[1:]
