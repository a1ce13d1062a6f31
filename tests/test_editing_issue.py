"""An issue is changed as its editor wishes, and every rebuild and the publication keep it so."""

import json
from pathlib import Path

import pytest
from edited_weeks import (
    CONFIG,
    FERRY_AGAIN,
    WEEK,
    build,
    desk,
    desk_in,
    headlines,
    laid_out,
    later,
    named,
    printed,
    seen,
    week,
)

from newsletter import wiring
from newsletter.cli.app import run
from newsletter.cli.assembly_build import brief_of
from newsletter.config import load
from newsletter.errors import WishError
from newsletter.model import Wish
from newsletter.pipeline.candidates import MOST
from newsletter.pipeline.compose import Sources
from newsletter.pipeline.editing import EditingDesk, change, opened
from newsletter.pipeline.listing import listed
from newsletter.pipeline.rehearse import rehearse
from newsletter.pipeline.window import window_of
from newsletter.render.mail import size

__all__ = ["desk", "week"]  # fixtures, by whose names the tests ask for them


def test_what_opens_is_the_issue_and_the_stories_that_were_passed_over(desk: EditingDesk):
    found = opened(None, desk)

    assert headlines(found) == {
        "Town": [
            "Flood reaches the old mill at Lowmere",
            "Library lends out its old laptops with the seats",
        ],
        "Coast": ["Port hands its night cranes to software", "Ferry sails on its own waste heat"],
    }
    assert [(one.story.headline, one.section) for one in found.candidates] == [
        ("Court stops a landlord from scoring tenants", "Town"),
        ("Fishermen land twice as much herring", "Coast"),
    ]
    assert all(one.story.summary and "full" in one.reason for one in found.candidates)
    assert (found.version, found.undo, found.redo) == (0, None, None)
    assert found.size == size((desk.press.output.root / WEEK / "email.html").read_text())


def test_wishes_that_contradict_each_other_change_nothing(desk: EditingDesk):
    ferry = named(seen(desk), "ferry").id

    with pytest.raises(WishError, match="drop and headline of “Ferry sails"):
        change(
            WEEK,
            [Wish(kind="drop", story=ferry), Wish(kind="headline", story=ferry, text="Warm")],
            desk,
        )

    assert desk.store.edits(WEEK) == ()


def test_what_is_wished_for_is_printed_at_once(week: Path, desk: EditingDesk):
    before = seen(desk)
    flood, court, cranes = (named(before, words).id for words in ("flood", "court", "cranes"))

    changed = change(
        WEEK,
        [
            Wish(kind="pin", story=court),
            Wish(kind="drop", story=cranes),
            Wish(kind="move", story=court, place=1),
            Wish(kind="headline", story=flood, text="The mill stands in water"),
            Wish(kind="summary", story=flood, text="Nobody was hurt. The dam held."),
            Wish(kind="intro", text="Good *morning*."),
        ],
        desk,
    )

    issue = printed(week)
    assert headlines(issue) == {
        "Town": [
            "Court stops a landlord from scoring tenants",
            "The mill stands in water",
            "Library lends out its old laptops with the seats",
        ],
        "Coast": ["Ferry sails on its own waste heat"],
    }
    assert changed.opened.issue == issue
    assert [one.kind for one in changed.made][:2] == ["pin", "drop"]
    assert [one.number for one in changed.made] == [1, 2, 3, 4, 5, 6]
    mail = (week / "dist" / WEEK / "email.html").read_text()
    assert "The mill stands in water" in mail
    assert "Good <em>morning</em>" in mail


def test_a_rebuild_with_new_articles_keeps_each_word(week: Path, desk: EditingDesk):
    before = seen(desk)
    ferry, herring = named(before, "ferry").id, named(before, "herring").id
    wishes = [
        Wish(kind="headline", story=ferry, text="Warm cabins for nothing"),
        Wish(kind="summary", story=ferry, text="The captain is content."),
        Wish(kind="move", story=herring, place=1),
    ]
    change(WEEK, wishes, desk)
    (week / "seeds/coast/again.md").write_text(FERRY_AGAIN)

    assert build(week) == 0

    after = opened(WEEK, later(desk))
    assert headlines(after)["Coast"] == [
        "Fishermen land twice as much herring",
        "Port hands its night cranes to software",
        "Warm cabins for nothing",
    ]
    story = named(after, "warm cabins")
    assert [sentence.text for sentence in story.summary] == ["The captain is content."]
    assert {article.source for article in story.articles} >= {"Harbour Post"}
    assert "since then also told by Harbour Post" in {one.note for one in after.effects}
    assert printed(week) == after.issue


