"""Seeds in, articles out: title, source and date are the document's own or none."""

from datetime import UTC, datetime

import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.errors import ParseError
from newsletter.model import Article, DateSource, Document
from newsletter.parse import SeedJob, parse_seed

SEEN = datetime(2026, 11, 16, 6, tzinfo=UTC)
BODY = (
    "Rain fell over Velsum for nine hours on Friday and the harbour closed its outer gates before "
    "noon, the port said.\n"
    "The Northern Courier called it the wettest day since the gates were built, and the town asked "
    "its people to stay at home.\n"
)
FRONT = """---
title: Rain over Velsum
url: https://www.ledger.example/rain
date: 2026-11-13T18:30:00+01:00
source: The Ledger
author: Anna Berg
language: en-GB
---
"""


def parse(content: bytes | str, origin: str = "seeds/a.txt", zone: str = "UTC") -> Article:
    body = content.encode() if isinstance(content, str) else content
    document = Document(url=origin, content=body)
    return parse_seed(
        SeedJob(document=document, origin=origin, seen_at=SEEN, language="en", zone=zone)
    )


@pytest.mark.parametrize("origin", ["seeds/a.txt", "seeds/a.md"])
def test_front_matter_names_what_the_text_does_not(origin: str):
    found = parse(FRONT + BODY, origin)

    assert found.title == "Rain over Velsum"
    assert found.url == "https://www.ledger.example/rain"
    assert found.published == datetime(2026, 11, 13, 17, 30, tzinfo=UTC)
    assert found.date_source == DateSource.DOCUMENT
    assert (found.source, found.named, found.author) == ("The Ledger", True, "Anna Berg")
    assert (found.language, found.origins) == ("en-GB", (origin,))
    assert found.text.startswith("Rain fell")


@pytest.mark.parametrize(
    "before",
    ["", "Photo: Anna Berg/Agency\n", "Sign up for our newsletter\n", "By Anna Berg\n", "=====\n"],
    ids=["nothing", "caption", "promotion", "byline", "rule"],
)
def test_the_title_is_the_first_line_that_can_be_a_heading(before: str):
    found = parse(f"{before}Harbour closes its gates\n{BODY}")

    assert found.title == "Harbour closes its gates"
    assert "Harbour closes its gates" not in found.text


@pytest.mark.parametrize(
    ("document", "origin", "title"),
    [
        (BODY, "seeds/a.txt", ""),
        (BODY, "seeds/a.md", ""),
        ("Rain fell. " * 40 + "\n" + BODY, "seeds/a.txt", ""),
        ("Gates close in the U.S.\n" + BODY, "seeds/a.txt", "Gates close in the U.S."),
        ("Will the gates hold?\n\n" + BODY, "seeds/a.txt", "Will the gates hold?"),
        ("# Gates closed.\n\n" + BODY, "seeds/a.md", "Gates closed."),
        ("Gates closed\n============\n\n" + BODY, "seeds/a.md", "Gates closed"),
        ("## Gates *closed* [now](https://x.example)\n\n" + BODY, "a.md", "Gates closed now"),
        ("# ![logo](logo.png)\n\n" + BODY, "seeds/a.md", ""),
    ],
    ids=["none", "none in Markdown", "long", "abbreviation", "question", "hash", "underlined",
         "marked up", "picture"],
)  # fmt: skip
def test_a_title_is_a_heading_or_nothing(document: str, origin: str, title: str):
    found = parse(document, origin)

    assert found.title == title
    assert "Rain fell over Velsum" in found.text


def test_the_front_matters_title_wins_and_is_not_repeated():
    assert parse(FRONT + "# Rain over Velsum\n\n" + BODY, "a.md").text.startswith("Rain fell")
    assert parse(FRONT + "# The gates\n\n" + BODY, "a.md").title == "Rain over Velsum"


def test_markdown_is_read_as_markdown():
    document = (
        "# Gates\n\nRain *fell* over [Velsum](https://x.example) &amp; more.\n\n- one\n- two\n\n"
        "<script>alert(1)</script>\n\n| a | b |\n|---|---|\n| c | d |\n"
    )

    found = parse(document, "seeds/a.MD")

    assert found.text.split("\n")[:3] == ["Rain fell over Velsum & more.", "one", "two"]
    assert "alert" not in found.text


