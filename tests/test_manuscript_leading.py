"""Who leads is as the manuscript shows it, whoever was asked to lead before."""

from hypothesis import given
from hypothesis import strategies as st
from manuscripts import Desk, base, moved
from test_manuscript_laws import saved

from newsletter.issue.manuscript import read, write
from newsletter.model import Wish

LED = Desk(base()).changed([Wish(kind="lead", story="tale1")])
LED_TWICE = LED.changed([Wish(kind="lead", story="tale4")])
WISH = st.builds(
    Wish,
    kind=st.sampled_from(["lead", "lead", "drop", "pin", "move"]),
    story=st.sampled_from(["tale1", "tale2", "tale4", "tale5"]),
    place=st.integers(1, 3),
)


def order(desk: Desk) -> list[str]:
    return [story.id for story in desk.opened.issue.stories]


def test_the_story_that_led_before_leads_where_the_one_that_leads_is_deleted():
    text = write(LED_TWICE.opened)
    assert order(LED_TWICE) == ["tale4", "tale3", "tale0", "tale1", "tale2"]
    lines = text.split("\n\n")
    without = "\n\n".join(one for one in lines if "{#tale4}" not in one)

    after = LED_TWICE.changed(read(without, LED_TWICE.opened))

    assert order(after) == ["tale3", "tale0", "tale1", "tale2"]


def test_one_that_was_asked_to_lead_and_dropped_comes_back_to_where_it_is_put():
    desk = LED_TWICE.changed([Wish(kind="drop", story="tale4")])
    assert order(desk) == ["tale1", "tale0", "tale2", "tale3"]
    text = moved(write(desk.opened), "## Island", behind="## Sodium")

    after = desk.changed(read(text, desk.opened))

    assert order(after) == ["tale1", "tale0", "tale2", "tale3", "tale4"]


def test_the_leads_section_stands_second_where_it_is_another_one_with_the_same_stories():
    ids = {"Energy & climate": ["tale1", "tale0", "tale2"], "Technology": ["tale4", "tale3"]}
    text = "".join(
        f"# {name}\n" + "".join(f"## {id_} {{#{id_}}}\nSaid anew.\n" for id_ in found)
        for name, found in ids.items()
    )

    after = LED_TWICE.changed(read(text, LED_TWICE.opened))

    assert {
        one.name: [story.id for story in one.stories] for one in after.opened.issue.sections
    } == ids
    assert order(after) == [id_ for found in ids.values() for id_ in found]


@given(st.data(), st.lists(WISH, min_size=2, max_size=6))
def test_what_is_saved_is_what_the_issue_becomes_whoever_was_to_lead(
    data: st.DataObject, wishes: list[Wish]
):
    desk = Desk(base())
    for wish in wishes:
        desk = desk.changed([wish])
    text = data.draw(saved(desk.opened))

    after = desk.changed(read(text, desk.opened))

    assert read(text, after.opened) == ()
