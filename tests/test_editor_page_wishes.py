"""What the editing page sends: read strictly, so that a slip is a fault and never a loss."""

import json
from contextlib import suppress
from typing import Any

import pytest
from editor_asking import Session, fake, server, session
from editor_desk import EditedDesk
from hypothesis import given
from hypothesis import strategies as st

from newsletter.model import Sponsor, Wish
from newsletter.preview.editing_wishes import AskedError, asked

__all__ = ["fake", "server", "session"]


def body(*wishes: object, **more: object) -> bytes:
    return json.dumps({"wishes": list(wishes), **more}).encode()


GOOD: dict[str, tuple[dict[str, Any], Wish]] = {
    "pin": ({"story": "a"}, Wish(kind="pin", story="a")),
    "drop": ({"story": "a"}, Wish(kind="drop", story="a")),
    "move": ({"story": "a", "place": 2}, Wish(kind="move", story="a", place=2)),
    "section": (
        {"story": "a", "section": "Science", "place": None},
        Wish(kind="section", story="a", section="Science"),
    ),
    "lead": ({"story": "a"}, Wish(kind="lead", story="a")),
    "headline": ({"story": "a", "text": "Rain"}, Wish(kind="headline", story="a", text="Rain")),
    "summary": ({"story": "a", "text": ""}, Wish(kind="summary", story="a")),
    "picture": ({"story": "a", "text": ""}, Wish(kind="picture", story="a")),
    "intro": ({"text": "Hello."}, Wish(kind="intro", text="Hello.")),
    "closing": ({"text": "Bye."}, Wish(kind="closing", text="Bye.")),
    "note": ({"text": "Sorry."}, Wish(kind="note", text="Sorry.")),
    "sponsor": (
        {"sponsor": {"name": " Bank ", "url": ""}},
        Wish(kind="sponsor", sponsor=Sponsor(name="Bank")),
    ),
    "merge": ({"story": "a", "ids": ["b"]}, Wish(kind="merge", story="a", ids=("b",))),
    "split": ({"story": "a", "ids": ["x", "y"]}, Wish(kind="split", story="a", ids=("x", "y"))),
}


@pytest.mark.parametrize("kind", GOOD)
def test_every_kind_of_wish_is_read(kind: str):
    sent, wish = GOOD[kind]

    assert asked(body({"kind": kind, **sent}, seen=4)).wishes == (wish,)


def test_no_sponsor_is_a_wish_too():
    assert asked(body({"kind": "sponsor", "sponsor": None})).wishes == (Wish(kind="sponsor"),)


def test_who_has_seen_no_version_says_so():
    assert asked(body({"kind": "drop", "story": "a"})).seen is None


FAULTS: dict[str, tuple[bytes, str]] = {
    "no JSON": (b"{", "this is no JSON"),
    "no object": (b"[]", "the request: must be an object"),
    "no wishes": (b"{}", "wishes: must be a list of 1 to 50"),
    "none": (body(), "wishes: must be a list of 1 to 50"),
    "too many": (body(*[{"kind": "drop", "story": "a"}] * 51), "wishes: must be a list"),
    "unknown key": (body({"kind": "drop", "story": "a"}, sean=1), "'sean' is no key of it"),
    "unknown kind": (body({"kind": "erase"}), "wishes[0].kind: 'erase' is none; known are"),
    "kind as a list": (body({"kind": ["drop"]}), "wishes[0].kind"),
    "no wish": (body("drop"), "wishes[0].kind"),
    "key of another kind": (
        body({"kind": "drop", "story": "a", "text": "b"}),
        "wishes[0] (drop): 'text' is no key of it; known are kind, story",
    ),
    "missing": (body({"kind": "headline", "story": "a"}), "wishes[0].text: is missing"),
    "empty story": (body({"kind": "drop", "story": " "}), "wishes[0].story: is empty"),
    "place 0": (body({"kind": "move", "story": "a", "place": 0}), "a whole number from 1"),
    "place true": (body({"kind": "move", "story": "a", "place": True}), "a whole number from 1"),
    "place null": (body({"kind": "move", "story": "a", "place": None}), "a whole number from 1"),
    "seen as text": (body({"kind": "drop", "story": "a"}, seen="1"), "seen: must be a whole"),
    "text as number": (body({"kind": "intro", "text": 7}), "wishes[0].text: must be a text"),
    "far too long": (body({"kind": "intro", "text": "x" * 100_001}), "has 100,001 characters"),
    "half a character": (
        b'{"wishes": [{"kind": "intro", "text": "\\ud800"}]}',
        "half a character",
    ),
    "no ids": (body({"kind": "merge", "story": "a", "ids": []}), "ids: must be a list"),
    "nameless sponsor": (body({"kind": "sponsor", "sponsor": {"text": "x"}}), "say who paid"),
    "sponsor with more": (
        body({"kind": "sponsor", "sponsor": {"name": "x", "logo": "y"}}),
        "'logo' is no key of it",
    ),
    "too deep": (b"[" * 100_000, "this is no JSON"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_is_no_wish_is_refused_by_name(name: str):
    sent, fault = FAULTS[name]

    with pytest.raises(AskedError) as raised:
        asked(sent)

    assert fault in str(raised.value)


_KEYS = st.sampled_from(
    ["kind", "story", "text", "place", "ids", "sponsor", "wishes", "seen", "name", "x"]
)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(_JSON | st.builds(lambda wish: {"wishes": [wish]}, _JSON))
def test_nothing_that_can_be_sent_raises_anything_else(found: object):
    with suppress(AskedError):
        assert asked(json.dumps(found).encode()).wishes


@given(st.binary(max_size=40))
def test_nor_do_bytes_that_are_no_json(found: bytes):
    with suppress(AskedError):
        assert asked(found).wishes


def test_the_page_is_told_the_fault(fake: EditedDesk, session: Session):
    answer = session.change({"kind": "erase"})

    assert answer.status == 400
    assert "'erase' is none" in json.loads(answer.text)["fault"]
    assert fake.editor.edits == []
