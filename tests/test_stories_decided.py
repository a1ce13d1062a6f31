"""What the editor decided holds, whatever else is found and whatever comes after."""

from dataclasses import replace
from datetime import UTC, datetime

from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.model import Article, Story
from newsletter.stories import between, cluster, compare
from newsletter.stories.decisions import Settled
from newsletter.workspace import word_frequencies

SEEN = datetime(2026, 3, 9, 6, tzinfo=UTC)
BACKGROUND = word_frequencies(["en"])

FERRY = "The ferry Isolde lost power off Cape Tarrin at noon with 212 passengers on board."
TEXTS = (
    f"{FERRY} Two tugs from Merrow took it in tow, the harbour master Ines Falk said.",
    "Two tugs towed the Isolde into Merrow after the ferry lost power. Falk praised its crew.",
    f"{FERRY} The owner, Falk Lines, blamed a pump; tugs brought the Isolde to Merrow by evening.",
    "Farmers in Oster Valley lost half of their plums to hail on Sunday and ask for state help.",
    "Hail ruined half of the plum harvest in Oster Valley on Sunday; growers want state help.",
    "The court in Lindau freed the banker Otto Brandl on bail of two million crowns.",
)
WEEK = tuple(
    Article(id=name, title="", text=text, source=f"{name}.example", first_seen=SEEN)
    for name, text in zip("abcdef", TEXTS, strict=True)
)
COPY = Article(id="z", title="", text=TEXTS[0], source="z.example", first_seen=SEEN)


def together(*ids: str) -> Settled:
    return Settled(together=(frozenset(ids),))


def apart(*pairs: tuple[str, str]) -> Settled:
    return Settled(apart=frozenset(pairs))


def told(articles, decisions: Settled | None = None) -> tuple[Story, ...]:
    return cluster(articles, background=BACKGROUND, decisions=decisions)


def grouped(articles, decisions: Settled | None = None) -> set[str]:
    return {"".join(sorted(a.id for a in s.articles)) for s in told(articles, decisions)}


def test_without_decisions_each_event_is_a_story():
    assert grouped(WEEK) == {"abc", "de", "f"}


def test_what_the_editor_puts_together_brings_its_stories_along():
    assert grouped(WEEK, together("a", "d")) == {"abcde", "f"}


def test_what_the_editor_parts_is_never_in_one_story():
    stories = grouped(WEEK, apart(("a", "b")))

    assert not any({"a", "b"} <= set(story) for story in stories)


def test_a_new_member_joins_the_nearer_side_of_a_split():
    late = replace(WEEK[1], id="n", text=f"{TEXTS[1]} Falk said a tug crew would be honoured.")

    stories = grouped([*WEEK, late], apart(("a", "b"), ("b", "c")))

    assert {"ac", "bn"} <= stories


def test_a_new_member_joins_stories_that_were_put_together():
    assert grouped(WEEK[1:], together("b", "d")) == {"bcde", "f"}
    assert grouped(WEEK, together("b", "d")) == {"abcde", "f"}


def test_a_copy_that_was_split_off_is_no_copy():
    assert any(story.copies for story in told([*WEEK, COPY]))

    stories = told([*WEEK, COPY], apart(("a", "z")))

    assert not any({"a", "z"} <= {a.id for a in story.articles} for story in stories)
    assert not any("z" in story.copies for story in stories)


def test_a_copy_keeps_its_original_from_what_was_parted_from_the_copy():
    stories = grouped([*WEEK, COPY], apart(("b", "z")))

    assert not any({"b", "z"} <= set(story) for story in stories)


def test_a_copy_goes_where_the_editor_puts_it_and_its_original_stays_parted():
    decided = Settled(together=(frozenset("dz"),), apart=frozenset({("a", "d")}))

    stories = grouped([*WEEK, COPY], decided)

    assert any({"d", "z"} <= set(story) for story in stories)
    assert not any({"a", "d"} <= set(story) for story in stories)


def test_decisions_on_articles_of_other_weeks_change_nothing():
    decided = Settled(
        together=(frozenset({"gone", "past"}), frozenset({"a", "gone"})),
        apart=frozenset({("b", "gone")}),
    )

    assert grouped(WEEK, decided) == grouped(WEEK)


def test_a_copy_that_was_split_off_is_compared_by_its_words():
    decided = apart(("a", "z"))

    bond = compare("a", "z", [*WEEK, COPY], background=BACKGROUND, decisions=decided)
    (score,) = between([(["a"], ["z"])], [*WEEK, COPY], background=BACKGROUND, decisions=decided)

    assert compare("a", "z", [*WEEK, COPY], background=BACKGROUND).kind == "copy"
    assert bond.kind == "editor"
    assert bond.score == score


def test_what_the_editor_said_nothing_of_is_compared_as_ever():
    bond = compare("a", "b", WEEK, background=BACKGROUND, decisions=apart(("a", "d")))

    assert bond == compare("a", "b", WEEK, background=BACKGROUND)


IDS = st.sampled_from("abcdefz")


@st.composite
def settled(draw: st.DrawFn) -> Settled:
    """Decisions that do not contradict one another."""
    labels = {name: draw(st.integers(0, 9)) for name in "abcdefz"}
    groups = [frozenset(n for n in labels if labels[n] == label) for label in range(3)]
    joined = tuple(group for group in groups if len(group) > 1)
    pairs = draw(st.sets(st.tuples(IDS, IDS), max_size=4))
    parted = {
        (min(pair), max(pair))
        for pair in pairs
        if pair[0] != pair[1] and not any(set(pair) <= group for group in joined)
    }
    return Settled(together=joined, apart=frozenset(parted))


@settings(deadline=None, max_examples=examples(0.6))
@given(decided=settled(), data=st.data())
def test_merge_and_split_survive_every_rebuild_and_every_new_member(decided: Settled, data):
    ids = data.draw(st.sets(IDS, min_size=1))
    held = [article for article in (*WEEK, COPY) if article.id in ids]
    held = data.draw(st.permutations(held))

    stories = told(held, decided)

    home = {a.id: place for place, story in enumerate(stories) for a in story.articles}
    assert sorted(home) == sorted(ids)
    assert sum(len(story.articles) for story in stories) == len(ids)
    for group in decided.together:
        assert len({home[id_] for id_ in group & ids}) <= 1
    for first, second in decided.apart:
        assert not ({first, second} <= ids) or home[first] != home[second]


@settings(deadline=None, max_examples=examples(0.3))
@given(decided=settled(), order=st.permutations([*WEEK, COPY]))
def test_the_order_of_arrival_changes_nothing_under_decisions(decided: Settled, order):
    assert told(order, decided) == told([*WEEK, COPY], decided)
