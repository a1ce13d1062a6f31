"""What `newsletter.summarise` promises about where a story's sources differ."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.model import Article, Story
from newsletter.summarise import summarise

SEEN = datetime(2026, 3, 6, 6, tzinfo=UTC)
AT_LEAST_12 = "At least 12 people were killed when a ferry capsized off Lomani, officials said."
FOURTEEN = "A ferry sank off Lomani in rough seas and 14 people were killed, the coast guard said."
SIXTY = "Orvane said on Monday that it will spend $60 billion on data centres this year."
SIXTY_TO_65 = "Orvane plans to spend $60 billion to $65 billion on data centres this year."


def article(text, *, name="a", source=None, **options):
    return Article(
        id=name, title="", text=text, source=source or f"The {name}", first_seen=SEEN, **options
    )


def story(*texts, copies=None, sources=None, **options):
    articles = tuple(
        article(text, name=f"a{place}", source=(sources or {}).get(place), **options)
        for place, text in enumerate(texts)
    )
    return Story(id="a0", articles=articles, copies=copies or {})


def differing(*texts, **options):
    """Return the values that each difference of a story of these *texts* names."""
    found = summarise(story(*texts, **options)).differences
    return [[said.value for said in one.said] for one in found]


def test_two_counts_of_the_same_dead_differ():
    (difference,) = summarise(story(AT_LEAST_12, FOURTEEN)).differences

    assert difference.kind == "count"
    assert difference.about == "people killed"
    assert [said.value for said in difference.said] == ["At least 12", "14"]


def test_each_value_names_its_articles_and_the_sentence_of_the_first():
    twelve_again = "The ferry capsized off Lomani at night and 12 people were killed."

    (difference,) = summarise(story(AT_LEAST_12, FOURTEEN, twelve_again)).differences

    assert [said.article_ids for said in difference.said] == [("a0", "a2"), ("a1",)]
    assert [said.sentence for said in difference.said] == [AT_LEAST_12, FOURTEEN]


def test_a_range_differs_from_its_lower_end_given_as_the_whole():
    (difference,) = summarise(story(SIXTY, SIXTY_TO_65)).differences

    assert difference.kind == "amount"
    assert difference.about == "data centres"
    assert [said.value for said in difference.said] == ["$60 billion", "$60 billion to $65 billion"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("12%", "15 percent", id="percentages"),
        pytest.param("3.1 per cent", "4.2 per cent", id="decimals"),
    ],
)
def test_percentages_of_one_thing_differ(one, other):
    found = differing(
        f"Unemployment in Caldora rose to {one} in August, the office said.",
        f"The office said unemployment in Caldora rose to {other} in August.",
    )

    assert found == [[one, other]]


def test_two_days_of_one_act_differ():
    found = differing(
        "The council of Brenhaven approved the tram line on Tuesday after a long debate.",
        "The council of Brenhaven approved the tram line on Wednesday, to cheers.",
    )

    assert found == [["Tuesday", "Wednesday"]]


def test_a_weekday_is_the_day_of_the_month_that_it_was():
    found = differing(
        "The council of Brenhaven approved the tram line on Tuesday after a long debate.",
        "The council of Brenhaven approved the tram line on March 3, to cheers.",
        published=datetime(2026, 3, 5, 9, tzinfo=UTC),
    )

    assert found == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("$60bn", "60 billion dollars"),
        ("$60,000 million", "sixty billion dollars"),
        ("$61.2 billion", "about $61 billion"),
        ("$61.2 billion", "more than $60 billion"),
        ("$60 billion", "between $50 billion and $70 billion"),
        ("€60 billion", "$65 billion"),
    ],
)
def test_what_may_be_one_value_does_not_differ(one, other):
    sentence = "Orvane will spend {} on data centres this year, its chief executive said."

    assert differing(sentence.format(one), sentence.format(other)) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            "Orvane reported revenue of $48 billion for the quarter.",
            "Orvane reported a profit of $40 billion for the quarter.",
            id="revenue and profit",
        ),
        pytest.param(
            "The bus crash near Lomas killed six people, police said.",
            "The bus crash near Lomas injured nine people, police said.",
            id="dead and injured",
        ),
        pytest.param(
            "Brask made a profit of €80 million in the fourth quarter.",
            "Brask made a profit of €190 million in the full year.",
            id="quarter and year",
        ),
        pytest.param(
            "Orvane will spend $60 billion on data centres this year.",
            "Halcyon will spend $80 billion on data centres, as Orvane builds too.",
            id="two companies",
        ),
        pytest.param(
            "Orvane raised its spending forecast from $60 billion to $65 billion.",
            "Orvane gave a spending forecast of $60 billion in January.",
            id="an update that gives both",
        ),
        pytest.param(
            "Police said 20,000 people marched in Ost, while organisers spoke of 50,000.",
            "About 50,000 people marched in Ost, organisers said.",
            id="one source gives both",
        ),
        pytest.param(
            "A 34-year-old woman died in the fire at a flat in Kesten.",
            "A 61-year-old man died in the fire at a flat in Kesten.",
            id="ages",
        ),
        pytest.param(
            "The pump maker moved its plant to Viborg in 1994.",
            "The pump maker moved its plant to Viborg in 2003.",
            id="years",
        ),
        pytest.param(
            "Lomani beat Tarra 3-1 in the cup final on a wet pitch.",
            "Lomani led Tarra 2-1 at the break of the cup final.",
            id="scores",
        ),
    ],
)
def test_figures_of_different_things_do_not_differ(one, other):
    assert differing(one, other) == []


def test_a_copy_counts_once():
    found = differing(AT_LEAST_12, AT_LEAST_12, FOURTEEN, copies={"a1": "a0"})

    assert found == [["At least 12", "14"]]


def test_one_outlet_does_not_differ_from_itself():
    assert differing(AT_LEAST_12, FOURTEEN, sources={0: "Lomani Post", 1: "Lomani Post"}) == []


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        (
            "de",
            "Der Konzern Valtera will 60 Milliarden Dollar in neue Rechenzentren investieren.",
            "Valtera will 75 Milliarden Dollar in neue Rechenzentren investieren, sagte er.",
        ),
        (
            "fr",
            "La région va investir 60 millions d'euros dans la ligne de la côte.",
            "La région va investir 85,5 millions d'euros dans la ligne de la côte, dit-elle.",
        ),
    ],
)
def test_amounts_differ_in_languages_whose_numbers_are_known(language, one, other):
    (values,) = differing(one, other, language=language)

    assert len(values) == 2


def test_of_a_language_that_is_not_known_nothing_is_said():
    found = differing(
        "Laivan uppoamisessa kuoli 12 ihmistä, kertoi poliisi.",
        "Laivan uppoamisessa kuoli 14 ihmistä, kertoi poliisi.",
        language="fi",
    )

    assert found == []


@given(st.lists(st.text(max_size=80), min_size=1, max_size=4))
def test_any_text_has_at_most_three_differences_of_at_least_two_values(texts):
    found = summarise(story(*(f"{text} 12 people died. $5 million." for text in texts))).differences

    assert len(found) <= 3
    assert all(len(one.said) >= 2 for one in found)


@given(st.lists(st.from_regex(r"[$€]?[\d.,]{0,40} ?(million|%|people died)?"), max_size=6))
def test_no_run_of_digits_is_too_odd(figures):
    texts = [f"Officials said {figure} were lost on Tuesday." for figure in figures]

    assert differing("Officials said 5 people died.", *texts) is not None


@given(st.permutations([AT_LEAST_12, FOURTEEN, SIXTY, SIXTY_TO_65]))
def test_the_order_of_a_story_does_not_change_what_differs(texts):
    found = differing(*texts)

    assert {frozenset(values) for values in found} == {
        frozenset({"At least 12", "14"}),
        frozenset({"$60 billion", "$60 billion to $65 billion"}),
    }
