"""The command line, as an editor uses it: whole commands, wrong input, exit codes."""

import json
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from desks import CONFIG, NOW, built, files
from fakes import rss

from newsletter.cli.app import run


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

    assert "Night trains return: the issue was full (issue.stories is 1)" in capsys.readouterr().out


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
    built_week: Path, capsys: pytest.CaptureFixture[str]
):
    before = files(built_week / "dist")
    (built_week / "templates").mkdir()
    (built_week / "templates/issue.md.j2").write_text("# {{ issue.title }}\n{% if %}\n")

    assert built() == 1

    assert "issue.md.j2:2" in capsys.readouterr().err
    assert files(built_week / "dist") == before


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
        _, said = process.communicate(timeout=60)
        connection.close()

    assert process.returncode == 130
    assert "interrupted" in said
    assert not list((workspace / "dist").iterdir())


def test_ctrl_c_when_all_is_done_prints_nothing():
    code = (
        "import atexit, os, signal, sys; from newsletter.cli import main;"
        "atexit.register(os.kill, os.getpid(), signal.SIGINT);"
        "sys.argv = ['newsletter', '--version']; main()"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (-signal.SIGINT, "")
    assert done.stdout.startswith("newsletter")


def test_a_mistyped_command_is_told_the_near_one(capsys: pytest.CaptureFixture[str]):
    assert run(["feedz"]) == 2

    assert "did you mean 'feeds'?" in capsys.readouterr().err
