"""Seeds on disk: which files are read, in which order, and why the others are not."""

import os
from pathlib import Path

import pytest

from newsletter.errors import FetchError
from newsletter.model import Document, SeedFolder
from newsletter.sources import SeedFiles
from newsletter.sources.seeds import MAX_BYTES


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "seeds").mkdir()
    return tmp_path


def read(workspace: Path, path: str = "seeds/") -> dict[str, Document | FetchError]:
    return dict(SeedFiles(workspace).read(SeedFolder(path=path, section="News")))


def reason(workspace: Path, origin: str) -> str:
    outcome = read(workspace)[origin]
    assert isinstance(outcome, FetchError)
    return str(outcome)


def test_files_are_read_by_name_through_nested_folders(workspace: Path):
    (workspace / "seeds" / "may").mkdir()
    for name in ("wind.TXT", "may/hail.md", "rain.markdown", "fog.txt"):
        (workspace / "seeds" / name).write_text(name)

    found = read(workspace)

    assert list(found) == [
        "seeds/fog.txt", "seeds/may/hail.md", "seeds/rain.markdown", "seeds/wind.TXT",
    ]  # fmt: skip
    assert found["seeds/may/hail.md"] == Document(url="seeds/may/hail.md", content=b"may/hail.md")


@pytest.mark.parametrize("name", ["README.md", "readme.txt", ".hidden.txt", ".git/rain.txt"])
def test_readmes_and_hidden_files_are_no_seeds(workspace: Path, name: str):
    (workspace / "seeds" / name).parent.mkdir(exist_ok=True)
    (workspace / "seeds" / name).write_text("Rain")

    assert read(workspace) == {}


@pytest.mark.parametrize("name", ["rain.odt", "rain.doc", "rain", "rain.txt~"])
def test_another_kind_of_document_is_told_with_the_kinds_that_are_read(workspace: Path, name: str):
    (workspace / "seeds" / name).write_text("Rain")

    assert reason(workspace, f"seeds/{name}") == (
        "is no kind of document that is read here"
        " (.docx, .eml, .htm, .html, .markdown, .md, .pdf, .txt)"
    )


def test_every_kind_of_document_that_is_read_has_its_reader(workspace: Path):
    names = ("a.docx", "b.eml", "c.htm", "d.HTML", "e.Pdf")
    for name in names:
        (workspace / "seeds" / name).write_text("Rain")

    found = read(workspace)

    assert list(found) == [f"seeds/{name}" for name in names]
    assert all(isinstance(outcome, Document) for outcome in found.values())


def test_a_file_that_is_too_large_is_told(workspace: Path):
    with (workspace / "seeds" / "rain.txt").open("wb") as file:
        file.truncate(MAX_BYTES + 1)

    assert reason(workspace, "seeds/rain.txt") == "is larger than 15 MB"


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("../secret.txt", "leads out of the folder"),
        ("..", "leads out of the folder"),
        ("/etc/hostname", "leads out of the folder"),
        ("/", "leads out of the folder"),
        ("./../../", "leads out of the folder"),
        (".", "leads to no file"),
        ("nowhere.txt", "leads to no file"),
        ("link.txt", "leads back to itself"),
    ],
    ids="file_outside folder_outside absolute root far_outside own_folder nowhere itself".split(),
)
def test_a_link_that_leads_astray_is_told(workspace: Path, target: str, said: str):
    (workspace / "secret.txt").write_text("secret")
    (workspace / "seeds" / "link.txt").symlink_to(target)

    assert said in reason(workspace, "seeds/link.txt")


def test_links_in_a_circle_are_told(workspace: Path):
    (workspace / "seeds" / "a.txt").symlink_to("b.txt")
    (workspace / "seeds" / "b.txt").symlink_to("a.txt")

    assert "leads back to itself" in reason(workspace, "seeds/a.txt")
    assert "leads back to itself" in reason(workspace, "seeds/b.txt")


def test_a_hard_link_is_a_file_like_any_other(workspace: Path):
    (workspace / "rain.txt").write_text("Rain")
    (workspace / "seeds" / "rain.txt").hardlink_to(workspace / "rain.txt")

    assert isinstance(read(workspace)["seeds/rain.txt"], Document)


def test_a_link_within_the_folder_is_read(workspace: Path):
    (workspace / "seeds" / "rain.txt").write_text("Rain")
    (workspace / "seeds" / "link.txt").symlink_to("rain.txt")

    assert read(workspace)["seeds/link.txt"] == Document(url="seeds/link.txt", content=b"Rain")


@pytest.mark.parametrize("path", ["seeds", "seeds/", "./seeds"])
def test_a_folder_has_one_name_however_it_is_written(workspace: Path, path: str):
    (workspace / "seeds" / "rain.txt").write_text("Rain")

    assert list(read(workspace, path)) == ["seeds/rain.txt"]


@pytest.mark.parametrize("path", ["missing/", "file.txt"])
def test_a_folder_that_is_not_there_is_told(workspace: Path, path: str):
    (workspace / "file.txt").write_text("Rain")

    [(origin, outcome)] = read(workspace, path).items()

    assert origin == path.rstrip("/")
    assert str(outcome) == "there is no such folder; make it, or change seeds:"


def test_a_folder_that_may_not_be_read_is_told_and_the_others_are_read(workspace: Path):
    (workspace / "seeds" / "closed").mkdir(mode=0o000)
    (workspace / "seeds" / "rain.txt").write_text("Rain")
    if os.access(workspace / "seeds" / "closed", os.R_OK):
        pytest.skip("this user may read everything")

    found = read(workspace)

    assert str(found["seeds/closed"]) == "cannot be read: Permission denied"
    assert isinstance(found["seeds/rain.txt"], Document)


def test_a_name_that_is_no_text_is_told(workspace: Path):
    try:
        Path(os.fsdecode(os.fsencode(workspace / "seeds") + b"/caf\xe9.txt")).write_text("Rain")
    except OSError:
        pytest.skip("this file system takes only UTF-8")

    assert reason(workspace, "seeds/caf?.txt") == "has a name that is not UTF-8; rename it"
