"""The e-mail message of an issue, as a mail program reads it back."""

import email
import email.policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st
from issues import issue, masthead, story, templates, week

from newsletter.errors import IssueError
from newsletter.model import Issue, Sender
from newsletter.render import render
from newsletter.render.message import message
from newsletter.render.views import issue_view

HEADERS = {
    "From", "To", "Subject", "Date", "Message-ID", "List-ID", "MIME-Version", "Content-Type",
}  # fmt: skip


def parsed(source: bytes) -> EmailMessage:
    return email.message_from_bytes(source, policy=email.policy.default)


def headers_of(issue_: Issue) -> EmailMessage:
    return parsed(message(issue_, issue_view(issue_), html="<p>x</p>\n", text="x\n"))


def test_the_message_holds_text_before_html_just_as_the_files_do() -> None:
    files = render(week(), templates()).files

    parts = list(parsed(files["issue.eml"]).iter_parts())

    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]
    assert [part.get_content().replace("\r\n", "\n") for part in parts] == [
        files["issue.txt"].decode(),
        files["email.html"].decode(),
    ]


def test_lines_end_with_crlf_and_are_short() -> None:
    raw = render(week(), templates()).files["issue.eml"]

    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 78
    assert raw.isascii()


def test_date_and_sender_come_from_the_issue() -> None:
    read = headers_of(week())

    assert read["From"] == "Tideline <post@tideline.example>"
    assert read["Date"].datetime == week().publishes_at
    assert read["To"] == "undisclosed-recipients:;"
    assert read["Subject"].startswith("Velsum port hands its night cranes")


def test_an_issue_without_sender_comes_from_an_address_that_cannot_exist() -> None:
    read = headers_of(issue(story(), masthead=masthead(title="Wöchentlich, 7", sender=None)))

    assert read["From"].addresses[0].domain == "example.invalid"
    assert read["From"].addresses[0].display_name == "Wöchentlich, 7"


def test_another_text_is_another_message() -> None:
    one, other = issue(story(1)), issue(story(2))

    ids = {
        parsed(render(each, templates()).files["issue.eml"])["Message-ID"] for each in (one, other)
    }

    assert len(ids) == 2


@pytest.mark.parametrize(
    "headline",
    [
        "Rain =?UTF-8?Q?=0A?=Bcc: eve@example.org",
        "Rain\r\nBcc: eve@example.org\r\n\r\n<script>",
        "Rain\u2028Bcc: eve@example.org\x85Bcc: eve@example.org\x0b",
        "=?=?utf-8?b?QmNjOiBldmVAZXhhbXBsZS5vcmc=?=",
    ],
    ids=["encoded word", "line break", "other line breaks", "nested"],
)
def test_a_headline_cannot_add_a_header(headline: str) -> None:
    read = headers_of(issue(story(headline=headline)))

    assert set(read.keys()) == HEADERS
    assert read["Bcc"] is None
    assert read["Subject"].startswith("Tideline: ")


def test_a_sender_cannot_add_a_header() -> None:
    sender = Sender(name='Eve"\r\nBcc: =?utf-8?q?=0A?= x@y', address="post@tideline.example")

    read = headers_of(issue(story(), masthead=masthead(sender=sender)))

    assert set(read.keys()) == HEADERS
    assert [a.addr_spec for a in read["From"].addresses] == ["post@tideline.example"]


@given(
    st.text(min_size=1)
    | st.text(st.sampled_from('=?utf8Qb0A_:@<>",;()\\\r\n\u2028é漢 '), min_size=1)
)
def test_any_headline_makes_a_message_with_the_same_headers(headline: str) -> None:
    raw = message(
        issue(story(headline=headline)),
        issue_view(issue(story(headline=headline))),
        html="<p>x</p>\n",
        text="x\n",
    )

    read = parsed(raw)
    assert set(read.keys()) == HEADERS
    assert len(read["Subject"]) <= 320
    assert all(not part.defects for part in read.walk())
    assert max(len(line) for line in raw.split(b"\r\n")) <= 76


