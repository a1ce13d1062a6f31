"""Sample issues with invented stories, for tests that need something to print."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from newsletter.model import (
    Counts,
    Issue,
    Masthead,
    PrintedArticle,
    PrintedStory,
    Section,
    Sender,
    Sentence,
    Status,
)
from newsletter.workspace import read_templates

PUBLISHES = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)

_OUTLETS = (
    "The Ledger", "Circuit Review", "Meridian Daily", "Harbour Post", "Northern Courier",
    "Grid & Current", "Open Bench", "Public Record", "Coast Monitor", "Lowland Times",
)  # fmt: skip

_WEEK = {
    "Technology": (
        (
            "Velsum port hands its night cranes to software after a month of trials",
            (
                "The port moved 61,000 containers between ten at night and six in the morning "
                "with staff on call only. Two cranes stopped in fog and waited for daylight. "
                "The union accepts the trial until June and wants the night supplement kept. A "
                "second terminal follows in spring if the insurers agree."
            ),
            6,
        ),
        (
            "Browser makers agree on one format for moving passkeys",
            (
                "From the autumn, saved passkeys should move between password managers without "
                "being created anew. The draft covers export and deletion. Sharing within "
                "families was left for a second version."
            ),
            3,
        ),
        (
            "Court stops a landlord from scoring tenants by algorithm",
            (
                "A regional court found that 4,100 applicants were ranked by a system nobody "
                "could explain. The landlord must tell each of them why they were refused, and "
                "may appeal until March."
            ),
            5,
        ),
        (
            "A town library lends out its old laptops with the seats",
            (
                "Borrowers keep the machine for a year and bring it back to be mended. Half of "
                "the first forty came back with a list of wishes."
            ),
            1,
        ),
    ),
    "Energy & climate": (
        (
            "Sodium batteries reach their first city bus depot",
            (
                "Forty buses in Lowmere now charge from sodium cells that hold less than "
                "lithium but keep working at minus twenty. The city paid a third less per "
                "kilowatt-hour."
            ),
            3,
        ),
        (
            "An island grid lives eleven days on wind alone",
            (
                "Harn switched off its diesel engines on 14 January and ran on wind and storage "
                "until a calm spell. The operator plans a second cable all the same."
            ),
            4,
        ),
        (
            "Seven river towns will share one flood forecast",
            (
                "The towns on the Aar pool their gauges and publish one hourly forecast. "
                "Upstream warnings should arrive forty minutes earlier than today."
            ),
            2,
        ),
    ),
    "Cities & public life": (
        (
            "Night trains return to the Lowland line in May",
            (
                "Two sleepers a week will link Lowmere and the coast after nine years. Tickets "
                "start at 49 and bicycles travel. Cars no longer do."
            ),
            4,
        ),
        (
            "Libraries that lend tools see more things repaired",
            (
                "After a year of tool shelves in twelve libraries, their towns’ collection "
                "points took in a fifth fewer small appliances. The study is small, and its "
                "authors say so."
            ),
            2,
        ),
    ),
    "Science": (
        (
            "Old weather diaries close a gap in the rain record",
            (
                "Volunteers typed up 18,000 pages kept by lighthouse crews. The summer of 1846 "
                "turns out to have been the driest on this coast, not 1921."
            ),
            3,
        ),
        (
            "A four-euro microphone hears pipes leak",
            (
                "Clipped to a valve, it listens at three in the morning, when a town is quiet. "
                "In a trial it found 31 of 36 leaks, and two that nobody knew of."
            ),
            2,
        ),
        (
            "What a data centre asks of its neighbours",
            (
                "Notes from the Velsum hearing: water in summer, noise at night, and heat that "
                "a swimming pool would gladly take. Nine residents spoke, six of them about the "
                "road."
            ),
            0,
        ),
    ),
}


@cache
def templates() -> Mapping[str, str]:
    """Return the templates that ship with the package."""
    return read_templates(Path("no workspace"))


def article(number: int = 0, **changes: Any) -> PrintedArticle:
    """Return a printed article; numbers give outlets and dates in turn."""
    outlet = _OUTLETS[number % len(_OUTLETS)]
    host = "".join(letter for letter in outlet.lower() if letter.isalpha())
    fields: dict[str, Any] = {
        "id": f"article{number}",
        "url": f"https://{host}.example/2026/11/{number}",
        "title": f"Report {number}",
        "source": outlet,
        "published": PUBLISHES - timedelta(days=1 + number % 5, hours=2),
        "lead": False,
        "copy_of": None,
    }
    return PrintedArticle(**fields | changes)


def story(number: int = 0, **changes: Any) -> PrintedStory:
    """Return a printed story told by two outlets; lower numbers rank higher."""
    fields: dict[str, Any] = {
        "id": f"story{number}",
        "headline": f"Ferry number {number} sails on its own waste heat",
        "summary": (
            Sentence(text="The engine warms the cabins all winter.", article_id=f"article{number}"),
            Sentence(text="Fuel bills fell by a tenth.", article_id=f"article{number + 1}"),
        ),
        "articles": (article(number, lead=True), article(number + 1)),
        "why": (),
        "score": 1.0 / (1 + number),
        "reasons": (),
    }
    return PrintedStory(**fields | changes)


def masthead(**changes: Any) -> Masthead:
    """Return the masthead of a newsletter that has an address and a sender."""
    fields: dict[str, Any] = {
        "title": "Tideline",
        "description": "The week in technology, energy and public life",
        "language": "en",
        "timezone": "Europe/Berlin",
        "url": "https://tideline.example/archive",
        "sender": Sender(
            name="Tideline",
            address="post@tideline.example",
            postal_address="Tideline, Harbour House, 14 Quay Street, Lowmere 30412",
            unsubscribe="https://tideline.example/unsubscribe",
        ),
    }
    return Masthead(**fields | changes)


def issue(*stories: PrintedStory, **changes: Any) -> Issue:
    """Return an issue of *stories* in one section, or with `sections` as given."""
    sections = changes.pop("sections", (Section(name="Technology", stories=stories),))
    chosen = sum(len(section.stories) for section in sections)
    fields: dict[str, Any] = {
        "id": "2026-W47",
        "masthead": masthead(),
        "status": Status.READY,
        "problems": (),
        "warnings": (),
        "since": PUBLISHES - timedelta(days=7),
        "until": PUBLISHES - timedelta(hours=3),
        "publishes_at": PUBLISHES,
        "generated_at": PUBLISHES - timedelta(hours=3),
        "counts": Counts(articles=312, outlets=44, stories=190, chosen=chosen),
        "sections": sections,
    }
    return Issue(**fields | changes)


def week(**changes: Any) -> Issue:
    """Return a whole issue: twelve stories in four sections, the last of them from a document."""
    number = 0
    sections = []
    for name, pieces in _WEEK.items():
        stories = []
        for headline, summary, outlets in pieces:
            stories.append(_piece(number, headline, summary, outlets))
            number += 10
        sections.append(Section(name=name, stories=tuple(stories)))
    return issue(sections=tuple(sections), **changes)


def _piece(number: int, headline: str, summary: str, outlets: int) -> PrintedStory:
    sources: Sequence[PrintedArticle] = tuple(
        article(number + step * 3, id=f"article{number + step}", lead=step == 0)
        for step in range(outlets)
    ) or (article(number, url=None, source="Velsum hearing, notes", lead=True),)
    sentences = summary.split(". ")
    return story(
        number,
        headline=headline,
        summary=tuple(
            Sentence(text=text.rstrip(".") + ".", article_id=sources[0].id) for text in sentences
        ),
        articles=tuple(sources),
    )
