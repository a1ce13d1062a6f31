"""Compose: the window's articles become stories, the best of them an issue."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime

from newsletter.errors import NothingToPrintError
from newsletter.issue import compose as compose_issue
from newsletter.issue.compose import Frame
from newsletter.model import Article, Counts, Issue, Ranked, Summary
from newsletter.pipeline.assigning import assignments
from newsletter.pipeline.clustering import Background, Vectors, stories_of
from newsletter.pipeline.continuing import continued
from newsletter.pipeline.material import (
    Brief,
    CommonWords,
    desk_of,
    in_their_languages,
    usable,
)
from newsletter.pipeline.repeating import repeated
from newsletter.pipeline.report import report
from newsletter.pipeline.window import Window
from newsletter.pipeline.writing import Spent, WritingDesk, written
from newsletter.ports import Articles, Decisions, Issues, Paragraphs, Summariser, Words
from newsletter.stories.leading import led_by
from newsletter.stories.rank import Choice, choose, outlet_of, rank

READ = "read"  # where the report names all articles that were read for the issue, by id


@dataclass(slots=True)
class Stopwatch:
    """Seconds of wall time spent in each stage of a build."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the time that the block takes to *name*."""
        start = time.perf_counter()
        try:
            yield
        finally:
            spent = time.perf_counter() - start
            self.seconds[name] = round(self.seconds.get(name, 0.0) + spent, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """An issue, the counts behind it and the report that explains it (JSON values)."""

    issue: Issue
    copies: int
    report: Mapping[str, object]
    spent: Spent


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What composing asks of the world.

    `vectors` asks an embedding model. `full_text` reads the pages of shortlisted stories (of all
    ranked, with those chosen) and tells whether any could be read. `desk` asks a language model for
    summaries. Each is None where there is nobody to ask.
    """

    articles: Articles
    words: Words
    paragraphs: Paragraphs
    decisions: Decisions
    issues: Issues
    background: Background
    common_words: CommonWords
    summarise: Summariser
    vectors: Vectors | None = None
    full_text: Callable[[Sequence[Ranked], Sequence[Ranked]], bool] | None = None
    desk: WritingDesk | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """A week's articles, the stories they tell, and which of those are chosen.

    `read` are the ids of all that were in its window, `held` those that can be told.
    """

    read: Sequence[str]
    held: Sequence[Article]
    ranked: Sequence[Ranked]
    choice: Choice


def compose(
    window: Window, brief: Brief, now: datetime, sources: Sources, watch: Stopwatch
) -> Composed:
    """Return the issue of *window*, composed from what the store holds.

    Raises:
        NothingToPrintError: there is not one article to make it of.
    """
    draft = _draft(window, brief, sources, watch)
    if sources.full_text:
        with watch.stage("pages"):
            grown = sources.full_text(draft.ranked, draft.choice.chosen)
        if grown:
            # Once more: a whole text may tell another story than its teaser did.
            draft = _draft(window, brief, sources, watch)
    with watch.stage("summaries"):
        stories = [ranked.story for ranked in draft.choice.chosen]
        again = repeated(stories, draft.held, sources.paragraphs)
        wanted = assignments(draft.choice.chosen, brief, again)
        told = written(
            list(zip(stories, wanted, strict=True)),
            sources.summarise,
            sources.desk,
            scores=[ranked.score for ranked in draft.choice.chosen],
        )
        chosen = [
            _led(ranked, summary)
            for ranked, summary in zip(draft.choice.chosen, told.summaries, strict=True)
        ]
    by_id = {article.id: article for article in draft.held}
    issue = compose_issue(
        _frame(window, brief, now),
        chosen,
        articles=by_id,
        counts=Counts(
            articles=len(draft.held),
            outlets=len({outlet_of(article) for article in draft.held}),
            stories=len(draft.ranked),
            chosen=len(chosen),
        ),
    )
    return Composed(
        issue=issue,
        copies=sum(len(ranked.story.copies) for ranked in draft.ranked),
        report={
            **report(chosen, draft.choice, by_id, sources.decisions.decisions()),
            "writing": asdict(told.spent),
            READ: draft.read,
        },
        spent=told.spent,
    )


def _draft(window: Window, brief: Brief, sources: Sources, watch: Stopwatch) -> _Draft:
    with watch.stage("read"):
        seen = sources.articles.within(window.since, window.until)
        found = usable(seen, brief, window.until)
        held = in_their_languages(found, sources.common_words)
    if not held:
        raise NothingToPrintError(_nothing(window))
    with watch.stage("stories"):
        stories = stories_of(
            held,
            window,
            background=sources.background,
            words=sources.words,
            decisions=sources.decisions,
            vectors=sources.vectors,
        )
    with watch.stage("continuity"):
        stories = continued(
            stories,
            window,
            background=sources.background,
            issues=sources.issues,
            articles=sources.articles,
            common_words=sources.common_words,
            history=sources.words.history(),
        )
    with watch.stage("rank"):
        desk = desk_of(brief, held)
        ranked = rank(stories, desk, window.until)
        read = [article.id for article in seen]
        return _Draft(read=read, held=held, ranked=ranked, choice=choose(ranked, desk))


def _frame(window: Window, brief: Brief, now: datetime) -> Frame:
    return Frame(
        id=window.id,
        masthead=brief.masthead,
        since=window.since,
        until=window.until,
        publishes_at=window.publishes_at,
        generated_at=now,
        sections=tuple(name for name, _ in brief.sections),
        min_stories=brief.min_stories,
        layout=brief.layout,
        intro=brief.intro,
        closing=brief.closing,
        sponsor=brief.sponsor,
    )


def _led(ranked: Ranked, summary: Summary) -> tuple[Ranked, Summary]:
    """Return *ranked* led by the article that its summary opens with: its link goes there."""
    if not summary.sentences:
        return ranked, summary
    story = led_by(ranked.story, summary.sentences[0].article_id)
    return replace(ranked, story=story), summary


def _nothing(window: Window) -> str:
    if not window.is_coming:
        return f"{window.id}: nobody has data for that week: no article was first seen in it"
    since = (
        f" since {window.since:%Y-%m-%d %H:%M} UTC, when the last issue closed"
        if window.since
        else ""
    )
    return (
        f"{window.id}: there is not one article to make an issue of{since};"
        " add a feed (newsletter feeds add URL), or lay documents into seeds/"
    )
