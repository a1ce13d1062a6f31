"""A workspace of the tests: its configuration, two documents on one event, and a command."""

from collections.abc import Mapping
from pathlib import Path

from newsletter.cli.app import run

NOW = "2026-11-20T12:00:00Z"
FORMATS = {"index.html", "email.html", "issue.md", "issue.txt", "issue.eml", "issue.json"}

CONFIG = """\
title: The Tide
url: https://tide.example
sender: {name: The Tide, address: tide@tide.example, postal_address: 1 Quay Street, unsubscribe: https://tide.example/bye}
issue: {max_age: 400d}
sections:
  - name: From our shelf
    seeds: seeds/
"""
FLOOD_A = """\
Flood reaches the old mill at Lowmere

The river Aar rose by two metres on Friday and reached the old mill at Lowmere. Forty people \
left their houses before midnight. The mayor, Ida Holt, said the dam upstream had held.

The water is expected to fall on Sunday.
"""
FLOOD_B = """\
---
title: Lowmere leaves its houses as the Aar floods the mill
source: Harbour Post
url: https://harbour.example/flood
date: 2026-11-19
---
Forty residents of Lowmere spent the night in a school after the Aar flooded the old mill. Mayor \
Ida Holt praised the dam, which held. Engineers will look at the bridge on Monday.
"""


def built(*more: str) -> int:
    return run(["build-issue", "--offline", "--now", NOW, *more])


def built_in(folder: Path, seeds: Mapping[str, str]) -> Path:
    """Lay out a workspace of the flood and the texts of *seeds*, and build its week.

    Many tests start from a copy of such a folder: each would build it for a second.
    """
    (folder / "feeds.yaml").write_text(CONFIG)
    (folder / "seeds").mkdir()
    for name, text in {"a.txt": FLOOD_A, "b.md": FLOOD_B, **seeds}.items():
        (folder / "seeds" / name).write_text(text)
    assert built("--config", str(folder / "feeds.yaml")) == 0
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
