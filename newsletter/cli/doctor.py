"""`newsletter doctor`: looks for what would keep the weekly run from running."""

import os
import shutil
import sys
import textwrap
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.cli.options import Talk, options
from newsletter.cli.telling import counted, print_json

if TYPE_CHECKING:
    from newsletter.pipeline.doctor import Finding

_COLOURS = {"ok": "green", "warning": "yellow", "fault": "red"}
_WIDEST = 120  # columns: the eye loses the line in more
_LEAST = 40  # columns of text, on however narrow a terminal


@click.command("doctor")
@options("config", "now", "offline", "json", "talk")
def command(config: Path, now: datetime, offline: bool, as_json: bool, talk: Talk) -> int:
    """Look for what would keep the weekly run from running; exit 1 if there is a fault.

    Configuration, database, disks, rights, clock, time zone, schedule, last runs, feeds, templates,
    mail server, notifiers, optional parts: each with the remedy. Nothing is changed, and nothing is
    sent: `newsletter notify` sends test messages. A feed's server is asked for the time and the
    mail server for a greeting; --offline leaves both alone. Ask as the user who runs newsletter.
    """
    from newsletter.cli.assembly_doctor import Examination
    from newsletter.pipeline.doctor import VERDICTS, by_weight, examine

    examination = Examination(
        config, now=now, wall=lambda: datetime.now(UTC), offline=offline, environment=os.environ
    )
    found = examine(examination.checks())
    count = Counter(finding.verdict for finding in found)
    if as_json:
        print_json(
            {
                "config": str(config),
                "ok": not count["fault"],
                "counts": {verdict: count[verdict] for verdict in VERDICTS},
                "findings": [asdict(finding) for finding in found],
            }
        )
        return 1 if count["fault"] else 0
    for line in _table([one for one in by_weight(found) if one.verdict != "ok" or not talk.quiet]):
        click.echo(line)
    if not talk.quiet:
        told = counted(count["fault"], "fault"), counted(count["warning"], "warning")
        click.echo(f"{', '.join(told)}, {count['ok']} ok", err=True)
    return 1 if count["fault"] else 0


def _table(found: "Sequence[Finding]") -> list[str]:
    """Return *found* as lines, each remedy below its finding; wrapped where somebody looks on."""
    verdicts = max((len(one.verdict) for one in found), default=0)
    checks = max((len(one.check) for one in found), default=0)
    margin = " " * (verdicts + checks + 4)
    columns = min(shutil.get_terminal_size().columns, _WIDEST) if sys.stdout.isatty() else 0
    width = max(columns - len(margin), _LEAST) if columns else 0
    lines = []
    for one in found:
        verdict = click.style(f"{one.verdict:<{verdicts}}", fg=_COLOURS[one.verdict])
        first, *rest = _wrapped(one.text, width)
        lines.append(f"{verdict}  {one.check:<{checks}}  {first}")
        lines += [margin + line for line in rest]
        if one.remedy:
            first, *rest = _wrapped(one.remedy, width - 2 if width else 0)
            lines.append(f"{margin}→ {first}")
            lines += [f"{margin}  {line}" for line in rest]
    return lines


def _wrapped(text: str, width: int) -> list[str]:
    line = " ".join(text.split()) or "-"
    if not width:
        return [line]
    return textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False)
