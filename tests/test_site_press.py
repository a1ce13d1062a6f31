"""What the press puts beside the issues: of whom, from where, and in which order."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from checking import known
from issues import issue, story, templates

from newsletter.deliver import OutputFolder
from newsletter.errors import OutputError, TemplateError
from newsletter.issue import dump, glance
from newsletter.model import Built, Issue, Status
from newsletter.pipeline.press import Press, printed, site
from newsletter.pipeline.stopwatch import Stopwatch
from newsletter.store import Store, open_store


class WithoutRoomForPages(OutputFolder):
    """A folder whose disk is full after the issue."""

    def write_pages(self, files: Mapping[str, bytes], **_: object) -> None:
        raise OutputError(f"{len(files)} pages: No space left on device")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path}/news.db") as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> OutputFolder:
    return OutputFolder(tmp_path / "dist")


def press(folder: OutputFolder, **changes: object) -> Press:
    made = Press(templates=templates(), output=folder, known=lambda issue: known())
    return replace(made, **changes)  # type: ignore[arg-type]


def published(number: int, headline: str = "Ferry sails") -> Issue:
    base = issue(story(number, headline=headline), status=Status.PUBLISHED)
    return replace(
        base,
        id=f"2026-W{47 - number}",
        publishes_at=base.publishes_at - timedelta(days=7 * number),
    )


def lay(folder: OutputFolder, *issues: Issue) -> None:
    for one in issues:
        folder.write_issue(one.id, {"issue.json": dump(one).encode()})


def remember(store: Store, one: Issue) -> None:
    store.save_issue(
        Built(
            id=one.id,
            status=one.status,
            since=None,
            until=one.until,
            content=dump(one),
            report="{}",
        )
    )


def test_printing_an_issue_puts_the_whole_site_in_place(folder: OutputFolder):
    lay(folder, published(1))

    printed(published(0), press(folder), Stopwatch())

    feed = (folder.root / "feed.xml").read_text()
    assert "2026-W47" in feed
    assert "2026-W46" in feed
    assert site(press(folder)) == site(press(folder), published(0))


def test_the_site_shows_published_issues_as_they_were_published(folder: OutputFolder, store: Store):
    remember(store, published(0, "Ferry sails"))
    lay(folder, published(0, "Changed by hand"))

    pages = site(press(folder, issues=store))

    assert all(b"Ferry sails" in pages[name] for name in ("index.html", "feed.xml", "feed.json"))
    assert not any(b"Changed by hand" in page for page in pages.values())


def test_an_issue_that_only_says_that_it_is_published_is_not(folder: OutputFolder, store: Store):
    remember(store, replace(published(0), status=Status.READY))
    lay(folder, published(0), published(1))

    pages = site(press(folder, issues=store))

    assert not any(b"2026-W47" in page for page in pages.values())


def test_a_damaged_issue_is_left_out_and_its_place_in_the_feed_goes_to_the_next(
    folder: OutputFolder,
):
    issues = [published(number) for number in range(22)]
    lay(folder, *issues)
    path = folder.root / "2026-W46" / "issue.json"
    path.write_text(path.read_text().replace('"score"', '"scorn"'))

    feed = site(press(folder))["feed.xml"].decode()

    assert feed.count("<entry>") == 20
    assert "2026-W46" not in feed
    assert "2026-W27" in feed


def test_where_no_issue_can_be_read_whole_there_is_no_feed(folder: OutputFolder):
    lay(folder, published(0))
    path = folder.root / "2026-W47" / "issue.json"
    path.write_text(path.read_text().replace('"score"', '"scorn"'))

    assert site(press(folder)) == {}


def test_a_fault_in_the_archives_template_is_found_before_anything_is_written(
    folder: OutputFolder,
):
    faulty = {**templates(), "archive.html.j2": "{{ archive.nonsense }}"}

    with pytest.raises(TemplateError, match=r"archive\.html\.j2:1"):
        printed(published(0), press(folder, templates=faulty), Stopwatch())

    assert not folder.root.exists()


def test_pages_that_a_print_did_not_come_to_are_there_after_the_next(tmp_path: Path):
    with pytest.raises(OutputError):
        printed(published(0), press(WithoutRoomForPages(tmp_path / "dist")), Stopwatch())
    folder = OutputFolder(tmp_path / "dist")
    assert not (folder.root / "feed.xml").exists()

    printed(published(0), press(folder), Stopwatch())

    assert b"2026-W47" in (folder.root / "feed.xml").read_bytes()


def test_a_glance_sees_what_the_whole_issue_says():
    whole = replace(published(0, " "), published_at=published(0).publishes_at, updated_at=None)

    assert glance(dump(whole)) == whole.at_a_glance
    assert whole.at_a_glance.headlines == ("Report 0",)
