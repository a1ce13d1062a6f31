"""A built week that nobody has changed yet, for all tests that start from it."""

from pathlib import Path

import pytest
from edited_weeks import CONFIG, a_copy


def untouched_in(
    folder: Path, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> Path:
    """Lay out in *folder* a built week whose editor is Ida."""
    week = a_copy(folder)
    (week / "feeds.yaml").write_text(CONFIG + "editor: Ida\n")
    capsys.readouterr()
    return week
