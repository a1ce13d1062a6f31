"""Stories are merged and split as edits: the issue is composed anew, and each can be taken back."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from edited_weeks import (
    WEEK,
    build,
    desk,
    headlines,
    later,
    merging,
    named,
    printed,
    seen,
)
from edited_weeks import (
    ferry_week as week,
)

from newsletter.errors import FetchError, WishError
from newsletter.issue.base import dump_base, load_base
from newsletter.model import Decision, Wish
from newsletter.pipeline.compose import Composed
from newsletter.pipeline.editing import EditingDesk, change, opened, reasons, redo, undo
from newsletter.pipeline.listing import listed
from newsletter.pipeline.offering import offered
from newsletter.pipeline.recomposing import Wanted

__all__ = ["desk", "week"]  # fixtures, by whose names the tests ask for them


def split(desk: EditingDesk) -> Wish:
    story = named(seen(desk), "ferry")
    return Wish(kind="split", story=story.id, ids=(story.articles[-1].id,))


def members(desk: EditingDesk) -> set[frozenset[str]]:
    """Return the articles of each story, printed or not."""
    found = seen(desk)
    stories = (*found.issue.stories, *(one.story for one in found.candidates))
    return {frozenset(article.id for article in story.articles) for story in stories}


def test_two_stories_are_made_one_at_once_and_stay_so(week: Path, desk: EditingDesk):
    changed = change(WEEK, [merging(desk, "cranes", "herring")], desk)

    assert [len(story.articles) for story in changed.opened.issue.stories].count(2) == 2
    assert [effect.state for effect in changed.opened.effects] == ["applied"]
    assert printed(week) == changed.opened.issue
    build(week)
    assert headlines(printed(week)) == headlines(changed.opened)


def test_an_article_is_split_off_at_once_and_stays_so(week: Path, desk: EditingDesk):
    before = members(desk)
    wish = split(desk)

    change(WEEK, [wish], desk)

    assert len(members(desk)) == len(before) + 1
    assert frozenset(wish.ids) in members(desk)
    build(week)
    assert frozenset(wish.ids) in members(desk)


def test_undo_takes_back_exactly_what_a_merge_decided(desk: EditingDesk):
    change(WEEK, [split(desk)], desk)
    decisions, before = desk.store.decisions(), members(desk)
    again = named(seen(desk), "warms the cabins").articles[0].id
    ferry = named(seen(desk), "ferry sails").id

    change(WEEK, [Wish(kind="merge", story=ferry, ids=(again,))], later(desk))
    merged = members(desk)
    undo(WEEK, later(desk, 240))

    assert len(merged) == len(before) - 1
    assert (desk.store.decisions(), members(desk)) == (decisions, before)


def test_redo_merges_once_more(desk: EditingDesk):
    change(WEEK, [merging(desk, "cranes", "herring")], desk)
    merged = members(desk)
    undo(WEEK, later(desk, 10))
    apart = members(desk)

    redo(WEEK, later(desk, 20))

    assert merged != apart
    assert members(desk) == merged


def test_what_was_decided_since_is_not_taken_back(desk: EditingDesk):
    change(WEEK, [merging(desk, "cranes", "herring")], desk)
    (made,) = desk.store.decisions()
    desk.store.decide([replace(made, kind="apart", at=later(desk).now)])

    undo(WEEK, later(desk, 240))

    assert [one.kind for one in desk.store.decisions()] == ["apart"]


def test_a_merged_story_can_be_rewritten_in_the_same_breath(desk: EditingDesk):
    joining = merging(desk, "cranes", "herring")

    changed = change(
        WEEK, [joining, Wish(kind="headline", story=joining.story, text="Two from the sea")], desk
    )

    assert len(named(changed.opened, "two from the sea").articles) == 2


def test_of_two_headlines_by_hand_that_are_joined_the_later_holds(desk: EditingDesk):
    found = seen(desk)
    cranes, flood = named(found, "cranes").id, named(found, "flood").id
    change(WEEK, [Wish(kind="headline", story=cranes, text="Cranes alone")], desk)
    change(WEEK, [Wish(kind="headline", story=flood, text="Water alone")], later(desk))

    joining = Wish(kind="merge", story=cranes, ids=(flood,))
    changed = change(WEEK, [joining], later(desk, 240))

    states = {one.edit.text: one.state for one in changed.opened.effects}
    assert (states["Cranes alone"], states["Water alone"]) == ("overruled", "applied")


def test_a_story_is_not_merged_with_itself(desk: EditingDesk):
    found = seen(desk)
    flood = named(found, "flood").id

    with pytest.raises(WishError, match="is one story already"):
        change(WEEK, [Wish(kind="merge", story=flood, ids=(flood,))], desk)

    assert desk.store.decisions() == ()


def test_an_issue_of_before_there_was_a_base_can_be_edited(week: Path, desk: EditingDesk):
    built = desk.store.built(WEEK)
    desk.store.save_issue(replace(built, base="", edits=0))
    flood = named(opened(WEEK, desk), "flood").id

    changed = change(WEEK, [Wish(kind="headline", story=flood, text="Water")], desk)

    assert headlines(changed.opened)["Town"][0] == "Water"
    assert changed.opened.candidates
    assert desk.store.built(WEEK).base == built.base


def test_sentences_of_the_sources_are_offered_that_the_summary_does_not_have(desk: EditingDesk):
    story = named(seen(desk), "flood")

    found = offered(WEEK, story.articles[-1].id, desk.store)

    assert {one.source for one in found} <= {article.source for article in story.articles}
    assert {one.article_id for one in found} <= {article.id for article in story.articles}
    assert not {one.text for one in found} & {sentence.text for sentence in story.summary}
    assert 0 < len(found) <= 40


def test_an_offered_sentence_keeps_its_source_in_the_summary(desk: EditingDesk):
    story = named(seen(desk), "flood")
    one = offered(WEEK, story.id, desk.store)[0]

    changed = change(
        WEEK, [Wish(kind="summary", story=story.id, text=f"{one.text} Nobody was hurt.")], desk
    )

    told = named(changed.opened, "flood").summary
    assert [(sentence.text, sentence.by_hand) for sentence in told] == [
        (one.text, False),
        ("Nobody was hurt.", True),
    ]
    assert told[0].article_id == one.article_id


def test_why_a_story_is_what_it_is_can_be_asked_of_any_of_its_articles(desk: EditingDesk):
    found = seen(desk)
    ferry, court = named(found, "ferry"), named(found, "court")

    told = reasons(WEEK, ferry.articles[-1].id, desk.store)

    assert told["id"] == ferry.id
    assert len(told["articles"]) == 2
    assert {"bonds", "nearest", "score", "section"} <= set(told)
    assert reasons(WEEK, court.id, desk.store)["headline"] == court.headline
    json.dumps(told)
    with pytest.raises(WishError, match="no story of 2026-W47 has this id"):
        reasons(WEEK, "nobody", desk.store)


def test_the_list_of_stories_has_them_as_their_editor_left_them(desk: EditingDesk):
    found = seen(desk)
    wishes = [
        Wish(kind="drop", story=named(found, "flood").id),
        Wish(kind="pin", story=named(found, "court").id),
        Wish(kind="headline", story=named(found, "court").id, text="No more scores"),
    ]

    change(WEEK, wishes, desk)

    rows = {one.headline: one for one in listed(desk.store.built(WEEK))}
    assert (rows["No more scores"].number, rows["No more scores"].reason) == (2, None)
    dropped = rows["Flood reaches the old mill at Lowmere"]
    assert (dropped.number, dropped.reason) == (None, "dropped by hand")


def test_what_others_decide_while_stories_are_composed_anew_counts(desk: EditingDesk):
    found, joining = seen(desk), merging(desk, "cranes", "herring")
    flood, court = named(found, "flood"), named(found, "court")
    told = []

    def recompose(wanted: Wanted) -> Composed:
        if not told:  # while it takes its time, somebody else has a word
            told.append(change(WEEK, [Wish(kind="intro", text="Hello")], later(desk, by="Bob")))
            at = desk.now - timedelta(days=1)
            pair = (flood.articles[0].id, court.articles[0].id)
            decision = Decision(kind="together", article_id=pair[0], other_id=pair[1], at=at)
            desk.store.decide([decision])
        return desk.recompose(wanted)

    change(WEEK, [joining], replace(desk, recompose=recompose))

    after = seen(desk)
    assert after.issue.intro == "Hello"
    assert [edit.kind for edit in desk.store.edits(WEEK)] == ["intro", "merge"]
    assert sorted(len(story.articles) for story in after.issue.stories) == [1, 2, 2, 2]


@dataclass(frozen=True)
class Size:
    """How large every picture is."""

    kind: str = "jpeg"
    width: int = 800
    height: int = 450


@dataclass
class Measured:
    """Says how large a picture is, and remembers what it was asked."""

    asked: list[str]

    def measure(self, urls: Sequence[str]) -> Iterator[tuple[str, Size | FetchError]]:
        self.asked += urls
        yield from ((url, Size()) for url in urls)


def _with_a_picture(desk: EditingDesk) -> str:
    """Give a story that was passed over a picture; return its id."""
    built = desk.store.built(WEEK)
    base = load_base(built.base)
    issue = replace(base.issue, layout=replace(base.issue.layout, images="all"))
    url = "https://harbour.example/court.jpg"
    candidates = tuple(
        replace(one, story=replace(
            one.story, articles=tuple(replace(a, image=url) for a in one.story.articles)
        ))
        for one in base.candidates
    )  # fmt: skip
    base = replace(base, issue=issue, candidates=candidates)
    desk.store.save_issue(replace(built, base=dump_base(base)))
    return named(seen(desk), "court").id


def test_the_picture_of_a_story_that_comes_in_is_measured_once(desk: EditingDesk):
    court, url = _with_a_picture(desk), "https://harbour.example/court.jpg"
    pictures = Measured([])
    seeing = replace(desk, pictures=pictures)

    change(WEEK, [Wish(kind="pin", story=court)], seeing)
    changed = change(WEEK, [Wish(kind="headline", story=court, text="No more scores")], seeing)

    (article,) = named(changed.opened, "no more scores").articles
    assert (article.image_width, article.image_height) == (800, 450)
    assert pictures.asked == [url]


def test_a_story_that_is_to_show_no_picture_still_has_those_that_it_came_with(
    desk: EditingDesk,
):
    court, url = _with_a_picture(desk), "https://harbour.example/court.jpg"

    bare = change(WEEK, [Wish(kind="picture", story=court)], desk).opened

    (article,) = named(bare, "court").articles
    assert (article.image, bare.pictures[article.id]) == (None, url)


def test_the_size_of_a_picture_stays_known_while_it_is_not_shown(desk: EditingDesk):
    court, url = _with_a_picture(desk), "https://harbour.example/court.jpg"
    seeing = replace(desk, pictures=Measured([]))

    change(WEEK, [Wish(kind="pin", story=court)], seeing)
    bare = change(WEEK, [Wish(kind="picture", story=court)], seeing).opened

    assert bare.sizes == {url: (800, 450)}


def test_a_merge_that_was_split_again_gave_way_and_waits_for_nothing(week: Path, desk: EditingDesk):
    change(WEEK, [merging(desk, "cranes", "herring")], desk)
    one = named(seen(desk), "herring")
    herring = next(each.id for each in one.articles if "herring" in each.title)
    change(WEEK, [Wish(kind="split", story=one.id, ids=(herring,))], later(desk))

    merged, parted = seen(desk).effects
    assert (merged.state, merged.note) == ("overruled", "edit 2 of Ada holds")
    assert parted.state == "applied"
    assert not [each for each in printed(week).warnings if "waits" in each]


def test_a_split_that_was_merged_again_gave_way_too(desk: EditingDesk):
    change(WEEK, [split(desk)], desk)
    change(WEEK, [merging(desk, "ferry sails", "waste heat warms")], later(desk))

    assert [each.state for each in seen(desk).effects] == ["overruled", "applied"]


@pytest.mark.parametrize("by", ["Ada", "Ole"])
def test_what_was_written_for_a_story_is_a_warning_where_somebody_else_dropped_it(
    week: Path, desk: EditingDesk, by: str
):
    ferry = named(seen(desk), "ferry").id
    change(WEEK, [Wish(kind="summary", story=ferry, text="It sails.")], desk)

    change(WEEK, [Wish(kind="drop", story=ferry)], later(desk, by=by))

    told = [each for each in printed(week).warnings if "waits" in each]
    assert bool(told) == (by == "Ole")
