"""The editor's note stands in every format, between her introduction and the first story."""

import pytest
from issues import templates, week

from newsletter.render import render
from newsletter.render.safe import plain

NOTE = "In our last issue it was [Velsum](https://velsum.example/a), **not** Oostend."


@pytest.mark.parametrize("file", ["index.html", "email.html", "issue.md", "issue.txt"])
def test_a_note_is_named_and_stands_before_the_first_story(file: str) -> None:
    one = week(intro="Words to begin with.", note=NOTE)

    told = render(one, templates()).files[file].decode().split("Words to begin with.", 1)[1]

    named, note = told.index("Editor’s note"), told.index("Velsum")
    first = told.index(plain(one.stories[1].headline)[:20])
    assert named < note < first
    assert "https://velsum.example/a" in told


@pytest.mark.parametrize("file", ["index.html", "email.html", "issue.md", "issue.txt"])
def test_an_issue_without_a_note_names_none(file: str) -> None:
    assert "Editor’s note" not in render(week(), templates()).files[file].decode()


def test_a_note_that_is_hostile_comes_out_as_words() -> None:
    files = render(week(note="<script>alert(1)</script> {{ name }} *|FNAME|*"), templates()).files

    for file in ("index.html", "email.html"):
        page = files[file].decode()
        assert "alert(1)" not in page
        assert "{{ name" not in page
        assert "*|FNAME" not in page
