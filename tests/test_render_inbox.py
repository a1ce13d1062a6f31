"""What a story and an issue say in few words: in inboxes, contents and beside pictures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from issues import article, issue, masthead, story
from markupsafe import Markup

from newsletter.model import Images, Layout, Sender, Sentence
from newsletter.render.heads import columns, short_head
from newsletter.render.views import IssueView, StoryView, issue_view


def view_of(headline: str = "Rain", summary: str = "", description: str = "") -> IssueView:
    told = (Sentence(text=summary, article_id="a"),) if summary else ()
    one = story(headline=headline, summary=told)
    return issue_view(issue(one, masthead=masthead(description=description)))


def with_pictures(images: Images, **size: object) -> list[StoryView]:
    shown = {"image": "https://a.example/q.jpg", "image_width": 800, "image_height": 450} | size
    stories = [story(n, articles=(article(n, lead=True, **shown),)) for n in range(2)]
    view = issue_view(issue(*stories, layout=Layout(images=images)))
    return list(view.sections[0].stories)


@given(st.text(), st.text(), st.text())
def test_a_preheader_has_30_to_150_characters(headline: str, summary: str, about: str) -> None:
    assert 30 <= len(view_of(headline, summary, about).preheader) <= 150


def test_a_short_preheader_goes_on_with_what_else_the_issue_holds() -> None:
    found = view_of("Rain", "It rains.", "News from the quay").preheader

    assert found.startswith("It rains. News from the quay. Made from 312 articles of 44 sources")


@pytest.mark.parametrize(
    ("headline", "short"),
    [
        ("Night trains return in May", "Night trains return in May"),
        ("Velsum port hands its night cranes to software", "Velsum port hands its night cranes…"),
        ("Trains by night: what new sleepers on the coast cost", "Trains by night"),
        ("Sleepers are back at last: what the new trains cost", "Sleepers are back at last"),
        (
            "Court stops landlord, who scored his tenants by a system",
            "Court stops landlord, who scored…",
        ),
        (
            "夜行列車が九年ぶりに低地線に五月から戻ってくることになった",
            "夜行列車が九年ぶりに低地線に五月から戻って…",
        ),
        ("x" * 60, "x" * 43 + "…"),
    ],
)
def test_a_short_head_ends_where_a_reader_can_stop(headline: str, short: str) -> None:
    assert short_head(headline, 44) == short


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1))
def test_a_short_head_is_never_wider_than_its_line(headline: str) -> None:
    assert columns(short_head(headline, 44)) <= 44


@pytest.mark.parametrize(
    ("images", "shown"), [("none", [False, False]), ("lead", [True, False]), ("all", [True, True])]
)
def test_pictures_stand_where_the_layout_asks_for_them(images: Images, shown: list[bool]) -> None:
    assert [bool(one.picture) for one in with_pictures(images)] == shown


@pytest.mark.parametrize(
    "unfit",
    [
        {"image": "http://a.example/q.jpg"},
        {"image": None},
        {"image_width": None},
        {"image_width": 199, "image_height": 199},
        {"image_height": 4_000},
        {"image_height": 20},
    ],
    ids=["not https", "none", "of unknown size", "too small", "a column", "a banner"],
)
def test_a_picture_that_would_not_do_is_left_out(unfit: dict[str, object]) -> None:
    assert with_pictures("all", **unfit)[0].picture is None


def test_a_picture_says_what_it_is() -> None:
    picture = with_pictures("lead")[0].picture

    assert picture is not None
    assert (
        picture.alt
        == "Picture with the report of The Ledger: Ferry number 0 sails on its own waste heat"
    )
    assert (picture.width, picture.height) == (800, 450)


def test_another_articles_picture_stands_in_for_the_leads() -> None:
    other = article(2, image="https://a.example/2.jpg", image_width=640, image_height=480)
    one = story(articles=(article(1, lead=True), other))

    view = issue_view(issue(one, layout=Layout(images="all")))

    assert view.lead is not None
    assert view.lead.picture is not None
    assert view.lead.picture.url == "https://a.example/2.jpg"


LETTER = "mailto:post@tideline.example?subject=unsubscribe"


@pytest.mark.parametrize(
    ("unsubscribe", "found"),
    [
        ("https://a.example/leave?x=1&y=2", "https://a.example/leave?x=1&y=2"),
        ("{{ UnsubscribeURL }}", Markup("{{ UnsubscribeURL }}")),
        ("<%leave & go%>", Markup("<%leave & go%>")),
        ("https://a.example/?u={{ id }}&x=1", Markup("https://a.example/?u={{ id }}&x=1")),
        ("", LETTER),
        ('{{ x" onclick="y }}', LETTER),
        ("{{ x\r\ny }}", LETTER),
        ("javascript:alert(1)", LETTER),
    ],
)
def test_the_way_off_the_list_is_a_url_a_tag_or_a_letter(unsubscribe: str, found: str) -> None:
    sender = Sender(name="T", address="post@tideline.example", unsubscribe=unsubscribe)

    url = issue_view(issue(story(), masthead=masthead(sender=sender))).unsubscribe_url

    assert url == found
    assert isinstance(url, Markup) == isinstance(found, Markup)
