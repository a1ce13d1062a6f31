"""What an editor's edits make of an issue, and what is said of each."""

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
    order,
    picture,
    pin,
    ranked,
    reverted,
    section,
    split,
    summary,
    told,
)

from newsletter.issue.editing import apply, slot, version
from newsletter.model import (
    Edited,
    Offered,
    PrintedArticle,
    PrintedStory,
    Sponsor,
    Wish,
)

SPARE = {"Technology": [told("x", score=0.5)]}


def story(of: Edited, id_: str) -> PrintedStory:
    return next(one for one in of.issue.stories if one.id == id_)


def states(of: Edited) -> list[str]:
    return [effect.state for effect in of.effects]


def notes(of: Edited) -> list[str]:
    return [effect.note for effect in of.effects]


def test_a_dropped_story_is_the_first_of_the_candidates():
    found = edited(base(spare=SPARE), drop(story="b"))

    assert order(found)["Technology"] == ["a", "c"]
    assert [(one.story.id, one.section, one.reason) for one in found.candidates] == [
        ("b", "Technology", "dropped by Ada"),
        ("x", "Technology", "the issue was full (issue.stories is 12)"),
    ]


@pytest.mark.parametrize(
    ("wish", "parts"),
    [
        (pin(story="x"), ("pin",)),
        (headline(story="x", text="New"), ("headline",)),
        (summary(story="x", text="New."), ("summary",)),
        (move(story="x", place=1), ("place",)),
        (section(story="x", section="Science"), ("section",)),
        (lead(story="x"), ("lead",)),
    ],
    ids=lambda value: value.kind if isinstance(value, Wish) else "",
)
def test_what_gives_a_candidate_work_brings_it_in(wish: Wish, parts: tuple[str, ...]):
    found = edited(base(spare=SPARE), wish)

    assert story(found, "x").by_hand == parts
    assert found.candidates == ()


def test_a_drop_after_work_takes_a_story_out_and_a_pin_brings_it_back_with_its_words():
    of = base()
    edits = made(of, headline(story="b", text="New"), drop(story="b"))
    dropped = apply(of, edits)

    back = apply(of, made(of, pin(story="b"), edits=edits))

    assert states(dropped) == ["waiting", "applied"]
    assert notes(dropped)[0] == "the story was dropped since (edit 2 of Ada)"
    assert dropped.candidates[0].story.headline == "New"
    assert story(back, "b").headline == "New"
    assert states(back) == ["applied", "overruled", "applied"]
    assert notes(back)[1] == "edit 3 of Ada holds"


def test_a_new_story_stands_behind_what_it_ranks_behind_never_before_what_was_put_first():
    edits = made(base(), move(story="c", place=1))
    later = base({"Technology": ranked("n", "a", "m", "b", "c", "o"), "Energy": ranked("d")})

    found = apply(later, edits)

    assert order(found)["Technology"] == ["c", "n", "a", "m", "b", "o"]


def test_a_move_taken_back_does_not_live_on_in_the_order_of_a_later_one():
    of = base()
    edits = made(of, move(story="c", place=1), move(story="b", place=1))

    found = apply(of, reverted(edits, 1))

    assert order(found)["Technology"] == ["b", "a", "c"]


def test_the_lead_stands_first_of_the_issue_with_its_section():
    found = edited(base(), lead(story="e"))

    assert order(found) == {"Energy": ["e", "d"], "Technology": ["a", "b", "c"]}


def test_a_story_put_before_the_lead_stands_there_and_the_lead_is_told():
    found = edited(base(), lead(story="e"), move(story="d", place=1))

    assert order(found)["Energy"] == ["d", "e"]
    assert next(iter(order(found))) == "Energy"
    assert notes(found)[0] == "another story stands before it since (edit 2 of Ada)"


def test_a_lead_that_is_put_elsewhere_leads_no_more():
    found = edited(base(), lead(story="e"), move(story="e", place=2))

    assert states(found) == ["overruled", "applied"]
    assert next(iter(order(found))) == "Technology"


def test_a_story_that_gained_a_source_keeps_the_words_and_says_which():
    edits = made(base(), headline(story="a", text="New"), summary(story="a", text="Mine."))
    grown = base({"Technology": [told("a", "z")]})

    found = apply(grown, edits)

    assert story(found, "a").headline == "New"
    source = story(found, "a").articles[1].source
    assert notes(found) == [f"since then also told by {source}"] * 2


def test_an_edit_whose_story_is_gone_waits_for_it():
    of = base()
    edits = made(of, headline(story="a", text="New"))

    gone = apply(base({"Technology": ranked("b")}), edits)

    assert states(gone) == ["waiting"]
    assert notes(gone) == ["its story is not among those of this build"]
    assert story(apply(of, edits), "a").headline == "New"