@pytest.mark.parametrize(
    "headline",
    [
        "Rain",
        "Überall Regen: " + "ä" * 90,
        "雨" * 120,
        "👩‍👩‍👧 rain " * 20,
        "x" * 250,
        "a, b; <c> (d) @e",
    ],
    ids=["plain", "German", "Japanese", "emoji", "one word", "marks"],
)
def test_a_subject_reads_as_it_was_written(headline: str) -> None:
    printed = issue(story(headline=headline))

    read = headers_of(printed)

    assert read["Subject"] == issue_view(printed).subject


@pytest.mark.parametrize(
    ("headline", "subject"),
    [
        ("Rain falls on the mill", "Tideline: Rain falls on the mill"),
        ("Rain " * 14 + "falls", "Rain " * 14 + "falls"),
        ("Rain " * 20, ("Rain " * 15).rstrip() + "…"),
    ],
    ids=["both", "the headline alone", "its beginning"],
)
def test_a_subject_is_what_an_inbox_shows_whole(headline: str, subject: str) -> None:
    assert headers_of(issue(story(headline=headline)))["Subject"] == subject


@pytest.mark.parametrize(
    "name",
    ["Tideline", 'The "Tide"', "Tide, Line & Co.", "Gezeiten für alle", "潮", "a\\b"],
)
def test_a_senders_name_reads_as_it_was_written(name: str) -> None:
    sender = Sender(name=name, address="post@tideline.example")

    read = headers_of(issue(story(), masthead=masthead(sender=sender)))

    found = read["From"].addresses
    assert [(one.display_name, one.addr_spec) for one in found] == [(name, "post@tideline.example")]


@pytest.mark.parametrize(
    ("unsubscribe", "header"),
    [
        ("https://tideline.example/u?a=1&b=2", "<https://tideline.example/u?a=1&b=2>"),
        ("http://tideline.example/u", None),
        ("", None),
        ("{{ UnsubscribeURL }}", None),
        ("*|UNSUB|*", None),
        ("https://tideline.example/{{ id }}", None),
        ("https://tideline.example/ü", None),
        ("https://tideline.example/" + "x" * 900, None),
    ],
)
def test_one_click_is_claimed_for_a_whole_link_and_for_nothing_else(
    unsubscribe: str, header: str | None
) -> None:
    sender = Sender(
        name="T", address="post@tideline.example", unsubscribe=unsubscribe, one_click=True
    )

    read = headers_of(issue(story(), masthead=masthead(sender=sender)))

    assert read["List-Unsubscribe"] == header
    assert read["List-Unsubscribe-Post"] == (header and "List-Unsubscribe=One-Click")


def test_one_click_is_not_claimed_unless_the_editor_says_so() -> None:
    read = headers_of(issue(story()))

    assert (read["List-Unsubscribe"], read["List-Unsubscribe-Post"]) == (None, None)


@pytest.mark.parametrize("address", ["", "no address", "a@b", "a@b.example\r\nBcc: x@y.example"])
def test_a_sender_without_an_address_stops_the_issue(address: str) -> None:
    sender = Sender(name="T", address=address)

    with pytest.raises(IssueError, match=r"sender\.address: .* is no e-mail address; write"):
        headers_of(issue(story(), masthead=masthead(sender=sender)))


def test_an_id_changed_by_hand_cannot_add_a_header() -> None:
    read = headers_of(issue(story(), id="x>\r\nBcc: eve@example.org"))

    assert set(read.keys()) == HEADERS


def test_the_part_that_is_sent_fits_the_budget_too() -> None:
    raw = render(issue(*(story(n, headline="Ночь" * 20) for n in range(300))), templates())

    _, page = parsed(raw.files["issue.eml"]).iter_parts()

    assert len(str(page.get_payload())) <= 102_400
