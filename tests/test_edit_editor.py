"""`newsletter edit` without options: the issue as one text in the editor's own editor."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from edited_weeks import WEEK, headlines, printed
from hands import ran
from untouched import untouched_in

Capture = pytest.CaptureFixture[str]
Editor = Callable[..., None]
FLOOD = "Flood reaches the old mill at Lowmere"
LIBRARY = "Library lends out its old laptops with the seats"


@pytest.fixture
def week(request: pytest.FixtureRequest, tmp_path: Path, capsys: Capture) -> Path:
    return untouched_in(tmp_path / "week", request, capsys)


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Editor:
    """Set EDITOR to a program that does the given lines of Python to `text`, and ends so."""

    def set_(*lines: str, code: int = 0) -> None:
        script = tmp_path / "editor.py"
        script.write_text(
            "import re, sys, pathlib\n"
            "file = pathlib.Path(sys.argv[1])\n"
            "text = file.read_text()\n" + "\n".join(lines) + f"\nfile.write_text(text)\n"
            f"sys.exit({code})\n"
        )
        monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")
        monkeypatch.delenv("VISUAL", raising=False)

    return set_


def kept(week: Path) -> list[str]:
    return sorted(path.name for path in week.glob("*.edit*"))


REWRITTEN = f"text = text.replace('## {FLOOD} ', '## Mill under water ')"
UNMARKED = "text = re.sub(r' [{]#[a-z0-9]+[}]$', '', text, count=2, flags=re.M)"


def test_what_is_saved_is_what_the_issue_becomes(week: Path, editor: Editor):
    editor(REWRITTEN, "text = text.replace('# Intro\\n', '# Intro\\n\\nA *wet* week.\\n')")

    assert ran(week, "edit") == 0
    assert headlines(printed(week))["Town"] == ["Mill under water", LIBRARY]
    assert printed(week).intro == "A *wet* week."
    assert kept(week) == []


def test_saved_as_it_was_it_changes_nothing(week: Path, editor: Editor, capsys: Capture):
    editor()
    before = (week / "dist" / WEEK / "issue.json").read_bytes()

    assert ran(week, "edit") == 0
    assert f"nothing was changed in {WEEK}" in capsys.readouterr().out
    assert (week / "dist" / WEEK / "issue.json").read_bytes() == before
    assert kept(week) == []


def test_an_emptied_file_changes_nothing(week: Path, editor: Editor):
    editor("text = ''")

    assert ran(week, "edit") == 0
    assert len(printed(week).stories) == 4


def test_an_editor_that_fails_changes_nothing_and_the_text_is_kept(
    week: Path, editor: Editor, capsys: Capture
):
    editor(REWRITTEN, code=3)

    assert ran(week, "edit") == 1
    said = capsys.readouterr().err
    file = week / f"{WEEK}.edit.md"
    assert f"your text is kept in {file}; go on with: newsletter edit {WEEK} --file {file}" in said
    assert "## Mill under water" in file.read_text()
    assert headlines(printed(week))["Town"] == [FLOOD, LIBRARY]


def test_faults_are_named_by_line_and_the_text_can_be_gone_on_with(
    week: Path, editor: Editor, capsys: Capture
):
    editor(UNMARKED)
    file = week / f"{WEEK}.edit.md"

    assert ran(week, "edit") == 1
    said = capsys.readouterr().err
    lines = file.read_text().splitlines()
    at = lines.index(f"## {FLOOD}") + 1
    assert f"{file}:{at}: “{FLOOD}” has lost its marker; write {{#" in said

    id_ = printed(week).stories[0].id
    other = printed(week).stories[1].id
    text = file.read_text().replace(f"## {FLOOD}", f"## Mill under water {{#{id_}}}")
    file.write_text(text.replace(f"## {LIBRARY}", f"## {LIBRARY} {{#{other}}}"))
    assert ran(week, "edit", "--file", str(file)) == 0
    assert headlines(printed(week))["Town"] == ["Mill under water", LIBRARY]
    assert kept(week) == []


def test_a_text_that_was_cut_off_drops_nothing_and_is_kept(
    week: Path, editor: Editor, capsys: Capture
):
    editor("text = text[: text.index('# Coast')]")
    file = week / f"{WEEK}.edit.md"

    assert ran(week, "edit") == 1
    said = capsys.readouterr().err
    assert f"{file}:{len(file.read_text().rstrip().splitlines())}: the text ends here: 2" in said
    assert len(printed(week).stories) == 4

    file.write_text(f"{file.read_text()}# Not in the issue\n")
    assert ran(week, "edit", "--file", str(file)) == 0
    assert headlines(printed(week)) == {"Town": [FLOOD, LIBRARY]}


def test_what_others_changed_meanwhile_stays(week: Path, editor: Editor):
    editor(REWRITTEN, code=1)
    ran(week, "edit")
    ran(week, "edit", "--drop", "2", "--intro", "Theirs.")

    assert ran(week, "edit", "--file", str(week / f"{WEEK}.edit.md"), minutes=90) == 0
    assert headlines(printed(week))["Town"] == ["Mill under water"]
    assert printed(week).intro == "Theirs."


def test_where_both_changed_the_same_she_is_told_and_then_hers_holds(
    week: Path, editor: Editor, capsys: Capture
):
    editor(REWRITTEN, code=1)
    ran(week, "edit")
    ran(week, "edit", "--headline", "1", "Theirs")
    file = str(week / f"{WEEK}.edit.md")

    assert ran(week, "edit", "--file", file, minutes=90) == 1
    assert (
        f"changed since you looked: the headline of “{FLOOD}” (by Ida)" in capsys.readouterr().err
    )
    assert ran(week, "edit", "--file", file, minutes=91) == 0
    assert headlines(printed(week))["Town"][0] == "Mill under water"


def test_a_kept_text_is_never_written_over(week: Path, editor: Editor):
    editor(REWRITTEN, code=1)

    ran(week, "edit")
    ran(week, "edit")

    assert [name for name in kept(week) if name.endswith(".md")] == [
        f"{WEEK}.edit-2.md",
        f"{WEEK}.edit.md",
    ]


def test_a_text_whose_original_is_gone_is_taken_while_the_issue_is_the_same(
    week: Path, editor: Editor, capsys: Capture
):
    editor(REWRITTEN, code=1)
    ran(week, "edit")
    (week / f"{WEEK}.edit.md.orig").unlink()
    file = str(week / f"{WEEK}.edit.md")

    ran(week, "edit", "--drop", "2")
    assert ran(week, "edit", "--file", file) == 1
    assert "what it was then is gone" in capsys.readouterr().err
    ran(week, "edits", "--undo")
    assert ran(week, "edit", "--file", file) == 0
    assert headlines(printed(week))["Town"] == ["Mill under water", LIBRARY]


def test_without_a_terminal_and_an_editor_nothing_is_opened(
    week: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
):
    for name in ("EDITOR", "VISUAL"):
        monkeypatch.delenv(name, raising=False)

    assert ran(week, "edit") == 2
    assert "there is no terminal to edit on" in capsys.readouterr().err
    assert kept(week) == []
