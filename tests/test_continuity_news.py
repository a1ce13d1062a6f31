"""What a story brings that was not told before, and when that is worth telling."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.model import Article
from newsletter.stories.continuity_facts import facts_of
from newsletter.stories.continuity_news import news_of
from newsletter.workspace import word_frequencies

MONDAY = datetime(2026, 11, 9, 12, tzinfo=UTC)
COMMON = word_frequencies(["en"])
PAIRS = Path(__file__).parent / "bench" / "data" / "continuity.json"
FIRE = "Eight people died when the ferry Aurora caught fire off Skar on Monday."


def article(text: str = "", title: str = "", *, days: float | None = 0, **more: Any) -> Article:
    """Return an article published so many days after the Monday."""
    fields: dict[str, Any] = {
        "id": f"{days}{title}{text}",
        "source": "The Ledger",
        "published": None if days is None else MONDAY + timedelta(days=days),
        "first_seen": MONDAY + timedelta(days=days or 0),
    }
    return Article(title=title, text=text, **fields | more)


def news(*now: Article, told: Article) -> tuple[str, ...]:
    return news_of(now, (told,), background=COMMON)


def test_an_outcome_without_figure_name_or_day_is_news() -> None:
    told = article("The regional court will rule on the Arden tunnel.", "Court to rule on tunnel")
    late = article("Judges have stopped the Arden tunnel.", "Court stops Arden tunnel", days=5)

    assert news(late, told=told) == ("new word: stops",)


def test_other_words_within_hours_of_the_last_report_are_no_news() -> None:
    told = article("The regional court has stopped the Arden tunnel for good, officials said.")
    soon = article("Officials: court stops Arden tunnel with harsh words and for good.", days=0.2)

    assert news(soon, told=told) == ()


def figures(text: str, language: str = "en") -> list[str]:
    found = facts_of(article(text, language=language)).facts
    return [fact.shown for fact in found if fact.kind == "figure"]


def names(text: str = "", title: str = "", language: str = "en") -> list[str]:
    found = facts_of(article(text, title, language=language)).facts
    return [fact.shown for fact in found if fact.kind == "name"]


def test_the_same_again_is_no_news() -> None:
    assert news(article(FIRE, days=5), told=article(FIRE)) == ()


def test_the_same_from_another_outlet_is_no_news() -> None:
    late = article(FIRE, days=5, source="Harbour Post")

    assert news(late, told=article(FIRE)) == ()


def test_a_figure_in_a_headline_is_news() -> None:
    risen = article(FIRE, "Toll of ferry fire rises to 13", days=5)

    assert news(risen, told=article(FIRE)) == ("new figure: 13",)


def test_a_figure_further_down_is_no_news() -> None:
    told = article(
        f"{FIRE} Divers came. The sea was calm. The ship was built for 340 cars.", days=5
    )

    assert news(told, told=article(FIRE)) == ()


def test_a_figure_of_two_outlets_is_news_wherever_it_stands() -> None:
    below = f"{FIRE} Divers came. The sea was calm. They found 13 bodies."
    two = (article(below, days=5), article(below, days=5, source="Harbour Post", id="b"))

    assert news(*two, told=article(FIRE))[-1] == "new figure: 13"


def test_two_facts_in_the_openings_are_news() -> None:
    text = f"{FIRE} Prosecutor Jan Melzer searched 14 offices."

    assert news(article(text, days=5), told=article(FIRE)) == (
        "new figure: 14",
        "new name: Jan Melzer",
    )


def test_a_day_after_all_that_was_told_is_news() -> None:
    text = "Divers found the ferry Aurora off Skar on Friday."

    assert news(article(text, days=5), told=article(FIRE))[-1] == "since Friday"


def test_a_day_that_was_over_when_it_was_told_is_no_news() -> None:
    text = "The ferry Aurora burned off Skar on Monday."

    assert news(article(text, days=5), told=article(FIRE, days=1)) == ()


def test_without_dates_no_day_is_news() -> None:
    text = "Eight people died when the ferry Aurora caught fire off Skar, police said on Friday."

    assert news(article(text, days=None), told=article(FIRE)) == ()


def test_three_more_outlets_are_news() -> None:
    more = [article(FIRE, source=name, id=name) for name in ("Post", "Courier", "Monitor")]

    assert news(*more, told=article(FIRE)) == ("3 more outlets: Post, Courier, Monitor",)


def test_a_line_names_a_handful() -> None:
    more = [article(FIRE, source=f"Paper {n}", id=str(n)) for n in range(7)]

    assert news(*more, told=article(FIRE)) == (
        "7 more outlets: Paper 0, Paper 1, Paper 2, Paper 3 and 3 more",
    )


def test_a_rounded_figure_is_the_same_figure() -> None:
    told = article("The port moved 61,240 containers and earned $812.4 million.")
    late = article("The port moved about 61,000 containers.", "$812m for the port", days=5)

    assert news(late, told=told) == ()


def test_a_familiar_name_is_no_news() -> None:
    text = f"{FIRE} Washington and Texas sent help."

    found = news(article(text, days=5), told=article(FIRE))

    assert not [line for line in found if line.startswith("new name")]


def test_who_was_told_of_by_a_full_name_is_known_by_the_last() -> None:
    told = article("Prosecutor Jan Melzer searched an office.")
    late = article("An office was searched by Mr Melzer.", "Office searched by Melzer", days=5)

    assert news(late, told=told) == ()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("It paid $65 billion.", ["$65 billion"]),
        ("It paid £640m ($812m) in cash.", ["£640m"]),
        ("Prices rose 3.5 percent, wages 12%.", ["3.5 percent", "12%"]),
        ("It cost 380 million euros.", ["380 million euros"]),
        ("In 2026 she was 45, and Ida Holt, 61, agreed.", ["45"]),
        ("At 10:30 on 14 November two of four 5G masts fell.", []),
        ("The 737-800 and Covid-19 and the 40-year-old", []),
    ],
)
def test_figures_are_amounts_and_counts(text: str, shown: list[str]) -> None:
    assert figures(text) == shown


@pytest.mark.parametrize(
    ("text", "language", "shown"),
    [
        (
            "Es kostete 3,5 Milliarden Euro und 61.000 Stunden.",
            "de",
            ["3,5 Milliarden Euro", "61.000"],
        ),
        ("Costó 60 mil millones de euros.", "es", ["60 mil millones"]),
        ("Le prix: 22 millions d'euros.", "fr", ["22 millions"]),
        ("修理費は3億円に上る。", "ja", ["3億円"]),
        ("Холдинг заплатит 2 млрд рублей.", "ru", ["2 млрд рублей"]),
    ],
)
def test_figures_are_read_as_the_language_writes_them(
    text: str, language: str, shown: list[str]
) -> None:
    assert figures(text, language) == shown


def test_names_are_runs_of_capitals_within_sentences() -> None:
    assert names("Yesterday the mayor, Ida Holt, met Northern Rail.") == [
        "Ida Holt",
        "Northern Rail",
    ]


def test_a_headline_in_capitals_names_what_the_text_names() -> None:
    found = names("The board of Sorell met.", "Sorell Raises Offer After Long Meeting")

    assert found == ["Sorell", "Sorell"]


def test_german_nouns_are_no_names() -> None:
    assert names("Gestern hat der Hafen mit Anke Brodersen einen Kran geprüft.", language="de") == [
        "Anke Brodersen"
    ]


def judged(gold: str) -> tuple[int, list[str]]:
    """Return how many pairs of ours are *gold*, and those that the rule takes for the other."""
    every = [one for one in json.loads(PAIRS.read_text(encoding="utf-8")) if one["gold"] == gold]
    common = word_frequencies({one["language"] for one in every})
    wrong = []
    for pair in every:
        now, told = (
            [
                article(
                    one["text"],
                    one["title"],
                    id=f"{when}{place}",
                    source=one["source"],
                    published=datetime.fromisoformat(one["day"]).replace(hour=12, tzinfo=UTC),
                    language=pair["language"],
                )
                for place, one in enumerate(pair[when])
            ]
            for when in ("now", "told")
        )
        if bool(news_of(now, told, background=common)) != (gold == "update"):
            wrong.append(pair["name"])
    return len(every), wrong


def test_hardly_any_update_is_hidden_as_a_repeat() -> None:
    count, hidden = judged("update")

    assert len(hidden) <= 0.05 * count, hidden


def test_two_repeats_in_three_are_known_as_such() -> None:
    count, shown = judged("repeat")

    assert len(shown) <= count / 3, shown


@given(st.text(max_size=300), st.text(max_size=80), st.sampled_from(["en", "de", "ja", "ar", "xx"]))
def test_what_was_told_word_for_word_is_never_news(text: str, title: str, language: str) -> None:
    told = article(text, title, language=language)
    again = article(text, title, language=language, days=6)

    found = news_of([again], [told], background={})

    assert all(line.startswith("since") for line in found)
