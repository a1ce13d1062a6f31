"""`newsletter feeds`, as an editor uses it."""

from pathlib import Path

import pytest
from fakes import rss
from feed_desks import Asked, feeds_of

from newsletter import wiring
from newsletter.cli.app import run
from newsletter.config import load
from newsletter.model import Feed, Visit


def test_a_feed_is_asked_and_added_under_its_own_title(desk: tuple[Path, Path, str], told: Asked):
    workspace, folder, url = desk
    (folder / "new.xml").write_bytes(
        rss(("a", "https://n.example/1", "x"), ("b", "https://n.example/2", "y")).content
    )

    answer = told("feeds", "add", f"{url}/new.xml")

    assert (answer["added"], answer["name"], answer["entries"]) == (True, "F", 2)
    assert feeds_of(workspace)[-1] == Feed(url=f"{url}/new.xml", section="From our shelf", name="F")
    assert "# ours" in (workspace / "feeds.yaml").read_text()


def test_a_web_page_stands_for_the_feed_that_it_names_first(
    desk: tuple[Path, Path, str], told: Asked
):
    workspace, folder, url = desk
    (folder / "new.xml").write_bytes(rss(("a", "https://n.example/1", "x")).content)
    (folder / "page.html").write_text(
        "<!doctype html><html><head>"
        '<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments.xml">'
        '<link rel="alternate" type="application/rss+xml" title="News" href="/new.xml">'
        "</head><body><p>Welcome</p></body></html>"
    )

    answer = told("feeds", "add", f"{url}/page.html", "--section", "Harbour", "--weight", "0.5")

    assert (answer["url"], answer["new_section"]) == (f"{url}/new.xml", True)
    assert [other["url"] for other in answer["others"]] == [f"{url}/comments.xml"]  # type: ignore[attr-defined, index]
    assert feeds_of(workspace)[-1].weight == 0.5


def test_a_feed_that_does_not_answer_is_added_only_unasked(
    desk: tuple[Path, Path, str], capsys: pytest.CaptureFixture[str]
):
    workspace, _, url = desk

    assert run(["feeds", "add", f"{url}/gone.xml"]) == 1
    assert len(feeds_of(workspace)) == 2
    assert run(["feeds", "add", f"{url}/gone.xml", "--no-check", "--name", "Gone"]) == 0

    assert "--no-check" in capsys.readouterr().err
    assert feeds_of(workspace)[-1].name == "Gone"


def test_adding_a_feed_again_changes_nothing(desk: tuple[Path, Path, str], told: Asked):
    workspace, _, url = desk
    before = (workspace / "feeds.yaml").read_bytes()

    assert told("feeds", "add", f"{url}/port.xml/")["added"] is False

    assert (workspace / "feeds.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (["ftp://a.example/"], "only https:// and http:// are read"),
        (["a.example/feed"], "write https://a.example/feed"),
        (["https://a.example/", "--weight", "-1"], "a number above 0"),
        (["https://a.example/", "--weight", "nan"], "a number above 0"),
        (["https://a.example/", "--section", " "], "the name is empty"),
    ],
)
def test_what_no_feed_can_be_is_wrong_usage(
    desk: tuple[Path, Path, str], capsys: pytest.CaptureFixture[str], wrong: list[str], said: str
):
    assert run(["feeds", "add", *wrong]) == 2

    assert said in capsys.readouterr().err


def test_a_new_section_that_is_named_almost_like_another_is_pointed_out(
    desk: tuple[Path, Path, str], capsys: pytest.CaptureFixture[str], told: Asked
):
    assert (
        run(["feeds", "add", "https://a.example/", "--no-check", "--section", "Form our slef"]) == 0
    )
    said = capsys.readouterr().err
    answer = told("feeds", "add", "https://b.example/", "--no-check", "--section", "Harbour")

    assert "if From our shelf was meant" in said
    assert (answer["new_section"], answer["near_section"]) == (True, None)


def test_of_a_page_whose_first_feed_is_known_the_others_are_named(
    desk: tuple[Path, Path, str], told: Asked
):
    _, folder, url = desk
    (folder / "page.html").write_text(
        "<!doctype html><html><head>"
        '<link rel="alternate" type="application/rss+xml" title="Port" href="/port.xml">'
        '<link rel="alternate" type="application/rss+xml" title="Sea" href="/sea.xml">'
        "</head></html>"
    )

    answer = told("feeds", "add", f"{url}/page.html")

    assert answer["added"] is False
    assert answer["others"] == [{"url": f"{url}/sea.xml", "title": "Sea"}]


def test_a_write_protected_configuration_is_left_alone(
    desk: tuple[Path, Path, str], capsys: pytest.CaptureFixture[str]
):
    workspace, _, _ = desk
    (workspace / "feeds.yaml").chmod(0o444)

    assert run(["feeds", "disable", "The Port"]) == 1

    assert "is write-protected" in capsys.readouterr().err
    assert feeds_of(workspace)[0].enabled


