"""What is asked on the command line of `newsletter edit`, in the order in which it stands there."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from newsletter.cli.weeks import story_named
from newsletter.model import Wish

if TYPE_CHECKING:
    from newsletter.pipeline.listing import Listed

F = TypeVar("F", bound=Callable[..., object])

_ORDER = "newsletter.cli.edit_wishes"
_PLACE = click.IntRange(min=1, max=9_999)  # behind the last story is the end of its section
_NONE = "none"


class InOrder(click.Command):
    """A command that knows in which order its options were given, also among each other."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse *args*, and keep the names of the options in their order."""
        _, _, given = self.make_parser(ctx).parse_args(args=list(args))
        ctx.meta[_ORDER] = [one.name for one in given]
        return super().parse_args(ctx, args)


def _about(name: str, metavar: str, help_: str, *, two: Any = None) -> Callable[[F], F]:
    type_ = (str, two) if two is not None else str
    return click.option(f"--{name}", name, metavar=metavar, type=type_, multiple=True, help=help_)


_OPTIONS = (
    _about("drop", "STORY", "Leave it out of the issue."),
    _about("pin", "STORY", "Keep it in the issue, or bring it in."),
    _about("move", "STORY N", "Put it at place N of its section.", two=_PLACE),
    _about("section", "STORY NAME", "Put it into that section.", two=str),
    _about("lead", "STORY", "Put it first in the issue, with its section."),
    _about("headline", "STORY TEXT", "Give it this headline.", two=str),
    _about("summary", "STORY TEXT", "Give it this summary.", two=str),
    _about("picture", "STORY URL", "Show this picture of its sources, or none.", two=str),
    _about("intro", "TEXT", "Begin the issue so (Markdown)."),
    _about("closing", "TEXT", "End the issue so (Markdown)."),
    _about("note", "TEXT", "Print this note, such as a correction (Markdown)."),
)
NAMES = ("drop", "pin", "move", "section", "lead", "headline", "summary", "picture",
         "intro", "closing", "note")  # fmt: skip


def wish_options(function: F) -> F:
    """Add the options that each ask for one change, all repeatable."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def asked(ctx: click.Context, values: Mapping[str, Sequence[Any]]) -> list[tuple[str, Any]]:
    """Return what was asked for by options, name and value, in the order of the command line."""
    waiting = {name: list(values[name]) for name in NAMES}
    order = [name for name in ctx.meta.get(_ORDER, NAMES) if name in waiting]
    found = [(name, waiting[name].pop(0)) for name in order if waiting[name]]
    return [*found, *((name, one) for name in NAMES for one in waiting[name])]


def wishes_asked(
    requests: Sequence[tuple[str, Any]], stories: "Sequence[Listed]"
) -> Iterator[Wish]:
    """Yield each of *requests* as a wish; their numbers of stories are those of *stories*.

    Raises:
        IssueError: one names no story, or several.
    """
    for name, value in requests:
        match name, value:
            case ("intro" | "closing" | "note") as kind, str(text):
                yield Wish(kind=kind, text=text)
            case ("drop" | "pin" | "lead") as kind, str(story):
                yield Wish(kind=kind, story=story_named(story, stories).id)
            case "move", (story, place):
                yield Wish(kind="move", story=story_named(story, stories).id, place=place)
            case "section", (story, section):
                yield Wish(kind="section", story=story_named(story, stories).id, section=section)
            case "picture", (story, url):
                url = "" if url.strip().lower() == _NONE else url
                yield Wish(kind="picture", story=story_named(story, stories).id, text=url)
            case ("headline" | "summary") as kind, (story, text):
                yield Wish(kind=kind, story=story_named(story, stories).id, text=text)
