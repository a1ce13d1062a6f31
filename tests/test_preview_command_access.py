"""`newsletter preview` on who may come in: passwords, other hosts, addresses, the editor's name."""

import io
import json
import os
import pty
import re
import select
import subprocess
import sys
import time
from codecs import getincrementaldecoder
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from desks import CONFIG
from doors import HASH, PASSWORD

from newsletter.cli.app import run
from newsletter.cli.editor_name import editor_name
from newsletter.config import load
from newsletter.preview.login_hash import read_hash

PREVIEW = [sys.executable, "-m", "newsletter", "preview", "--no-browser", "--port", "0"]


def configured(workspace: Path, line: str) -> None:
    (workspace / "feeds.yaml").write_text(f"{line}\n{CONFIG}")


def got(url: str) -> tuple[int, str, str]:
    """Ask for *url* and return status, where it leads, and the cookie."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=60)
    try:
        connection.request("GET", f"{parts.path}?{parts.query}", headers={"Accept": "text/html"})
        answer = connection.getresponse()
        return answer.status, answer.headers["Location"] or "", answer.headers["Set-Cookie"] or ""
    finally:
        connection.close()


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "desk.example", ""])
def test_another_host_needs_a_password(
    workspace: Path, capsys: pytest.CaptureFixture[str], host: str
):
    code = run(["preview", "--no-browser", "--port", "0", "--host", host])

    assert code == 2
    said = capsys.readouterr().err
    assert f"--host {host}: others could come in" in said
    assert "newsletter preview --set-password" in said


def test_other_names_need_a_password(workspace: Path, capsys: pytest.CaptureFixture[str]):
    configured(workspace, "preview: {hosts: [desk.example]}")

    assert run(["preview", "--no-browser", "--port", "0"]) == 2

    assert "preview.hosts" in capsys.readouterr().err


def test_a_password_from_a_pipe_is_printed_as_the_line_for_feeds_yaml(
    workspace: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))

    code = run(["preview", "--set-password"])

    said = capsys.readouterr()
    configured(workspace, said.out)
    assert code == 0
    assert re.fullmatch(r'preview: {password: "scrypt:16384:8:1:[^"]+"}\n', said.out)
    assert PASSWORD not in said.out + said.err
    assert read_hash(load(Path("feeds.yaml")).settings.preview.password or "").fits(PASSWORD)


def test_the_hash_is_also_given_as_json(
    workspace: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("sys.stdin", io.StringIO(PASSWORD))

    run(["preview", "--set-password", "--json"])

    assert read_hash(json.loads(capsys.readouterr().out)["preview"]["password"]).fits(PASSWORD)


@pytest.mark.parametrize("typed", ["", "too short\n"])
def test_a_password_that_is_too_short_is_none(
    workspace: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    typed: str,
):
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))

    assert run(["preview", "--set-password"]) == 2

    said = capsys.readouterr()
    assert "10 characters or more" in said.err
    assert said.out == ""


def test_a_terminal_is_asked_twice_and_shows_no_password(workspace: Path):
    with typing([*PREVIEW, "--set-password"], workspace) as (_, terminal):
        first = terminal.until("):")
        terminal.type(PASSWORD)
        second = terminal.until("more:")
        terminal.type(PASSWORD)
        told = terminal.until("kept nowhere")

    assert "10 characters or more" in first
    assert 'preview: {password: "scrypt:' in told
    assert PASSWORD not in first + second + told


def test_on_another_host_every_page_asks_and_tls_is_explained(workspace: Path):
    configured(workspace, f'preview: {{password: "{HASH}"}}')

    with typing([*PREVIEW, "--host", "0.0.0.0"], workspace) as (_, terminal):
        told = terminal.until("lets in once")
        url = terminal.url(told)
        port = urlsplit(url).port
        without, leads, _ = got(f"http://127.0.0.1:{port}/feeds")
        inside = got(url)[0]

    assert (without, leads) == (303, "/login?to=%2Ffeeds")
    assert inside == 303
    assert f"Caddy:  news.example.org {{ reverse_proxy 127.0.0.1:{port} }}" in told
    assert "nginx:" in told


def test_enter_prints_a_fresh_address_and_the_old_one_stays_used(workspace: Path):
    with typing(PREVIEW, workspace) as (_, terminal):
        first = terminal.url(terminal.until("lets in once"))
        answers = [got(first), got(first)]
        terminal.type("")
        second = terminal.url(terminal.until("\n", after="token="))
        answers.append(got(second))

    assert [status for status, _, _ in answers] == [303, 403, 303]
    assert first != second
    assert answers[0][2].startswith(f"newsletter-{urlsplit(first).port}=")


def test_the_editor_is_named_in_feeds_yaml_or_known_to_git_or_to_the_system(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(workspace / "gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("LOGNAME", "ida")

    of_system = editor_name(load(Path("feeds.yaml")))
    (workspace / "gitconfig").write_text("[user]\n  name = Ida  \\t Holt\\b\n")
    of_git = editor_name(load(Path("feeds.yaml")))
    configured(workspace, "editor: I. Holt")
    of_config = editor_name(load(Path("feeds.yaml")))

    assert (of_system, of_git, of_config) == ("ida", "Ida Holt", "I. Holt")


def test_a_git_that_does_not_answer_is_not_waited_for(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
):
    slow = workspace / "git"
    slow.write_text("#!/bin/sh\nexec sleep 600\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{workspace}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("LOGNAME", "ida")

    assert editor_name(load(Path("feeds.yaml"))) == "ida"


class Terminal:
    """The other end of a terminal: what stands on the screen, and a keyboard."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._rest = ""
        # A sign of several bytes may come in two pieces.
        self._decoder = getincrementaldecoder("utf-8")()

    def type(self, line: str) -> None:
        os.write(self._descriptor, f"{line}\n".encode())

    def until(self, end: str, *, after: str = "") -> str:
        """Return what is shown up to *end* (behind *after*), which must come within a minute."""
        deadline = time.monotonic() + 60
        while end not in self._rest.partition(after or end)[2 if after else 1]:
            left = deadline - time.monotonic()
            assert left > 0, self._rest
            if select.select([self._descriptor], [], [], left)[0]:
                self._rest += self._decoder.decode(os.read(self._descriptor, 4096))
        told, self._rest = self._rest, ""
        return told

    def url(self, told: str) -> str:
        found = re.search(r"http://\S+token=\S+", told)
        assert found, told
        return found[0]


@contextmanager
def typing(
    command: list[str], workspace: Path
) -> Iterator[tuple[subprocess.Popen[bytes], Terminal]]:
    """Run *command* on a terminal of its own."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        command, cwd=workspace, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    )
    os.close(theirs)
    try:
        yield process, Terminal(ours)
    finally:
        process.kill()
        process.wait(60)
        os.close(ours)
