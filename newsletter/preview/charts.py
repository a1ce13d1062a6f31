"""Charts as values: each with a title that states the finding, marks in percent, and its table."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from newsletter.model import CheckReport, Issue
from newsletter.preview.desk import FeedRow, IssueRow
from newsletter.preview.report import AMBER
from newsletter.preview.words import kilobytes, percent, sentence, spelt, spelt_out

_ROWS = 8  # of a list of bars
_WEEKS = 12
_NAME = 60  # characters that a title has for a name
_MANY = 3  # outlets that make a story well sourced
_LEFT, _RIGHT = 9.0, 99.0  # where the plot of a drawing lies, in percent
_STEPS = (1, 2, 5)  # times a power of ten: round figures for an axis
_MOST_STEPS = 4
LIMIT = 102_400  # bytes: what is larger, Gmail clips


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One thing that is drawn: `length` in percent of the drawing, `x` and `width` too.

    `label` is told at it, "" where the axis tells enough; `is_dark` marks what the title is about.
    """

    name: str
    value: str
    length: float
    is_dark: bool = False
    x: float = 0.0
    width: float = 0.0
    label: str = ""
    state: str = "ok"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A line of the axis, `height` percent above the ground."""

    height: float
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart: `form` is bars (lying), columns or dots; `heads` names the table's two columns."""

    form: str
    title: str
    subtitle: str
    heads: tuple[str, str]
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...] = ()
    limit: float | None = None

    @property
    def drawn(self) -> tuple[Mark, ...]:
        """Return the marks that are drawn; the table holds them all."""
        return self.marks[:_ROWS] if self.form == "bars" else self.marks


def charts(
    issue: Issue | None,
    report: CheckReport | None,
    issues: Sequence[IssueRow],
    feeds: Sequence[FeedRow],
) -> tuple[Chart, ...]:
    """Return what there is to draw of the newest issue, of the issues and of the feeds.

    A chart that would have nothing to show is left out.
    """
    found = (
        _sections(issue) if issue else None,
        _outlets(issue) if issue else None,
        _sizes(issues),
        _sources(issue) if issue else None,
        _stories(report) if report else None,
        _activity(feeds),
    )
    return tuple(chart for chart in found if chart)


def _sections(issue: Issue) -> Chart | None:
    amounts = [(section.name, len(section.stories)) for section in issue.sections]
    if not amounts:
        return None
    name, most = max(amounts, key=lambda one: one[1])
    all_of_them = sum(amount for _, amount in amounts)
    if most == all_of_them:
        title = f"All {spelt_out(most, 'story')} stand in {_cut(name)}"
    else:
        title = f"{_cut(name)} has {spelt(most)} of {spelt_out(all_of_them, 'story')}"
    return Chart(
        form="bars",
        title=title,
        subtitle=f"Stories in {issue.id}, by section",
        heads=("Section", "Stories"),
        marks=_lying([(name, amount, str(amount)) for name, amount in amounts], dark={name}),
    )


def _outlets(issue: Issue) -> Chart | None:
    counts = Counter(len({one.source for one in story.articles}) for story in issue.stories)
    if not counts:
        return None
    many = sum(amount for outlets, amount in counts.items() if outlets >= _MANY)
    if many:
        title = f"{sentence(spelt(many))} of {spelt_out(counts.total(), 'story')} "
        title += f"{'has' if many == 1 else 'have'} {spelt(_MANY)} outlets or more"
    else:
        title = f"No story has {spelt(_MANY)} outlets or more"
    rows = [(outlets, counts[outlets]) for outlets in range(1, max(counts) + 1)]
    top, ticks = _axis(max(counts.values()), above=True)
    places = _places(len(rows))
    return Chart(
        form="columns",
        title=title,
        subtitle=f"Stories in {issue.id}, by number of outlets",
        heads=("Outlets", "Stories"),
        marks=tuple(
            Mark(
                name=str(outlets),
                value=str(amount),
                length=100 * amount / top,
                is_dark=outlets >= _MANY,
                x=x,
                width=width,
                label=str(amount) if outlets >= _MANY and amount else "",
            )
            for (outlets, amount), (x, width) in zip(rows, places, strict=True)
        ),
        ticks=ticks,
    )


