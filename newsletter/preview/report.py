"""Turns a check report into what stands beside the issue: totals, byte meter, what to look at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from newsletter.model import Bytes, CheckReport, Finding, Issue, Place, StoryBytes
from newsletter.preview.choices import LINED, Choices
from newsletter.preview.report_told import Told, told
from newsletter.preview.words import kilobytes

AMBER = 90_000  # bytes: from here on the limit is near
_ROOM = 1.08  # of the limit, that the meter is long
_PLACES = 4  # of a finding that are named
_EDITIONS = {
    "index.html": "web",
    "email.html": "mail",
    "issue.txt": "text",
    "issue.md": "markdown",
    "issue.eml": "headers",
}
_SAID = {
    "web": "web page",
    "mail": "mail",
    "text": "text",
    "markdown": "Markdown",
    "source": "source",
    "headers": "headers",
}
_STORIED = frozenset({"index.html", "email.html"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceView:
    """A place as the report names it; `url` is None where the preview cannot lead there."""

    text: str
    url: str | None
    link_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """A finding with its places; `told` is its title, `more` how many places are not named."""

    finding: Finding
    told: Told
    places: tuple[PlaceView, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the byte meter: where it starts and how long it is, in percent of the meter."""

    name: str
    size: str
    start: float
    length: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """The byte meter; `mark` is where the limit lies, in percent of the meter."""

    total: str
    left: str
    state: str
    parts: tuple[Part, ...]
    mark: float
    limit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryBar:
    """The bytes of one story; `length` in percent of the largest."""

    story: StoryBytes
    size: str
    length: float
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """A check report as a page shows it.

    `problems` and `warnings` are what the build noted and no finding repeats.
    """

    report: CheckReport
    meter: Meter
    to_look_at: tuple[FindingView, ...]
    notes: tuple[FindingView, ...]
    stories: tuple[StoryBar, ...]
    problems: tuple[Told, ...]
    warnings: tuple[Told, ...]


def report_view(report: CheckReport, issue: Issue, choices: Choices) -> ReportView:
    """Return *report* with links that lead to each place, whatever else is chosen."""
    by_verdict = {
        verdict: tuple(
            _finding(one, issue, choices) for one in report.findings if one.verdict == verdict
        )
        for verdict in ("error", "warning", "note")
    }
    return ReportView(
        report=report,
        meter=meter(report.bytes),
        to_look_at=by_verdict["error"] + by_verdict["warning"],
        notes=by_verdict["note"],
        stories=tuple(_bars(report.bytes.stories, choices)),
        problems=tuple(told(text, issue, choices) for text in _new(issue.problems, report)),
        warnings=tuple(told(text, issue, choices) for text in _new(issue.warnings, report)),
    )


def size_state(total: int, limit: int) -> str:
    """Return "error" beyond *limit*, "warning" where it is near, else "ok"."""
    if total > limit:
        return "error"
    return "warning" if total >= AMBER else "ok"


def meter(size: Bytes) -> Meter:
    """Return the byte meter of an e-mail; its parts make up its whole length.

    Where encoding for transport makes the mail larger than it is, that is a part of its own.
    """
    whole = max(size.limit * _ROOM, size.total)
    amounts = [
        ("Text and links", size.text),
        ("Inline styles", size.inline_styles),
        ("Style sheet and head", size.head),
    ]
    encoding = size.total - sum(amount for _, amount in amounts)
    if encoding > 0:
        amounts.append(("Encoding for transport", encoding))
    parts, start = [], 0.0
    for name, amount in amounts:
        length = 100 * amount / whole
        parts.append(Part(name=name, size=kilobytes(amount), start=start, length=length))
        start += length
    left = size.limit - size.total
    return Meter(
        total=kilobytes(size.total),
        left=f"{kilobytes(left)} left" if left >= 0 else f"{kilobytes(-left)} too large",
        state=size_state(size.total, size.limit),
        parts=tuple(parts),
        mark=100 * size.limit / whole,
        limit=f"{size.limit // 1000} KB",
    )


def _new(texts: Sequence[str], report: CheckReport) -> Iterator[str]:
    """Yield those of *texts* that no finding says already."""
    known = {text for finding in report.findings for text in (finding.title, finding.detail)}
    return (text for text in texts if text not in known)


def _finding(finding: Finding, issue: Issue, choices: Choices) -> FindingView:
    shown = finding.places[:_PLACES]
    return FindingView(
        finding=finding,
        told=told(finding.title, issue, choices),
        places=tuple(_place(place, choices) for place in shown),
        more=len(finding.places) - len(shown),
    )


def _place(place: Place, choices: Choices) -> PlaceView:
    edition = _EDITIONS.get(place.file)
    if edition is None:
        return PlaceView(text=place.text, url=None, link_text=place.file)
    if place.story_id and place.file in _STORIED:
        show = "light" if choices.is_compared else choices.show
        url = choices.url(edition=edition, at=place.story_id, show=show)
        return PlaceView(text=place.text, url=url, link_text=f"Show in the {_SAID[edition]}")
    lined = "source" if edition == "mail" else edition
    if place.line is None or lined not in LINED:
        url = choices.url(edition=edition)
        return PlaceView(text=place.text, url=url, link_text=f"Show the {_SAID[edition]}")
    url = f"{choices.url(edition=lined)}#{lined}-{place.line}"
    return PlaceView(text=place.text, url=url, link_text=f"Line {place.line} of the {_SAID[lined]}")


def _bars(stories: Sequence[StoryBytes], choices: Choices) -> Iterator[StoryBar]:
    largest = max((story.bytes for story in stories), default=1) or 1
    there = replace(choices, edition="mail", show="light")
    for story in stories:
        yield StoryBar(
            story=story,
            size=kilobytes(story.bytes),
            length=100 * story.bytes / largest,
            url=there.url(at=story.id),
        )
