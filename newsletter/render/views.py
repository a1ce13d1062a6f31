"""Turns an issue into the words and links that templates print, ready to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from urllib.parse import quote

from newsletter.model import Issue, Masthead, PrintedArticle, PrintedStory
from newsletter.render import dates
from newsletter.render.columns import cells
from newsletter.render.length import minutes
from newsletter.render.past import PointView, differing, points, timeline
from newsletter.render.safe import below, direction, ended, link, plain, shortened
from newsletter.render.sentences import PieceView, pieces, printed

_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
_ALSO_SHOWN = 2
_CONTENTS_STORIES = 24
_DESCRIPTION_CHARACTERS = 160
_PREHEADER_CHARACTERS = 120
_BRIEF = 1  # sentences of a story that is set in small


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """One source of a story; `date` is "" where the article has none.

    `is_copy` marks one that repeats another source's text: it does not count as an outlet.
    """

    name: str
    url: str | None
    date: str
    is_copy: bool

    @property
    def note(self) -> str:
        """Return both as they are printed, " (29 Jan, copy)", "" where there is nothing to say."""
        said = ", ".join(word for word in (self.date, "copy" if self.is_copy else "") if word)
        return f" ({said})" if said else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView:
    """A story as it is printed; `direction` is None where it is that of the page, `page_direction`.

    `begun` is where a story that goes on was first told, None of a new one; `timeline` are its
    points from three issues on, the last of them this one. `differing` says where sources differ.
    `pieces` are the summary once more, its dates set apart; `label` is "Review", "Opinion",
    "Feature" or "". A story `is_brief` that has one sentence or none; `run_in` is its headline's
    end where the summary goes on behind it, "" or a full stop. `by_model` marks a summary that a
    language model wrote.
    """

    id: str
    headline: str
    url: str | None
    summary: str
    count: str
    sources: tuple[SourceView, ...]
    direction: str | None
    score: float
    begun: PointView | None = None
    timeline: tuple[PointView, ...] = ()
    differing: str = ""
    pieces: tuple[PieceView, ...] = ()
    label: str = ""
    is_brief: bool = False
    run_in: str = ""
    by_model: bool = False
    page_direction: str = "ltr"


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """A section with its stories; `anchor` is where a link to it leads."""

    name: str
    anchor: str
    stories: tuple[StoryView, ...]

    @property
    def cells(self) -> tuple[tuple[StoryView, ...], ...]:
        """Return the stories as a page of two columns places them, brief ones one below another."""
        return cells(self.stories)


@dataclass(frozen=True, slots=True, kw_only=True)
class Nameplate:
    """What every page says of the newsletter itself; `web_url` is below what its issues stand."""

    title: str
    description: str
    language: str
    direction: str
    postal_address: str
    home_url: str | None
    web_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueView:
    """An issue as it is printed.

    `lead` is the first story of the first section that has one; `below_lead` are the sections
    without it, none of them empty. `left_out` says what a mail had no room for. `reading_time` is
    that of the whole issue, "" of one without stories; `by_model` says how to know summaries that a
    language model wrote, "" where there are none.
    """

    plate: Nameplate
    line: str
    date: str
    subject: str
    preheader: str
    description: str
    web_url: str | None
    unsubscribe_url: str | None
    made_from: str
    lead: StoryView | None
    lead_section: str
    sections: tuple[SectionView, ...]
    below_lead: tuple[SectionView, ...]
    story_count: str
    many: bool
    left_out: str = ""
    reading_time: str = ""
    by_model: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """One issue in the archive."""

    path: str
    week: str
    day: str
    headline: str
    also: str
    story_count: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthView:
    """The issues of one month, newest first."""

    name: str
    entries: tuple[EntryView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveView:
    """All issues, newest first; `newest` is the path of the latest."""

    plate: Nameplate
    months: tuple[MonthView, ...]
    newest: str
    total: str


def counted(number: int, thing: str) -> str:
    """Return "1 story", "2 stories"."""
    if number == 1:
        return f"1 {thing}"
    return f"{number:,} {thing[:-1]}ies" if thing.endswith("y") else f"{number:,} {thing}s"


def issue_view(issue: Issue) -> IssueView:
    """Return *issue* in the words and links of its pages."""
    masthead = issue.masthead
    publishes = dates.local(issue.publishes_at, masthead.timezone)
    plate = _nameplate(masthead)
    sections = _sections(issue, plate, publishes)
    lead = sections[0].stories[0] if sections else None
    telling = _opening(lead) if lead else plate.description
    return IssueView(
        plate=plate,
        line=f"{dates.week(publishes)}, {dates.long_day(publishes)}",
        date=publishes.isoformat(),
        subject=f"{plate.title}: {lead.headline}" if lead else plate.title,
        preheader=shortened(telling or plate.title, _PREHEADER_CHARACTERS),
        description=shortened(telling or plate.title, _DESCRIPTION_CHARACTERS),
        web_url=below(masthead.url, f"{issue.id}/index.html"),
        unsubscribe_url=_unsubscribe(masthead),
        made_from=_made_from(issue),
        lead=lead,
        lead_section=sections[0].name if sections else "",
        sections=sections,
        below_lead=_without_lead(sections),
        story_count=counted(len(issue.stories), "story"),
        many=len(issue.stories) > _CONTENTS_STORIES,
        reading_time=_reading_time(sections),
        by_model=told_by_model(sections),
    )


def told_by_model(sections: Sequence[SectionView]) -> str:
    """Return how to know a language model's summaries, "" where the stories shown have none."""
    shown = [story for section in sections for story in section.stories]
    if not any(story.by_model and story.summary for story in shown):
        return ""
    return "“AI summary”: written by a language model from the sources named."


