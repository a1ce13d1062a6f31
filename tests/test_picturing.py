"""Which picture a story shows, and what is said of those that none can show."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pytest
from issues import article, issue, story

from newsletter.errors import FetchError, OutOfTimeError
from newsletter.model import Images, Issue, Layout, PrintedArticle, PrintedStory
from newsletter.pipeline.picturing import pictured
from newsletter.sources.pictures import Size


class Gallery:
    """Pictures of sizes as told by URL, of which it remembers those it was asked for."""

    def __init__(self, hung: Mapping[str, Size | FetchError] = {}) -> None:
        self.hung = hung
        self.asked: list[str] = []

    def measure(self, urls: Sequence[str]) -> Iterator[tuple[str, Size | FetchError]]:
        for url in urls:
            self.asked.append(url)
            yield url, self.hung.get(url, Size(width=1200, height=630, kind="jpeg"))


def url(name: str) -> str:
    return f"https://pictures.example/{name}.jpg"


def shown(number: int, *names: str | None) -> PrintedStory:
    """Return a story whose articles have pictures of these names, the lead's first."""
    return story(
        number,
        articles=tuple(
            article(n, id=f"{number}-{n}", lead=n == 0, image=url(name) if name else None)
            for n, name in enumerate(names)
        ),
        summary=(),
    )


def week_of(*stories: PrintedStory, images: Images = "all") -> Issue:
    return issue(*stories, layout=Layout(images=images))


def sizes(found: Issue) -> list[tuple[str, int | None, int | None]]:
    """Return the pictures that have a size, with it."""
    articles = [one for told in found.stories for one in told.articles]
    return [
        (
            str(one.image).removeprefix("https://pictures.example/"),
            one.image_width,
            one.image_height,
        )
        for one in articles
        if one.image_width
    ]


@pytest.mark.parametrize(
    ("images", "asked"), [("none", []), ("lead", ["a"]), ("all", ["a", "b", "c"])]
)
def test_the_layout_says_which_stories_show_a_picture(images: Images, asked: list[str]):
    gallery = Gallery()

    whole = week_of(shown(0, "a"), shown(1, "b"), shown(2, "c"), images=images)
    found, lines = pictured(whole, gallery)

    assert gallery.asked == [url(name) for name in asked]
    assert sizes(found) == [(f"{name}.jpg", 1200, 630) for name in asked]
    assert lines == ()


def test_the_leads_picture_is_taken_before_the_others():
    late_lead = replace(shown(0, "a", "b"), id="late")
    first, second = late_lead.articles
    late_lead = replace(
        late_lead, articles=(replace(first, lead=False), replace(second, lead=True))
    )

    found, _ = pictured(week_of(shown(1, "c", "d"), shown(2, None, "e", "f"), late_lead), Gallery())

    assert [name for name, *_ in sizes(found)] == ["c.jpg", "e.jpg", "b.jpg"]


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (Size(width=1, height=1, kind="gif"), "is 1 × 1 pixels, too small; it takes 200 across"),
        (
            Size(width=199, height=150, kind="png"),
            "is 199 × 150 pixels, too small; it takes 200 across",
        ),
        (Size(width=801, height=200, kind="png"), "is 801 × 200 pixels, a banner"),
        (Size(width=400, height=801, kind="png"), "is 400 × 801 pixels, too tall"),
        (
            Size(width=900, height=600, kind="webp"),
            "is webp, which Outlook does not draw; it takes jpeg, png or gif",
        ),
        (FetchError("answers 404 Not Found"), "answers 404 Not Found"),
    ],
    ids=["counter", "icon", "banner", "poster", "webp", "gone"],
)
def test_a_picture_that_is_no_illustration_is_left_out_with_the_reason(
    size: Size | FetchError, said: str
):
    whole = week_of(shown(0, "a"))

    found, lines = pictured(whole, Gallery({url("a"): size}))

    assert found == whole
    assert lines == (f"story 1: no picture from The Ledger: {said}",)


@pytest.mark.parametrize(
    "size",
    [
        Size(width=200, height=50, kind="png"),
        Size(width=200, height=400, kind="gif"),
        Size(width=10_000, height=5_000, kind="jpeg"),
    ],
    ids=["wide", "tall", "large"],
)
def test_a_picture_at_the_limits_is_shown(size: Size):
    found, lines = pictured(week_of(shown(0, "a")), Gallery({url("a"): size}))

    assert sizes(found) == [("a.jpg", size.width, size.height)]
    assert lines == ()


def test_where_the_leads_picture_cannot_be_shown_another_one_is():
    gallery = Gallery({url("a"): Size(width=900, height=600, kind="webp")})

    found, lines = pictured(week_of(shown(0, "a", None, "b")), gallery)

    assert [name for name, *_ in sizes(found)] == ["b.jpg"]
    assert lines == ()


def test_of_a_story_told_by_fifty_no_more_than_three_pictures_are_tried():
    gone = {url(str(n)): FetchError("answers 410 Gone") for n in range(50)}
    gallery = Gallery(gone)

    _, lines = pictured(week_of(shown(0, *map(str, range(50)))), gallery)

    assert len(gallery.asked) == 3
    assert lines == (
        "story 1: no picture from The Ledger, Circuit Review, Meridian Daily: answers 410 Gone",
    )


def test_a_reason_that_many_stories_share_is_one_line():
    gallery = Gallery({url(name): OutOfTimeError("no time left") for name in "abcd"})

    _, lines = pictured(week_of(shown(0, "a"), shown(1, "b", "c"), shown(2, None)), gallery)

    assert gallery.asked == [url("a"), url("b")]
    assert lines == ("stories 1, 2: no picture from The Ledger: no time left",)


def test_a_picture_that_is_unanswered_is_no_failure_of_the_issue():
    class Silent(Gallery):
        def measure(self, urls: Sequence[str]) -> Iterator[tuple[str, Size | FetchError]]:
            yield from ()

    whole = week_of(shown(0, "a"))

    assert pictured(whole, Silent())[0] == whole


def test_a_picture_of_two_stories_is_asked_for_once():
    gallery = Gallery()

    found, _ = pictured(week_of(shown(0, "a"), shown(1, "a")), gallery)

    assert gallery.asked == [url("a")]
    assert len(sizes(found)) == 2


def test_a_size_that_is_known_is_not_asked_for():
    known = week_of(shown(0, "a", "b"))
    sized, _ = pictured(known, Gallery())
    gallery = Gallery()

    assert pictured(sized, gallery) == (sized, ())
    assert gallery.asked == []


def test_without_a_network_unknown_sizes_stay_unknown():
    whole = week_of(shown(0, "a"))

    assert pictured(whole, None) == (whole, ())


def test_an_article_keeps_all_but_the_size_of_its_picture():
    one = week_of(shown(0, "a"))

    found, _ = pictured(one, Gallery())

    [told] = found.stories[0].articles
    assert isinstance(told, PrintedArticle)
    assert replace(told, image_width=None, image_height=None) == one.stories[0].articles[0]
