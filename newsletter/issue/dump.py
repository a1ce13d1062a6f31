"""An Issue as issue.json, version 1."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime

from newsletter.issue.seal import SEAL, seal_of
from newsletter.model import Issue, PrintedStory, Section, Sentence

VERSION = 1


def dump(issue: Issue, *, is_by_hand: bool = False) -> str:
    """Return issue.json's text: stable order of keys, moments in ISO 8601 with Z, a seal last.

    The seal tells it from what a person changed (see `newsletter.issue.seal`). An issue that still
    `is_by_hand` has none: if its publication is cut short, what she changed is not lost.
    """
    data = as_json(issue)
    seal = {} if is_by_hand else {SEAL: seal_of(data)}
    return json.dumps({**data, **seal}, ensure_ascii=False, indent=2) + "\n"


def as_json(issue: Issue) -> Mapping[str, object]:
    """Return the object that issue.json holds, but for its seal.

    What only an editor's hand gives is left out where it did not.
    """
    masthead = issue.masthead
    return {
        "version": VERSION,
        "id": issue.id,
        "title": masthead.title,
        "description": masthead.description,
        "language": masthead.language,
        "timezone": masthead.timezone,
        "url": masthead.url,
        "sender": asdict(masthead.sender) if masthead.sender else None,
        "status": issue.status.value,
        "problems": list(issue.problems),
        "warnings": list(issue.warnings),
        "since": moment(issue.since),
        "until": moment(issue.until),
        "publishes_at": moment(issue.publishes_at),
        "generated_at": moment(issue.generated_at),
        "published_at": moment(issue.published_at),
        "updated_at": moment(issue.updated_at),
        "counts": asdict(issue.counts),
        "layout": asdict(issue.layout),
        "intro": issue.intro,
        "closing": issue.closing,
        "sponsor": asdict(issue.sponsor) if issue.sponsor else None,
        **({"note": issue.note} if issue.note else {}),
        "sections": [_section(section) for section in issue.sections],
    }


def moment(value: datetime | None) -> str | None:
    """Return *value* as ISO 8601 in UTC, `2026-11-22T17:00:00Z`."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z") if value else None


def _section(section: Section) -> Mapping[str, object]:
    return {"name": section.name, "stories": [as_json_story(story) for story in section.stories]}


def as_json_story(story: PrintedStory) -> Mapping[str, object]:
    """Return the object that a story is in issue.json."""
    return {
        "id": story.id,
        "headline": story.headline,
        "summary": [_sentence(sentence) for sentence in story.summary],
        "articles": [
            {**asdict(article), "published": moment(article.published)}
            for article in story.articles
        ],
        "why": list(story.why),
        "score": story.score,
        "reasons": list(story.reasons),
        "earlier": [
            {**asdict(one), "publishes_at": moment(one.publishes_at)} for one in story.earlier
        ],
        "new": list(story.new),
        "differences": [asdict(difference) for difference in story.differences],
        "sure": story.sure,
        "genre": story.genre,
        "by": story.by,
        **({"by_hand": list(story.by_hand)} if story.by_hand else {}),
    }


def _sentence(sentence: Sentence) -> Mapping[str, object]:
    found = asdict(sentence)
    if not sentence.by_hand:
        del found["by_hand"]
    return found
