"""The forms of a note: text, HTML, JSON, and what Slack, Mattermost and Discord show."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC
from html import escape
from typing import Literal

from newsletter.notify.note import Listing, Note

Form = Literal["json", "slack", "mattermost", "discord"]

_DISCORD = 2_000  # its longest message; counted in UTF-16, which is never less
_OTHERS = 3_500  # what Slack and Mattermost show without folding it away or refusing it
_UNBROKEN = "\u200b"  # between @ and the name no program knows whom to call
_MENTION = re.compile(r"@(?=[\w<!&])")
_MARKS = re.compile(r"[\\`*_\[\]~|#]")
_AT_START = re.compile(r"^(\d{1,9}(?=[.)])|(?=[+=-]))")
_URL = re.compile(r"https?://\S+", re.IGNORECASE)


def plain(note: Note) -> str:
    """Return *note* as text, its lines as long as they are."""
    parts = ["\n".join(note.says)]
    parts += [_plain_list(one) for one in (note.wrong, note.look) if one]
    if note.commands:
        width = max(len(command) for command, _ in note.commands)
        lines = [f"  {command:<{width}}  {does}" for command, does in note.commands]
        parts.append("\n".join([f"{_can_do(note)}:", *lines]))
    if note.places:
        parts.append("\n".join(["Where:", *(f"  {name}: {place}" for name, place in note.places)]))
    if note.listing:
        parts.append(_plain_list(note.listing))
    return "\n\n".join(parts) + "\n"


def _plain_list(listing: Listing) -> str:
    return "\n".join(
        [f"{listing.title}:", *(f"  {mark} {item}" for mark, item in _marked(listing))]
    )


def html(note: Note) -> str:
    """Return *note* as a page that every mail program shows, in its own colours."""
    parts = [f'<p dir="auto">{escape(one)}</p>' for one in note.says]
    parts += [_html_list(one) for one in (note.wrong, note.look) if one]
    if note.commands:
        width = max(len(command) for command, _ in note.commands)
        lines = "\n".join(f"{command:<{width}}  {does}" for command, does in note.commands)
        parts.append(f"<h2>{escape(_can_do(note))}</h2>\n<pre>{escape(lines)}</pre>")
    if note.places:
        rows = "".join(
            f"<li>{escape(name)}: {_anchor(place)}</li>\n" for name, place in note.places
        )
        parts.append(f"<h2>Where</h2>\n<ul>\n{rows}</ul>")
    if note.listing:
        parts.append(_html_list(note.listing))
    title, body = escape(note.subject), "\n".join(parts)
    return (
        f'<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><title>{title}</title>'
        "<style>h2{font-size:1.1em}</style></head>\n"
        f'<body style="font-family:sans-serif;line-height:1.5">\n{body}\n</body>\n</html>\n'
    )


def _html_list(listing: Listing) -> str:
    tag = "ol" if listing.is_numbered else "ul"
    items = "".join(f'<li dir="auto">{escape(item)}</li>\n' for item in listing.items)
    more = f"<p>… and {listing.more} more</p>" if listing.more else ""
    return f"<h2>{escape(listing.title)}</h2>\n<{tag}>\n{items}</{tag}>{more}"


def _anchor(place: str) -> str:
    shown = escape(place)
    return f'<a href="{shown}">{shown}</a>' if _URL.fullmatch(place) else f"<code>{shown}</code>"


def generic(note: Note) -> dict[str, object]:
    """Return the generic form; `id` is the same whenever this event is told again."""
    return {
        "event": note.kind,
        "id": note.key,
        "week": note.week,
        "newsletter": note.newsletter,
        "at": note.at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "title": note.subject,
        "text": plain(note),
        "cause": note.cause,
        "details": dict(note.details),
    }


def slack(note: Note) -> str:
    """Return *note* in Slack's mrkdwn: no text in it can call anybody or hide a link.

    Slack reads commands, mentions and links in angle brackets alone, and asks for `&`, `<` and `>`
    to be written as entities.
    """
    return _fitted(note, _Marks(data=_slack_data, raw=_entities, bold="*", bullet="•"), _OTHERS)


def mattermost(note: Note) -> str:
    """Return *note* in Mattermost's Markdown: no text in it can call anybody or hide a link."""
    return _fitted(note, _Marks(data=_markdown_data, raw=_unbracketed, bold="**"), _OTHERS)


