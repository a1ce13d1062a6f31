"""Stories to be summarised, made of a few words."""

from datetime import UTC, datetime

from newsletter.model import Article, Story
from newsletter.summarise.documents import Candidate, Reading, read

SEEN = datetime(2026, 1, 5, tzinfo=UTC)


def told_by(*articles: dict[str, str]) -> Reading:
    """Return the reading of a story of *articles*, each a title, a text and what else is known."""
    made = tuple(
        Article(
            id=f"a{place}",
            title=one.get("title", ""),
            text=one.get("text", ""),
            source=one.get("source", "Ellery Herald"),
            named="source" in one,
            first_seen=SEEN,
            language=one.get("language", "en"),
        )
        for place, one in enumerate(articles)
    )
    return read(Story(id="a0", articles=made, copies={}))


def opening(reading: Reading, document: int = 0) -> Candidate:
    """Return the first sentence of a document."""
    return reading.texts[document].candidates[0]
