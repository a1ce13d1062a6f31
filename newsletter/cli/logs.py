"""How the daemon's log is written: lines for people, or JSON objects for programs."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Literal

from newsletter.cli.options import Talk

LogFormat = Literal["text", "json"]

# What every record carries; all else was given with `extra`.
_USUAL = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}
NEWS = "newsletter.run"
_LOGGERS = ("newsletter", "apscheduler")
_WAKES = "apscheduler"  # warns of several that came before one was heard: they are one


class TextFormatter(logging.Formatter):
    """One line: the time in UTC, the level where it is more than news, and the message."""

    def format(self, record: logging.LogRecord) -> str:
        """Return *record* as a line, with a traceback below it if it has one."""
        level = f"{record.levelname.lower()}: " if record.levelno != logging.INFO else ""
        line = f"{_time(record)} {level}{_one_line(record.getMessage())}"
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, message, and what was given with `extra`."""

    def format(self, record: logging.LogRecord) -> str:
        """Return *record* as a line."""
        given = {name: value for name, value in vars(record).items() if name not in _USUAL}
        fields: dict[str, object] = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **given,
        }
        if record.exc_info:
            fields["traceback"] = self.formatException(record.exc_info)
        # In ASCII: what some programs take for the end of a line is escaped.
        return json.dumps(fields, default=str)


def log_to_stderr(log_format: LogFormat, talk: Talk, *, news: bool) -> None:
    """Write the log to stderr in that format: what is wrong, and all of it with -v.

    *news* are written too, unless -q: what the weekly run has done, a line each.
    """
    level = logging.DEBUG if talk.verbose else logging.ERROR if talk.quiet else logging.WARNING
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter() if log_format == "json" else TextFormatter())
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.addHandler(handler)
        logger.setLevel(logging.ERROR if name == _WAKES else level)
        logger.propagate = False
    logging.getLogger(NEWS).setLevel(min(level, logging.INFO) if news and not talk.quiet else level)


def _time(record: logging.LogRecord) -> str:
    moment = datetime.fromtimestamp(record.created, UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def _one_line(text: str) -> str:
    """Return *text* without what could begin a line of its own or steer a terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
