"""What commands say of a check: a row, a report for the terminal, JSON."""

import textwrap
from collections.abc import Iterator
from dataclasses import asdict

import click

from newsletter.model import CheckReport, Finding, Place

_WIDTH = 88  # columns
_INDENT = " " * 9  # as wide as the longest verdict
_TEXT_WIDTH = _WIDTH - len(_INDENT)
_PLACES = 3  # that are shown of one finding
_COLOURS = {"error": "red", "warning": "yellow", "note": "cyan", "passed": "green"}


def check_row(report: CheckReport) -> str:
    """Return the check in one row of a table."""
    return (
        f"{_counted(report)}, {_kilobytes(report.bytes.total)} of {_kilobytes(report.bytes.limit)}"
    )


def check_counts(report: CheckReport) -> dict[str, object]:
    """Return what a build's `--json` says of the check."""
    return {
        "errors": len(report.errors),
        "warnings": len(report.warnings),
        "passed": len(report.passed),
        "bytes": report.bytes.total,
        "limit": report.bytes.limit,
        "support": round(report.support.core, 4),
    }


def check_json(report: CheckReport) -> dict[str, object]:
    """Return what `newsletter check --json` prints."""
    return {**asdict(report), "counts": check_counts(report)}


def check_lines(report: CheckReport, *, verbose: bool) -> Iterator[str]:
    """Yield the report for a terminal: what to look at, then the rest in brief.

    *verbose* names each rule that is passed.
    """
    yield click.style(f"{report.issue}: {_counted(report)}", bold=True)
    bytes_, support = report.bytes, report.support
    yield (
        f"e-mail {_kilobytes(bytes_.total)} of {_kilobytes(bytes_.limit)}: text and links"
        f" {_kilobytes(bytes_.text)}, inline styles {_kilobytes(bytes_.inline_styles)},"
        f" style sheet and head {_kilobytes(bytes_.head)}"
    )
    weakest = min(support.clients, key=lambda one: (one.core, one.name), default=None)
    least = f"; least {weakest.name}, {weakest.core:.1%}" if weakest else ""
    yield (
        f"{len(support.clients)} mail clients support {support.core:.1%} of what the layout needs"
        f"{least}; {support.share:.1%} with all ornaments (caniemail.com, {support.data_date})"
    )
    for cut in report.cuts:
        yield f"cut: {cut}"
    for finding in report.findings:
        if finding.verdict != "passed":
            yield ""
            yield from _finding(finding)
    if verbose:
        yield ""
        for finding in report.passed:
            detail = f": {finding.detail}" if finding.detail else ""
            yield click.style("passed", fg="green") + f"  {finding.title}{detail}"


def _finding(finding: Finding) -> Iterator[str]:
    mark = click.style(finding.verdict, fg=_COLOURS[finding.verdict], bold=True)
    detail = f", but {finding.detail}" if finding.detail else ""
    first, *rest = _wrapped(f"{finding.title}{detail}")
    yield f"{mark}{'':{len(_INDENT) - len(finding.verdict)}}{first}"
    yield from (_INDENT + line for line in rest)
    for place in finding.places[:_PLACES]:
        yield _INDENT + textwrap.shorten(f"- {_where(place)}", _TEXT_WIDTH, placeholder=" …")
    more = len(finding.places) - _PLACES
    if more > 0:
        yield f"{_INDENT}- and {more} more"
    for place_, line in enumerate(_wrapped(finding.way_out)):
        yield f"{_INDENT}{'  ' if place_ else '→ '}{line}"


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, _TEXT_WIDTH - 2, break_long_words=False)


def _where(place: Place) -> str:
    line = f":{place.line}" if place.line else ""
    text = f": {place.text}" if place.text else ""
    return f"{place.file}{line}{text}"


def _counted(report: CheckReport) -> str:
    def told(count: int, thing: str) -> str:
        return f"{count} {thing}{'s' if count != 1 else ''}"

    errors, warnings = told(len(report.errors), "error"), told(len(report.warnings), "warning")
    return f"{errors}, {warnings}, {len(report.passed)} passed"


def _kilobytes(count: int) -> str:
    return f"{count / 1000:.1f} KB"
