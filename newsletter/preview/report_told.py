"""Says a warning of the build as a page says it: its stories as links, no command to be typed."""

import re
from dataclasses import dataclass

from newsletter.model import Issue
from newsletter.preview.choices import Choices
from newsletter.preview.words import without_commands

_NUMBERS = r"stor(?:y|ies) (?P<numbers>\d{1,6}(?:, \d{1,6})*)"
_BEHIND = re.compile(rf"(?P<what>.+): {_NUMBERS}", re.DOTALL)
_BEFORE = re.compile(rf"{_NUMBERS}: (?P<what>no picture .+)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLink:
    """A story that a warning names: its number, its id, and the view of the issue that shows it."""

    number: int
    id: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is said, and the stories that it is said of, in order; none where it names none."""

    text: str
    stories: tuple[StoryLink, ...] = ()


def told(text: str, issue: Issue, choices: Choices) -> Told:
    """Return *text* without the numbers of stories that it names, and these stories.

    Numbers that *issue* does not have are no stories' numbers, and stay where they are.
    """
    said = without_commands(text)
    found = _BEHIND.fullmatch(said) or _BEFORE.fullmatch(said)
    if found is None:
        return Told(text=said)
    numbers = [int(number) for number in found["numbers"].split(", ")]
    if not 0 < min(numbers) <= max(numbers) <= len(issue.stories):
        return Told(text=said)
    ids = [(number, issue.stories[number - 1].id) for number in numbers]
    show = "light" if choices.is_compared else choices.show
    links = (
        StoryLink(number=number, id=id_, url=choices.url(edition="mail", at=id_, show=show))
        for number, id_ in ids
    )
    return Told(text=found["what"], stories=tuple(links))
