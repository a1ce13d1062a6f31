"""What an editor asks for becomes an edit, or she is told what there is instead."""

from dataclasses import replace

import pytest
from edited import (
    base,
    drop,
    edited,
    headline,
    lead,
    made,
    merge,
    move,
    picture,
    pin,
    ranked,
    reverted,
    section,
    split,
    summary,
    told,
)

from newsletter.errors import WishError
from newsletter.issue.editing import apply, find_story
from newsletter.issue.wishes import clashes, see_that_they_agree
from newsletter.issue.wishes import told as said
from newsletter.model import Sponsor, Wish

PICTURED = told("a", "b")
PICTURED = replace(
    PICTURED,
    articles=tuple(replace(one, image="https://a.example/1.jpg") for one in PICTURED.articles),
)
WEEK = base({"Technology": [PICTURED, *ranked("c", "d")], "Energy": ranked("e", "f")})


@pytest.mark.parametrize(
    ("wish", "fault"),
    [
        (drop(story="aa"), "2026-W47 has no story 'aa'; the nearest are a (“Headline of a”)"),
        (drop(story="headline of e"), "the nearest are e (“Headline of e”)"),
        (drop(), "no story is named; name one by its id"),
        (section(story="a", section="Sport"), "no section 'Sport'; sections: Technology, Energy"),
        (section(story="a"), "no section is named for “Headline of a”; sections: Technology"),
        (move(story="a"), "no place is named for “Headline of a”; places count from 1"),
        (move(story="a", place=0), "0 is no place for “Headline of a”; places count from 1"),
        (merge(story="a", ids=("b",)), "“Headline of a” is one story already"),
        (merge(story="a", ids=("zz",)), "has no story 'zz'"),
        (split(story="a", ids=("a", "b")), "would be left without an article"),
        (split(story="a", ids=("c",)), "has no article 'c'; its articles: a ("),
        (split(story="a"), "is split by naming articles; its articles: a ("),
        (
            picture(story="a", text="https://a.example/2.jpg"),
            "has the picture 'https://a.example/2.jpg'; its pictures: https://a.example/1.jpg",
        ),
        (picture(story="c", text="x"), "its pictures: it has none"),
        (headline(story="a", text=" \u200b\n"), "the headline is empty"),
        (headline(story="a", text="x" * 312), "at most 300 characters, this one has 312"),
        (summary(story="a", text="x" * 10_000), "at most 4,000 characters, this one has 10,000"),
        (Wish(kind="intro", text="x" * 10_001), "the intro has at most 10,000 characters"),
        (Wish(kind="sponsor", sponsor=Sponsor(name=" ")), "the sponsor has no name"),
        (
            Wish(kind="sponsor", sponsor=Sponsor(name="Quay", url="javascript:x")),
            "the sponsor’s link 'javascript:x' is none",
        ),
    ],
)
def test_what_cannot_be_had_is_told_with_what_there_is(wish: Wish, fault: str):
    with pytest.raises(WishError) as caught:
        made(WEEK, wish)

    assert fault in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_story_is_named_by_any_of_its_articles_and_kept_by_its_own_id():
    [edit] = made(WEEK, pin(story="b"))

    assert (edit.story, edit.articles) == ("a", ("a", "b"))


@pytest.mark.parametrize(
    ("place", "order"), [(1, ("d", "a", "c")), (2, ("a", "d", "c")), (99, ("a", "c", "d"))]
)
def test_a_move_keeps_the_order_that_its_editor_saw(place: int, order: tuple[str, ...]):
    [edit] = made(WEEK, move(story="d", place=place))

    assert (edit.kind, edit.section, edit.order) == ("move", "Technology", order)


def test_a_move_into_another_section_is_one_of_the_section():
    [edit] = made(WEEK, move(story="d", section="energy", place=2))

    assert (edit.kind, edit.section, edit.order) == ("section", "Energy", ("e", "d", "f"))


def test_texts_are_cleaned_of_what_nobody_sees():
    wishes = [
        headline(story="a", text="  Harbour\x07 \n shut\u202e "),
        summary(story="a", text="One.\r\nTwo."),
        Wish(kind="intro", text="One  \r\n  - two\x00\n\n\n"),
    ]

    texts = [one.text for one in made(WEEK, *wishes)]

    assert texts == ["Harbour shut", "One. Two.", "One  \n  - two"]


def test_html_and_merge_tags_stay_what_they_are():
    text = "<b>Port</b> *|EMAIL|* {{name}}"

    [edit] = made(WEEK, headline(story="a", text=text))

    assert edit.text == text


def test_a_summary_remembers_from_which_articles_its_sentences_are():
    [edit] = made(WEEK, summary(story="a", text="Mine. The b tells it."))

    assert edit.ids == ("", "b")


def test_a_merge_knows_the_articles_of_all_its_stories():
    [edit] = made(WEEK, merge(story="c", ids=("b",)))

    assert (edit.story, edit.ids, edit.articles) == ("c", ("a",), ("c", "a", "b"))


@pytest.mark.parametrize(
    "wishes",
    [
        (pin(story="a"), drop(story="b")),
        (headline(story="a", text="One"), headline(story="a", text="Two")),
        (move(story="a", place=1), section(story="a", section="Energy")),
        (drop(story="a"), headline(story="a", text="One")),
        (lead(story="a"), lead(story="c")),
    ],
)
def test_wishes_that_contradict_each_other_are_refused(wishes: tuple[Wish, ...]):
    with pytest.raises(WishError, match="contradict each other"):
        see_that_they_agree(wishes, apply(WEEK, ()))