def discord(note: Note) -> str:
    """Return *note* in Discord's Markdown, in at most 2,000 characters; as `mattermost` else."""
    return _fitted(note, _Marks(data=_markdown_data, raw=_unbracketed, bold="**"), _DISCORD)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Marks:
    """How a dialect is written: *data* is for texts of others, *raw* for our own and for URLs."""

    data: Callable[[str], str]
    raw: Callable[[str], str]
    bold: str
    bullet: str = "-"


def _fitted(note: Note, marks: _Marks, most: int) -> str:
    """Return *note* with as many headlines and warnings as there is room for."""
    while True:
        text = "\n".join(_lines(note, marks))
        if _units(text) <= most:
            return text
        shorter = _shorter(note)
        if shorter is None:
            cut = text[: most // 2 - 1]  # each character may take two units
            return f"{cut}…"
        note = shorter


def _shorter(note: Note) -> Note | None:
    """Return *note* without what is missed least, None where all of it is needed."""
    if note.listing and note.listing.items:
        return replace(note, listing=_but_last(note.listing))
    if note.look and note.look.items:
        return replace(note, look=_but_last(note.look))
    if note.wrong and len(note.wrong.items) > 1:
        return replace(note, wrong=_but_last(note.wrong))
    if note.places or note.commands:
        return replace(note, places=(), commands=())
    return None


def _but_last(listing: Listing) -> Listing:
    return replace(listing, items=listing.items[:-1], more=listing.more + 1)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "replace")) // 2


def _lines(note: Note, marks: _Marks) -> Iterator[str]:
    yield f"{marks.bold}{marks.data(note.subject)}{marks.bold}"
    yield from (marks.data(one) for one in note.says)
    for faults in (note.wrong, note.look):
        if faults:
            yield from _marked_list(faults, marks)
    if note.commands:
        yield f"{marks.bold}{marks.data(_can_do(note))}{marks.bold}"
        yield from (
            f"{marks.bullet} {_code(command, marks)} {does}" for command, does in note.commands
        )
    for name, place in note.places:
        shown = marks.raw(place) if _URL.fullmatch(place) else _code(place, marks)
        yield f"{name}: {shown}"
    if note.listing:
        yield from _marked_list(note.listing, marks)


def _marked_list(listing: Listing, marks: _Marks) -> Iterator[str]:
    if listing.items or listing.more:
        yield f"{marks.bold}{listing.title}{marks.bold}"
    for mark, item in _marked(listing):
        yield f"{mark.replace('-', marks.bullet)} {marks.data(item)}"


def _code(text: str, marks: _Marks) -> str:
    return f"`{marks.raw(text.replace('`', ' '))}`"


def _can_do(note: Note) -> str:
    where = f", in {note.workspace}" if note.workspace else ""
    return f"What you can do{where}"


def _marked(listing: Listing) -> Iterator[tuple[str, str]]:
    for number, item in enumerate(listing.items, start=1):
        yield f"{number}." if listing.is_numbered else "-", item
    if listing.more:
        yield "…", f"and {listing.more} more"


def _entities(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _slack_data(text: str) -> str:
    return _entities(_uncalled(text))


def _unbracketed(text: str) -> str:
    # Mattermost reads what Slack puts in angle brackets as Slack does, escaped or not.
    return text.replace("<", "‹").replace(">", "›")


def _markdown_data(text: str) -> str:
    marked = _MARKS.sub(r"\\\g<0>", _unbracketed(_uncalled(text)))
    return _AT_START.sub(r"\1\\", marked)


def _uncalled(text: str) -> str:
    return _MENTION.sub(f"@{_UNBROKEN}", text)
