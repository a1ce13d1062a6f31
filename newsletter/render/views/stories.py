"""Turns one printed story into the words and links of its place on a page."""

from collections.abc import Sequence
from datetime import datetime

from newsletter.model import PrintedArticle, PrintedStory
from newsletter.render import dates
from newsletter.render.heads import short_head
from newsletter.render.past import differing, points, timeline
from newsletter.render.safe import direction, ended, link, plain
from newsletter.render.sentences import pieces, printed
from newsletter.render.views.naming import counted
from newsletter.render.views.pictures import picture
from newsletter.render.views.values import Nameplate, SourceView, StoryView

_BRIEF = 1  # sentences of a story that is set in small
_SHORT_COLUMNS = 60


def story_view(
    story: PrintedStory,
    number: int,
    plate: Nameplate,
    publishes: datetime,
    *,
    with_picture: bool = False,
) -> StoryView:
    """Return *story*, the issue's *number*th, as its pages print it."""
    lead = next((article for article in story.articles if article.lead), story.articles[0])
    headline = plain(story.headline) or plain(lead.title) or plain(lead.source)
    toward = direction(headline)
    past = points(story.earlier, plate.web_url, publishes)
    # A headline that was made of the only sentence says all of it.
    says_all = len(story.summary) == 1 and _says(headline, story.summary[0].text)
    told = () if says_all else pieces(story.summary, publishes.year)
    return StoryView(
        id=story.id,
        number=number,
        headline=headline,
        short=short_head(headline, _SHORT_COLUMNS),
        url=link(lead.url),
        summary=printed(told),
        count=_count(story.articles),
        sources=tuple(_source(article, publishes) for article in story.articles),
        direction=toward if toward != plate.direction else None,
        score=story.score,
        begun=past[0] if past else None,
        timeline=timeline(past, headline, publishes),
        differing=differing(story),
        difference=differing(story).removeprefix("Sources differ"),
        pieces=told,
        label="" if story.genre == "news" else story.genre.capitalize(),
        is_brief=len(story.summary) <= _BRIEF,
        run_in=ended(headline) if told and toward == plate.direction else "",
        by_model=story.by == "llm" and bool(told),
        picture=picture(story.articles, headline) if with_picture else None,
        page_direction=plate.direction,
    )


def _says(headline: str, sentence: str) -> bool:
    return headline.rstrip(".").casefold() == plain(sentence).rstrip(".").casefold()


def _source(article: PrintedArticle, publishes: datetime) -> SourceView:
    zone = publishes.tzinfo
    date = article.published and dates.short_day(dates.in_zone(article.published, zone), publishes)
    return SourceView(
        name=plain(article.source),
        url=link(article.url),
        date=date or "",
        is_copy=article.copy_of is not None,
    )


def _count(articles: Sequence[PrintedArticle]) -> str:
    originals = [article for article in articles if article.copy_of is None] or articles
    if all(article.url is None for article in articles):
        return counted(len(originals), "document")
    return counted(len({article.source for article in originals}), "outlet")
