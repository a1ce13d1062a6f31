"""What `newsletter why` tells of a summary and of what cleaning removed."""

from collections.abc import Mapping
from typing import Any

from newsletter.cli.summaries import told

SENTENCE = {"text": "The port raised its fees on Monday.", "source": "The Ledger"}
DATED = {**SENTENCE, "dates": [{"span": "on Monday", "date": "2026-11-16"}]}
OLD = {"sure": True, "score": 1.5, "sentences": [SENTENCE]}
WHOLE = {**OLD, "lede_sure": True, "genre": "news", "by": "extractive", "held": [], "notes": []}


def lines(summary: Mapping[str, Any] | None = WHOLE, **story: Any) -> list[str]:
    return [text for _, text in told({"summary": summary, **story}, 2026) if text]


def removed(count: int, **changes: Any) -> list[dict[str, Any]]:
    """Return so many passages that were removed from one article."""
    passage = {"article_id": "a", "source": "The Ledger", "reason": "caption"}
    return [{**passage, "text": f"An image of pier {n}", **changes} for n in range(count)]


def test_a_report_from_before_genres_and_dates_tells_what_it_has():
    assert lines(OLD) == ["summary:", "The Ledger: The port raised its fees on Monday."]


def test_a_story_that_was_not_summarised_has_nothing_to_tell():
    assert lines(None) == []


def test_dates_stand_behind_the_words_that_mean_them():
    assert "The Ledger: The port raised its fees on Monday [16 November]." in lines(
        {**WHOLE, "sentences": [DATED]}
    )


def test_genre_writer_and_doubt_stand_beside_the_summary():
    summary = {**WHOLE, "genre": "review", "by": "llm", "sure": False}

    assert lines(summary)[0] == (
        "summary (review; written by a language model; unsure: read it before it goes out):"
    )


def test_a_sentence_of_a_language_model_names_what_it_rests_on():
    cited = {**SENTENCE, "cites": [{"source": "Harbour Post", "text": "Fees rise."}]}

    assert "rests on Harbour Post: “Fees rise.”" in lines({**WHOLE, "sentences": [cited]})


def test_what_is_held_back_is_told_with_the_reason():
    summary = {**WHOLE, "sentences": [], "held": [DATED], "notes": ["unsure of every sentence"]}

    assert lines(summary)[1:] == [
        "none: only the headline is printed",
        "note: unsure of every sentence",
        "held back, not printed:",
        "The Ledger: The port raised its fees on Monday [16 November].",
    ]


def test_what_cleaning_removed_is_told_by_article_and_reason():
    passages = [
        *removed(1),
        *removed(1, article_id="b", source="Harbour Post", reason="byline", text="By Tim Holt"),
        *removed(1, reason="promotion", text="Sign up"),
        *removed(1),
    ]

    assert lines(removed=passages)[2:] == [
        "removed before it was summarised:",
        "The Ledger (a):",
        "caption: “An image of pier 0” (2 times)",
        "promotion: “Sign up”",
        "Harbour Post (b):",
        "byline: “By Tim Holt”",
    ]


def test_a_long_passage_is_shortened():
    [line] = [one for one in lines(removed=removed(1, text="word " * 60)) if "caption" in one]

    assert line.endswith("word …”")
    assert len(line) < 120


def test_of_many_passages_twelve_are_told_and_the_rest_counted():
    found = lines(removed=removed(30))

    assert sum(line.startswith("caption") for line in found) == 12
    assert found[-1] == "and 18 more (--json has all)"


def test_what_was_removed_cannot_steer_the_terminal():
    found = lines(removed=removed(1, text="red \x1b[31malert"))

    assert "\x1b" not in "".join(found)
