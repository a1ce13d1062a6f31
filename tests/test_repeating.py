"""What an outlet prints again and again is told from what its articles have in common."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsletter.model import Article, Story
from newsletter.pipeline.repeating import repeated, save_paragraphs
from newsletter.store import Store, open_store
from newsletter.summarise.documents import read
from newsletter.text.paragraphs import paragraph_hashes

NOW = datetime(2026, 11, 16, 6, tzinfo=UTC)
MOTTO = "The Ellery Herald is read by harbour masters in twelve towns."
NEWS = (
    "The council of Port Ellery closed the old harbour bridge on Tuesday after cracks were found.",
    "Fishermen of Sandholm landed twice as much herring in May as in the year before, they said.",
    "A theatre in Rauental opens its doors on Friday after nine years of repairs, said its owner.",
    "Snow stopped all trains between Velsum and Korvik on Sunday, the railway said in the evening.",
)
BACKGROUND = "Engineers had warned of cracks in the bridge since the flood of 2019."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path}/newsletter.db") as opened:
        yield opened


def article(id_: str, *lines: str, source: str = "Ellery Herald") -> Article:
    return Article(
        id=id_,
        keys=(f"guid {id_}",),
        title="",
        text="\n".join(lines),
        source=source,
        first_seen=NOW,
        origins=("https://herald.example/feed",),
    )


def story(*articles: Article) -> Story:
    return Story(id=articles[0].id, articles=articles, copies={})


def found_in(store: Store, told: Story, *others: Article) -> dict[str, frozenset[int]]:
    held = (*told.articles, *others)
    store.record(held)
    return dict(repeated([told], held, store))


def with_motto(count: int, **options: str) -> Sequence[Article]:
    return [article(f"a{n}", NEWS[n], MOTTO, **options) for n in range(count)]


def test_what_stands_in_three_articles_of_an_outlet_is_repeated(store: Store):
    first, *others = with_motto(3)

    found = found_in(store, story(first), *others)

    assert found == {"a0": frozenset(paragraph_hashes(MOTTO))}


def test_what_stands_in_two_may_be_news_that_goes_on(store: Store):
    first, other = with_motto(2)

    assert found_in(store, story(first), other) == {}


def test_what_other_outlets_print_as_well_is_the_text_of_an_agency(store: Store):
    articles = [replace(one, source=f"Paper {one.id}", keys=(one.id,)) for one in with_motto(4)]

    assert found_in(store, story(articles[0]), *articles[1:]) == {}


def test_what_the_articles_of_one_story_share_is_its_matter(store: Store):
    told = story(*(article(f"b{n}", NEWS[n], BACKGROUND) for n in range(3)))

    assert found_in(store, told) == {}


def test_versions_of_one_article_do_not_make_its_paragraphs_boilerplate(store: Store):
    versions = [
        article(f"v{n}", *NEWS, BACKGROUND, f"Updated for the {n}. time.") for n in range(5)
    ]

    assert found_in(store, story(versions[0]), *versions[1:]) == {}


def test_case_and_punctuation_do_not_hide_a_repeat(store: Store):
    first, second, _ = with_motto(3)
    shouted = article("c", NEWS[3], MOTTO.upper().replace(".", "!"))

    assert set(found_in(store, story(shouted), first, second)) == {"c"}


def test_an_edited_article_is_read_again(store: Store):
    first, *others = with_motto(3)
    found_in(store, story(first), *others)
    edited = replace(first, text=NEWS[0])

    assert found_in(store, story(edited), *others) == {}


def test_what_was_gathered_is_kept_before_a_build_asks(store: Store):
    gathered = with_motto(3)

    save_paragraphs(store.record(gathered), store, store)

    assert set(store.paragraph_digests()) == {"a0", "a1", "a2"}
    assert set(repeated([story(gathered[0])], [], store)) == {"a0"}


def test_a_summary_is_read_without_what_its_outlet_repeats(store: Store):
    first, *others = with_motto(3)
    told = story(first)

    reading = read(told, found_in(store, told, *others))

    assert [one.text for one in reading.candidates] == [NEWS[0]]
    assert reading.texts[0].removed == ((MOTTO, "stands in other articles of the outlet"),)


def test_a_teaser_without_its_full_stop_is_read_beside_what_its_outlet_repeats(store: Store):
    link = "To the whole report of the Herald"
    teasers = [article(f"t{n}", NEWS[n].rstrip("."), link) for n in range(3)]
    told = story(teasers[0])

    reading = read(told, found_in(store, told, *teasers[1:]))

    assert [one.text for one in reading.candidates] == [NEWS[0]]
    assert reading.texts[0].removed == ((link, "stands in other articles of the outlet"),)
