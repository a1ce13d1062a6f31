"""What is dear to load waits until it is wanted: the preview's address is there at once."""

import subprocess
import sys

import pytest

COMPOSING = {"scipy", "numpy", "feedparser", "trafilatura", "babel.dates"}
NETWORK = {"aiohttp"}
ADDRESS = """\
import newsletter.cli.preview
from newsletter.cli.assembly_preview import desk_of
from newsletter.preview import Server"""
EDITING = """\
from newsletter.cli.assembly_edit import editing_desk
from newsletter.pipeline import editing"""


def loaded_by(lines: str) -> set[str]:
    """Return the modules that a fresh interpreter has after these lines."""
    told = subprocess.run(
        [sys.executable, "-c", f"{lines}\nimport sys\nprint(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(told.stdout.split())


@pytest.mark.parametrize(
    ("lines", "dear"),
    [
        (ADDRESS, {*COMPOSING, *NETWORK, "sqlalchemy", "markdown", "newsletter.stories"}),
        (EDITING, {*COMPOSING, *NETWORK, "newsletter.stories", "newsletter.summarise"}),
    ],
    ids=["the address", "an issue that is opened to be edited"],
)
def test_what_is_not_wanted_yet_is_not_loaded(lines: str, dear: set[str]):
    assert loaded_by(lines) & dear == set()
