"""`newsletter edit` where the editor fails: it is told plainly, and only what was written stays."""

from pathlib import Path

import pytest
from edited_weeks import WEEK
from hands import ran
from untouched import untouched_in

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def week(request: pytest.FixtureRequest, tmp_path: Path, capsys: Capture) -> Path:
    return untouched_in(tmp_path / "week", request, capsys)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("false", "your editor 'false' (of EDITOR) ended with an error"),
        ("nosuch --wait", "there is no program 'nosuch', which EDITOR names as your editor"),
        ("'unclosed", 'EDITOR is no command: "\'unclosed"'),
    ],
)
def test_what_failed_and_the_way_out_are_told_and_nothing_is_left_lying(
    week: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture, command: str, said: str
):
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", command)

    assert ran(week, "edit") == 1
    told = capsys.readouterr().err
    assert f"{said}; nothing was changed; try another: EDITOR=nano newsletter edit {WEEK}" in told
    assert list(week.glob("*.edit*")) == []
