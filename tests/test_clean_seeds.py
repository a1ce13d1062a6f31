"""The documents that come with the project lose what is not their story."""

from datetime import UTC, datetime
from pathlib import Path

from newsletter.model import Article, Document, Story
from newsletter.parse import SeedJob, parse_seed
from newsletter.summarise import summarise
from newsletter.summarise.documents import read

SEEDS = Path(__file__).parent.parent / "seeds"
SEEN = datetime(2025, 1, 31, tzinfo=UTC)


def seed(name: str) -> Article:
    document = Document(url=f"seeds/{name}", content=(SEEDS / name).read_bytes())
    return parse_seed(
        SeedJob(document=document, origin=f"seeds/{name}", seen_at=SEEN, language="en", zone="UTC")
    )


def test_the_seeds_lose_their_caption_and_their_promotion_and_say_why():
    told = [seed("000_b00e4ef8ab72dec1.txt"), seed("004_ce764106775739a6.txt")]

    reading = read(Story(id=told[0].id, articles=tuple(told), copies={}))

    removed = [(reason, passage) for text in reading.texts for passage, reason in text.removed]
    assert [passage[:40] for reason, passage in removed if reason == "caption"] == [
        "An image of Mark Zuckerberg with a fist "
    ]
    assert [passage[:40] for reason, passage in removed if reason == "promotion"] == [
        "We read all the AI news and test the bes"
    ] * 2


def test_no_summary_of_the_seeds_holds_them():
    told = [seed("000_b00e4ef8ab72dec1.txt"), seed("004_ce764106775739a6.txt")]

    summary = summarise(Story(id=told[0].id, articles=tuple(told), copies={}))

    told_in = " ".join(sentence.text for sentence in summary.sentences)
    assert "AI news" not in told_in
    assert "fist" not in told_in
