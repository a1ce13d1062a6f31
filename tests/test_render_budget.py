"""How an issue fits the size at which mail programs clip a message."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from issues import issue, masthead, story, templates
from pages import Page

from newsletter.errors import IssueError
from newsletter.model import PrintedStory, Sentence, Sponsor
from newsletter.render import render
from newsletter.render.cutting import cut_to, steps_of
from newsletter.render.mail import CUT_TO_BYTES, MAX_BYTES, fitted, size
from newsletter.render.views import IssueView, issue_view


def long_story(number: int, words: int = 300, **changes: Any) -> PrintedStory:
    told = tuple(Sentence(text="word " * words, article_id="a") for _ in range(2))
    return story(number, summary=told, **changes)


def test_a_mail_of_three_hundred_stories_fits_and_says_what_gave_way() -> None:
    edition = render(issue(*(story(n) for n in range(300))), templates())

    mail = Page(edition.files["email.html"])
    assert size(edition.files["email.html"].decode()) <= MAX_BYTES
    assert [cut.startswith("email.html: ") for cut in edition.cuts] == [True, True]
    assert "more stories on the web" in " ".join("".join(mail.words).split())
    assert "story0" in mail.ids
    assert "story299" not in mail.ids


def test_a_mail_somewhat_too_long_loses_the_summaries_of_its_lowest_stories_only() -> None:
    stories = [long_story(n, score=n / 100) for n in range(40)]

    edition = render(issue(*stories), templates())

    mail = Page(edition.files["email.html"])
    assert {story_.id for story_ in stories} <= set(mail.ids)
    assert len(edition.cuts) == 1
    assert "without summary" in edition.cuts[0]


def test_bytes_are_counted_as_they_are_sent() -> None:
    assert size("Ночь\n") == len("=D0=9D=D0=BE=D1=87=D1=8C\r\n")
    assert size("a\n" * 10) == 30


def test_what_is_left_is_numbered_through() -> None:
    view = issue_view(issue(*(story(n) for n in range(5))))
    steps = steps_of(view)

    cut = cut_to(view, [*steps, ("story3", "gone")][:6])

    assert [one.number for section in cut.sections for one in section.stories] == [1, 2, 3]
    assert cut.left_out == "2 more stories"


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ({"intro": "word " * 40_000}, "shorten intro in feeds.yaml"),
        (
            {"sponsor": Sponsor(name="S", text="word " * 40_000)},
            "shorten sponsor.text in feeds.yaml",
        ),
    ],
    ids=["intro", "sponsor"],
)
def test_what_cannot_fit_stops_the_build_and_names_the_cause(part: Any, told: str) -> None:
    with pytest.raises(IssueError, match=f"more than 102,400; {told}"):
        render(issue(story(), **part), templates())


def test_a_template_that_is_too_long_by_itself_is_named() -> None:
    long = {**templates(), "email.html.j2": "x" * 110_000}

    with pytest.raises(IssueError, match="shorten templates/"):
        render(issue(masthead=masthead(sender=None)), long)


def drawn(view: IssueView) -> str:
    """Draw a mail of one line a story, as long as what it tells."""
    stories = [one for section in view.sections for one in section.stories]
    return "\n".join(f'<p id="{one.id}">{one.summary}</p>' + "." * 1_500 for one in stories) + "\n"


@given(st.lists(st.integers(0, 1_500), min_size=30, max_size=45), st.randoms(use_true_random=False))
@settings(max_examples=10, deadline=None)
def test_no_more_gives_way_than_must(lengths: list[int], chance: Any) -> None:
    stories = [long_story(n, words, score=chance.random()) for n, words in enumerate(lengths)]
    view = issue_view(issue(*stories))
    steps = steps_of(view)

    page, _ = fitted(view, drawn)

    def after(count: int) -> str:
        return drawn(cut_to(view, steps[:count]))

    if size(after(0)) <= MAX_BYTES:
        least = 0
    else:
        fits = [size(after(count)) <= CUT_TO_BYTES for count in range(len(steps) + 1)]
        least = fits.index(True)
    assert page == after(least)
