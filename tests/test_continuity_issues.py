"""What is looked up of the issues that are out, before a week's stories are ranked."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from issues import article as printed_article
from issues import issue
from issues import story as printed_story
from test_continuity import CHARGES, CHEESE, FIRE, SPRINKLERS, article, story

from newsletter.issue import dump
from newsletter.model import Article, Built, Issue, Status, Story
from newsletter.pipeline.continuing import continued
from newsletter.pipeline.window import Window

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
WINDOW = Window(id="2026-W47", publishes_at=NOW, since=None, until=NOW, is_coming=True)


class Shelf:
    """Published issues and the articles that they were made from."""

    def __init__(self, *out: Issue, articles: Iterable[Article] = ()) -> None:
        self.out = out
        self.articles = {one.id: one for one in articles}
        self.asked = 0

    def published(self, most: int) -> tuple[Built, ...]:
        self.asked = most
        newest_first = sorted(self.out, key=lambda one: one.until, reverse=True)
        return tuple(_built(one) for one in newest_first[:most])

    def by_id(self, article_ids: Iterable[str]) -> Mapping[str, Article]:
        return {id_: self.articles[id_] for id_ in article_ids if id_ in self.articles}


def _built(one: Issue) -> Built:
    return Built(
        id=one.id,
        status=Status.PUBLISHED,
        since=one.since,
        until=one.until,
        content=dump(one),
        report="{}",
    )


def out(week: int, *told: Article, source: str = "The Ledger") -> Issue:
    """Return the issue of that week, with one story of the articles *told*."""
    members = tuple(printed_article(id=one.id, source=source, lead=True) for one in told)
    until = NOW - timedelta(weeks=47 - week)
    one = printed_story(id=told[0].id, headline=told[0].title, articles=members, summary=())
    return issue(one, id=f"2026-W{week}", since=None, until=until, publishes_at=until)


def looked_up(shelf: Shelf, *stories: Story, window: Window = WINDOW) -> list[Story]:
    found = continued(
        stories,
        window,
        background=lambda languages: {},
        issues=shelf,  # type: ignore[arg-type]
        articles=shelf,  # type: ignore[arg-type]
    )
    return list(found)


def test_a_story_goes_on_from_an_issue_that_is_out() -> None:
    fire = article("a", FIRE)
    shelf = Shelf(out(46, fire), articles=[fire])

    [found] = looked_up(shelf, story(article("b", SPRINKLERS, weeks=1)))

    [earlier] = found.continuation.earlier
    assert (earlier.issue_id, earlier.story_id, earlier.headline) == ("2026-W46", "a", fire.title)


def test_before_the_first_issue_every_story_is_new() -> None:
    late = story(article("b", SPRINKLERS))

    assert looked_up(Shelf(), late) == [late]


def test_an_issue_does_not_go_on_from_itself_or_a_later_one() -> None:
    fire = article("a", FIRE)
    shelf = Shelf(out(47, fire), out(48, fire), articles=[fire])

    [found] = looked_up(shelf, story(article("b", SPRINKLERS)))

    assert found.continuation.earlier == ()


def test_an_outlet_is_known_by_the_name_it_was_printed_under() -> None:
    fire = article("a", FIRE, source="ledger.example")
    shelf = Shelf(out(46, fire, source="The Ledger"), articles=[fire])

    [found] = looked_up(shelf, story(article("b", SPRINKLERS, weeks=1, source="The Ledger")))

    assert not any("outlet" in line for line in found.continuation.new)


def test_articles_that_nobody_knows_any_more_leave_a_story_without_a_past() -> None:
    shelf = Shelf(out(46, article("a", FIRE)))

    [found] = looked_up(shelf, story(article("b", SPRINKLERS, weeks=1)))

    assert found.continuation.earlier == ()


def test_an_issue_that_cannot_be_read_is_passed_over() -> None:
    fire = article("a", FIRE)

    class Torn(Shelf):
        def published(self, most: int) -> tuple[Built, ...]:
            return (
                *(replace(b, content="{") for b in super().published(most)),
                _built(out(45, fire)),
            )

    [found] = looked_up(
        Torn(out(46, fire), articles=[fire]), story(article("b", SPRINKLERS, weeks=1))
    )

    assert [one.issue_id for one in found.continuation.earlier] == ["2026-W45"]


def test_only_the_story_that_goes_on_has_a_past() -> None:
    fire = article("a", FIRE)
    shelf = Shelf(out(46, fire), articles=[fire])

    found = looked_up(shelf, story(article("b", CHARGES, weeks=1)), story(article("c", CHEESE)))

    assert [bool(one.told) for one in found] == [True, False]
