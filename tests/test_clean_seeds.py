"""The documents that come with the project lose what is not their story."""

from seeded import the_story_of_the_seeds

from newsletter.summarise import summarise
from newsletter.summarise.documents import read


def test_the_seeds_lose_their_caption_and_their_promotion_and_say_why():
    reading = read(the_story_of_the_seeds())

    removed = [(reason, passage) for text in reading.texts for passage, reason in text.removed]
    assert [passage[:40] for reason, passage in removed if reason == "caption"] == [
        "An image of Mark Zuckerberg with a fist "
    ]
    assert [passage[:40] for reason, passage in removed if reason == "promotion"] == [
        "We read all the AI news and test the bes"
    ] * 2


def test_no_summary_of_the_seeds_holds_them():
    summary = summarise(the_story_of_the_seeds())

    told_in = " ".join(sentence.text for sentence in summary.sentences)
    assert "AI news" not in told_in
    assert "fist" not in told_in
