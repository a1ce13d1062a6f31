"""`newsletter check`: what lies in the folder is judged, and the build judges itself."""

import json
from pathlib import Path

import pytest
from desks import CONFIG, NOW, built

from newsletter.cli.app import run

FOLDER = "dist/2026-W47"


def test_a_good_issue_passes(built_week: Path, capsys: pytest.CaptureFixture[str]):

    assert run(["check", "--now", NOW]) == 0

    said = capsys.readouterr().out
    assert said.startswith("2026-W47: 0 errors")
    assert "mail clients support" in said


def test_json_holds_every_rule_with_its_verdict(
    built_week: Path, capsys: pytest.CaptureFixture[str]
):

    run(["check", "--json", "--now", NOW])

    told = json.loads(capsys.readouterr().out)
    assert told["issue"] == "2026-W47"
    assert told["counts"]["errors"] == 0
    assert len(told["findings"]) > 30
    assert {one["verdict"] for one in told["findings"]} <= {"error", "warning", "note", "passed"}
    assert told["bytes"]["total"] <= told["bytes"]["limit"]


def test_a_mail_that_was_spoilt_by_hand_fails(built_week: Path, capsys: pytest.CaptureFixture[str]):
    mail = built_week / FOLDER / "email.html"
    mail.write_text(mail.read_text().replace("</body>", "<script>alert(1)</script></body>"))

    assert run(["check", "--now", NOW]) == 1

    assert "script" in capsys.readouterr().out


def test_the_build_puts_the_report_beside_the_issue(built_week: Path):

    assert "2026-W47" in (built_week / FOLDER / "check.html").read_text()


def test_a_build_with_errors_is_a_draft_that_names_them_and_is_done(
    workspace: Path, capsys: pytest.CaptureFixture[str]
):
    own = workspace / "templates"
    own.mkdir()
    script = "{% block closing %}<script>alert(1)</script>{% endblock %}"
    (own / "email.html.j2").write_text('{% extends "package/email.html.j2" %}' + script)

    assert built("--json") == 0

    told = json.loads(capsys.readouterr().out)
    assert told["status"] == "draft"
    assert any(problem.startswith("check: ") for problem in told["problems"])
    assert told["check"]["errors"] >= 1


def test_a_draft_for_another_reason_fails_the_check_too(
    workspace: Path, capsys: pytest.CaptureFixture[str]
):
    (workspace / "feeds.yaml").write_text(CONFIG.replace("url: https://tide.example\n", ""))
    built("--quiet")
    capsys.readouterr()

    assert run(["check", "--now", NOW]) == 1

    assert "url is missing" in capsys.readouterr().out


def test_online_asks_the_links(
    workspace: Path, feed_server: tuple[Path, str], capsys: pytest.CaptureFixture[str]
):
    folder, address = feed_server
    (folder / "here").write_text("<p>The flood</p>")
    host = address.removeprefix("http://")
    (workspace / "feeds.yaml").write_text(CONFIG + f'fetch: {{allow_private: ["{host}"]}}\n')
    seed = "---\ntitle: {0}\nurl: {1}/{2}\n---\n{3}"
    text = "Sodium batteries reach the depot of Lowmere. The city paid a third less for them."
    (workspace / "seeds" / "c.md").write_text(seed.format("Gone", address, "gone", text))
    other = "Night cranes at Velsum run without drivers. The union accepts the trial until June."
    (workspace / "seeds" / "d.md").write_text(seed.format("Here", address, "here", other))
    built("--quiet")

    run(["check", "--online", "--json", "--now", NOW])

    told = json.loads(capsys.readouterr().out)
    places = [
        place["text"]
        for one in told["findings"]
        if one["verdict"] == "warning"
        for place in one["places"]
    ]
    assert any(f"{address}/gone" in text for text in places)
    (asked,) = [one for one in told["findings"] if one["rule"] == "links-answer"]
    assert not any(f"{address}/here" in place["text"] for place in asked["places"])
