"""The documents that come with the project, as they are read."""

from datetime import UTC, datetime
from pathlib import Path

from newsletter.model import Article, Document, Story
from newsletter.parse import SeedJob, parse_seed

SEEDS = Path(__file__).parent.parent / "seeds"
SEEN = datetime(2025, 1, 31, tzinfo=UTC)


def the_story_of_the_seeds() -> Story:
    """Return both as the one story that they tell."""
    told = tuple(_seed(path) for path in sorted(SEEDS.glob("*.txt")))
    return Story(id=told[0].id, articles=told, copies={})


def _seed(path: Path) -> Article:
    origin = f"seeds/{path.name}"
    document = Document(url=origin, content=path.read_bytes())
    return parse_seed(
        SeedJob(document=document, origin=origin, seen_at=SEEN, language="en", zone="UTC")
    )
