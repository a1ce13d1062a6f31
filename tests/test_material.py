"""What an issue is made of: which articles count, under which name, in which section."""

from dataclasses import replace
from datetime import timedelta

import pytest
from fakes import NOW
from issues import masthead

from newsletter.model import Article, Feed, SeedFolder
from newsletter.pipeline.material import Brief, desk_of, in_their_languages, usable
from newsletter.workspace import common_words

LEDGER = Feed(url="https://ledger.example/feed", section="News", name="The Ledger", weight=2.0)
BRIEF = Brief(
    masthead=masthead(),
    feeds=(LEDGER,),
    folders=(
        SeedFolder(path="./seeds/", section="News"),
        SeedFolder(path="seeds/lab", section="Science"),
    ),
    sections=(("News", None), ("Science", 2)),
    stories=12,
    per_source=3,
    min_stories=3,
    max_age=timedelta(days=14),
)
ARTICLE = Article(
    id="a",
    title="Flood reaches the mill",
    text="Water rose.",
    source="ledger.example",
    first_seen=NOW,
    origins=(LEDGER.url,),
)


def test_the_outlet_is_named_as_feeds_yaml_names_it_now():
    (article,) = usable([ARTICLE], BRIEF, NOW)

    assert article.source == "The Ledger"


@pytest.mark.parametrize(
    "brief",
    [replace(BRIEF, feeds=()), replace(BRIEF, feeds=(replace(LEDGER, enabled=False),))],
    ids=["taken out", "disabled"],
)
def test_a_feed_that_no_longer_counts_takes_its_articles_along(brief: Brief):
    assert usable([ARTICLE], brief, NOW) == ()


@pytest.mark.parametrize(("days", "kept"), [(13, 1), (15, 0)])
def test_what_is_older_than_max_age_is_left_out(days: int, kept: int):
    dated = replace(ARTICLE, published=NOW - timedelta(days=days))

    assert len(usable([dated], BRIEF, NOW)) == kept


def test_no_age_is_too_great_for_a_max_age_beyond_the_calendar():
    dated = replace(ARTICLE, published=NOW - timedelta(days=9_000))

    assert usable([dated], replace(BRIEF, max_age=timedelta(days=999_999)), NOW)


def test_an_article_without_a_date_is_never_too_old():
    assert usable([ARTICLE], BRIEF, NOW)


def test_a_seed_belongs_to_the_innermost_folder_that_holds_it():
    seeds = [
        replace(ARTICLE, id=name, origins=(name,)) for name in ("seeds/a.txt", "seeds/lab/b.txt")
    ]

    desk = desk_of(BRIEF, usable(seeds, BRIEF, NOW))

    assert desk.section_of["seeds/a.txt"] == "News"
    assert desk.section_of["seeds/lab/b.txt"] == "Science"
    assert desk.weight_of == {LEDGER.url: 2.0}


def test_an_article_is_in_the_language_that_it_is_written_in():
    german = replace(
        ARTICLE,
        language="en-us",
        text="Der Rat hat die Brücke am Montag geschlossen, weil sie nach dem Sturm unsicher ist.",
    )

    (article,) = in_their_languages([german], common_words)

    assert article.language == "de"


def test_a_short_text_is_in_the_language_of_its_feed():
    long = "Der Rat hat die Brücke am Montag geschlossen, weil sie nach dem Sturm unsicher ist."
    german = replace(ARTICLE, text=long)
    short = replace(ARTICLE, id="b", title="Brücke bleibt zu", text="")

    articles = in_their_languages([german, short], common_words)

    assert [article.language for article in articles] == ["de", "de"]
