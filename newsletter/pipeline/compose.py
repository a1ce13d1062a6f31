"""Compose: the window's articles become stories, the best of them an issue."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from newsletter.errors import NothingToPrintError
from newsletter.issue import compose as compose_issue
from newsletter.issue.compose import Frame
from newsletter.model import Article, Assignment, Base, Counts, Issue, Ranked, Summary
from newsletter.pipeline.assigning import assignments
from newsletter.pipeline.candidates import at_length, printed, spares
from newsletter.pipeline.choosing import Choosing
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
from newsletter.pipeline.stopwatch import Stopwatch
from newsletter.pipeline.window import Window
from newsletter.pipeline.writing import Spent, WritingDesk, written
from newsletter.ports import Articles, Decisions, Issues, Paragraphs, Summariser, Words
from newsletter.stories.leading import led_by
from newsletter.stories.rank import Choice, choose, outlet_of, rank

READ = "read"  # where the report names all articles that were read for the issue, by id


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """An issue, the counts behind it and the report that explains it (JSON values).

    `base` has the issue, and beside it the candidates that an editor may bring in.
    """

    base: Base
    copies: int
    report: Mapping[str, object]
    spent: Spent

    @property
    def issue(self) -> Issue:
        """Return the issue as it was composed, before any edit."""
        return self.base.issue


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

    `read` are the ids of all that were in its window, `held` those that can be told. `by_rank` are
    the stories that would be chosen if no editor had a hand in it.
    """

    read: Sequence[str]
    held: Sequence[Article]
    ranked: Sequence[Ranked]
    choice: Choice
    by_rank: Sequence[Ranked]


def compose(
    window: Window,
    brief: Brief,
    now: datetime,
    sources: Sources,
    watch: Stopwatch,
    *,
    named: Collection[str] = (),
    choosing: Choosing = choose,
) -> Composed:
    """Return the issue of *window*, composed from what the store holds.

    *named* are articles (by id) that edits name: their stories are candidates if they were not
    chosen, however low they rank. *choosing* says which are.

    Raises:
        NothingToPrintError: there is not one article to make it of.
    """
    draft = _draft(window, brief, sources, choosing, watch)
    if sources.full_text:
        with watch.stage("pages"):
            grown = sources.full_text(draft.ranked, draft.choice.chosen)
        if grown:
            # Once more: a whole text may tell another story than its teaser did.
            draft = _draft(window, brief, sources, choosing, watch)
    return _composed(draft, _frame(window, brief, now), brief, sources, named, watch)


def _composed(
    draft: _Draft,
    frame: Frame,
    brief: Brief,
    sources: Sources,
    named: Collection[str],
    watch: Stopwatch,
) -> Composed:
    """Have the stories chosen, and those that might be, told; return the issue of them."""
    choice, spare = draft.choice, spares(draft.choice, named)
    at_hand = {one.story.id: one for one in (*choice.chosen, *(one for one, _ in spare))}
    told, spent = _all_told(draft, at_hand, brief, sources, watch)
    chosen = [told[one.story.id] for one in choice.chosen]
    by_id = {article.id: article for article in draft.held}
    counts = Counts(
        articles=len(draft.held),
        outlets=len({outlet_of(article) for article in draft.held}),
        stories=len(draft.ranked),
        chosen=len(chosen),
    )
    return Composed(
        base=Base(
            issue=compose_issue(frame, chosen, articles=by_id, counts=counts),
            sections=frame.sections,
            candidates=printed(
                [told[one.story.id] for one, _ in spare],
                [reason for _, reason in spare],
                frame,
                by_id,
            ),
        ),
        copies=sum(len(ranked.story.copies) for ranked in draft.ranked),
        report={
            **report(chosen, choice, by_id, sources.decisions.decisions()),
            "writing": asdict(spent),
            READ: draft.read,
        },
        spent=spent,
    )


def _all_told(
    draft: _Draft,
    at_hand: Mapping[str, Ranked],
    brief: Brief,
    sources: Sources,
    watch: Stopwatch,
) -> tuple[dict[str, tuple[Ranked, Summary]], Spent]:
    """Return the stories *at_hand* (by id), chosen or not, with their summaries."""
    # Her hand decides where a story stands, not how it is told: what she read when she brought one
    # in, or when another left for it, is what the next build prints.
    by_rank = {one.story.id for one in draft.by_rank}
    beside = [one for id_, one in at_hand.items() if id_ not in by_rank]
    with watch.stage("summaries"):
        stories = [ranked.story for ranked in at_hand.values()]
        again = repeated(stories, draft.held, sources.paragraphs)
        jobs = zip(draft.by_rank, assignments(draft.by_rank, brief, again), strict=True)
        told, spent = _told([job for job in jobs if job[0].story.id in at_hand], sources)
    with watch.stage("candidates"):
        wanted = at_length(assignments(beside, brief, again))
        others, _ = _told(list(zip(beside, wanted, strict=True)), replace(sources, desk=None))
    return told | others, spent


def _told(
    jobs: Sequence[tuple[Ranked, Assignment]], sources: Sources
) -> tuple[dict[str, tuple[Ranked, Summary]], Spent]:
    """Return stories with their summaries by id, each led by the article that its opens with."""
    told = written(
        [(one.story, wanted) for one, wanted in jobs],
        sources.summarise,
        sources.desk,
        scores=[one.score for one, _ in jobs],
    )
    pairs = zip(jobs, told.summaries, strict=True)
    return {one.story.id: _led(one, summary) for (one, _), summary in pairs}, told.spent


def _draft(
    window: Window, brief: Brief, sources: Sources, choosing: Choosing, watch: Stopwatch
) -> _Draft:
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
        return _Draft(
            read=read,
            held=held,
            ranked=ranked,
            choice=choosing(ranked, desk),
            by_rank=choose(ranked, desk).chosen,
        )


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
