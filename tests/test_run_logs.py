"""The daemon's log: lines for people, or JSON objects, one for each thing."""

import json
import logging

import pytest

from newsletter.cli.logs import NEWS, log_to_stderr
from newsletter.cli.options import Talk

Err = pytest.CaptureFixture[str]


def test_a_line_has_the_time_and_what_was_done(capsys: Err) -> None:
    log_to_stderr("text", Talk(), news=True)

    logging.getLogger(NEWS).info("publish 2026-W47: done: 8 stories")

    line = capsys.readouterr().err
    assert line[10] == "T"
    assert line.endswith("Z publish 2026-W47: done: 8 stories\n")


def test_a_line_of_json_holds_what_was_given_beside_the_message(capsys: Err) -> None:
    log_to_stderr("json", Talk(), news=True)

    logging.getLogger(NEWS).info("done", extra={"job": "publish", "period": "2026-W47"})

    said = json.loads(capsys.readouterr().err)
    assert (said["level"], said["job"], said["period"]) == ("info", "publish", "2026-W47")


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_a_headline_cannot_write_a_line_of_its_own(log_format: str, capsys: Err) -> None:
    log_to_stderr("json" if log_format == "json" else "text", Talk(), news=True)

    logging.getLogger(NEWS).warning("feed says %s", "one\n2026-11-22 two\r\nthree\u2028four\x1b[2J")

    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1
    assert "\x1b" not in said


def test_a_failure_has_its_traceback_in_the_same_object(capsys: Err) -> None:
    log_to_stderr("json", Talk(), news=True)

    logging.getLogger("newsletter.scheduler").error("failed", exc_info=ZeroDivisionError())

    assert "ZeroDivisionError" in json.loads(capsys.readouterr().err)["traceback"]


def test_quiet_leaves_errors_alone(capsys: Err) -> None:
    log_to_stderr("text", Talk(quiet=True), news=True)

    logging.getLogger(NEWS).info("done")
    logging.getLogger("newsletter.store").warning("slow")
    logging.getLogger("newsletter.store").error("gone")

    assert capsys.readouterr().err.endswith("Z error: gone\n")


def test_once_leaves_what_was_done_to_stdout(capsys: Err) -> None:
    log_to_stderr("text", Talk(), news=False)

    logging.getLogger(NEWS).info("done")

    assert capsys.readouterr().err == ""
