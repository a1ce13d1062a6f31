"""One issue as its readers will have it, in each format, width and look, with its check report."""

from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from newsletter.preview.choices import (
    ALL,
    BOTH,
    EDITIONS,
    FILES,
    LINED,
    SHOWS,
    WIDTHS,
    Choices,
    chosen,
)
from newsletter.preview.desk import Shown
from newsletter.preview.guard import frame_policy, opening_outside
from newsletter.preview.report import report_view
from newsletter.preview.room import Room, faults_of

_BLANK = "blank"  # an empty page, which frames are led through to come back with their place kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of a row of things to choose from; `key` is the letter or figure that chooses it."""

    name: str
    url: str
    is_current: bool
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A row of things to choose one from; `cycle` is the letter that goes to the next."""

    name: str
    choices: tuple[Choice, ...]
    cycle: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A page of the issue in a frame of *width* pixels."""

    title: str
    url: str
    width: str
    alone_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pane:
    """Lines of text with their numbers; `name` begins the ids of the lines."""

    name: str
    title: str
    size: int
    lines: tuple[str, ...]


def issue_page(room: Room, request: Request) -> Response:
    """Return the page of one issue: the view that was chosen, the report beside it."""
    issue, version = request.path_params["issue"], room.news.version
    rows = room.issues()
    choices = chosen(issue, request.query_params, room.themes())
    kept = room.shown(issue, choices.theme)
    if kept.value is None and choices.theme:
        kept = replace(room.shown(issue, None), fault=kept.fault)
    shown = kept.value
    row = next((one for one in rows.value or () if one.id == issue), None)
    status = 200 if shown else 404 if row is None else 500
    return room.page(
        "issue.html.j2",
        here="issues",
        version=version,
        status=status,
        issue_id=issue,
        faults=faults_of(kept, rows),
        choices=choices,
        shown=shown,
        groups=_groups(choices, room.themes(), shown),
        frames=_frames(choices) if choices.is_framed and shown else (),
        panes=_panes(choices, shown) if shown else (),
        report=report_view(shown.report, shown.issue, choices) if shown else None,
        can_send=room.desk.test_send is not None,
        can_edit=room.can_edit and row is not None and row.is_written,
        is_shut=room.is_shut,
    )


def frame(room: Room, request: Request) -> Response:
    """Return a page of the issue itself, for a frame: it may draw, and do nothing else."""
    show = request.query_params.get("show", "light")
    show = show if show in SHOWS else "light"
    headers = {"Content-Security-Policy": frame_policy(images=show != "images-off")}
    edition = request.path_params["edition"]
    if edition == _BLANK:
        return HTMLResponse("<!doctype html><title>Loading</title>", headers=headers)
    choices = chosen(request.path_params["issue"], request.query_params, room.themes())
    if edition not in ("web", "mail"):
        return PlainTextResponse("There is no such page", status_code=404, headers=headers)
    kept = room.seen(choices, FILES[edition], show)
    if kept.value is None:
        return PlainTextResponse(str(kept.fault), status_code=404, headers=headers)
    return HTMLResponse(opening_outside(kept.value), headers=headers)


def _groups(choices: Choices, themes: tuple[str, ...], shown: Shown | None) -> tuple[Group, ...]:
    groups = [
        Group(
            name="Edition",
            cycle="e",
            choices=tuple(
                Choice(
                    name=name,
                    url=choices.url(edition=key, beside="", width=""),
                    is_current=choices.edition == key,
                )
                for key, name in EDITIONS.items()
            ),
        )
    ]
    if choices.is_framed:
        groups += [_widths(choices), _shows(choices)]
    elif choices.edition in LINED:
        groups.append(_beside(choices))
    if len(themes) > 1 and choices.edition not in ("text", "markdown", "headers"):
        groups.append(_themes(choices, themes, shown))
    return tuple(groups)


def _widths(choices: Choices) -> Group:
    named = {width: width for width in WIDTHS}
    if choices.is_compared:
        named[BOTH] = "Phone and desktop"
    return Group(
        name="Width",
        cycle="w",
        choices=tuple(
            Choice(name=name, url=choices.url(width=key), is_current=choices.shown_width == key)
            for key, name in named.items()
        ),
    )


def _shows(choices: Choices) -> Group:
    named = {**SHOWS, ALL: "Compare"}
    return Group(
        name="Show",
        choices=tuple(
            Choice(
                name=name,
                url=choices.url(show=key),
                is_current=choices.show == key,
                key=str(number) if key != ALL else "c",
            )
            for number, (key, name) in enumerate(named.items(), 1)
        ),
    )


def _beside(choices: Choices) -> Group:
    named = {"": "Nothing"} | {key: EDITIONS[key] for key in LINED if key != choices.edition}
    return Group(
        name="Beside it",
        choices=tuple(
            Choice(name=name, url=choices.url(beside=key), is_current=choices.beside == key)
            for key, name in named.items()
        ),
    )


def _themes(choices: Choices, themes: tuple[str, ...], shown: Shown | None) -> Group:
    own = shown.issue.layout.theme if shown and not choices.theme else None
    current = choices.theme or own
    return Group(
        name="Theme",
        cycle="t",
        choices=tuple(
            Choice(
                name=name.replace("-", " ").capitalize(),
                url=choices.url(theme=name),
                is_current=name == current,
            )
            for name in themes
        ),
    )


def _frames(choices: Choices) -> tuple[Frame, ...]:
    name = EDITIONS[choices.edition]
    if not choices.is_compared:
        looks = [(choices.shown_width, choices.show)]
    elif choices.shown_width == BOTH:
        desktop = "1200" if choices.edition == "web" else "768"
        looks = [(width, show) for show in ("light", "dark") for width in ("375", desktop)]
    else:
        looks = [(choices.shown_width, show) for show in SHOWS]
    return tuple(
        Frame(
            title=f"{name}, {width} px, {SHOWS[show].lower()}",
            url=choices.frame_url(show),
            width=width,
            alone_url=choices.url(show=show, width=width),
        )
        for width, show in looks
    )


def _panes(choices: Choices, shown: Shown) -> tuple[Pane, ...]:
    if choices.edition not in LINED:
        return ()
    titles = {"text": "Plain text", "markdown": "Markdown", "source": "Source of the mail"}
    panes = []
    for name in (choices.edition, choices.beside):
        if name:
            content = shown.edition.files[FILES[name]]
            lines = tuple(content.decode().splitlines())
            panes.append(Pane(name=name, title=titles[name], size=len(content), lines=lines))
    return tuple(panes)
