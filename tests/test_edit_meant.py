"""`newsletter edit` with a section or a story that is not there says which one may be meant."""

from pathlib import Path

import pytest
from hands import ran
from untouched import untouched_in

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def week(request: pytest.FixtureRequest, tmp_path: Path, capsys: Capture) -> Path:
    return untouched_in(tmp_path / "week", request, capsys)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--section", "1", "Caost"], "no section 'Caost'; did you mean “Coast”? sections: Town"),
        (["--drop", "flod reaches"], "did you mean 1 (“Flood reaches the old mill at Lowmere”)?"),
        (["--drop", "Court"], " (“Court stops a landlord from scoring tenants”)?"),
    ],
)
def test_what_may_be_meant_is_told(week: Path, capsys: Capture, asked: list[str], said: str):
    assert ran(week, "edit", *asked) == 1
    assert said in capsys.readouterr().err