def archive_view(issues: Sequence[Issue]) -> ArchiveView:
    """Return the archive of at least one issue, whatever order they come in."""
    newest_first = sorted(issues, key=lambda issue: (issue.publishes_at, issue.id), reverse=True)
    dated = [
        (dates.local(issue.publishes_at, issue.masthead.timezone), issue) for issue in newest_first
    ]
    months = tuple(
        MonthView(name=name, entries=tuple(_entry(day, issue) for day, issue in group))
        for name, group in groupby(dated, key=lambda pair: dates.month(pair[0]))
    )
    stories = sum(len(issue.stories) for issue in issues)
    return ArchiveView(
        plate=_nameplate(newest_first[0].masthead),
        months=months,
        newest=f"{newest_first[0].id}/index.html",
        total=f"{counted(len(issues), 'issue')}, {counted(stories, 'story')}",
    )


def _nameplate(masthead: Masthead) -> Nameplate:
    base = masthead.language.lower().replace("_", "-").split("-")[0]
    return Nameplate(
        title=plain(masthead.title),
        description=plain(masthead.description),
        language=plain(masthead.language),
        direction="rtl" if base in _RIGHT_TO_LEFT else "ltr",
        postal_address=plain(masthead.sender.postal_address) if masthead.sender else "",
        home_url=below(masthead.url, "index.html"),
        web_url=link(masthead.url),
    )


def _sections(issue: Issue, plate: Nameplate, publishes: datetime) -> tuple[SectionView, ...]:
    sections = []
    for number, section in enumerate((s for s in issue.sections if s.stories), start=1):
        stories = tuple(_story(story, plate, publishes) for story in section.stories)
        # A first section of one story is not printed: all that it has is the lead.
        hidden = number == 1 and len(stories) == 1
        anchor = stories[0].id if hidden else f"section-{number}"
        sections.append(SectionView(name=plain(section.name), anchor=anchor, stories=stories))
    return tuple(sections)


def _story(story: PrintedStory, plate: Nameplate, publishes: datetime) -> StoryView:
    lead = next((article for article in story.articles if article.lead), story.articles[0])
    headline = plain(story.headline) or plain(lead.title) or plain(lead.source)
    toward = direction(headline)
    past = points(story.earlier, plate.web_url, publishes)
    # A headline that was made of the only sentence says all of it.
    says_all = len(story.summary) == 1 and _says(headline, story.summary[0].text)
    told = () if says_all else pieces(story.summary, publishes.year)
    return StoryView(
        id=story.id,
        headline=headline,
        url=link(lead.url),
        summary=printed(told),
        count=_count(story.articles),
        sources=tuple(_source(article, publishes) for article in story.articles),
        direction=toward if toward != plate.direction else None,
        score=story.score,
        begun=past[0] if past else None,
        timeline=timeline(past, headline, publishes),
        differing=differing(story),
        pieces=told,
        label="" if story.genre == "news" else story.genre.capitalize(),
        is_brief=len(story.summary) <= _BRIEF,
        run_in=ended(headline) if told and toward == plate.direction else "",
        by_model=story.by == "llm" and bool(told),
        page_direction=plate.direction,
    )


def _says(headline: str, sentence: str) -> bool:
    return headline.rstrip(".").casefold() == plain(sentence).rstrip(".").casefold()


def _opening(story: StoryView) -> str:
    """Return what an inbox or a search engine shows of a story: dates would break it up."""
    return "".join(piece.text for piece in story.pieces) or story.headline


def _source(article: PrintedArticle, publishes: datetime) -> SourceView:
    zone = publishes.tzinfo
    date = article.published and dates.short_day(article.published.astimezone(zone), publishes)
    return SourceView(
        name=plain(article.source),
        url=link(article.url),
        date=date or "",
        is_copy=article.copy_of is not None,
    )


def _reading_time(sections: Sequence[SectionView]) -> str:
    stories = [story for section in sections for story in section.stories]
    needed = minutes(
        text for story in stories for text in (story.headline, story.summary, story.differing)
    )
    return f"{needed} min read" if needed else ""


def _count(articles: Sequence[PrintedArticle]) -> str:
    originals = [article for article in articles if article.copy_of is None] or articles
    if all(article.url is None for article in articles):
        return counted(len(originals), "document")
    return counted(len({article.source for article in originals}), "outlet")


def _without_lead(sections: tuple[SectionView, ...]) -> tuple[SectionView, ...]:
    if not sections:
        return ()
    first, *others = sections
    below = (replace(first, stories=first.stories[1:]), *others)
    return tuple(section for section in below if section.stories)


def _made_from(issue: Issue) -> str:
    counts = issue.counts
    return (
        f"Made from {counted(counts.articles, 'article')} of {counted(counts.outlets, 'source')}, "
        f"told here as {counted(counts.chosen, 'story')}."
    )


def _unsubscribe(masthead: Masthead) -> str | None:
    if masthead.sender is None:
        return None
    return link(f"mailto:{quote(masthead.sender.address, safe='@')}?subject=unsubscribe")


def _entry(day: datetime, issue: Issue) -> EntryView:
    heads = [
        plain(story.headline) or plain(story.articles[0].title) or plain(story.articles[0].source)
        for story in issue.stories
    ]
    return EntryView(
        path=issue.id,
        week=dates.week(day),
        day=dates.short_day(day, day),
        headline=heads[0] if heads else "No stories this week",
        also="; ".join(heads[1 : 1 + _ALSO_SHOWN]),
        story_count=counted(len(heads), "story"),
    )