def test_a_feed_is_disabled_and_enabled_by_a_part_of_its_name(
    desk: tuple[Path, Path, str], told: Asked
):
    workspace, _, _ = desk
    before = (workspace / "feeds.yaml").read_bytes()

    told("feeds", "disable", "port")
    disabled = [feed.enabled for feed in feeds_of(workspace)]
    again = told("feeds", "disable", "The Port")
    told("feeds", "enable", "the port")

    assert disabled == [False, True]
    assert [row["changed"] for row in again["feeds"]] == [False]  # type: ignore[attr-defined]
    assert (workspace / "feeds.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("name", "said"),
    [("Teh Prt", "did you mean 'The Port'?"), ("http", "may be any of"), ("zzzz", "feeds list")],
)
def test_a_name_that_means_no_feed_or_several_says_so(
    desk: tuple[Path, Path, str], capsys: pytest.CaptureFixture[str], name: str, said: str
):
    assert run(["feeds", "remove", name]) == 1

    assert said in capsys.readouterr().err


def test_a_feed_is_removed_but_not_in_a_dry_run(desk: tuple[Path, Path, str]):
    workspace, _, url = desk

    assert run(["feeds", "remove", f"{url}/none.xml", "--dry-run"]) == 0
    assert len(feeds_of(workspace)) == 2
    assert run(["feeds", "remove", f"{url}/none.xml"]) == 0

    assert [feed.name for feed in feeds_of(workspace)] == ["The Port"]


def test_a_feed_that_moved_for_good_is_written_at_its_new_url(
    desk: tuple[Path, Path, str], capsys: pytest.CaptureFixture[str]
):
    workspace, _, url = desk
    assert run(["feeds", "move", "The Port"]) == 1
    with wiring.store(load(workspace / "feeds.yaml")) as store:
        store.save_visits([Visit(url=f"{url}/port.xml", moved_to="https://port.example/new")])

    assert run(["feeds", "move", "The Port"]) == 0

    assert feeds_of(workspace)[0].url == "https://port.example/new"
    assert "has not moved" in capsys.readouterr().err


def test_a_feed_is_not_moved_onto_another(
    desk: tuple[Path, Path, str], capsys: pytest.CaptureFixture[str]
):
    workspace, _, url = desk

    assert run(["feeds", "move", "none.xml", f"{url}/port.xml"]) == 1

    assert f"newsletter feeds remove {url}/none.xml" in capsys.readouterr().err
    assert len(feeds_of(workspace)) == 2


OPML = """\
<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Mine</title></head><body>
<outline text="Sea"><outline text="The Gull" xmlUrl="https://gull.example/feed"/>
<outline text="Bad" xmlUrl="mailto:a@b.example"/></outline>
<outline text="Loose" xmlUrl="https://loose.example/feed"/>
</body></opml>
"""


def test_a_list_of_another_program_is_imported_once(desk: tuple[Path, Path, str], told: Asked):
    workspace, _, _ = desk
    (workspace / "mine.opml").write_text(OPML)

    dry = told("feeds", "import", "mine.opml", "--dry-run")
    count = len(feeds_of(workspace))
    first = told("feeds", "import", "mine.opml")
    second = told("feeds", "import", "mine.opml")

    assert (len(dry["added"]), count) == (2, 2)  # type: ignore[arg-type]
    assert [(row["name"], row["section"]) for row in first["added"]] == [  # type: ignore[attr-defined]
        ("The Gull", "Sea"),
        ("Loose", "From our shelf"),
    ]
    assert (second["added"], second["known"]) == ([], 2)
    assert len(first["refused"]) == 1  # type: ignore[arg-type]


def test_what_is_exported_can_be_imported(
    desk: tuple[Path, Path, str], capsys: pytest.CaptureFixture[str], tmp_path: Path
):
    workspace, _, _ = desk
    assert run(["feeds", "export", "out.opml"]) == 0
    assert run(["feeds", "export"]) == 0
    said = capsys.readouterr().out
    assert (workspace / "out.opml").read_text() in said

    assert run(["init", "fresh", "--opml", "out.opml"]) == 0

    fresh = load(workspace / "fresh/feeds.yaml").feeds
    assert {feed.url for feed in fresh} == {feed.url for feed in feeds_of(workspace)}


def test_a_file_that_is_no_opml_is_refused_in_one_line(
    desk: tuple[Path, Path, str], capsys: pytest.CaptureFixture[str]
):
    assert run(["feeds", "import", "feeds.yaml"]) == 1

    said = capsys.readouterr().err
    assert "feeds.yaml: is no OPML" in said
    assert said.count("\n") == 1
