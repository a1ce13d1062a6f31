"""Ranked stories and their summaries in, the Issue out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from newsletter.issue.why import why
from newsletter.model import (
    Article,
    Counts,
    Issue,
    Layout,
    Masthead,
    PrintedArticle,
    PrintedStory,
    Ranked,
    Section,
    Sponsor,
    Status,
    Summary,
)

NO_HEADLINE = "no headline, for no source gives a title or a text"
NO_SUMMARY = "no summary, for the sources give no whole sentence"
ALL_HELD = "unsure of every sentence, only the headline is printed (newsletter why shows all)"
REST_HELD = "unsure of all but the first sentence, only that is printed (newsletter why shows all)"
WANTS_A_LOOK = "a summary that wants a look before it goes out"
NO_LINK = "a source without a link"
NOT_SAFE = "a link over http, not https"
OF_SUMMARIES = (NO_SUMMARY, ALL_HELD, REST_HELD, WANTS_A_LOOK)
_KINDS = (
    NO_HEADLINE, *OF_SUMMARIES, NO_LINK, NOT_SAFE,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Everything of an issue that is settled before its stories are."""

    id: str
    masthead: Masthead
    since: datetime | None
    until: datetime
    publishes_at: datetime
    generated_at: datetime
    sections: tuple[str, ...]
    min_stories: int
    layout: Layout = Layout()
    intro: str = ""
    closing: str = ""
    sponsor: Sponsor | None = None


def compose(
    frame: Frame,
    chosen: Sequence[tuple[Ranked, Summary]],
    *,
    articles: Mapping[str, Article],
    counts: Counts,
) -> Issue:
    """Return the Issue of the *chosen* stories, by section and rank.

    *articles* are all of the window by id. What keeps the issue from being sent makes it a draft.
    """
    problems = problems_of(frame.masthead)
    printed = tuple(
        Section(
            name=name,
            stories=tuple(
                _printed(ranked, summary, articles)
                for ranked, summary in chosen
                if ranked.section == name
            ),
        )
        for name in frame.sections
    )
    sections = tuple(section for section in printed if section.stories)
    summaries = {ranked.story.id: summary for ranked, summary in chosen}
    return Issue(
        id=frame.id,
        masthead=frame.masthead,
        status=Status.DRAFT if problems else Status.READY,
        problems=problems,
        warnings=_warnings(frame, sections, summaries),
        since=frame.since,
        until=frame.until,
        publishes_at=frame.publishes_at,
        generated_at=frame.generated_at,
        counts=counts,
        sections=sections,
        layout=frame.layout,
        intro=frame.intro,
        closing=frame.closing,
        sponsor=frame.sponsor,
    )


def _printed(ranked: Ranked, summary: Summary, articles: Mapping[str, Article]) -> PrintedStory:
    story = ranked.story
    return PrintedStory(
        id=story.id,
        headline=summary.headline,
        summary=summary.sentences,
        articles=tuple(
            PrintedArticle(
                id=article.id,
                url=article.url,
                title=article.title,
                source=article.source,
                published=article.published,
                lead=article.id == story.lead.id,
                copy_of=story.copies.get(article.id),
                image=article.image,
            )
            for article in story.articles
        ),
        why=why(story, articles),
        score=ranked.score,
        reasons=ranked.reasons,
        earlier=story.continuation.earlier,
        new=story.continuation.new,
        differences=summary.differences,
        sure=summary.sure,
        genre=summary.genre,
        by=summary.by,
    )


def problems_of(masthead: Masthead) -> tuple[str, ...]:
    """Return what keeps every issue of a newsletter from being sent, in words."""
    found = []
    if masthead.sender is None:
        found.append("nobody sends it: feeds.yaml has no sender")
    elif not masthead.sender.postal_address.strip():
        found.append("sender.postal_address is missing: mail law asks for it (CAN-SPAM, § 5 DDG)")
    if masthead.sender and not masthead.sender.unsubscribe:
        found.append(
            "sender.unsubscribe is missing: write a URL, or the sending service's merge tag;"
            " until then readers are offered a mail to the sender"
        )
    if masthead.url is None:
        found.append("url is missing: the e-mail has no “view in browser”")
    return tuple(found)


def _warnings(
    frame: Frame, sections: Sequence[Section], summaries: Mapping[str, Summary]
) -> tuple[str, ...]:
    """Return what wants a look, a line for each kind, stories by their numbers in the issue."""
    stories = list(enumerate((story for part in sections for story in part.stories), start=1))
    kinds: dict[str, list[int]] = {
        NO_HEADLINE: [number for number, story in stories if not story.headline]
    }
    for number, story in stories:
        if kind := _doubt(summaries[story.id]):
            kinds.setdefault(kind, []).append(number)
    kinds[NO_LINK] = [n for n, story in stories if any(a.url is None for a in story.articles)]
    kinds[NOT_SAFE] = [
        number
        for number, story in stories
        if any((article.url or "").startswith("http:") for article in story.articles)
    ]
    few = f"thin: {len(stories)} of at least {frame.min_stories} stories"
    thin = (few,) if len(stories) < frame.min_stories else ()
    return (*thin, *(f"{kind}: {numbered(kinds[kind])}" for kind in _KINDS if kinds.get(kind)))


def _doubt(summary: Summary) -> str:
    """Return what an editor should know of a summary, "" if nothing.

    That a review, an opinion or a feature gets one sentence is no fault.
    """
    if not summary.sentences:
        return ALL_HELD if summary.held else NO_SUMMARY
    if summary.sure:
        return ""
    if summary.lede_sure and len(summary.sentences) == 1:
        return REST_HELD if summary.held and summary.genre == "news" else ""
    return WANTS_A_LOOK


def numbered(numbers: Sequence[int]) -> str:
    """Return how a warning names stories by their numbers: "story 3", "stories 3, 5"."""
    return f"stor{'ies' if len(numbers) > 1 else 'y'} {', '.join(map(str, numbers))}"
