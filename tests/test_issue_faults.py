"""issue.json written by hand: every slip is named, with its line, its key and a way out."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from issues import article, issue, story

from newsletter.errors import IssueError
from newsletter.issue import dump, load
from newsletter.model import Cite, Dated, Difference, Said, Sentence, Sponsor

SENTENCE = Sentence(
    text="Water rose on Monday.",
    article_id="article0",
    confirmed_by=("article1",),
    dates=(Dated(span="Monday", date="2026-11-16"),),
    cites=(Cite(article_id="article0", text="On Monday water rose."),),
)
COUNT = Difference(
    kind="count", about="crew", said=(Said(value="40", article_ids=("article1",), sentence="40."),)
)
IMAGE = "https://pictures.example/a.jpg"
PICTURED = article(1, image=IMAGE, image_width=640, image_height=400, copy_of="article0")
WHOLE = issue(
    story(summary=(SENTENCE,), articles=(article(0, lead=True), PICTURED), differences=(COUNT,)),
    story(3),
    sponsor=Sponsor(name="Quay", url="https://quay.example/"),
)
WRITTEN = dump(WHOLE)
Change = Callable[[dict[str, Any]], object]


def faults(text: str | bytes) -> list[str]:
    """Return what is said of *text*, line by line."""
    with pytest.raises(IssueError) as caught:
        load(text)
    return str(caught.value).split("\n")


def first_story(data: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = data["sections"][0]["stories"][0]
    return found


def line_of(part: str, text: str = WRITTEN) -> int:
    """Return the line on which *part* stands first."""
    return text[: text.index(part)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"score": 1.0', '"score": "high"', "sections[0].stories[0].score: 'high' is not a number"),
        ('"score": 1.0', '"score": NaN', "sections[0].stories[0].score: nan is not a number"),
        ('"score": 1.0', '"score": 1e999', "sections[0].stories[0].score: inf is not a number"),
        (
            '"chosen": 2',
            f'"chosen": {"2" * 5_000}',
            "counts.chosen: inf is not a whole number",
        ),
        ('"chosen": 2', '"chosen": 2.5', "counts.chosen: 2.5 is not a whole number"),
        ('"chosen": 2', '"chosen": -2', "counts.chosen: -2 is too small; write 0 or more"),
        (
            '"sure": true',
            '"sure": "yes"',
            "sections[0].stories[0].sure: 'yes' is neither true nor false",
        ),
        (
            '"status": "ready"',
            '"status": "sent"',
            "status: 'sent' is none of: draft, ready, published",
        ),
        (
            '"genre": "news"',
            '"genre": "rumour"',
            "sections[0].stories[0].genre: 'rumour' is none of: news, review, opinion, feature",
        ),
        ('"title": "Tideline"', '"title": 7', "title: 7 is not text; put it in quotation marks"),
        ('"title": "Tideline"', '"title": null', "title: has no value; write one"),
        (
            '"title": "Tideline"',
            r'"title": "Tide\ud83dline"',
            r"title: 'Tide\ud83dline' holds \ud83d, which is no character; take it out",
        ),
        ('"problems": []', '"problems": "none"', "problems: 'none' is not a list; write it in [ ]"),
        (
            '"until": "2026-11-22T03:00:00Z"',
            '"until": "2026-11-22T03:00:00"',
            "until: '2026-11-22T03:00:00' has no time zone; write it like 2026-11-22T17:00:00Z",
        ),
        (
            '"until": "2026-11-22T03:00:00Z"',
            '"until": "tomorrow"',
            "until: 'tomorrow' is no moment; write it like 2026-11-22T17:00:00Z",
        ),
        (
            '"until": "2026-11-22T03:00:00Z"',
            '"until": "0001-01-01T00:00:00+12:00"',
            "until: '0001-01-01T00:00:00+12:00' is no moment; write it like 2026-11-22T17:00:00Z",
        ),
        (
            '"id": "2026-W47"',
            '"id": "2026-W99"',
            "id: '2026-W99' is no week; write it like 2026-W47",
        ),
        (
            '"timezone": "Europe/Berlin"',
            '"timezone": "Mars/Base"',
            "timezone: 'Mars/Base' is no time zone; write it like Europe/Berlin",
        ),
        (
            '"language": "en"',
            '"language": "English, mostly"',
            "language: 'English, mostly' is no language; write its code, such as en or pt-BR",
        ),
        (
            '"url": "https://quay.example/"',
            '"url": "javascript:alert(1)"',
            "sponsor.url: 'javascript:alert(1)' is no link; write https://…",
        ),
        (
            '"unsubscribe": "https://tideline.example/unsubscribe"',
            '"unsubscribe": "data:text/html,x"',
            "sender.unsubscribe: 'data:text/html,x' is no link; write https://…",
        ),
        (
            '"address": "post@tideline.example"',
            '"address": "Tideline"',
            "sender.address: 'Tideline' is no e-mail address; write name@example.org",
        ),
        (
            '"image_width": 640',
            '"image_width": 0',
            (
                "sections[0].stories[0].articles[1].image_width: 0 is too small; write pixels,"
                " 1 or more"
            ),
        ),
        (
            '"date": "2026-11-16"',
            '"date": "2026-02-30"',
            (
                "sections[0].stories[0].summary[0].dates[0].date: '2026-02-30' is no date;"
                " write a day, week, month or year like 2026-11-22, 2026-W47"
            ),
        ),
    ],
    ids=lambda value: value[:40],
)
def test_a_slip_is_named_by_line_and_key(old: str, new: str, said: str):
    text = WRITTEN.replace(old, new, 1)

    assert faults(text) == [f"issue.json:{line_of(new, text)}: {said}"]


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("headlin", "is not a known key; did you mean 'headline'?"),
        ("headline ", "is not a known key; did you mean 'headline'?"),
        (
            "colour",
            (
                "is not a known key; known here: id, headline, summary, articles, why, score,"
                " reasons, earlier, new, differences, sure, genre, by, by_hand"
            ),
        ),
    ],
)
def test_a_key_that_nobody_knows_is_named_with_the_nearest(key: str, said: str):
    text = WRITTEN.replace('"genre"', f'"{key}": 1, "genre"', 1)
    step = f"['{key}']" if " " in key else f".{key}"

    line = line_of(f'"{key}"', text)

    assert faults(text) == [f"issue.json:{line}: sections[0].stories[0]{step}: {said}"]


def test_a_key_that_is_missing_is_named_where_it_should_stand():
    data = json.loads(WRITTEN)
    del first_story(data)["score"]
    text = json.dumps(data, indent=2)
    begins = line_of('"id": "story0"', text) - 1

    assert faults(text) == [
        f'issue.json:{begins}: sections[0].stories[0].score: is missing; write "score": …'
    ]


def test_a_key_that_stands_twice_is_named_with_both_lines():
    text = WRITTEN.replace('"status": "ready"', '"status": "ready",\n  "id": "2026-W48"')
    first, second = line_of('"2026-W47"'), line_of('"2026-W48"', text)

    assert faults(text) == [f"issue.json:{second}: id: stands on line {first} already; remove one"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda told: told["summary"][0].update(article_id="nobody"),
            "summary[0].article_id: 'nobody' is no article of this story",
        ),
        (
            lambda told: told["summary"][0].update(confirmed_by=["article0", "nobody"]),
            "summary[0].confirmed_by[1]: 'nobody' is no article of this story",
        ),
        (
            lambda told: told["summary"][0]["cites"][0].update(article_id="nobody"),
            "summary[0].cites[0].article_id: 'nobody' is no article of this story",
        ),
        (
            lambda told: told["differences"][0]["said"][0].update(article_ids=["nobody"]),
            "differences[0].said[0].article_ids[0]: 'nobody' is no article of this story",
        ),
        (
            lambda told: told["articles"][1].update(copy_of="nobody"),
            "articles[1].copy_of: 'nobody' is no article of this story",
        ),
        (
            lambda told: told["articles"].append(dict(told["articles"][1])),
            (
                "articles[2].id: 'article1' is the id of another article of this story,"
                " sections[0].stories[0].articles[1]"
            ),
        ),
        (
            lambda told: told["articles"][1].update(lead=True),
            (
                "articles[1].lead: another article leads this story already,"
                " sections[0].stories[0].articles[0]"
            ),
        ),
        (
            lambda told: told.update(id="story3"),
            None,
        ),
    ],
    ids=["sentence", "confirmed", "cite", "said", "copy", "twice", "leads", "story"],
)
def test_what_refers_to_nothing_or_stands_twice_is_named(change: Change, said: str | None):
    data = json.loads(WRITTEN)
    change(first_story(data))

    [fault] = faults(json.dumps(data))

    assert fault == "issue.json:1: " + (
        f"sections[0].stories[0].{said}"
        if said
        else "sections[0].stories[1].id: 'story3' is the id of another story,"
        " sections[0].stories[0]"
    )


def test_a_story_without_articles_is_named():
    data = json.loads(WRITTEN)
    first_story(data).update(articles=[], summary=[], differences=[])

    assert faults(json.dumps(data)) == [
        "issue.json:1: sections[0].stories[0].articles: is empty; a story has at least one article"
    ]


def test_a_window_that_ends_before_it_begins_is_named():
    data = json.loads(WRITTEN) | {"since": "2026-12-01T00:00:00Z"}

    assert faults(json.dumps(data)) == ["issue.json:1: since: is not before until"]


def test_all_faults_are_named_at_once_in_the_order_of_the_lines():
    text = WRITTEN.replace('"title": "Tideline"', '"title": 7', 1)
    text = text.replace('"score"', '"skore"').replace('"lead": true', '"lead": "true"')

    lines = [int(fault.split(":")[1]) for fault in faults(text)]

    assert len(lines) == 7
    assert lines == sorted(lines)


def test_of_a_thousand_faults_a_hundred_are_named_and_the_rest_counted():
    told = faults(json.dumps(json.loads(WRITTEN) | {"problems": [0] * 1_000}))

    assert len(told) == 101
    assert told[-1] == "issue.json: and 900 faults more"
