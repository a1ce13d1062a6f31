"""`newsletter notify`, and how feeds.yaml becomes channels that can be used."""

import json
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from desks import CONFIG
from mail_server import closed_port, post_office
from noting import NOW, event, takes
from servers import answer, serving

from newsletter.cli.app import run
from newsletter.cli.assembly_notify import PREVIEW, channels_for, telling_desk
from newsletter.cli.preview import command as preview
from newsletter.config import load
from newsletter.pipeline.notifying import dispatch
from newsletter.store import open_store


def configure(workspace: Path, notify: str, smtp_port: int = 25) -> Path:
    path = workspace / "feeds.yaml"
    smtp = f"smtp: {{host: 127.0.0.1, port: {smtp_port}, security: none}}\n"
    path.write_text(f"{CONFIG}{smtp}notify:\n{notify}")
    return path


def test_a_test_arrives_by_mail_webhook_and_command(
    workspace: Path, capsys: pytest.CaptureFixture[str]
):
    posted: list[dict[str, Any]] = []

    with post_office() as office, serving(takes(posted, answer(b"ok"))) as server:
        configure(
            workspace,
            "  - email: editor@tide.example\n"
            f"  - {{webhook: '{server.url('/secret')}', format: slack}}\n"
            "  - command: [/bin/sh, -c, cat > told.json]\n",
            office.port,
        )
        code = run(["notify"])

    assert code == 0
    assert capsys.readouterr().out.splitlines() == [
        "sent    e-mail editor@tide.example",
        "sent    webhook 127.0.0.1",
        "sent    command sh",
    ]
    assert message_from_bytes(office.letters[0].content)["Subject"] == "The Tide: a test"
    assert "This is a test" in posted[0]["text"]
    assert json.loads((workspace / "told.json").read_text())["event"] == "test"


def test_a_channel_that_fails_is_told_and_the_others_are_tried(
    workspace: Path, capsys: pytest.CaptureFixture[str]
):
    configure(
        workspace,
        f"  - webhook: http://127.0.0.1:{closed_port()}/secret\n  - command: ['true']\n",
    )

    code = run(["notify"])

    lines = capsys.readouterr().out.splitlines()
    assert code == 1
    assert lines[0].startswith("FAILED  webhook 127.0.0.1: 127.0.0.1: Connection refused")
    assert "secret" not in lines[0]
    assert lines[1] == "sent    command true"


def test_the_answer_in_json_names_channel_state_and_error(
    workspace: Path, capsys: pytest.CaptureFixture[str]
):
    configure(workspace, "  - command: ['true']\n  - webhook_env: TIDE_HOOK\n")

    code = run(["notify", "--json"])

    good, bad = json.loads(capsys.readouterr().out)["channels"]
    assert code == 1
    assert (good["label"], good["state"], good["error"]) == ("command true", "sent", "")
    assert (bad["label"], bad["state"]) == ("webhook TIDE_HOOK", "failed")
    assert bad["error"] == "TIDE_HOOK is not set; set it to the webhook's URL"


def test_where_nobody_is_told_it_says_how_to_change_that(
    workspace: Path, capsys: pytest.CaptureFixture[str]
):
    code = run(["notify"])

    said = capsys.readouterr()
    assert code == 0
    assert said.out == ""
    assert "notify: [{email: you@example.org}]" in said.err


def test_a_webhook_is_found_in_the_environment(workspace: Path, monkeypatch: pytest.MonkeyPatch):
    posted: list[dict[str, Any]] = []
    configure(workspace, "  - webhook_env: TIDE_HOOK\n")

    with serving(takes(posted, answer(b"ok"))) as server:
        monkeypatch.setenv("TIDE_HOOK", server.url("/secret"))
        code = run(["notify"])

    assert code == 0
    assert len(posted) == 1


def test_a_missing_password_is_a_failure_of_its_channel_alone(
    workspace: Path, capsys: pytest.CaptureFixture[str]
):
    path = workspace / "feeds.yaml"
    path.write_text(
        f"{CONFIG}smtp: {{host: 127.0.0.1, username: tide, password_env: TIDE_PASSWORD}}\n"
        "notify: [{email: editor@tide.example}, {command: ['true']}]\n"
    )

    code = run(["notify"])

    lines = capsys.readouterr().out.splitlines()
    assert code == 1
    assert "TIDE_PASSWORD is not set" in lines[0]
    assert lines[1] == "sent    command true"


def test_the_channels_of_feeds_yaml_are_told_what_they_ask_for(workspace: Path):
    path = configure(
        workspace,
        "  - {command: [/bin/sh, -c, cat > all.json]}\n"
        "  - {command: [/bin/sh, -c, cat > held.json], events: [held]}\n",
    )
    configuration = load(path)
    channels = channels_for(configuration)

    with open_store(configuration.database_url) as store:
        store.note(event("draft", id=0), channels=channels("draft"))
        told = dispatch(telling_desk(configuration, store, wall=lambda: NOW), NOW)

    assert [one.state for one in told] == ["sent"]
    assert len(channels("held")) == 2
    assert json.loads((workspace / "all.json").read_text())["event"] == "draft"
    assert not (workspace / "held.json").exists()


def test_the_link_to_the_preview_is_where_the_preview_listens():
    (port,) = [option.default for option in preview.params if option.name == "port"]

    assert f"http://127.0.0.1:{port}" == PREVIEW
