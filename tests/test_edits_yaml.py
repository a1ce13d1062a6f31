"""Edits travel as one YAML file, whatever an editor wrote in them."""

import re

import pytest
from edited import AT
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.errors import WishError
from newsletter.issue import typed
from newsletter.issue.travelling import dump_edits, load_edits
from newsletter.model import Edit, Sponsor

HEAD = "version: 1\nissue: 2026-W47\nedits:\n"
ONE = "- kind: pin\n  at: 2026-11-22T10:00:00Z\n  by: Ada\n  story: abc\n"

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12) | st.sampled_from(
    ["2026", "null", "~", "- a\n- b", "a: b # c", "a\n\nb\n", "\n a", "é\u2028x", "'\"", "{x}",
     "---\n...", "\ufeff", "\x85", "x \ny", "1e3", "12:30:00", "2026-11-22", "<<", "!x", "&a *b",
     "\ta\tb", "yes", "# x", "%YAML 1.2", "a\n---\nb"]
)  # fmt: skip
MOMENT = st.datetimes(timezones=st.just(AT.tzinfo)).filter(lambda at: at.year > 1900)
TEXTS = st.lists(TEXT, max_size=2).map(tuple)
EDIT = st.builds(
    Edit,
    number=st.integers(0, 10**6),
    kind=st.sampled_from(["pin", "headline", "intro", "sponsor", "split"]),
    at=MOMENT,
    by=TEXT,
    cause=TEXT,
    story=TEXT.filter(bool),
    name=TEXT,
    articles=TEXTS,
    text=TEXT,
    section=TEXT,
    order=TEXTS,
    ids=st.lists(TEXT, min_size=1, max_size=2).map(tuple),
    sponsor=st.none() | st.builds(Sponsor, name=TEXT, text=TEXT, link_text=TEXT),
    reverted_at=st.none() | MOMENT,
    reverted_by=TEXT,
    changed=st.integers(0, 99),
)


def could_be_typed(edit: Edit) -> bool:
    return edit.reverted_at is not None or not typed.fault(edit)


@settings(max_examples=25)
@given(st.lists(EDIT.filter(could_be_typed), max_size=2).map(tuple))
def test_what_is_written_is_what_is_read(edits: tuple[Edit, ...]):
    assert load_edits(dump_edits(edits, "2026-W47")) == edits


def test_a_text_of_several_lines_is_a_block_that_people_can_read():
    edit = Edit(number=1, kind="intro", at=AT, by="Ada", text="Good morning.\n\n- rain\n- wind")

    text = dump_edits([edit], "2026-W47")

    assert text.endswith("  text: |-\n    Good morning.\n\n    - rain\n    - wind\n")


def test_moments_need_no_quotation_marks():
    assert [one.story for one in load_edits(HEAD + ONE)] == ["abc"]


def test_all_faults_are_told_at_once_by_line():
    text = (
        f"{HEAD}- kind: hedline\n  at: today\n  by: 3\n  storry: abc\n- 7\n"
        "- kind: pin\n  at: 2026-11-22T10:00:00Z\n  kind: drop\n"
    )

    with pytest.raises(WishError) as raised:
        load_edits(text, "e.yaml")

    told = str(raised.value).splitlines()
    assert [line.split(": ")[0] for line in told] == [
        f"e.yaml:{number}" for number in (4, 5, 6, 7, 8, 9, 9)
    ]
    assert "'hedline' is none of: pin, drop, move" in told[0]
    assert "did you mean 'story'?" in told[3]
    assert any("by: is missing" in one for one in told[5:])


def test_all_texts_that_nobody_could_have_typed_are_told_at_once_by_line():
    rest = "  at: 2026-11-22T10:00:00Z\n  by: Ada\n  story: abc\n"
    text = (
        f"{HEAD}- kind: headline\n{rest}  text: ' '\n"
        f"- kind: summary\n{rest}  text: {'x' * 4_001}\n"
        f"- kind: sponsor\n{rest}  sponsor:\n    name: ''\n"
        f"- kind: headline\n{rest}  text: ''\n  reverted_at: 2026-11-22T11:00:00Z\n"
    )

    with pytest.raises(WishError) as raised:
        load_edits(text, "e.yaml")

    told = str(raised.value).splitlines()
    assert [line.split(": ")[:2] for line in told] == [
        ["e.yaml:8", "edits[0].text"],
        ["e.yaml:13", "edits[1].text"],
        ["e.yaml:18", "edits[2].sponsor"],
    ]
    assert ["empty" in told[0], "4,001" in told[1], "no name" in told[2]] == [True] * 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "holds no edits of version 1"),
        ("version: 2\nedits: []\n", "holds no edits of version 1"),
        ("[1, 2", "is not readable YAML"),
        ("a: b\n---\nc: d\n", "is not readable YAML"),
        ("\x00", "is not readable YAML"),
        ("[" * 300, "nest too deeply"),
        ("version: 1\nedits: &a [*a]\n", "is no edit"),
        (f"{HEAD}- !!python/object/apply:os.system [ls]\n", "is no edit"),
        (HEAD + ONE.replace("abc", "!secret abc"), "has the tag '!secret'; take it out"),
        (f"{HEAD}{ONE}  ? [a]\n  : b\n", "has a key that is no word"),
        (HEAD + "x" * 2_000_000, "is larger than any file of edits"),
    ],
    ids=["nothing", "another version", "cut off", "two documents", "NUL", "too deep", "in itself",
         "an object", "a tag", "a list as key", "too large"],
)  # fmt: skip
def test_a_file_that_holds_no_edits_is_told_why(text: str, said: str):
    with pytest.raises(WishError, match=r"^edits\.yaml") as raised:
        load_edits(text)

    assert said in str(raised.value)


def test_a_few_lines_that_stand_for_millions_are_soon_refused():
    bomb = "a: &a [x, x]\n" + "".join(
        f"{two}: &{two} [*{one}, *{one}, *{one}]\n"
        for one, two in zip("abcdefghi", "bcdefghij", strict=True)
    )

    with pytest.raises(WishError):
        load_edits(f"{bomb}version: 1\nedits: *j\n")


@given(st.text(max_size=200))
def test_nonsense_is_refused(text: str):
    with pytest.raises(WishError):
        load_edits(text)


@pytest.mark.parametrize(
    ("kind", "more", "missing"),
    [
        ("pin", "", ["story"]),
        ("headline", "  text: Wet\n", ["story"]),
        ("lead", "  story: ''\n", ["story"]),
        ("move", "  order: [abc]\n", ["section", "story"]),
        ("section", "  story: abc\n", ["section"]),
        ("merge", "  story: abc\n", ["ids"]),
        ("split", "  ids: [abc]\n", ["story"]),
    ],
)
def test_an_edit_without_what_its_kind_needs_is_told_with_its_line(
    kind: str, more: str, missing: list[str]
):
    text = f"{HEAD}{ONE}- kind: {kind}\n  at: 2026-11-22T10:00:00Z\n  by: Ada\n{more}"

    with pytest.raises(WishError) as raised:
        load_edits(text)

    told = str(raised.value).splitlines()
    assert all(re.match(r"edits\.yaml:(8|11): edits\[1\]\.", line) for line in told)
    assert [re.findall(r"\.(\w+): is missing", line) for line in told] == [[one] for one in missing]
