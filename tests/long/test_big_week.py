"""A week as large as an editor's: many feeds over real sockets, gathered and built twice."""

import json
from collections.abc import Iterator
from email.utils import format_datetime
from pathlib import Path

import pytest
from fakes import NOW
from servers import serving_folder

from newsletter.cli.app import run

FEEDS, ENTRIES = 150, 20
PLACES = [f"{a}{b}" for a in ("Low", "Har", "Vel", "Nor", "Ell", "Bram") for b in (
    "mere", "bour", "sum", "ton", "ery", "stead", "wick", "field", "ford", "by",
)]  # fmt: skip
EVENTS = [
    ("flood", "The river rose by {n} metres and {m} people left their houses before midnight."),
    ("strike", "Some {m} drivers stopped work for {n} days over the new night supplement."),
    ("verdict", "The court fined the port {m} crowns after a trial of {n} weeks."),
    ("opening", "The bridge was opened after {n} years; it cost {m} million crowns."),
    ("fire", "A fire burned down {n} storehouses; {m} tonnes of grain were lost."),
]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    folder = tmp_path / "served"
    folder.mkdir()
    with serving_folder(folder) as address:
        yield folder, address


def feed(number: int) -> str:
    """A feed whose entries tell, in words of its own, events that other feeds tell as well."""
    items = []
    for entry in range(ENTRIES):
        event = (number * 7 + entry * 11) % (len(PLACES) * len(EVENTS))
        place, (kind, text) = PLACES[event % len(PLACES)], EVENTS[event // len(PLACES)]
        told = text.format(n=event % 9 + 2, m=event * 13 + 40)
        items.append(
            f"<item><title>{place} {kind}: report {number}</title>"
            f"<link>https://outlet{number}.example/{entry}</link>"
            f"<guid>{number}-{entry}</guid><pubDate>{format_datetime(NOW)}</pubDate>"
            f"<description>{place} reports a {kind}. {told} Outlet {number} spoke to witnesses."
            "</description></item>"
        )
    return f'<rss version="2.0"><channel><title>{number}</title>{"".join(items)}</channel></rss>'


def test_a_large_week_is_gathered_whole_and_built_again_to_the_same_bytes(
    tmp_path: Path, served: tuple[Path, str], capsys: pytest.CaptureFixture[str]
):
    folder, address = served
    for number in range(FEEDS):
        (folder / f"{number}.xml").write_text(feed(number))
    urls = "".join(f"      - http://{address}/{number}.xml\n" for number in range(FEEDS))
    (tmp_path / "feeds.yaml").write_text(
        "title: The Tide\nissue: {stories: 40}\n"
        f'fetch: {{per_host: 16, allow_private: ["{address}"]}}\n'
        f"sections:\n  - name: News\n    feeds:\n{urls}"
    )
    build = [
        "build-issue", "--json", "--now", NOW.isoformat(), "--config", str(tmp_path / "feeds.yaml"),
    ]  # fmt: skip

    assert run(build) == 0
    first = json.loads(capsys.readouterr().out)
    before = {path: path.read_bytes() for path in (tmp_path / "dist").rglob("*.*")}
    assert run(build) == 0
    second = json.loads(capsys.readouterr().out)

    assert first["counts"]["feeds"] == {"ok": FEEDS, "unchanged": 0, "failed": 0, "skipped": 0}
    assert first["counts"]["new"] == FEEDS * ENTRIES
    assert second["counts"]["feeds"]["unchanged"] == FEEDS
    assert {path: path.read_bytes() for path in (tmp_path / "dist").rglob("*.*")} == before
