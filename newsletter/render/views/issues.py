"""Turns an issue into the words and links of its pages."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from newsletter.model import Issue, Sponsor
from newsletter.render import dates
from newsletter.render.length import minutes
from newsletter.render.prose import prose
from newsletter.render.safe import below, link, plain, shortened
from newsletter.render.views.inbox import preheader, unsubscribe_url
from newsletter.render.views.naming import counted, nameplate
from newsletter.render.views.pictures import wants_picture
from newsletter.render.views.stories import story_view
from newsletter.render.views.values import IssueView, Nameplate, SectionView, SponsorView, StoryView

_CONTENTS_STORIES = 24
_DESCRIPTION_CHARACTERS = 160
_SUBJECT_CHARACTERS = 78  # RFC 5322, 2.1.1: a line; inboxes show less


def issue_view(issue: Issue) -> IssueView:
    """Return *issue* in the words and links of its pages."""
    masthead = issue.masthead
    publishes = dates.local(issue.publishes_at, masthead.timezone)
    plate = nameplate(masthead)
    sections = _sections(issue, plate, publishes)
    lead = sections[0].stories[0] if sections else None
    telling = _opening(lead) if lead else plate.description
    made_from = _made_from(issue)
    return IssueView(
        plate=plate,
        line=f"{dates.week(publishes)}, {dates.long_day(publishes)}",
        date=publishes.isoformat(),
        subject=_subject(plate.title, lead.headline) if lead else plate.title,
        preheader=preheader(telling, _also(sections, plate, made_from)),
        description=shortened(telling or plate.title, _DESCRIPTION_CHARACTERS),
        web_url=below(masthead.url, f"{issue.id}/index.html"),
        unsubscribe_url=unsubscribe_url(masthead.sender),
        made_from=made_from,
        lead=lead,
        lead_section=sections[0].name if sections else "",
        sections=sections,
        below_lead=_without_lead(sections),
        story_count=counted(len(issue.stories), "story"),
        many=len(issue.stories) > _CONTENTS_STORIES,
        reading_time=_reading_time(sections),
        by_model=told_by_model(sections),
        intro=prose(issue.intro),
        note=prose(issue.note),
        closing=prose(issue.closing),
        sponsor=_sponsor(issue.sponsor) if issue.sponsor else None,
    )


def _subject(title: str, headline: str) -> str:
    """Return both, the headline alone, or its beginning: what an inbox shows whole."""
    whole = f"{title}: {headline}"
    return whole if len(whole) <= _SUBJECT_CHARACTERS else shortened(headline, _SUBJECT_CHARACTERS)


def told_by_model(sections: Sequence[SectionView]) -> str:
    """Return how to know a language model's summaries, "" where the stories shown have none."""
    shown = [story for section in sections for story in section.stories]
    if not any(story.by_model and story.summary for story in shown):
        return ""
    return "“AI summary”: written by a language model from the sources named."


def _sections(issue: Issue, plate: Nameplate, publishes: datetime) -> tuple[SectionView, ...]:
    sections, place = [], 1
    for number, section in enumerate((s for s in issue.sections if s.stories), start=1):
        stories = tuple(
            story_view(
                story,
                count,
                plate,
                publishes,
                with_picture=wants_picture(issue.layout.images, count),
            )
            for count, story in enumerate(section.stories, start=place)
        )
        place += len(stories)
        # A first section of one story is not printed: all that it has is the lead.
        hidden = number == 1 and len(stories) == 1
        anchor = stories[0].id if hidden else f"section-{number}"
        sections.append(SectionView(name=plain(section.name), anchor=anchor, stories=stories))
    return tuple(sections)


def _sponsor(sponsor: Sponsor) -> SponsorView:
    name, url = plain(sponsor.name), link(sponsor.url)
    words = plain(sponsor.link_text) or name
    return SponsorView(name=name, text=prose(sponsor.text), url=url, link_text=words if url else "")


def _opening(story: StoryView) -> str:
    """Return what an inbox or a search engine shows of a story: dates would break it up."""
    return "".join(piece.text for piece in story.pieces) or story.headline


def _also(sections: Sequence[SectionView], plate: Nameplate, made_from: str) -> Iterator[str]:
    """Yield what else there is to say of an issue in an inbox, the most telling first."""
    headlines = [story.headline for section in sections for story in section.stories]
    yield from headlines[1:3]
    yield plate.description
    yield made_from


def _reading_time(sections: Sequence[SectionView]) -> str:
    stories = [story for section in sections for story in section.stories]
    needed = minutes(
        text for story in stories for text in (story.headline, story.summary, story.differing)
    )
    return f"{needed} min read" if needed else ""


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
