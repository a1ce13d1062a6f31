"""An Issue as issue.json, version 1."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime

from newsletter.model import Issue, PrintedStory, Section

VERSION = 1


def dump(issue: Issue) -> str:
    """Return issue.json's text: stable order of keys, moments in ISO 8601 with Z."""
    return json.dumps(as_json(issue), ensure_ascii=False, indent=2) + "\n"


def as_json(issue: Issue) -> Mapping[str, object]:
    """Return the object that issue.json holds."""
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
        "sections": [_section(section) for section in issue.sections],
    }


def moment(value: datetime | None) -> str | None:
    """Return *value* as ISO 8601 in UTC, `2026-11-22T17:00:00Z`."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z") if value else None


def _section(section: Section) -> Mapping[str, object]:
    return {"name": section.name, "stories": [_story(story) for story in section.stories]}


def _story(story: PrintedStory) -> Mapping[str, object]:
    return {
        "id": story.id,
        "headline": story.headline,
        "summary": [asdict(sentence) for sentence in story.summary],
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
    }
