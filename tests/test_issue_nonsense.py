"""Whatever stands in issue.json: it is an issue, or its faults are told, each on its line."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_issue_faults import WRITTEN, faults, line_of

from newsletter.errors import IssueError
from newsletter.issue import dump, load
from newsletter.issue.places import Path, path_text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "issue.json:1: is no JSON: "),
        (WRITTEN[:-20], f"issue.json:{WRITTEN[:-20].count(chr(10)) + 1}: is no JSON: "),
        ('{\n"version": 1\n"id": 2}', "issue.json:3: is no JSON: "),
        ("[]", "issue.json: is no issue of version 1; build it again"),
        ("[" * 100_000, "issue.json: is no issue: lists or objects in it nest too deeply"),
        (" " * 50_000_000, "issue.json: is larger than any issue (50,000,000 characters)"),
        (WRITTEN.encode("utf-16"), "issue.json:1: is not UTF-8 text; save it as UTF-8"),
        (
            WRITTEN.replace("Quay", "Kai, Größe").encode("latin-1", "replace"),
            f"issue.json:{line_of('Quay')}: is not UTF-8 text; save it as UTF-8",
        ),
    ],
    ids=["empty", "cut", "comma", "list", "deep", "large", "UTF-16", "Latin-1"],
)
def test_what_is_no_issue_at_all_is_one_fault(text: str | bytes, said: str):
    [fault] = faults(text)

    assert fault.startswith(said)


def leaves(value: object, path: Path = ()) -> Iterator[Path]:
    """Yield the path of every value that holds no others."""
    inner: Any = value.items() if isinstance(value, dict) else None
    inner = enumerate(value) if isinstance(value, list) else inner
    if inner is None:
        yield path
    else:
        for step, one in inner:
            yield from leaves(one, (*path, step))


LEAVES = [path for path in leaves(json.loads(WRITTEN)) if path not in {("version",), ("seal",)}]


def put(data: Any, path: Path, value: object) -> Any:
    """Put *value* at *path* of *data*, and return that."""
    inner = data
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return data


@settings(deadline=None)
@given(st.sampled_from(LEAVES), st.sampled_from([0, 1, 7]))
def test_the_line_of_a_fault_is_the_one_on_which_its_value_begins(path: Path, indent: int):
    text = json.dumps(put(json.loads(WRITTEN), path, ["}\n☃"]), indent=indent, ensure_ascii=False)

    begins = line_of("☃", text) - 1

    assert any(
        fault.startswith(f"issue.json:{begins}: {path_text(path)}: ") for fault in faults(text)
    )


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@settings(deadline=None)
@given(st.sampled_from(LEAVES), ANYTHING, st.integers(min_value=0, max_value=4))
def test_whatever_stands_in_an_issue_it_is_an_issue_or_named(path: Path, value: object, up: int):
    data = put(json.loads(WRITTEN), path[: max(1, len(path) - up)], value)

    try:
        found = load(json.dumps(data), "here/issue.json")
    except IssueError as error:
        told = str(error).split("\n")
    else:
        told = []
        assert load(dump(found)) == found

    assert all(fault.startswith("here/issue.json:") for fault in told)


@settings(deadline=None)
@given(st.binary(max_size=200), st.integers(min_value=0, max_value=len(WRITTEN)))
@example(b"\xef\xbb\xbf", 0)
def test_any_bytes_are_an_issue_or_a_fault(stray: bytes, at: int):
    for content in (stray, WRITTEN.encode()[:at] + stray + WRITTEN.encode()[at + 3 :]):
        try:
            load(content)
        except IssueError as error:
            assert str(error).startswith("issue.json")  # noqa: PT017 - others need no error
