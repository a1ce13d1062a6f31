"""How much of a story is told, what it is called, and how long the issue takes to read."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from issues import article, issue, masthead, story, templates
from pages import Page
from test_render import FORMATS, PAGES, read

from newsletter.model import PrintedStory, Section, Sentence
from newsletter.render import render
from newsletter.render.length import minutes
from newsletter.render.safe import ended
from newsletter.render.views import IssueView, SectionView, issue_view


def sentences(count: int) -> tuple[Sentence, ...]:
    return tuple(Sentence(text=f"Cabin {n} is warm.", article_id="a") for n in range(count))


def told(count: int, number: int = 1, **changes: Any) -> PrintedStory:
    """Return a story of so many sentences."""
    return story(number, summary=sentences(count), **changes)


def files_of(*stories: PrintedStory) -> dict[str, bytes]:
    return dict(render(issue(story(90), *stories), templates()).files)


def section(*counts: int) -> SectionView:
    """Return the stories below the lead, of so many sentences each."""
    stories = [told(count, number) for number, count in enumerate(counts)]
    view: IssueView = issue_view(issue(story(90), *stories))
    return view.below_lead[0]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4])
@pytest.mark.parametrize("place", ["lead", "below"])
def test_a_story_of_any_length_shows_headline_and_sources(count: int, place: str):
    one = told(count)

    files = dict(render(issue(one), templates()).files) if place == "lead" else files_of(one)

    for name in FORMATS:
        seen = read(files, name)
        assert one.headline in seen, name
        assert " ".join(sentence.text for sentence in one.summary) in seen, name
        assert f"Cabin {count} is warm." not in seen, name
        assert article(1).source in seen, name


def test_a_headline_that_is_the_only_sentence_is_not_printed_twice():
    one = story(1, headline="Cabin 0 is warm", summary=sentences(1))

    for name in FORMATS:
        seen = read(files_of(one), name)
        assert "Cabin 0 is warm" in seen, name
        assert "Cabin 0 is warm." not in seen, name


@pytest.mark.parametrize(
    ("counts", "cells"),
    [
        ((3, 3, 2), [[0], [1], [2]]),
        ((3, 1, 1, 1), [[0], [1, 2, 3]]),
        ((3, 1, 1, 0, 1), [[0], [1, 2], [3], [4]]),
        ((3, 3, 1, 1, 1), [[0], [1], [2, 3], [4]]),
        ((1,), [[0]]),
        ((1, 3, 1, 3), [[0], [1], [2], [3]]),
    ],
)
def test_brief_stories_stand_one_below_another(counts: Sequence[int], cells: list[list[int]]):
    found = [[int(one.id.removeprefix("story")) for one in cell] for cell in section(*counts).cells]

    assert found == cells


@given(st.lists(st.integers(0, 4), min_size=1, max_size=12))
def test_columns_keep_every_story_in_order(counts: list[int]):
    found = section(*counts)

    assert tuple(one for cell in found.cells for one in cell) == found.stories


def test_a_brief_storys_headline_runs_into_its_sentence():
    page = files_of(told(1, headline="Ferry sails on heat"))["index.html"].decode()

    assert "Ferry sails on heat</a>.</h3>" in page


def test_a_headline_that_nothing_follows_gets_no_full_stop():
    page = files_of(told(0, headline="Ferry sails on heat"))["index.html"].decode()

    assert "Ferry sails on heat</a></h3>" in page


def test_a_headline_in_another_direction_does_not_run_in():
    page = files_of(told(1, headline="نشرة قصيرة"))["index.html"].decode()

    assert "نشرة قصيرة</a></h3>" in page


@pytest.mark.parametrize(
    ("headline", "stop"),
    [
        ("It sails", "."),
        ("Who pays?", ""),
        ("He said “no!”", ""),
        ("夜行列车", "。"),
        ("Wait…", ""),
    ],
)
def test_a_headline_is_ended_where_it_has_no_end(headline: str, stop: str):
    assert ended(headline) == stop


@pytest.mark.parametrize("genre", ["review", "opinion", "feature"])
@pytest.mark.parametrize("place", ["lead", "below"])
def test_what_is_no_news_says_so(genre: Any, place: str):
    one = told(1, genre=genre)

    files = dict(render(issue(one), templates()).files) if place == "lead" else files_of(one)

    for name in FORMATS:
        assert genre.capitalize() in read(files, name), name


@pytest.mark.parametrize("name", FORMATS)
def test_news_bears_no_label(name: str):
    seen = read(files_of(told(2)), name)

    assert not any(label in seen for label in ("Review ·", "Opinion", "Feature"))


@pytest.mark.parametrize("name", FORMATS)
def test_readers_see_no_mark_of_doubt(name: str):
    doubtful, certain = files_of(told(1, sure=False)), files_of(told(1))

    assert doubtful[name] == certain[name]


@pytest.mark.parametrize("name", FORMATS)
def test_a_summary_by_a_language_model_says_so_and_the_footer_once_what_that_means(name: str):
    seen = read(files_of(told(3, by="llm"), told(2, 2, by="llm"), told(2, 3)), name)

    assert seen.count("AI summary") == 3
    assert seen.count("“AI summary”: written by a language model from the sources named.") == 1


@pytest.mark.parametrize("name", FORMATS)
def test_a_headline_alone_is_not_by_a_language_model(name: str):
    assert "AI summary" not in read(files_of(told(0, by="llm")), name)


def test_a_mail_too_long_says_nothing_of_a_model_whose_summaries_it_dropped():
    stories = [told(2, n, by="llm", score=0.1) for n in range(150)]

    edition = render(issue(story(900, score=9.0), *stories), templates())

    assert any("without summary" in cut for cut in edition.cuts)
    assert "language model" not in read(dict(edition.files), "email.html")
    assert "language model" in read(dict(edition.files), "index.html")


@pytest.mark.parametrize("name", FORMATS)
def test_the_masthead_says_how_long_the_issue_takes(name: str):
    long = story(1, summary=(Sentence(text="word " * 690, article_id="a"),))

    assert "4 min read" in read(dict(render(issue(long), templates()).files), name)


@pytest.mark.parametrize("name", FORMATS)
def test_an_issue_without_stories_takes_no_time(name: str):
    assert "min read" not in read(dict(render(issue(), templates()).files), name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", 0), ("…", 0), ("word", 1), ("word " * 230, 1), ("word " * 231, 2), ("字" * 501, 2)],
    ids=["nothing", "marks", "a word", "a minute", "a word more", "characters"],
)
def test_a_minute_is_230_words_or_500_characters(text: str, expected: int):
    assert minutes([text]) == expected


@pytest.mark.parametrize("name", PAGES)
def test_sources_bear_their_dates_in_brackets(name: str):
    articles = (article(1, lead=True), article(2, copy_of="article1"), article(3, published=None))

    seen = read(files_of(told(2, articles=articles)), name)

    assert (
        "2 outlets · Circuit Review (20 Nov), Meridian Daily (19 Nov, copy), Harbour Post" in seen
    )


def test_ids_stay_unique_with_brief_stories():
    sections = (Section(name="A", stories=(told(4), told(1, 2), told(0, 3), told(1, 4))),)

    page = Page(render(issue(sections=sections), templates()).files["index.html"])

    assert len(page.ids) == len(set(page.ids))


def test_from_right_to_left_a_sources_line_in_english_stays_whole():
    whole = issue(told(2), masthead=masthead(language="ar"))

    mail = render(whole, templates()).files["email.html"].decode()

    assert '<p class="m" dir="ltr" align="right" style=' in mail
