"""Whatever is typed or pasted, what is taken of it can be read again."""

from contextlib import suppress
from dataclasses import replace

import pytest
from edited import AT, base, drop, edited, told
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.errors import WishError
from newsletter.issue import dump, load
from newsletter.issue.base import dump_base, load_base
from newsletter.issue.editing import apply
from newsletter.issue.travelling import dump_edits, load_edits
from newsletter.issue.wishes import resolve
from newsletter.model import Base, Edit, EditKind, Sponsor, Wish
from newsletter.pipeline.edited import as_edited

# What comes along from other programs, and what no file may hold.
_PASTED = ("\x00", "\x01", "\x0b", "\x1b[31m", "\r\n", "\t", "\x7f", "\x85", "\u2028", "\u202e",
           "\u200b", "\ufeff", "\ufffe", "\U0001fffe", "\ud800", "\xa0", "e\u0301")  # fmt: skip
_TEXT = st.lists(st.sampled_from(_PASTED) | st.text(max_size=4), max_size=5).map("".join)
_URL = st.builds("{}{}{}".format, st.sampled_from(["https://", "https://a.example/"]), _TEXT, _TEXT)
_SPONSOR = st.builds(Sponsor, name=_TEXT, text=_TEXT, url=st.none() | _TEXT | _URL, link_text=_TEXT)
_KINDS: tuple[EditKind, ...] = ("headline", "summary", "intro", "closing", "note")
_WISHES = (
    st.builds(Wish, kind=st.sampled_from(_KINDS), story=st.just("a"), text=_TEXT)
    | st.builds(Wish, kind=st.just("picture"), story=st.just("a"), text=_TEXT | _URL)
    | st.builds(
        Wish, kind=st.just("section"), story=st.just("a"), section=_TEXT | st.just("Energy")
    )
    | st.builds(Wish, kind=st.just("sponsor"), sponsor=_SPONSOR)
)


@settings(max_examples=examples(3), deadline=None)
@given(st.lists(_WISHES, min_size=1, max_size=4), _TEXT)
def test_whatever_is_typed_and_taken_leaves_all_that_is_written_readable(
    wishes: list[Wish], because: str
):
    now = base()
    edits: tuple[Edit, ...] = ()
    for wish in wishes:
        with suppress(WishError):
            edit = resolve(wish, apply(now, edits), now, at=AT, by="Ada", cause=because)
            edits = (*edits, replace(edit, number=len(edits) + 1))

    for build in (now, base({"Energy": [told("z")]})):  # in the second one all of a story wait
        found = as_edited(build, edits, min_stories=9)
        again = Base(issue=found.issue, sections=build.sections, candidates=found.candidates)

        assert load(dump(found.issue)) == found.issue
        assert load_base(dump_base(again)) == again
    assert load_edits(dump_edits(edits, "2026-W47")) == edits


@pytest.mark.parametrize("pasted", ["\x00", "\x0b", "\r\n", "\u2028", "\u202e", "\t"])
def test_a_sponsors_link_is_kept_without_what_nobody_sees(pasted: str):
    paid = Sponsor(name="Quay", url=f" https://quay.example/{pasted}bread ")

    found = edited(base(), Wish(kind="sponsor", sponsor=paid)).issue

    assert found.sponsor
    assert found.sponsor.url == "https://quay.example/bread"


def test_a_sponsors_link_of_which_nothing_is_left_is_none():
    paid = Sponsor(name="Quay", url="https://\u200b")

    with pytest.raises(WishError, match="write https://"):
        edited(base(), Wish(kind="sponsor", sponsor=paid))


def test_why_something_is_changed_is_kept_on_one_line():
    cause = "told\x1b[31m twice\r\n\ud800 already"

    edit = resolve(drop(story="a"), apply(base(), ()), base(), at=AT, by="Ada", cause=cause)

    assert edit.cause == "told[31m twice already"