def test_what_is_published_holds_each_edit(week: Path, desk: EditingDesk):
    ferry = named(seen(desk), "ferry").id
    change(WEEK, [Wish(kind="headline", story=ferry, text="Warm cabins for nothing")], desk)

    assert run(["publish", "--config", f"{week}/feeds.yaml", "--now", "2026-11-20T14:00:00Z"]) == 0

    assert "Warm cabins for nothing" in headlines(printed(week))["Coast"]
    with pytest.raises(WishError, match="2026-W47 is published and stays as it is"):
        change(WEEK, [Wish(kind="drop", story=ferry)], later(desk))
    found = opened(WEEK, later(desk))
    assert "Warm cabins for nothing" in headlines(found)["Coast"]
    assert (found.candidates, found.undo) == ((), None)


def test_an_edit_whose_story_is_gone_waits_and_finds_it_when_it_returns(
    week: Path, desk: EditingDesk, capsys: pytest.CaptureFixture[str]
):
    ferry, seed = named(seen(desk), "ferry").id, week / "seeds/coast/ferry.txt"
    wishes = [
        Wish(kind="headline", story=ferry, text="Warm cabins"),
        Wish(kind="intro", text="Hello"),
    ]
    change(WEEK, wishes, desk)
    text = seed.read_text()
    seed.unlink()

    build(week)
    without, said = printed(week), capsys.readouterr().out
    seed.write_text(text)
    build(week, "--json")

    (told,) = [line for line in without.warnings if line.startswith("edit 1 ")]
    assert "waits: its story is not" in told
    assert told.endswith("; newsletter edits")
    assert "edits     1 applied, 1 waiting (newsletter edits)" in said
    assert "Warm cabins" in headlines(printed(week))["Coast"]
    as_json = json.loads(capsys.readouterr().out)
    assert as_json["edits"] == {"applied": 2, "waiting": 0, "overruled": 0}


def test_too_few_stories_left_is_a_warning_as_of_a_build(desk: EditingDesk):
    ids = [story.id for story in seen(desk).issue.stories]

    changed = change(WEEK, [Wish(kind="drop", story=id_) for id_ in ids[:3]], desk)

    assert "thin: 1 of at least 2 stories" in changed.opened.issue.warnings


def test_what_only_ranked_low_can_be_named_all_the_same(tmp_path: Path):
    few = CONFIG.replace("stories: 4", "stories: 1")
    with desk_in(laid_out(tmp_path, config=few, more=MOST)) as desk:
        found = opened(WEEK, desk)
        last = listed(desk.store.built(WEEK))[-1]

        changed = change(WEEK, [Wish(kind="pin", story=last.id)], desk)
        build(tmp_path)

        assert len(found.candidates) == MOST
        assert last.id not in {one.story.id for one in found.candidates}
        assert last.id in {story.id for story in changed.opened.issue.stories}
        assert [story.id for story in printed(tmp_path).stories] == [last.id]


def test_what_is_rehearsed_holds_the_edits(week: Path, desk: EditingDesk):
    flood = named(seen(desk), "flood").id
    change(WEEK, [Wish(kind="headline", story=flood, text="Water")], desk)
    configuration = load(week / "feeds.yaml")
    sources = Sources(
        articles=desk.store, words=desk.store, paragraphs=desk.store, decisions=desk.store,
        issues=desk.store, background=wiring.word_frequencies, common_words=wiring.common_words,
        summarise=wiring.summariser(),
    )  # fmt: skip
    window = window_of(None, configuration.settings.weekly, desk.now, desk.store)

    issue = rehearse(window, brief_of(configuration), desk.now, sources, desk.store.edits(WEEK))

    assert headlines(issue) == headlines(printed(week))
