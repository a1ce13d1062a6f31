"""The forms of a note: HTML, JSON, and what chat programs show."""

import json

import pytest
from noting import DRAFT, HOSTILE, note

from newsletter.notify.forms import discord, generic, html, mattermost, slack
from newsletter.notify.webhook import body

LOUD = HOSTILE[3]
MARKDOWN = HOSTILE[4]


@pytest.mark.parametrize("form", [slack, mattermost, discord])
def test_no_headline_calls_anybody(form):
    text = form(note(details=DRAFT | {"headlines": [LOUD]}))

    assert "mayor says" in text
    for call in ("<!", "<@", "@everyone", "@here"):
        assert call not in text


@pytest.mark.parametrize("form", [mattermost, discord])
def test_no_headline_hides_a_link_or_runs_on_as_code(form):
    text = form(note(details=DRAFT | {"headlines": [MARKDOWN]}))

    assert r"\[read on\](https://evil.example)" in text
    assert r"\`rm -rf\` \*\*bold\*\*" in text


def test_slack_is_given_no_link_with_words_of_its_own():
    text = slack(note(details=DRAFT | {"headlines": [LOUD]}))

    assert "&lt;https://evil.example|the mayor says&gt;" in text


@pytest.mark.parametrize("form", [mattermost, discord])
def test_chat_that_reads_what_slack_reads_finds_no_angle_brackets(form):
    text = form(note(details=DRAFT | {"headlines": [LOUD]}))

    assert not set(text) & set("<>")


@pytest.mark.parametrize("letter", ["x", "🌊", "*"], ids=["plain", "two units", "escaped"])
def test_discord_is_sent_no_more_than_it_takes(letter: str):
    details = DRAFT | {
        "stories": 12,
        "headlines": [letter * 300] * 12,
        "problems": [letter * 300] * 40,
    }

    text = discord(note(details=details))

    assert len(text.encode("utf-16-le")) // 2 <= 2_000
    assert "… and 12 more" in text
    assert "newsletter approve 2026-W47" in text


def test_discord_pings_nobody_and_shows_no_pictures_of_links():
    posted = body(note(), "discord")

    assert posted["allowed_mentions"] == {"parse": []}
    assert posted["flags"] == 4


def test_the_generic_form_tells_event_week_time_and_details():
    posted = generic(note())

    assert {key: posted[key] for key in ("event", "week", "newsletter", "at")} == {
        "event": "draft",
        "week": "2026-W47",
        "newsletter": "The Tide",
        "at": "2026-11-22T05:00:00Z",
    }
    assert posted["details"] == DRAFT
    assert json.loads(json.dumps(posted)) == posted


def test_the_generic_form_has_the_same_id_whenever_an_event_is_told():
    assert generic(note())["id"] == generic(note())["id"]
    assert generic(note())["id"] != generic(note(id=8))["id"]


@pytest.mark.parametrize("headline", HOSTILE, ids=range(len(HOSTILE)))
def test_every_form_can_be_written_in_utf_8(headline: str):
    told = note(details=DRAFT | {"headlines": [headline]}, cause=headline)

    for form in (slack, mattermost, discord, html):
        assert form(told).encode()
    assert json.dumps(generic(told), ensure_ascii=False).encode()


def test_a_headline_is_text_in_html():
    page = html(note(details=DRAFT | {"headlines": [HOSTILE[5]]}))

    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert "href='javascript" not in page