@pytest.mark.parametrize(
    ("head", "origin", "source", "named"),
    [
        ("source: The Ledger\nurl: https://x.example/a", "seeds/a.txt", "The Ledger", True),
        ("url: https://www.courier.example/a", "seeds/a.txt", "courier.example", True),
        ("title: Rain", "seeds/a.txt", "Rain", False),
        ("author: Anna Berg", "seeds/2026-gates-in_november.txt", "Gates in november", False),
        ("author: Anna Berg", "seeds/000_b00e4ef8ab72dec1.txt", "Untitled document", False),
    ],
    ids=["front matter", "host", "title", "file", "nothing"],
)
def test_the_source_is_never_a_name_found_in_the_text(
    head: str, origin: str, source: str, named: bool
):
    found = parse(f"---\n{head}\n---\n{BODY}", origin)

    assert (found.source, found.named) == (source, named)


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("2026-11-13", datetime(2026, 11, 12, 23, tzinfo=UTC)),
        ('"2026-11-13"', datetime(2026, 11, 12, 23, tzinfo=UTC)),
        ("2026-11-13 18:30", datetime(2026, 11, 13, 17, 30, tzinfo=UTC)),
        ("2026-11-13T18:30:00Z", datetime(2026, 11, 13, 18, 30, tzinfo=UTC)),
        ("0001-01-01", None),
        ("last Friday", None),
        ("2026", None),
        ("", None),
    ],
)
def test_a_date_without_a_zone_belongs_to_the_newsletters(date: str, published: datetime | None):
    found = parse(f"---\ndate: {date}\n---\n{BODY}", zone="Europe/Berlin")

    assert found.published == published
    assert found.date_source == (DateSource.DOCUMENT if published else DateSource.NONE)


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("title: 'Rain", r"unreadable front matter: .* \(line \d+\)"),
        ("title: Rain: hail", r"unreadable front matter: mapping values .* \(line 2\)"),
        ("date: 2026-13-45", "unreadable front matter: month must be in"),
        ("a: [1", "unreadable front matter"),
        ("a: 1\na: 2", "unreadable front matter"),
        ("a: \x07", "unreadable front matter"),
    ],
    ids=["quote", "colon", "date", "bracket", "twice", "control"],
)
def test_front_matter_that_cannot_be_read_is_told(head: str, said: str):
    with pytest.raises(ParseError, match=said):
        parse(f"---\n{head}\n---\n{BODY}")


def test_front_matter_that_does_not_end_is_told():
    with pytest.raises(ParseError, match="does not end; close it with a line of ---"):
        parse("---\ntitle: Rain\n\n" + BODY)


@pytest.mark.parametrize("front", ["---\n---\n", "---\n\n---\n", "---\n# a note\n---\n"])
def test_front_matter_may_be_empty(front: str):
    assert parse(front + BODY).text.startswith("Rain fell")


def test_front_matter_of_another_make_does_no_harm():
    head = "title: 2026\nauthor: [Anna Berg, Jo Tamm]\nlanguage: {a: b}\nurl: javascript:alert(1)"

    found = parse(f"---\n{head}\nTags: [rain]\nsource: null\n---\n{BODY}")

    assert (found.title, found.author) == ("2026", "Anna Berg, Jo Tamm")
    assert (found.language, found.url, found.source) == ("en", None, "2026")


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"])
def test_text_is_read_in_its_own_encoding(coding: str):
    text = "Café closes its gates\n" + BODY.replace("Velsum", "Bärfjörd")
    if coding == "cp1252":
        text = text.replace("the gates", "“the gates”")

    found = parse(text.encode(coding))

    assert found.title == "Café closes its gates"
    assert "Bärfjörd" in found.text
    assert ("“the gates”" in found.text) == (coding == "cp1252")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \n", "is empty"),
        (b"---\nurl: https://x.example\n---\n", "is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "is binary"),
        (bytes(range(1, 32)) * 20, "is binary"),
        (b"\xff\xfea\x00b", "is damaged"),
    ],
    ids=["nothing", "mark", "front matter only", "PNG", "controls", "half UTF-16"],
)
def test_what_holds_no_text_is_told(content: bytes, said: str):
    with pytest.raises(ParseError, match=said):
        parse(content)


WRAPPED = """Gates closed
By Anna Berg

Rain fell over Velsum for nine hours and the harbour
closed its gates, the port said.

The town asked its people to stay at home until the
water had gone down.
"""


def test_text_wrapped_by_hand_is_joined_and_its_heading_is_not():
    found = parse(WRAPPED)

    assert found.title == "Gates closed"
    assert found.text.split("\n") == [
        "By Anna Berg",
        "Rain fell over Velsum for nine hours and the harbour closed its gates, the port said.",
        "The town asked its people to stay at home until the water had gone down.",
    ]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_the_kind_of_line_ends_makes_no_difference(end: str):
    for text in (WRAPPED, FRONT + BODY):
        assert parse(text.replace("\n", end)) == parse(text)


def test_markdown_nested_without_end_is_told():
    with pytest.raises(ParseError, match="nested too deeply"):
        parse("- " * 3000 + "x", "seeds/a.md")


@settings(max_examples=examples(1.5), deadline=None)
@given(
    st.binary(max_size=120)
    | st.lists(
        st.sampled_from(["---\n", "title: ", "date: 2026-", "url: http://[", "\n", "# ", "é", "- ",
                         "\\ud800", '"', "{", "[", "]", "&a ", "*a ", "!!python/x ", "\t", "> "]),
        max_size=20,
    ).map(lambda parts: "".join(parts).encode()),
    st.sampled_from(["a.md", "a.txt"]),
)  # fmt: skip
def test_no_bytes_bring_about_anything_but_a_parse_error(content: bytes, origin: str):
    found, reason = None, "none"
    try:
        found = parse(content, origin)
    except ParseError as error:
        reason = str(error)

    assert reason.isprintable()
    assert str(found).encode()
