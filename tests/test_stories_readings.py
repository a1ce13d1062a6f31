"""An article is read once: what its reading tells, and when it is read again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsletter.model import Article
from newsletter.pipeline.clustering import save_readings, stories_of
from newsletter.pipeline.window import Window
from newsletter.store import open_store
from newsletter.stories import between, cluster, compare, read, unread
from newsletter.workspace import word_frequencies

SEEN = datetime(2026, 3, 9, 6, tzinfo=UTC)
BACKGROUND = word_frequencies(["en"])
WINDOW = Window(
    id="2026-W11",
    publishes_at=SEEN,
    since=None,
    until=SEEN + timedelta(days=7),
    is_coming=True,
)


def article(id_: str, text: str, title: str = "") -> Article:
    return Article(
        id=id_,
        keys=(f"guid {id_}",),
        title=title,
        text=text,
        source=f"{id_}.example",
        first_seen=SEEN,
        origins=(f"https://{id_}.example/feed",),
    )


DAM = article(
    "dam", "Engineers lowered the Korvik dam by two metres after the rain.", "Dam lowered"
)
DAM_TOO = article("too", "The Korvik dam was lowered by engineers as rain filled the lake.")
VOTE = article("vote", "Parliament in Ostberg votes on the new press law on Friday.", "Press law")
WEEK = (DAM, DAM_TOO, VOTE)


def test_a_reading_has_stems_in_order_and_the_hashes_of_word_triples():
    found = read(article("x", "Two dams burst. Two dams burst again.", "Dams"))

    assert (found.title, found.words) == ("dam", "two dam burst two dam burst again")
    assert len(found.shingles) == 4 * 5  # of six triples in seven words and a title, one is twice


def test_a_text_without_words_has_an_empty_reading():
    assert (read(article("x", "…")).words, read(article("x", "…")).shingles) == ("", b"")


def test_what_changed_since_it_was_read_is_unread():
    readings = {one.id: read(one) for one in WEEK}
    grown = replace(DAM, text=f"{DAM.text} The lake is full.")
    relabelled = replace(VOTE, language="de")

    assert unread(WEEK, readings) == ()
    assert unread([grown, DAM_TOO, relabelled], readings) == (grown, relabelled)
    assert unread([replace(DAM, source="Another", language="en-GB")], readings) == ()


def test_readings_save_work_and_change_nothing_not_even_stale_ones():
    stale = {one.id: read(replace(one, text=VOTE.text)) for one in WEEK}
    fresh = {one.id: read(one) for one in WEEK}

    plain = cluster(WEEK, background=BACKGROUND)

    assert cluster(WEEK, background=BACKGROUND, readings=fresh) == plain
    assert cluster(WEEK, background=BACKGROUND, readings=stale) == plain


def test_a_gather_reads_what_is_new_and_a_build_what_has_grown(tmp_path: Path):
    with open_store(f"sqlite:///{tmp_path}/news.db") as store:
        save_readings(store.record([DAM, VOTE]), store, store)
        grown = replace(VOTE, text=f"{VOTE.text} Editors protest.")
        kept = store.readings(None, WINDOW.until)

        stories = stories_of(
            [DAM, DAM_TOO, grown] if store.record([DAM_TOO]).new else [],
            WINDOW,
            background=word_frequencies,
            words=store,
            decisions=store,
        )

        assert set(kept) == {"dam", "vote"}
        assert [story.id for story in stories] == ["dam", "vote"]
        assert store.readings(None, WINDOW.until) == {
            one.id: read(one) for one in (DAM, DAM_TOO, grown)
        }


def test_groups_are_as_near_as_their_articles_are_on_the_mean():
    near, far, mixed = between(
        [(["dam"], ["too"]), (["vote"], ["dam"]), (["too", "vote"], ["dam"])],
        WEEK,
        background=BACKGROUND,
    )

    assert near == compare("dam", "too", WEEK, background=BACKGROUND).score
    assert mixed == pytest.approx((near + far) / 2)
    assert near > 0.3 > far


def test_a_copy_stands_for_its_original_between_groups():
    long = "\n".join(f"Line {n} tells of gate {n * 3} of the dam at Korvik." for n in range(9))
    wire, reprint = article("wire", long), article("reprint", long)

    same, one, other = between(
        [(["wire"], ["reprint"]), (["wire"], ["vote"]), (["wire", "reprint"], ["vote"])],
        [wire, reprint, VOTE],
        background=BACKGROUND,
    )

    assert (same, one) == (1.0, other)


def test_an_unknown_article_is_near_to_nothing_that_could_be_told():
    with pytest.raises(ValueError, match="nobody"):
        between([(["dam"], ["nobody"])], WEEK, background=BACKGROUND)