def _sizes(issues: Sequence[IssueRow]) -> Chart | None:
    rows = [(row.id, row.bytes) for row in issues[:_WEEKS] if row.bytes][::-1]
    if not rows:
        return None
    name, largest = max(rows, key=lambda one: one[1])
    if largest > LIMIT:
        title = f"{name} is too large: Gmail clips it"
    elif largest >= AMBER:
        title = f"{name} comes close to the clip"
    else:
        title = f"No mail takes more than {percent(round(largest / LIMIT, 2))} of its room"
    top, ticks = _axis(max(largest, LIMIT) / 1000)
    places = _places(len(rows))
    return Chart(
        form="dots",
        title=title,
        subtitle="Size of the mail in KB, by issue",
        heads=("Issue", "Size"),
        marks=tuple(
            Mark(
                name=_short_week(issue),
                value=kilobytes(size),
                length=size / 10 / top,
                is_dark=issue == name,
                x=x + width / 2,
                width=width,
                label=f"{size / 1000:.0f}" if issue == name else "",
                state="error" if size > LIMIT else "warning" if size >= AMBER else "ok",
            )
            for (issue, size), (x, width) in zip(rows, places, strict=True)
        ),
        ticks=ticks,
        limit=LIMIT / 10 / top,
    )


def _sources(issue: Issue) -> Chart | None:
    counts = Counter(
        source for story in issue.stories for source in {one.source for one in story.articles}
    )
    if not counts:
        return None
    first = counts.most_common()
    most = first[0][1]
    leading = sorted(name for name, amount in first if amount == most)
    if len(leading) == 1:
        title = (
            f"{_cut(leading[0])} tells {spelt(most)} of {spelt_out(len(issue.stories), 'story')}"
        )
    else:
        title = f"{sentence(spelt(len(leading)))} outlets tell {spelt_out(most, 'story')} each"
    first.sort(key=lambda one: (-one[1], one[0]))
    return Chart(
        form="bars",
        title=title,
        subtitle=f"Stories in {issue.id}, by outlet",
        heads=("Outlet", "Stories"),
        marks=_lying([(name, amount, str(amount)) for name, amount in first], dark=set(leading)),
    )


def _stories(report: CheckReport) -> Chart | None:
    rows = sorted(report.bytes.stories, key=lambda one: -one.bytes)
    if not rows or not report.bytes.total:
        return None
    share = percent(round(rows[0].bytes / report.bytes.total, 2))
    return Chart(
        form="bars",
        title=f"The largest story takes {share} of the mail",
        subtitle=f"Bytes in {report.issue}, by story",
        heads=("Story", "Size"),
        marks=_lying(
            [(one.headline, one.bytes, kilobytes(one.bytes)) for one in rows],
            dark={rows[0].headline},
        ),
    )


def _activity(feeds: Sequence[FeedRow]) -> Chart | None:
    rows = sorted(
        ((one.called, one.articles_a_week) for one in feeds if one.articles_a_week),
        key=lambda one: (-one[1], one[0]),
    )
    if not rows:
        return None
    half, needed = sum(amount for _, amount in rows) / 2, 0
    reached = 0.0
    while reached < half:
        reached += rows[needed][1]
        needed += 1
    if needed == 1:
        title = f"{_cut(rows[0][0])} alone brings half of the articles"
    else:
        few = sentence(spelt(needed))
        title = f"{few} of {spelt_out(len(feeds), 'feed')} bring half of the articles"
    return Chart(
        form="bars",
        title=title,
        subtitle="Articles a week, by feed, the mean of eight weeks",
        heads=("Feed", "Articles a week"),
        marks=_lying(
            [(name, amount, f"{amount:g}") for name, amount in rows],
            dark={name for name, _ in rows[:needed]},
        ),
    )


def _lying(rows: Sequence[tuple[str, float, str]], dark: set[str]) -> tuple[Mark, ...]:
    """Return the bars of *rows*, each a name, an amount and how that is written."""
    largest = max(amount for _, amount, _ in rows) or 1
    return tuple(
        Mark(name=name, value=value, length=100 * amount / largest, is_dark=name in dark)
        for name, amount, value in rows
    )


def _axis(most: float, *, above: bool = False) -> tuple[float, tuple[Tick, ...]]:
    """Return the height of a drawing whose largest value is *most*, and its round lines.

    One of them stands *above* that value where that is asked for.
    """
    power = 1
    while True:
        for step in (one * power for one in _STEPS):
            if most / step <= _MOST_STEPS:
                last = step * ceil(most / step) if above else int(most * 1.04)
                lines, top = range(0, last + 1, step), max(most, last if above else 0, step) * 1.04
                return top, tuple(Tick(height=100 * one / top, name=str(one)) for one in lines)
        power *= 10


def _places(number: int) -> list[tuple[float, float]]:
    """Return where each of *number* columns starts and how wide it is, in percent."""
    pitch = (_RIGHT - _LEFT) / number
    width = min(pitch * 0.68, 14.0)
    return [(_LEFT + pitch * (one + 0.5) - width / 2, width) for one in range(number)]


def _short_week(issue: str) -> str:
    return issue.partition("-")[2] or issue


def _cut(name: str) -> str:
    return name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"
