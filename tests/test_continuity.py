"""Which stories go on from what is printed, and what they carry with them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from newsletter.model import Article, Earlier, Story
from newsletter.stories.continuity import Printed, continuing

SUNDAY = datetime(2026, 11, 15, 6, tzinfo=UTC)
FIRE = (
    "Eight people died when the ferry Aurora caught fire off Skar. Coast guards brought the other "
    "passengers of the ferry ashore. The Aurora belongs to Norvik Line, whose chief Marta Lind "
    "spoke of a fault on the car deck."
)
FIRE_RETOLD = (
    "Fire broke out on the Norvik Line ferry Aurora near Skar, and eight people lost their lives. "
    "Coast guards took its passengers ashore. Norvik chief Marta Lind spoke of a fault on the deck "
    "where the cars stood."
)
SPRINKLERS = (
    "Prosecutor Henk Otter said that the sprinklers of the ferry Aurora had been switched off for "
    "74 days. The Norvik Line ferry caught fire off Skar with its passengers on board. Marta Lind, "
    "the chief of Norvik, has resigned."
)
CHARGES = (
    "Prosecutor Henk Otter charged 3 managers of Norvik Line over the fire on the ferry Aurora off "
    "Skar. The sprinklers on the car deck of the Aurora had been switched off. Lawyer Ines Cabral "
    "called the charges against the ferry line absurd."
)
CHEESE = (
    "The dairy in Ostrau gave up its oldest cheese. Milk has become dear, and the cellar where it "
    "ripened needs a roof. Younger cheeses will be made in the valley."
)


def article(id_: str, text: str, *, weeks: int = 0, **more: Any) -> Article:
    """Return an article of some weeks after the first issue."""
    published = SUNDAY + timedelta(weeks=weeks, days=-2)
    fields: dict[str, Any] = {"source": f"Outlet {id_}", "title": text.split(".")[0]}
    return Article(id=id_, text=text, published=published, first_seen=published, **fields | more)


def story(*articles: Article, copies: dict[str, str] | None = None) -> Story:
    return Story(id=articles[0].id, articles=articles, copies=copies or {})


def printed(*articles: Article, week: int = 46, before: tuple[Earlier, ...] = ()) -> Printed:
    """Return a story as the issue of that week printed it."""
    number = Earlier(
        issue_id=f"2026-W{week}",
        story_id=articles[0].id,
        headline=articles[0].title,
        publishes_at=SUNDAY + timedelta(weeks=week - 46),
        score=1.0,
    )
    return Printed(number=number, articles=articles, before=before)


def continued(told: Sequence[Printed], *stories: Story) -> list[Story]:
    return list(continuing(stories, told, background={}))


def issues(found: Story) -> list[str]:
    return [earlier.issue_id for earlier in found.continuation.earlier]


def test_a_story_that_nobody_printed_is_new() -> None:
    told = printed(article("a", FIRE))

    [found] = continued([told], story(article("b", CHEESE, weeks=1)))

    assert found.continuation.earlier == ()
    assert found.told == ()


def test_the_same_told_late_by_another_outlet_is_a_repeat() -> None:
    told = printed(article("a", FIRE))

    [found] = continued([told], story(article("b", FIRE_RETOLD, weeks=1)))

    assert issues(found) == ["2026-W46"]
    assert found.continuation.is_repeat


def test_a_copy_of_what_was_printed_is_a_repeat() -> None:
    told = printed(article("a", FIRE))

    [found] = continued([told], story(article("b", f"{FIRE} Our correspondent.", weeks=1)))

    assert found.continuation.is_repeat


def test_a_copy_that_was_brought_up_to_date_is_an_update() -> None:
    told = printed(article("a", FIRE))
    edited = FIRE.replace("Eight people died", "Thirteen people died")
    late = article("b", edited, weeks=1, title="Aurora fire: 13 dead, captain Bo Quist held")

    [found] = continued([told], story(late))

    assert found.continuation.new == ("new figure: 13", "new name: Bo Quist")


def test_copies_are_no_more_outlets() -> None:
    told = printed(article("a", FIRE))
    late = [article(name, FIRE, weeks=1) for name in "bcde"]

    [found] = continued([told], story(*late, copies={"c": "b", "d": "b", "e": "b"}))

    assert found.continuation.is_repeat


def test_the_next_stage_is_an_update_that_says_what_is_new() -> None:
    told = printed(article("a", FIRE))

    [found] = continued([told], story(article("b", SPRINKLERS, weeks=1)))

    assert found.continuation.is_update
    assert found.continuation.new == (
        "1 more outlet: Outlet b",
        "new figure: 74",
        "new name: Henk Otter",
    )


def test_an_update_knows_the_articles_it_was_told_from() -> None:
    first, second = article("a", FIRE), article("a2", FIRE_RETOLD)

    [found] = continued([printed(first, second)], story(article("b", SPRINKLERS, weeks=1)))

    assert found.told == (first, second)


def test_an_update_of_an_update_carries_the_whole_timeline() -> None:
    first = printed(article("a", FIRE))
    second = printed(article("b", SPRINKLERS, weeks=1), week=47, before=(first.number,))

    [found] = continued([second, first], story(article("c", CHARGES, weeks=2)))

    assert issues(found) == ["2026-W46", "2026-W47"]
    assert {one.id for one in found.told} == {"a", "b"}


def test_what_is_too_long_ago_to_be_looked_up_still_stands_in_the_timeline() -> None:
    first = printed(article("a", FIRE)).number
    second = printed(article("b", SPRINKLERS, weeks=1), week=47, before=(first,))

    [found] = continued([second], story(article("c", CHARGES, weeks=2)))

    assert issues(found) == ["2026-W46", "2026-W47"]


def test_each_issue_counts_once() -> None:
    told = [printed(article("a", FIRE)), printed(article("a2", FIRE_RETOLD))]

    [found] = continued(told, story(article("b", SPRINKLERS, weeks=1)))

    assert issues(found) == ["2026-W46"]
    assert {one.id for one in found.told} == {"a", "a2"}


def test_after_months_of_silence_a_story_is_told_anew() -> None:
    told = printed(article("a", FIRE))

    [found] = continued([told], story(article("b", SPRINKLERS, weeks=30)))

    assert found.continuation.earlier == ()


def test_the_order_of_stories_and_of_what_was_printed_changes_nothing() -> None:
    told = [printed(article("a", FIRE)), printed(article("d", CHEESE))]
    late = [story(article("b", SPRINKLERS, weeks=1)), story(article("e", CHEESE, weeks=1))]

    forth = continued(told, *late)
    back = continued(told[::-1], *late[::-1])

    assert forth == back[::-1]


def test_nothing_is_looked_up_where_nothing_was_printed() -> None:
    late = story(article("b", SPRINKLERS))

    assert continued([], late) == [late]
