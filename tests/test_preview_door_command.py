"""`newsletter preview` at its door: one address for all, a password that changes."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from desks import CONFIG
from doors import HASH

from newsletter.preview.login_hash import hashed


@contextmanager
def previewed(workspace: Path, *more: str, **environment: str) -> Iterator[str]:
    """Run a preview and yield the address that it prints."""
    command = [sys.executable, "-m", "newsletter", "preview", "--json", "--port", "0", *more]
    with subprocess.Popen(
        command,
        cwd=workspace,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PATH": "/usr/bin:/bin", "HOME": str(workspace), **environment},
    ) as process:
        try:
            assert process.stdout
            told = ""
            while not told.endswith("}\n"):
                line = process.stdout.readline()
                assert line, told
                told += line
            yield json.loads(told)["url"]
        finally:
            process.kill()


def test_the_browser_opens_the_address_that_is_printed(workspace: Path):
    browser = workspace / "browser"
    browser.write_text('#!/bin/sh\nprintf %s "$1" > opened.new && mv opened.new opened\n')
    browser.chmod(0o755)

    with previewed(workspace, BROWSER=f"{browser} %s") as printed:
        opened = _soon(workspace / "opened")

    assert opened == printed


def test_a_password_that_is_changed_in_feeds_yaml_ends_who_came_in_before(workspace: Path):
    _save(workspace, HASH)

    with previewed(workspace, "--no-browser") as printed:
        cookie = _asked(printed)[1]
        before = _asked(printed, cookie)[0]
        _save(workspace, hashed("another horse that is correct"))
        after = _asked(printed, cookie)[0]

    assert cookie.startswith("newsletter-")
    assert (before, after) == (200, 401)


def _save(workspace: Path, password: str) -> None:
    (workspace / "feeds.yaml").write_text(f'preview: {{password: "{password}"}}\n{CONFIG}')


def _asked(url: str, cookie: str = "") -> tuple[int, str]:
    """Open *url*, or its first page with *cookie*; return status and the cookie that is set."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=60)
    try:
        path = "/keys" if cookie else f"{parts.path}?{parts.query}"
        connection.request("GET", path, headers={"Cookie": cookie})
        answer = connection.getresponse()
        return answer.status, (answer.headers["Set-Cookie"] or "").partition(";")[0]
    finally:
        connection.close()


def _soon(path: Path) -> str:
    deadline = time.monotonic() + 60
    while not path.exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return path.read_text()
