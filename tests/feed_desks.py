"""A workspace of the tests with two feeds of a loopback server, one of which is missing."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from desks import CONFIG
from fakes import rss

from newsletter.cli.app import run
from newsletter.config import load
from newsletter.model import Feed

Asked = Callable[..., dict[str, object]]


def laid_out(workspace: Path, folder: Path, url: str) -> None:
    """Write the configuration of the desk, and the one feed that is there."""
    (folder / "port.xml").write_bytes(rss(("Port opens", "https://p.example/1", "Cranes.")).content)
    (workspace / "feeds.yaml").write_text(
        CONFIG
        + "    feeds:  # ours\n"
        + f"      - {{url: {url}/port.xml, name: The Port}}\n"
        + f"      - {url}/none.xml\n"
        + f'fetch: {{allow_private: ["{url.removeprefix("http://")}"]}}\n'
    )


def asking(capsys: pytest.CaptureFixture[str]) -> Asked:
    """Return what runs a command and gives its answer in JSON."""

    def ask(*arguments: str, code: int = 0) -> dict[str, object]:
        capsys.readouterr()
        assert run([*arguments, "--json"]) == code
        answer: dict[str, object] = json.loads(capsys.readouterr().out)
        return answer

    return ask


def feeds_of(workspace: Path) -> list[Feed]:
    return list(load(workspace / "feeds.yaml").feeds)
