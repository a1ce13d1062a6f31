"""One event, one story: what is merged, what stays apart, and why."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.model import Article
from newsletter.stories import THRESHOLD, cluster, compare
from newsletter.workspace import word_frequencies

SEEN = datetime(2026, 3, 9, 6, tzinfo=UTC)
BACKGROUND = word_frequencies(["en", "de", "ja"])


def article(
    id_: str,
    title: str,
    text: str = "",
    *,
    language: str = "en",
    day: int | None = None,
    url: str | None = None,
    seen: datetime = SEEN,
) -> Article:
    return Article(
        id=id_,
        title=title,
        text=text,
        url=url,
        source=f"{id_}.example",
        published=None if day is None else datetime(2026, 3, day, 12, tzinfo=UTC),
        first_seen=seen,
        language=language,
    )


BRIDGE = (
    article(
        "bridge1",
        "Cracks shut Varnholm bridge to lorries",
        "Engineers closed the Varnholm bridge to lorries on Tuesday after finding cracks in two of "
        "its steel cables. Transport minister Petra Lindqvist said repairs could take until "
        "August and would cost 40 million crowns.",
    ),
    article(
        "bridge2",
        "Lorry ban on Varnholm crossing after cable damage found",
        "Hauliers face long detours because damaged cables have led to a ban on heavy traffic over "
        "the bridge at Varnholm. Lindqvist, the transport minister, told reporters that the work "
        "may last all summer. Car drivers can still cross.",
    ),
    article(
        "bridge3",
        "Minister: Varnholm bridge repairs to cost 40 million",
        "Petra Lindqvist put the bill for mending the cracked cables of the Varnholm bridge at 40 "
        "million crowns. Lorries must use the Solberg tunnel until August.",
    ),
)
QUAKE_NORTH = (
    article(
        "north1",
        "Earthquake of magnitude 6.1 hits Karadag province",
        "At least 12 people died when an earthquake of magnitude 6.1 struck Karadag province at "
        "dawn on Monday. Houses collapsed in the town of Yelice, and rescuers were digging through "
        "the rubble, governor Selim Aksoy said.",
    ),
    article(
        "north2",
        "Twelve killed as quake flattens homes in Yelice",
        "Rescue teams searched the rubble of Yelice in Karadag after an early-morning quake that "
        "killed twelve. Governor Aksoy asked for tents and blankets for 3,000 homeless people.",
    ),
)
QUAKE_SOUTH = (
    article(
        "south1",
        "Strong earthquake shakes Puerto Lindo, no tsunami expected",
        "An earthquake of magnitude 6.4 struck off the coast of Puerto Lindo late on Saturday. The "
        "navy lifted its tsunami warning after an hour and mayor Rosa Quintero reported four "
        "people injured by falling tiles.",
    ),
    article(
        "south2",
        "Four hurt in Puerto Lindo after offshore quake",
        "Four residents of Puerto Lindo were hurt by falling tiles when a 6.4 quake hit offshore. "
        "Quintero, the mayor, said that schools would stay closed until Tuesday.",
    ),
)
BANK = (
    article(
        "bank1",
        "Central bank of Ostmark raises rates to 4.5 per cent",
        "The central bank of Ostmark raised its key interest rate by half a point to 4.5 per cent "
        "on Thursday, its fourth increase in a row. Anton Weidler, its governor, blamed wages.",
    ),
    article(
        "bank2",
        "Weidler defends fourth rate rise in a row",
        "Ostmark's central bank governor Anton Weidler defended lifting the key rate to 4.5 per "
        "cent, saying wages were growing too fast for inflation to fall.",
    ),
)
WEEK = (*BRIDGE, *QUAKE_NORTH, *QUAKE_SOUTH, *BANK)


def grouped(articles, **options) -> set[frozenset[str]]:
    stories = cluster(articles, background=BACKGROUND, **options)
    return {frozenset(a.id for a in story.articles) for story in stories}


def ids(articles) -> frozenset[str]:
    return frozenset(a.id for a in articles)


def test_an_event_told_in_other_words_is_one_story():
    assert grouped(WEEK) == {ids(BRIDGE), ids(QUAKE_NORTH), ids(QUAKE_SOUTH), ids(BANK)}


def test_two_earthquakes_in_different_places_stay_apart():
    assert grouped([QUAKE_NORTH[0], QUAKE_SOUTH[0]]) == {
        ids(QUAKE_NORTH[:1]),
        ids(QUAKE_SOUTH[:1]),
    }


@pytest.mark.parametrize("pair", [BRIDGE[:2], QUAKE_NORTH, QUAKE_SOUTH, BANK])
def test_two_articles_suffice_on_the_first_day(pair):
    assert grouped(pair) == {ids(pair)}


def test_a_round_up_does_not_chain_its_topics():
    round_up = article(
        "roundup",
        "The week in brief: bridge, quake and interest rates",
        "The Varnholm bridge is closed to lorries because of cracks in its cables. In Yelice "
        "twelve people died in an earthquake. Ostmark's central bank raised its key rate to 4.5 "
        "per cent. And four were hurt when a quake shook Puerto Lindo.",
    )

    stories = grouped([*WEEK, round_up])

    assert {story - {"roundup"} for story in stories} - {frozenset()} == grouped(WEEK)


def test_house_text_joins_nothing():
    footer = (
        "Thank you for reading the Harbour Post. Subscribe today and get our best stories every "
        "morning, straight to your inbox, free of charge and without any advertising."
    )
    week = [
        replace(a, text=f"{a.text[:120]}\n{footer}", source="harbourpost.example")
        for a in (BRIDGE[0], QUAKE_NORTH[0], QUAKE_SOUTH[0], BANK[0])
    ]

    assert len(grouped(week)) == len(week)


def test_wire_copy_is_marked_and_follows_its_original():
    reprint = article("reprint", "Bridge closed to heavy traffic", BRIDGE[0].text)

    story = next(
        s for s in cluster([*WEEK, reprint], background=BACKGROUND) if "reprint" in ids(s.articles)
    )

    assert story.copies == {"reprint": "bridge1"}
    assert ids(story.articles) == {*ids(BRIDGE), "reprint"}
    assert [b.kind for b in story.bonds if b.article_id == "reprint"] == ["copy"]
    assert story.lead.id != "reprint"


def test_a_tracking_parameter_does_not_matter():
    plain = article("plain", "Rain floods Odden", BANK[0].text, url="https://e.example/rain")
    tracked = article(
        "tracked", "Rain floods Odden", BANK[0].text, url="https://e.example/rain?utm_source=x"
    )

    assert grouped([plain, tracked]) == {frozenset({"plain", "tracked"})}


def test_dates_far_apart_keep_like_events_apart():
    def report(id_: str, day: int) -> Article:
        return article(id_, BANK[int(id_) % 2].title, BANK[int(id_) % 2].text, day=day)

    month_apart = [report("0", 1), report("1", 31)]

    assert len(grouped(month_apart)) == 2
    assert len(grouped(month_apart, use_dates=False)) == 1


def test_a_missing_date_neither_helps_nor_hurts():
    dated = article("dated", BANK[0].title, BANK[0].text, day=5)

    with_date = compare("dated", "bank2", [dated, BANK[1]], background=BACKGROUND)
    without = compare("bank1", "bank2", BANK, background=BACKGROUND)

    assert with_date.score == without.score


@pytest.mark.parametrize(
    ("language", "one", "other", "unrelated"),
    [
        pytest.param(
            "de",
            "Hochwasser in Rauental: Hunderte Menschen verlassen ihre Häuser\nDer Fluss Elz stieg "
            "in der Nacht auf sechs Meter, Feuerwehrleute brachten Bewohner in Turnhallen.",
            "Elz tritt über die Ufer, Rauental wird geräumt\nWegen des Hochwassers mussten rund "
            "300 Menschen ihre Häuser verlassen und in Turnhallen übernachten.",
            "Gericht kippt Mietbremse in Neustadt\nDie Richter gaben am Montag der Klage eines "
            "Vermieters statt, der Stadtrat will Berufung einlegen.",
            id="German",
        ),
        pytest.param(
            "ja",
            "北沢市で震度6弱の地震、住宅12棟が倒壊\n8日未明、北沢市で震度6弱の揺れを観測し、"
            "住宅12棟が倒壊した。市は避難所を開設した。",
            "地震で住宅倒壊、北沢市に避難所\n北沢市を襲った震度6弱の地震で住宅が倒壊し、"
            "約500人が避難所で夜を明かした。",
            "中央銀行が利上げを決定、4回連続\n中央銀行は木曜日、政策金利を0.5ポイント"
            "引き上げると発表した。賃金の上昇を理由に挙げた。",
            id="Japanese",
        ),
    ],
)
def test_other_languages_cluster_too(language, one, other, unrelated):
    articles = [
        article(id_, *text.split("\n", 1), language=language)
        for id_, text in (("one", one), ("other", other), ("unrelated", unrelated))
    ]

    assert grouped(articles) == {frozenset({"one", "other"}), frozenset({"unrelated"})}


def test_nothing_gives_no_stories_and_one_article_one():
    assert cluster([], background=BACKGROUND) == ()

    (story,) = cluster(BANK[:1], background=BACKGROUND)

    assert (story.id, story.articles, story.bonds, story.nearest) == ("bank1", BANK[:1], (), None)


def test_articles_without_any_words_stay_alone():
    blank = [article("a", ""), article("b", "", "…"), article("c", "Bank raises rates again")]

    assert grouped(blank) == {frozenset("a"), frozenset("b"), frozenset("c")}


def test_headlines_alone_can_join():
    headlines = [article(a.id, a.title) for a in (BRIDGE[0], BRIDGE[1], BANK[0])]

    assert grouped(headlines) == {ids(BRIDGE[:2]), ids(BANK[:1])}


def test_every_article_but_the_lead_says_why_it_is_there():
    story = next(s for s in cluster(WEEK, background=BACKGROUND) if "bridge1" in ids(s.articles))

    assert [bond.article_id for bond in story.bonds] == [a.id for a in story.articles[1:]]
    assert all(bond.score >= THRESHOLD == bond.threshold for bond in story.bonds)
    assert all("Varnholm" in bond.terms and len(bond.terms) <= 6 for bond in story.bonds)


def test_a_story_names_the_stranger_that_came_nearest():
    story = next(s for s in cluster(WEEK, background=BACKGROUND) if "north1" in ids(s.articles))

    assert story.nearest is not None
    assert story.nearest.article_id in ids(QUAKE_NORTH)
    assert story.nearest.other_id in ids(QUAKE_SOUTH)
    assert story.nearest.score < THRESHOLD


def test_a_story_is_named_after_the_article_first_seen_first():
    late = article("a", BANK[0].title, BANK[0].text, seen=SEEN + timedelta(hours=1))

    (story,) = cluster([late, BANK[1]], background=BACKGROUND)

    assert story.id == "bank2"


def test_an_article_with_a_headline_leads():
    untitled = article("untitled", "", BANK[0].text)

    (story,) = cluster([untitled, BANK[1]], background=BACKGROUND)

    assert story.lead.id == "bank2"


def test_two_copies_are_near_as_copies():
    reprint = article("reprint", "Rates up", BANK[0].text)

    bond = compare("bank1", "reprint", [*WEEK, reprint], background=BACKGROUND)

    assert bond.kind == "copy"


def test_an_editor_can_ask_how_near_two_articles_are():
    near = compare("bank1", "bank2", WEEK, background=BACKGROUND)
    far = compare("bank1", "north1", WEEK, background=BACKGROUND)

    assert near.score > THRESHOLD > far.score


def test_an_unknown_article_has_no_similarity():
    with pytest.raises(ValueError, match="nobody"):
        compare("bank1", "nobody", WEEK, background=BACKGROUND)


PHRASES = st.sampled_from([*(a.title for a in WEEK), *(a.text for a in WEEK), "", "Live blog"])
ARTICLES = st.lists(
    st.builds(
        lambda n, title, text, day: article(f"x{n}", title, text, day=day),
        st.integers(0, 10**6),
        PHRASES,
        PHRASES,
        st.none() | st.integers(1, 28),
    ),
    max_size=12,
    unique_by=lambda a: a.id,
)


@settings(deadline=None, max_examples=examples(0.4))
@given(articles=ARTICLES)
def test_each_article_is_in_exactly_one_story(articles):
    stories = cluster(articles, background=BACKGROUND)

    assert sorted(a.id for s in stories for a in s.articles) == sorted(a.id for a in articles)
    for story in stories:
        members = ids(story.articles)
        assert story.id in members
        assert set(story.copies) | set(story.copies.values()) <= members
        assert [b.article_id for b in story.bonds] == [a.id for a in story.articles[1:]]
        assert all(b.other_id in members and b.other_id != b.article_id for b in story.bonds)


@settings(deadline=None, max_examples=examples(0.4))
@given(data=st.data(), articles=ARTICLES)
def test_the_order_of_arrival_changes_nothing(data, articles):
    shuffled = data.draw(st.permutations(articles))
    assert cluster(shuffled, background=BACKGROUND) == cluster(articles, background=BACKGROUND)


def test_a_series_of_one_source_is_no_story_because_of_its_name():
    places = "Ellery Varnholm Solberg Lowmere Harn Velsum Bramford Nortonby".split()
    tides = [article(place, f"Tide tables: {place}") for place in places]
    series = [replace(tide, source="Coast Monitor") for tide in tides]

    assert len(grouped(series)) == len(series)
