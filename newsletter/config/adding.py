"""Where new feeds and new sections go in the text of feeds.yaml."""

from collections.abc import Sequence
from typing import Any

from ruamel.yaml.nodes import MappingNode

from newsletter.config.entries import hand_of, inline, lines_of
from newsletter.config.places import Places, Splice, value_of
from newsletter.config.scalars import scalar
from newsletter.model import Feed


def feed_splices(at: Places, section: MappingNode, feeds: Sequence[Feed]) -> list[Splice]:
    """Return what puts *feeds* at the end of those of *section*."""
    hand = hand_of(at, section)
    listed: Any = value_of(section, "feeds")
    inlined = ", ".join(inline(feed, hand) for feed in feeds)
    if section.flow_style and listed is None:
        end = at.end(section.value[-1][1])
        return [(end, end, f", feeds: [{inlined}]")]
    column = (
        section.start_mark.column if section.flow_style else section.value[0][0].start_mark.column
    )
    lines = [line for feed in feeds for line in lines_of(feed, hand, column + hand.dash)]
    if listed is None:
        return [at.new_lines(at.end(section), [" " * column + "feeds:", *lines])]
    if not listed.flow_style:
        dashes = listed.start_mark.column
        lines = [line for feed in feeds for line in lines_of(feed, hand, dashes)]
        return [at.new_lines(at.end(listed), lines)]
    start, end = listed.start_mark.index, at.end(listed)
    if listed.value:
        return _appended(at, listed.value[-1], [inline(feed, hand) for feed in feeds])
    if section.flow_style:
        return [(start, end, f"[{inlined}]")]
    # An emptied list becomes lines again; a remark behind it keeps its place.
    return [(len(at.text[:start].rstrip(" ")), end, ""), at.new_lines(end, lines)]


def new_section_splices(at: Places, sections: Sequence[tuple[str, Sequence[Feed]]]) -> list[Splice]:
    """Return what puts new sections, each of a name and its feeds, at the end."""
    hand = hand_of(at, None)
    listed = at.sections
    if listed.flow_style:
        texts = [
            f"{{name: {scalar(name, in_flow=True)},"
            f" feeds: [{', '.join(inline(feed, hand) for feed in feeds)}]}}"
            for name, feeds in sections
        ]
        return _appended(at, listed.value[-1], texts)
    last = listed.value[-1]
    dash = listed.start_mark.column
    column = max(last.start_mark.column, dash + 2)
    lines: list[str] = []
    for name, feeds in sections:
        if _has_blank_before(at, last):
            lines.append("")
        lines.append(" " * dash + "-" + " " * (column - dash - 1) + f"name: {scalar(name)}")
        lines.append(" " * column + "feeds:")
        lines += [line for feed in feeds for line in lines_of(feed, hand, column + hand.dash)]
    return [at.new_lines(at.end(last), lines)]


def _appended(at: Places, last: Any, texts: list[str]) -> list[Splice]:
    """Return what puts *texts* behind the *last* entry of a list in brackets."""
    end = at.end(last)
    rest = at.rest(last)
    if not at.stands_alone(last) or rest is None:
        return [(end, end, "".join(f", {text}" for text in texts))]
    indent = " " * last.start_mark.column
    lines = [f"{indent}{text}," for text in texts]
    if rest[1]:
        return [at.new_lines(end, lines)]
    lines[-1] = lines[-1].removesuffix(",")
    return [(end, end, ","), at.new_lines(end, lines)]


def _has_blank_before(at: Places, section: Any) -> bool:
    above = at.text[: at.line_start(section.start_mark.index)]
    return above.endswith(("\n\n", "\n\r\n"))
