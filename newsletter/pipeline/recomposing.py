"""Recomposing: a built issue is composed anew from the store, with other decisions on its stories.

Nothing is asked: no feed, no page, no language model but for the answers that are kept.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from newsletter import weeks
from newsletter.issue import load
from newsletter.issue.base import load_base
from newsletter.model import Base, Decision, Issue
from newsletter.pipeline.choosing import as_built
from newsletter.pipeline.compose import Composed, Sources, compose
from newsletter.pipeline.edited import sized
from newsletter.pipeline.errands import Wanted
from newsletter.pipeline.material import Brief
from newsletter.pipeline.rehearse import UnsavedParagraphs, UnsavedWords
from newsletter.pipeline.stopwatch import Stopwatch
from newsletter.pipeline.window import Window
from newsletter.pipeline.writing import WritingDesk
from newsletter.ports import Reply, Writer
from newsletter.weeks import Schedule


def recomposed(wanted: Wanted, brief: Brief, schedule: Schedule, sources: Sources) -> Composed:
    """Return the issue of *wanted* composed anew, at the cut-off and moment of its build.

    What its build chose stays in it, and nothing else comes in, also where limits are narrower by
    now: those wait for the next build. Sizes of pictures that were measured for it are kept;
    nothing is saved.

    Raises:
        NothingToPrintError: its articles are gone.
    """
    built = wanted.built
    before = load(built.content)
    window = Window(
        id=built.id,
        publishes_at=weeks.instant(schedule, built.id),
        since=built.since,
        until=built.until,
        is_coming=False,
    )
    quiet = replace(
        sources,
        words=UnsavedWords(sources.words),
        paragraphs=UnsavedParagraphs(sources.paragraphs),
        decisions=Decided(wanted.decisions),
        full_text=None,
        desk=_only_kept(sources.desk) if sources.desk else None,
    )
    named = wanted.named | {one.id for story in before.stories for one in story.articles}
    base = load_base(built.base) if built.base else Base(issue=before, sections=())
    chosen = base.chosen or _told(base.issue)
    found = compose(
        window,
        brief,
        before.generated_at,
        quiet,
        Stopwatch(),
        named=named,
        choosing=as_built(chosen, wanted.decisions),
    )
    is_as_built = _told(found.issue) == chosen
    anew = replace(found.base, chosen=() if is_as_built else chosen)
    return replace(found, base=sized(anew, before))


def _told(issue: Issue) -> tuple[tuple[str, ...], ...]:
    """Return the articles of each story of *issue*, by id."""
    return tuple(tuple(one.id for one in story.articles) for story in issue.stories)


class Decided:
    """Decisions as they would be, or were at one moment; it is told nothing more."""

    def __init__(self, known: tuple[Decision, ...]) -> None:
        self._known = known

    def decisions(self) -> tuple[Decision, ...]:
        """Return them all."""
        return self._known

    def decide(self, made: Iterable[Decision], *, revoked: Collection[Decision] = ()) -> None:
        """Remember nothing."""


@dataclass(frozen=True, slots=True)
class _Silence:
    """The reply of somebody who was not asked."""

    content: str = ""
    tokens_in: int | None = 0
    tokens_out: int | None = 0
    failure: str = "it is asked at the next build (newsletter build-issue)"
    is_down: bool = False
    calls: int = 0


class _Unasked:
    """A language model that is known by what is kept of it, and asked nothing."""

    def __init__(self, writer: Writer) -> None:
        self.name, self.host, self.answer_tokens = writer.name, writer.host, writer.answer_tokens

    def __call__(self, messages: Sequence[Mapping[str, str]]) -> Reply:
        """Say nothing."""
        del messages
        return _Silence()


def _only_kept(desk: WritingDesk) -> WritingDesk:
    return replace(desk, writer=_Unasked(desk.writer))
