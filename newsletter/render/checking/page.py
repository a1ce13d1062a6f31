"""Draws the check report as a page: what to look at first, then what passed, in quiet."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from newsletter.model import Bytes, CheckReport, Finding, Issue, Place, Unsupported
from newsletter.render import dates
from newsletter.render.checking.size import MANY_BYTES
from newsletter.render.safe import plain
from newsletter.render.templating import draw, environment
from newsletter.render.views import counted

_TEMPLATE = "check.html.j2"
_ROOM = 1.08  # of the limit: as far as the meter reaches
_PLACES_SHOWN = 12
_WORDS = {"error": "Error", "warning": "Warning", "note": "Note", "passed": "Passed"}
_PAGES = {"email.html", "index.html", "issue.md", "issue.txt", "issue.eml"}
_SHOWN = {"full": "In full", "headline": "Headline", "web only": "On the web only"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceView:
    """A place in words, and the page and anchor where it can be seen, "" where there is none."""

    where: str
    text: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """A finding as it is shown: `detail` goes on behind the claim; `more` counts other places."""

    verdict: str
    word: str
    title: str
    detail: str
    places: tuple[PlaceView, ...]
    more: str
    way_out: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartView:
    """A part of the meter: its name and amount in words, begin and width in percent of it."""

    name: str
    amount: str
    begin: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MeterView:
    """The byte meter: the total in words, what is left, `limit` and parts in percent of its width.

    `state` is "good", "warning" from 90 KB or "error" beyond the limit.
    """

    total: str
    left: str
    limit: float
    limit_words: str
    state: str
    parts: tuple[PartView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRow:
    """One story in the table of bytes; `width` is in percent of the largest."""

    headline: str
    shown: str
    bytes: str
    width: float
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientRow:
    """One mail client in the table: shares in percent as words, `width` that of the core."""

    name: str
    share: str
    core: str
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LackRow:
    """A feature that some clients lack."""

    feature: str
    clients: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """The report in the words of its page.

    `totals` are verdicts with their numbers in words; `lacks` is what the layout needs and some
    clients do not have, `adornments` what it can do without.
    """

    title: str
    newsletter: str
    week: str
    date: str
    status: str
    totals: tuple[tuple[str, str], ...]
    meter: MeterView
    look_at: tuple[FindingView, ...]
    passed: tuple[FindingView, ...]
    cuts: tuple[str, ...]
    stories: tuple[StoryRow, ...]
    clients: tuple[ClientRow, ...]
    lacks: tuple[LackRow, ...]
    adornments: tuple[LackRow, ...]
    support: str
    data_date: str


def check_page(report: CheckReport, issue: Issue, templates: Mapping[str, str]) -> bytes:
    """Return check.html: *report* as a page that stands beside the issue's other files.

    Raises:
        TemplateError: the template is missing or has a fault.
    """
    return draw(environment(templates), _TEMPLATE, report=_report(report, issue)).encode()


def _report(report: CheckReport, issue: Issue) -> ReportView:
    day = dates.local(issue.publishes_at, issue.masthead.timezone)
    support = report.support
    largest = max((one.bytes for one in report.bytes.stories), default=0) or 1
    return ReportView(
        title=f"Check report, {issue.id}",
        newsletter=plain(issue.masthead.title),
        week=dates.week(day),
        date=dates.long_day(day),
        status=issue.status.value,
        totals=_totals(report),
        meter=_meter(report.bytes),
        look_at=tuple(_finding(one) for one in report.findings if one.verdict != "passed"),
        passed=tuple(map(_finding, report.passed)),
        cuts=report.cuts,
        stories=tuple(
            StoryRow(
                headline=one.headline,
                shown=_SHOWN[one.shown],
                bytes=_kilobytes(one.bytes),
                width=_percent(one.bytes, largest),
                url=f"index.html#{quote(one.id, safe='')}",
            )
            for one in report.bytes.stories
        ),
        clients=tuple(
            ClientRow(
                name=one.name,
                share=_share(one.share),
                core=_share(one.core),
                width=_percent(one.core, 1),
            )
            for one in support.clients
        ),
        lacks=tuple(_lack(one) for one in support.unsupported if one.is_core),
        adornments=tuple(_lack(one) for one in support.unsupported if not one.is_core),
        support=_share(support.core),
        data_date=support.data_date,
    )


def _lack(one: Unsupported) -> LackRow:
    return LackRow(feature=one.feature, clients=", ".join(one.clients), note=one.note)


def _totals(report: CheckReport) -> tuple[tuple[str, str], ...]:
    notes = sum(one.verdict == "note" for one in report.findings)
    return (
        ("error", counted(len(report.errors), "error")),
        ("warning", counted(len(report.warnings), "warning")),
        ("note", counted(notes, "note")),
        ("passed", f"{len(report.passed)} passed"),
    )


def _finding(one: Finding) -> FindingView:
    hidden = len(one.places) - _PLACES_SHOWN
    return FindingView(
        verdict=one.verdict,
        word=_WORDS[one.verdict],
        title=one.title,
        detail=one.detail,
        places=tuple(map(_place, one.places[:_PLACES_SHOWN])),
        more=f"and {counted(hidden, 'more place')}" if hidden > 0 else "",
        way_out=one.way_out[:1].upper() + one.way_out[1:],
    )


def _place(one: Place) -> PlaceView:
    line = f", line {one.line:,}" if one.line else ""
    url = one.file if one.file in _PAGES else ""
    if one.story_id:
        page = one.file if one.file in {"email.html", "index.html"} else "index.html"
        url = f"{page}#{quote(one.story_id, safe='')}"
    return PlaceView(where=f"{one.file}{line}", text=one.text, url=url)


def _meter(found: Bytes) -> MeterView:
    whole = max(found.limit * _ROOM, found.total)
    # Quoted-printable makes all parts longer alike: they share what is measured.
    stretch = found.total / found.raw if found.raw else 1.0
    parts, begin = [], 0.0
    for name, amount in (
        ("Text and links", found.text),
        ("Inline styles", found.inline_styles),
        ("Style sheet and head", found.head),
    ):
        width = _percent(amount * stretch, whole)
        parts.append(
            PartView(name=name, amount=_kilobytes(amount * stretch), begin=begin, width=width)
        )
        begin = round(begin + width, 2)
    left = found.limit - found.total
    over = f"{_kilobytes(-left)} too many"
    return MeterView(
        total=_kilobytes(found.total),
        left=f"{_kilobytes(left)} left" if left >= 0 else over,
        limit=_percent(found.limit, whole),
        limit_words=f"Gmail clips from {_kilobytes(found.limit)}",
        state=_state(found),
        parts=tuple(parts),
    )


def _state(found: Bytes) -> str:
    if found.total > found.limit:
        return "error"
    return "warning" if found.total > MANY_BYTES else "good"


def _kilobytes(amount: float) -> str:
    return f"{amount / 1000:,.1f} KB"


def _percent(part: float, whole: float) -> float:
    return round(min(1.0, part / whole) * 100, 2) if whole else 0.0


def _share(share: float) -> str:
    return f"{int(share * 1000) / 10:g} %"  # cut: 99.96 % is not all