def test_of_a_story_whose_first_article_is_gone_the_edit_finds_the_others():
    edits = made(base({"Technology": [told("a", "b", "c")]}), headline(story="a", text="New"))

    found = apply(base({"Technology": [told("b", "c"), told("d")]}), edits)

    assert story(found, "b").headline == "New"


def test_of_two_headlines_whose_stories_became_one_the_later_holds():
    edits = made(base(), headline(story="a", text="One"), headline(story="b", text="Two"))

    found = apply(base({"Technology": [told("a", "b")]}), edits)

    assert story(found, "a").headline == "Two"
    assert states(found) == ["overruled", "applied"]
    assert notes(found)[0] == "its story and another became one: edit 2 of Ada holds"


def test_a_place_in_a_section_that_is_gone_waits_and_keeps_the_story():
    edits = made(base(spare=SPARE), section(story="x", section="Science"))
    later = replace(base(spare=SPARE), sections=("Technology", "Energy"))

    found = apply(later, edits)

    assert states(found) == ["waiting"]
    assert notes(found) == ["there is no section “Science” any more; sections: Technology, Energy"]
    assert "x" in order(found)["Technology"]


def test_sentences_of_the_sources_keep_their_article_and_the_editors_own_are_hers():
    of = base({"Technology": [told("a", "b", "c")]})
    offer = Offered(text="Nobody was hurt.", article_id="c", source="The Ledger")
    text = "Nobody was hurt. The b tells it. I say so."

    found = story(edited(of, summary(story="a", text=text), offered=[offer]), "a")

    assert [(one.text, one.article_id, one.by_hand) for one in found.summary] == [
        ("Nobody was hurt.", "c", False),
        ("The b tells it.", "b", False),
        ("I say so.", "a", True),
    ]
    assert (found.by, found.sure) == ("editor", True)


def test_a_summary_of_the_sources_own_sentences_is_by_whom_it_was():
    of = base({"Technology": [told("a", "b", sure=False)]})

    found = story(edited(of, summary(story="a", text="The b tells it.")), "a")

    assert (found.by, found.sure, found.by_hand) == ("extractive", True, ("summary",))


@pytest.mark.parametrize(("url", "left"), [("", []), ("https://b.example/1.jpg", ["b"])])
def test_a_story_shows_the_picture_that_was_chosen_or_none(url: str, left: list[str]):
    plain = told("a", "b")
    pictured = [_pictured(one) for one in plain.articles]
    of = base({"Technology": [told("a", "b", articles=tuple(pictured))]})

    found = story(edited(of, picture(story="a", text=url)), "a")

    assert [one.id for one in found.articles if one.image] == left


def _pictured(one: PrintedArticle) -> PrintedArticle:
    return replace(one, image=f"https://{one.id}.example/1.jpg")


def test_the_words_around_the_stories_are_the_editors():
    sponsor = Sponsor(name="Quay")
    wishes = [Wish(kind=kind, text=kind) for kind in ("intro", "closing", "note")]

    found = edited(base(), *wishes, Wish(kind="sponsor", sponsor=sponsor)).issue

    assert (found.intro, found.closing, found.note, found.sponsor) == (
        "intro",
        "closing",
        "note",
        sponsor,
    )


def test_warnings_name_the_stories_by_where_they_stand_now():
    look = "a summary that wants a look before it goes out"
    of = base(warnings=("thin: 5 of at least 8 stories", f"{look}: stories 1, 2, 5", "other words"))

    found = edited(of, drop(story="a"), move(story="c", place=1), summary(story="e", text="Mine."))

    assert found.issue.warnings == (
        "thin: 4 of at least 8 stories",
        f"{look}: story 2",
        "other words",
    )


def test_a_merge_and_a_split_wait_until_the_stories_are_so():
    apart = base({"Technology": [told("a"), told("b"), told("c", "d")]})
    edits = made(apart, merge(story="a", ids=("b",)), split(story="c", ids=("d",)))

    done = apply(base({"Technology": [told("a", "b"), told("c"), told("d")]}), edits)

    assert states(apply(apart, edits)) == ["waiting", "waiting"]
    assert states(done) == ["applied", "applied"]


def test_slots_are_of_a_story_or_of_the_issue():
    edits = made(base(), pin(story="a"), move(story="a", place=1), lead(story="a"))

    assert [slot(one) for one in edits] == [("presence", "a"), ("place", "a"), ("lead",)]
    assert slot(drop(story="a")) == slot(pin(story="a"))
    assert slot(Wish(kind="intro")) == ("intro",)
    assert (version(()), version(edits)) == (0, 3)
