"""A hand-changed issue.json is taken in as edits, and says by name what none can be."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from manuscripts import BUSES, CRANES, KEYS, Desk, base, told

from newsletter.errors import WishError
from newsletter.issue import dump, load
from newsletter.issue.dump import as_json_story
from newsletter.issue.hand_changes import wishes_of
from newsletter.model import Wish

Change = Callable[[dict[str, Any]], object]
TOO_LONG = "has at most {} characters, this one has {}"


def wishes(change: Change, desk: Desk | None = None) -> list[tuple[Any, ...]]:
    desk = desk or Desk(base())
    data = json.loads(dump(desk.opened.issue))
    change(data)
    return told(wishes_of(json.dumps(data), desk.opened.issue, desk.opened))


def refused(change: Change) -> list[str]:
    with pytest.raises(WishError) as raised:
        wishes(change)
    return str(raised.value).splitlines()


def stories(data: dict[str, Any], section: int = 0) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = data["sections"][section]["stories"]
    return found


def _line(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


def test_as_it_was_built_it_wishes_nothing():
    assert wishes(lambda data: None) == []


def test_texts_are_wishes():
    def change(data: dict[str, Any]) -> None:
        data |= {"intro": "Hello.", "closing": "Bye.", "note": "We erred."}
        stories(data)[0]["headline"] = "Cranes"
        stories(data)[1]["summary"][0]["text"] = "Keys move."

    assert wishes(change) == [
        ("headline", "tale0", "Cranes"),
        ("summary", "tale1", "Keys move."),
        ("intro", "Hello."),
        ("note", "We erred."),
        ("closing", "Bye."),
    ]


def test_order_sections_and_what_is_left_out_are_wishes():
    def change(data: dict[str, Any]) -> None:
        cranes, keys, court = stories(data)
        data["sections"][0]["stories"] = [court, cranes]
        stories(data, 1).append(keys)

    assert wishes(change) == [
        ("move", "tale2", 1),
        ("section", "tale1", "Energy & climate", 3),
    ]


def test_a_section_left_out_drops_its_stories():
    assert wishes(lambda data: data["sections"].pop()) == [("drop", "tale3"), ("drop", "tale4")]


def test_a_section_put_first_has_its_first_story_lead():
    assert wishes(lambda data: data["sections"].reverse()) == [("lead", "tale3")]


def test_a_picture_taken_out_is_a_wish():
    assert wishes(lambda data: stories(data)[0]["articles"][0].update(image=None)) == [
        ("picture", "tale0")
    ]


def test_a_sponsor_is_a_wish():
    desk = Desk(base())
    data = json.loads(dump(desk.opened.issue)) | {"sponsor": {"name": "Ferry Co"}}

    (wish,) = wishes_of(json.dumps(data), desk.opened.issue, desk.opened)

    assert (wish.kind, wish.sponsor and wish.sponsor.name) == ("sponsor", "Ferry Co")


def test_a_story_that_was_left_out_may_be_put_in():
    pipes = as_json_story(Desk(base()).opened.candidates[1].story)

    def change(data: dict[str, Any]) -> None:
        stories(data).insert(1, json.loads(json.dumps({**pipes, "headline": "Pipes leak"})))

    assert wishes(change) == [
        ("move", "tale6", "Technology", 2),
        ("headline", "tale6", "Pipes leak"),
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda data: data.update(title="Ebb"), "title: no edit can change this; put it back"),
        (lambda data: stories(data)[0]["articles"][0].update(url="https://x.example/"),
         "story 1: source 1: url: no edit"),
        (lambda data: stories(data)[0]["articles"].pop(), "story 1: a source left out: no edit"),
        (lambda data: stories(data).append({**stories(data)[0], "id": "fresh"}),
         "story 6: added: no edit"),
        (lambda data: data["sections"][0].update(name="Tech"),
         "there is no section “Tech”; sections: Technology, Energy & climate, Science"),
        (lambda data: data["layout"].update(theme="broadsheet"), "layout: theme: no edit"),
    ],
    ids=["the title", "a URL", "a source", "a new story", "a section's name", "the theme"],
)  # fmt: skip
def test_what_no_edit_can_change_is_named(change: Change, said: str):
    assert any(said in line for line in refused(change))


def test_all_that_cannot_be_is_told_at_once():
    def change(data: dict[str, Any]) -> None:
        data |= {"title": "Ebb", "language": "de", "intro": "Hello."}

    assert len(refused(change)) == 2


def test_words_that_cannot_be_printed_are_told_by_line_and_story_all_at_once():
    desk = Desk(base())
    data = json.loads(dump(desk.opened.issue)) | {"title": "Ebb", "intro": "w" * 10_001}
    stories(data)[0]["headline"] = ""
    stories(data)[1]["summary"][0]["text"] = "w" * 4_001
    stories(data, 1)[0]["headline"] = "w" * 5_000
    text = json.dumps(data, indent=1)

    with pytest.raises(WishError) as raised:
        wishes_of(text, desk.opened.issue, desk.opened, name="mine.json")

    said = [one.partition("; ")[0].split(": ", 1) for one in str(raised.value).splitlines()]
    intro, empty, long = (
        _line(text, key) for key in ('"intro"', '"headline": ""', '"headline": "w')
    )
    summary = _line(text, '"text": "w') - 2  # that of its key
    assert said == [
        ["mine.json", "title: no edit can change this"],
        [f"mine.json:{intro}", f"the intro {TOO_LONG.format('10,000', '10,001')}"],
        [f"mine.json:{empty}", f"“{CRANES.headline}”: the headline is empty"],
        [
            f"mine.json:{summary}",
            f"“{KEYS.headline}”: a summary {TOO_LONG.format('4,000', '4,001')}",
        ],
        [f"mine.json:{long}", f"“{BUSES.headline}”: a headline {TOO_LONG.format('300', '5,000')}"],
    ]


def test_a_sponsor_that_cannot_be_printed_is_told_by_line():
    (said,) = refused(lambda data: data.update(sponsor={"name": " "}))

    assert said == "issue.json:1: the sponsor has no name; write one, or take the sponsor out"


def test_one_of_another_week_is_refused():
    assert "is 2026-W46, not 2026-W47" in refused(lambda data: data.update(id="2026-W46"))[0]


def test_one_of_another_state_is_refused_for_it_would_undo_what_was_done_since():
    desk = Desk(base())
    old = dump(desk.opened.issue)
    now = desk.changed([Wish(kind="drop", story="tale0")]).opened

    with pytest.raises(WishError, match="was taken from another state of 2026-W47"):
        wishes_of(old.replace("A short week", "A long week"), now.issue, now)


def test_one_that_cannot_be_read_is_told_by_line():
    opened = Desk(base()).opened

    with pytest.raises(WishError, match=r"mine\.json:1: is no JSON"):
        wishes_of(b"{", opened.issue, opened, name="mine.json")


def test_what_is_taken_in_is_what_was_written():
    desk = Desk(base())
    data = json.loads(dump(desk.opened.issue))
    stories(data, 1).insert(0, stories(data).pop())
    data["sections"].reverse()
    stories(data, 1)[0]["headline"] = "Cranes"
    text = json.dumps(data)

    after = desk.changed(wishes_of(text, desk.opened.issue, desk.opened)).opened.issue

    wanted = load(text)
    assert [(part.name, [one.id for one in part.stories]) for part in after.sections] == [
        (part.name, [one.id for one in part.stories]) for part in wanted.sections
    ]
    assert [one.headline for one in after.stories] == [one.headline for one in wanted.stories]
