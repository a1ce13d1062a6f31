"""`newsletter preview` from the command line: serves until told to stop, mails on request."""

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from desks import CONFIG, NOW, built, files
from mail_server import post_office

from newsletter.cli.app import run


@contextmanager
def serving(workspace: Path, *more: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Yield a preview that listens, and the URL that it says."""
    command = [sys.executable, "-m", "newsletter", "preview", "--no-browser", "--now", NOW, *more]
    process = subprocess.Popen(
        command, cwd=workspace, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    with process:
        try:
            assert process.stdout
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


def answer(url: str) -> tuple[int, str]:
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=60)
    try:
        connection.request("GET", parts.path or "/")
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


def test_an_issue_is_shown_and_nothing_is_changed_until_ctrl_c(built_week: Path):
    before = files(built_week)

    with serving(built_week, "W47", "--port", "0") as (process, url):
        status, page = answer(url)
        process.send_signal(signal.SIGINT)
        code = process.wait(timeout=60)

    assert urlsplit(url).path == "/issues/2026-W47"
    assert status == 200
    assert "2026-W47" in page
    assert code == 0
    assert files(built_week) == before


def test_a_port_in_use_is_named_with_the_way_out(
    workspace: Path, capsys: pytest.CaptureFixture[str]
):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        code = run(["preview", "--no-browser", "--port", str(port)])

    assert code == 1
    said = capsys.readouterr().err
    assert f"port {port} is taken" in said
    assert "--port" in said


def test_a_test_mail_is_the_issue_to_the_byte(workspace: Path, capsys: pytest.CaptureFixture[str]):
    with post_office() as office:
        smtp = f"smtp: {{host: 127.0.0.1, port: {office.port}, security: none}}\n"
        (workspace / "feeds.yaml").write_text(CONFIG + smtp)
        built("--quiet")
        capsys.readouterr()

        code = run(["preview", "--test-send", "me@example.org", "--json", "--now", NOW])

    assert code == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["issue"], told["recipient"]) == ("2026-W47", "me@example.org")
    (letter,) = office.letters
    assert letter.recipients == ("me@example.org",)
    written = (workspace / "dist/2026-W47/issue.eml").read_bytes()
    assert letter.content.partition(b"\r\n\r\n")[2] == written.partition(b"\r\n\r\n")[2]


def test_a_test_mail_needs_a_server(built_week: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["preview", "--test-send", "me@example.org", "--now", NOW]) == 2

    assert "smtp" in capsys.readouterr().err


def test_an_issue_that_is_not_there_is_named(workspace: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["preview", "W40", "--no-browser", "--now", NOW]) == 1

    assert "2026-W40 has not been built" in capsys.readouterr().err
