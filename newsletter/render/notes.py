"""Numbers the links of an issue for plain text, where their URLs stand below it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from newsletter.render.prose import Prose
from newsletter.render.views import IssueView, StoryView


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A link's URL and the number that stands for it in the text."""

    number: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """The links of an issue by part, each URL with one number throughout, from 1 in reading order.

    `sections` are in the order of the issue's.
    """

    numbers: Mapping[str, int]
    intro: tuple[Note, ...]
    note: tuple[Note, ...]
    sections: tuple[tuple[Note, ...], ...]
    sponsor: tuple[Note, ...]
    closing: tuple[Note, ...]

    def mark(self, url: str | None) -> str:
        """Return what stands behind the words of a link, " [3]", "" where there is none."""
        number = self.numbers.get(url or "")
        return f" [{number}]" if number else ""


def notes(issue: IssueView) -> Notes:
    """Return the numbered links of *issue*."""
    numbers: dict[str, int] = {}

    def listed(urls: Iterable[str]) -> tuple[Note, ...]:
        found = {url: numbers.setdefault(url, len(numbers) + 1) for url in urls}
        return tuple(Note(number=number, url=url) for url, number in found.items())

    return Notes(
        intro=listed(issue.intro.links),
        note=listed(issue.note.links),
        sections=tuple(
            listed(url for story in section.stories for url in _urls(story))
            for section in issue.sections
        ),
        sponsor=listed(_sponsored(issue)),
        closing=listed(issue.closing.links),
        numbers=numbers,
    )


def _urls(story: StoryView) -> Iterator[str]:
    told = (story.begun, *story.timeline) if story.begun else story.timeline
    found = [story.url, *(point.url for point in told), *(source.url for source in story.sources)]
    yield from (url for url in found if url)


def _sponsored(issue: IssueView) -> Iterator[str]:
    if issue.sponsor:
        text: Prose = issue.sponsor.text
        yield from text.links
        if issue.sponsor.url:
            yield issue.sponsor.url
