"""The command line, as an editor uses it: whole commands on a workspace of her own."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import rss
from servers import serving_folder

from newsletter.cli.app import run

NOW = "2026-11-20T12:00:00Z"
FORMATS = {"index.html", "email.html", "issue.md", "issue.txt", "issue.eml", "issue.json"}

CONFIG = """\
title: The Tide
url: https://tide.example
sender: {name: The Tide, address: tide@tide.example, postal_address: 1 Quay Street}
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


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "feeds.yaml").write_text(CONFIG)
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text(FLOOD_A)
    (tmp_path / "seeds" / "b.md").write_text(FLOOD_B)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def feed_server(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder of feeds and the URL below which it is served."""
    folder = tmp_path / "served"
    folder.mkdir()
    with serving_folder(folder) as address:
        yield folder, f"http://{address}"


def built(*more: str) -> int:
    return run(["build-issue", "--offline", "--now", NOW, *more])


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_an_issue_lies_there_in_six_formats_with_its_archive(workspace: Path):
    assert built() == 0

    dist = workspace / "dist"
    assert {path.name for path in (dist / "2026-W47").iterdir()} == FORMATS
    assert {path.name for path in dist.iterdir()} == {"2026-W47", "index.html", "latest.html"}
    assert "2026-W47/index.html" in (dist / "latest.html").read_text()


def test_two_documents_on_one_event_are_one_story_with_two_sources(workspace: Path):
    built()

    issue = json.loads((workspace / "dist/2026-W47/issue.json").read_text())

    (story,) = issue["sections"][0]["stories"]
    assert {article["source"] for article in story["articles"]} == {
        "Flood reaches the old mill at Lowmere",
        "Harbour Post",
    }
    assert 2 <= len(story["summary"]) <= 4


def test_every_format_names_every_source(workspace: Path):
    built()

    for name in FORMATS - {"issue.eml"}:
        text = (workspace / "dist/2026-W47" / name).read_text()
        assert "Harbour Post" in text, name
        assert "https://harbour.example/flood" in text, name


def test_building_twice_gives_the_same_bytes(workspace: Path):
    built()
    first = files(workspace / "dist")

    built()

    assert files(workspace / "dist") == first


def test_json_tells_what_was_done(workspace: Path, capsys: pytest.CaptureFixture[str]):
    built("--json")

    told = json.loads(capsys.readouterr().out)
    assert told["issue"] == "2026-W47"
    assert Path(told["output"]) == workspace / "dist/2026-W47"
    assert {Path(name).name for name in told["files"]} == FORMATS
    assert told["feeds"] == []
    assert told["counts"]["stories"] == 1
    assert set(told["timings"]) >= {"gather", "stories", "summaries", "render"}


def test_another_folder_stands_for_dist(workspace: Path):
    built("--output", "elsewhere")

    assert (workspace / "elsewhere/2026-W47/issue.json").exists()
    assert not (workspace / "dist").exists()


def test_the_workspace_is_where_the_configuration_lies(
    workspace: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))

    assert built("--config", str(workspace / "feeds.yaml")) == 0
    assert (workspace / "dist/2026-W47/index.html").exists()


def test_the_issue_can_be_read_and_questioned_in_the_terminal(
    workspace: Path, capsys: pytest.CaptureFixture[str]
):
    built()
    capsys.readouterr()

    assert run(["show"]) == 0
    shown = capsys.readouterr().out
    assert run(["why", "1", "--week", "W47", "--now", NOW]) == 0
    why = capsys.readouterr().out

    assert "Harbour Post, 19 Nov" in shown
    assert "tells the same as" in why
    assert "lowmere" in why.lower()


def test_a_published_issue_stays_and_its_articles_do_not_return(
    workspace: Path, capsys: pytest.CaptureFixture[str]
):
    built()
    assert run(["publish", "--now", NOW]) == 0

    assert built() == 1
    assert "published" in capsys.readouterr().err
    assert built("--week", "2026-W48") == 1
    assert "not one article" in capsys.readouterr().err
    issue = json.loads((workspace / "dist/2026-W47/issue.json").read_text())
    assert issue["status"] == "published"


def test_what_comes_after_publication_is_the_next_issue(workspace: Path):
    built()
    run(["publish", "--now", NOW])
    (workspace / "seeds/c.txt").write_text(
        "Night trains return to the Lowland line\n\nTwo sleepers a week link Lowmere and the"
        " coast from May. Tickets start at 49 crowns. Bicycles travel, cars do not.\n"
    )

    assert run(["build-issue", "--offline", "--now", "2026-11-24T12:00:00Z"]) == 0

    issue = json.loads((workspace / "dist/2026-W48/issue.json").read_text())
    headlines = [story["headline"] for part in issue["sections"] for story in part["stories"]]
    assert headlines == ["Night trains return to the Lowland line"]
    archive = (workspace / "dist/index.html").read_text()
    assert "2026-W47/" in archive
    assert "2026-W48/" in archive


def test_an_issue_built_before_another_was_published_may_repeat_it_and_is_built_again(
    workspace: Path, capsys: pytest.CaptureFixture[str]
):
    built()
    run(["build-issue", "--offline", "--now", "2026-11-25T12:00:00Z"])

    assert run(["publish", "W47", "--now", NOW]) == 0
    assert run(["publish", "W48", "--now", NOW]) == 1

    assert "build it again: newsletter build-issue --week 2026-W48" in capsys.readouterr().err


def test_an_earlier_week_is_rebuilt_from_what_it_held(workspace: Path):
    built()
    before = json.loads((workspace / "dist/2026-W47/issue.json").read_text())
    later = "2026-11-25T09:00:00Z"

    assert run(["build-issue", "--offline", "--week", "W47", "--now", later]) == 0

    after = json.loads((workspace / "dist/2026-W47/issue.json").read_text())
    assert after["sections"] == before["sections"]
    assert (after["until"], after["generated_at"]) == (before["until"], later)


@pytest.mark.parametrize("week", ["2026-W30", "2027-W30"])
def test_a_week_nobody_has_data_for_says_so(
    workspace: Path, week: str, capsys: pytest.CaptureFixture[str]
):
    assert built("--week", week) == 1

    assert "nobody has data" in capsys.readouterr().err


def test_without_any_article_nothing_is_written(
    workspace: Path, capsys: pytest.CaptureFixture[str]
):
    for seed in (workspace / "seeds").iterdir():
        seed.unlink()

    assert built() == 1

    assert "not one article" in capsys.readouterr().err
    assert not list((workspace / "dist").iterdir())


def test_a_failed_build_says_in_json_what_became_of_its_sources(
    workspace: Path, capsys: pytest.CaptureFixture[str]
):
    for seed in (workspace / "seeds").iterdir():
        seed.write_bytes(b"")

    assert built("--json") == 1

    told = json.loads(capsys.readouterr().out)
    assert "not one article" in told["error"]
    assert [row["status"] for row in told["seeds"]] == ["failed", "failed"]


def test_stories_that_were_passed_over_are_named_with_the_reason(
    workspace: Path, capsys: pytest.CaptureFixture[str]
):
    (workspace / "seeds/c.txt").write_text(
        "Night trains return\n\nTwo sleepers run. They are full."
    )
    (workspace / "feeds.yaml").write_text(CONFIG.replace("{max_age: 400d}", "{stories: 1}"))
    built()
    capsys.readouterr()

    run(["show", "-v"])

    assert "Night trains return: the issue is full (issue.stories is 1)" in capsys.readouterr().out


def test_feeds_are_asked_and_the_one_that_fails_is_named(
    workspace: Path, feed_server: tuple[Path, str], capsys: pytest.CaptureFixture[str]
):
    folder, url = feed_server
    (folder / "port.xml").write_bytes(
        rss(("Port opens", "https://p.example/1", "Cranes move all night now.")).content
    )
    address = url.removeprefix("http://")
    (workspace / "feeds.yaml").write_text(
        CONFIG
        + f'    feeds: ["{url}/port.xml", "{url}/none.xml"]\n'
        + f'fetch: {{allow_private: ["{address}"]}}\n'
    )

    assert run(["build-issue", "--now", NOW, "--json"]) == 0
    first = capsys.readouterr()
    assert run(["build-issue", "--now", NOW, "--json"]) == 0
    second = json.loads(capsys.readouterr().out)

    told = json.loads(first.out)
    assert [(row["url"], row["status"], row["new"]) for row in told["feeds"]] == [
        (f"{url}/port.xml", "ok", 1),
        (f"{url}/none.xml", "failed", 0),
    ]
    assert f"failed: {url}/none.xml: answers 404" in first.err
    assert [row["status"] for row in second["feeds"]] == ["unchanged", "failed"]


def test_a_private_address_is_not_asked_unless_it_is_allowed(
    workspace: Path, feed_server: tuple[Path, str], capsys: pytest.CaptureFixture[str]
):
    _, url = feed_server
    (workspace / "feeds.yaml").write_text(CONFIG + f'    feeds: ["{url}/port.xml"]\n')

    assert run(["build-issue", "--now", NOW]) == 0

    assert "add 127.0.0.1:" in capsys.readouterr().err


def test_a_template_fault_names_file_and_line_and_leaves_the_old_issue(
    workspace: Path, capsys: pytest.CaptureFixture[str]
):
    built()
    before = files(workspace / "dist")
    (workspace / "templates").mkdir()
    (workspace / "templates/issue.md.j2").write_text("# {{ issue.title }}\n{% if %}\n")

    assert built() == 1

    assert "issue.md.j2:2" in capsys.readouterr().err
    assert files(workspace / "dist") == before


def test_a_folder_that_cannot_be_written_says_so(
    workspace: Path, capsys: pytest.CaptureFixture[str]
):
    (workspace / "dist").write_text("a file where the folder should be")

    assert built() == 1

    assert "--output" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x00\x01\x02\x03", "is binary"),
        (b"", "is empty"),
        (b"\xff\xfea", "is damaged"),
    ],
    ids=["binary", "empty", "half UTF-16"],
)
def test_an_unreadable_seed_is_named_and_costs_itself_alone(
    workspace: Path, content: bytes, said: str, capsys: pytest.CaptureFixture[str]
):
    (workspace / "seeds/x.txt").write_bytes(content)

    assert built() == 0

    assert f"failed: seeds/x.txt: {said}" in capsys.readouterr().err


def test_a_seed_in_latin_1_is_read(workspace: Path):
    text = "Überschwemmung erreicht die Mühle\n\nDas Wasser stieg über Nacht. Die Mühle schließt."
    (workspace / "seeds/x.txt").write_bytes(text.encode("latin-1"))

    built()

    assert "Überschwemmung" in (workspace / "dist/2026-W47/issue.txt").read_text()


def test_a_faulty_configuration_exits_with_2(workspace: Path, capsys: pytest.CaptureFixture[str]):
    (workspace / "feeds.yaml").write_text("titel: x\n")

    assert run(["build-issue"]) == 2
    assert run(["config", "check"]) == 2

    assert "feeds.yaml:1: titel: is not a known key; did you mean 'title'?" in (
        capsys.readouterr().err
    )


def test_a_good_configuration_is_called_good(workspace: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["config", "check", "--json"]) == 0

    assert json.loads(capsys.readouterr().out)["ok"] is True


@pytest.mark.parametrize(
    "arguments",
    [["frobnicate"], ["build-issue", "--week", "soon"], ["build-issue", "--now", "today"]],
    ids=["command", "week", "time"],
)
def test_wrong_usage_exits_with_2(workspace: Path, arguments: list[str]):
    assert run(arguments) == 2


def test_help_loads_nothing_heavy():
    code = (
        "import sys; from newsletter.cli.app import run; run(['--help']);"
        "print(sorted({'numpy', 'scipy', 'sqlalchemy', 'pydantic', 'aiohttp', 'rich', 'jinja2'}"
        " & set(sys.modules)))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.endswith("[]\n")


def test_ctrl_c_ends_with_130_and_leaves_nothing_half_written(workspace: Path):
    # A feed that accepts the connection and never answers keeps the gather waiting.
    import socket

    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        (workspace / "feeds.yaml").write_text(
            CONFIG
            + f'    feeds: ["http://127.0.0.1:{port}/feed"]\n'
            + f'fetch: {{allow_private: ["127.0.0.1:{port}"]}}\n'
        )
        process = subprocess.Popen(
            [sys.executable, "-m", "newsletter", "build-issue", "--now", NOW],
            cwd=workspace,
            stderr=subprocess.PIPE,
            text=True,
        )
        connection, _ = silent.accept()  # now it waits for the answer
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)
        connection.close()

    assert process.returncode == 130
    assert "interrupted" in said
    assert not list((workspace / "dist").iterdir())
