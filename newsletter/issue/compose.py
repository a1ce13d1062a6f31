"""Ranked stories and their summaries in, the Issue out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from newsletter.issue.why import why
from newsletter.model import (
    Article,
    Counts,
    Issue,
    Masthead,
    PrintedArticle,
    PrintedStory,
    Ranked,
    Section,
    Status,
    Summary,
)


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
    problems = _problems(frame.masthead, chosen)
    sections = tuple(
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
    return Issue(
        id=frame.id,
        masthead=frame.masthead,
        status=Status.DRAFT if problems else Status.READY,
        problems=problems,
        warnings=_warnings(frame, chosen),
        since=frame.since,
        until=frame.until,
        publishes_at=frame.publishes_at,
        generated_at=frame.generated_at,
        counts=counts,
        sections=tuple(section for section in sections if section.stories),
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
            )
            for article in story.articles
        ),
        why=why(story, articles),
        score=ranked.score,
        reasons=ranked.reasons,
    )


def _problems(masthead: Masthead, chosen: Sequence[tuple[Ranked, Summary]]) -> tuple[str, ...]:
    found = []
    if masthead.sender is None:
        found.append("nobody sends it: feeds.yaml has no sender")
    elif not masthead.sender.postal_address.strip():
        found.append("sender.postal_address is missing: mail law asks for it (CAN-SPAM, § 5 DDG)")
    if masthead.url is None:
        found.append("url is missing: the e-mail has no “view in browser”")
    found += (
        f"story {ranked.story.id} has no headline; give one of its sources a title"
        for ranked, summary in chosen
        if not summary.headline
    )
    return tuple(found)


def _warnings(frame: Frame, chosen: Sequence[tuple[Ranked, Summary]]) -> tuple[str, ...]:
    found = []
    if len(chosen) < frame.min_stories:
        found.append(f"thin: {len(chosen)} of at least {frame.min_stories} stories")
    for ranked, summary in chosen:
        name = f"story {ranked.story.id} (“{summary.headline}”)"
        if not summary.sentences:
            found.append(f"{name} has no summary: its sources give no whole sentence")
        elif not summary.sure:
            found.append(f"{name}: the summary wants a look before it goes out")
        articles = ranked.story.articles
        bare = [article.source for article in articles if article.url is None]
        plain = [article.source for article in articles if (article.url or "")[:5] == "http:"]
        if bare:
            found.append(f"{name}: named without a link: {'; '.join(bare)}")
        if plain:
            found.append(f"{name}: linked over http, not https: {'; '.join(plain)}")
    return tuple(found)