def test_wishes_that_have_nothing_to_do_with_each_other_agree():
    wishes = [pin(story="a"), pin(story="b"), lead(story="a"), drop(story="c"), drop(story="d")]

    see_that_they_agree(wishes, apply(WEEK, ()))


def test_in_order_a_story_may_move_again_but_not_be_called_two_things():
    places = [section(story="a", section="Energy"), move(story="a", place=1), pin(story="a")]
    words = [headline(story="a", text="One"), headline(story="a", text="Two")]

    see_that_they_agree(places, apply(WEEK, ()), in_order=True)

    with pytest.raises(WishError, match="contradict each other: headline of “Headline of a”"):
        see_that_they_agree(words, apply(WEEK, ()), in_order=True)


@pytest.mark.parametrize("in_order", [True, False], ids=["in order", "at once"])
@pytest.mark.parametrize(
    "kept",
    [
        pin(story="a"),
        headline(story="a", text="One"),
        summary(story="b", text="One."),
        picture(story="a", text=""),
        section(story="a", section="Energy"),
        move(story="a", place=1),
        lead(story="a"),
    ],
    ids=lambda wish: wish.kind,
)
def test_no_drop_is_lost_to_work_on_the_same_story(kept: Wish, in_order: bool):
    for wishes in ((drop(story="a"), kept), (kept, drop(story="a"))):
        with pytest.raises(WishError, match="two wishes contradict") as caught:
            see_that_they_agree(wishes, apply(WEEK, ()), in_order=in_order)

        first, second = ("drop", kept.kind) if kept.kind != "pin" else (one.kind for one in wishes)
        assert f": {first} and {second} of “Headline of a”; ask for one of" in str(caught.value)


def test_a_story_that_is_not_at_hand_is_named_by_its_id():
    wishes = [drop(story="far"), headline(story="far", text="One")]

    with pytest.raises(WishError, match="each other: drop and headline of story far; ask for one"):
        see_that_they_agree(wishes, apply(WEEK, ()), in_order=True)


def test_dropped_twice_it_is_dropped():
    see_that_they_agree([drop(story="a"), drop(story="b")], apply(WEEK, ()), in_order=True)


@pytest.mark.parametrize(
    ("mine", "theirs", "what"),
    [
        (
            headline(story="a", text="Mine"),
            headline(story="b", text="x"),
            "the headline of “Title of a”",
        ),
        (drop(story="a"), pin(story="a"), "whether “Headline of a” is in the issue"),
        (section(story="a", section="Energy"), move(story="a", place=2), "the place of"),
        (lead(story="a"), lead(story="c"), "the story that leads the issue"),
        (Wish(kind="intro", text="Mine"), Wish(kind="intro", text="x"), "the intro"),
        (split(story="a", ids=("b",)), merge(story="a", ids=("c",)), "what belongs to"),
    ],
)
def test_what_somebody_changed_since_of_the_same_thing_is_a_clash(
    mine: Wish, theirs: Wish, what: str
):
    edits = made(WEEK, drop(story="f"), theirs)

    [clash] = clashes(mine, apply(WEEK, edits), 1)

    assert clash.edit == edits[1]
    assert clash.what.startswith(what)
    assert clashes(mine, apply(WEEK, edits), 2) == ()


@pytest.mark.parametrize(
    "mine",
    [summary(story="a", text="Mine."), move(story="a", place=2), headline(story="c", text="Mine")],
)
def test_what_somebody_changed_of_anything_else_is_none(mine: Wish):
    edits = made(WEEK, headline(story="a", text="x"), move(story="c", place=1))

    assert clashes(mine, apply(WEEK, edits), 0) == ()


def test_that_somebody_took_an_edit_back_is_a_clash_too():
    edits = reverted(made(WEEK, headline(story="a", text="x")), 1)

    assert len(clashes(headline(story="a", text="Mine"), apply(WEEK, edits), 1)) == 1


@pytest.mark.parametrize(
    ("wish", "line"),
    [
        (pin(story="a"), "pinned “Headline of a”"),
        (drop(story="a"), "dropped “Headline of a”"),
        (lead(story="a"), "“Headline of a” leads the issue"),
        (move(story="d", place=1), "put “Headline of d” at place 1 of Technology"),
        (section(story="d", section="Energy"), "put “Headline of d” into Energy"),
        (headline(story="a", text="Port shut"), "headline of “Headline of a”: “Port shut”"),
        (summary(story="a", text=""), "summary of “Headline of a”: none"),
        (picture(story="a", text=""), "picture of “Headline of a”: none"),
        (Wish(kind="intro", text="Hello\n\nall"), "intro: “Hello all”"),
        (Wish(kind="note", text=""), "no note"),
        (Wish(kind="sponsor", sponsor=Sponsor(name="Quay")), "sponsor: Quay"),
        (merge(story="a", ids=("c",)), "merged “Headline of a” with “Headline of c”"),
        (split(story="a", ids=("b",)), "split “Title of b” off “Headline of a”"),
    ],
)
def test_every_edit_is_told_in_one_line(wish: Wish, line: str):
    edits = made(WEEK, wish)

    assert said(edits[0], apply(WEEK, edits)) == line


def test_a_story_is_found_among_stories_and_candidates_by_any_article():
    of = edited(base(spare={"Energy": [told("x", "y")]}))

    found = find_story(of, "y")

    assert found is not None
    assert found.id == "x"
    assert find_story(of, "z") is None
