"""The whole gauntlet with the limits that ship: how long each case lasts, and what all cost."""

import sys
import time
from pathlib import Path

import pytest
from gauntlet import run_through
from hostile import Case, cases

PEAK_MB = 400
DEADLINES_S = 30 + 20 + 2  # a request's, that of parsing, and some grace


def test_the_whole_gauntlet_is_run_within_its_memory(tmp_path: Path):
    found = list(cases(large=True))

    outcome = run_through(found, tmp_path)

    sys.stdout.write(f"\n{len(found)} cases, {outcome.seconds:.1f} s, {outcome.peak_mb:.0f} MB\n")
    wrong = {case.name: outcome.reason(case) for case in found}
    assert not {case.name: wrong[case.name] for case in found if not case.allows(wrong[case.name])}
    assert outcome.exit_code == 0
    assert outcome.peak_mb < PEAK_MB


@pytest.mark.parametrize("case", list(cases(large=True)), ids=lambda case: case.name)
def test_no_case_outlasts_its_deadlines(case: Case, tmp_path: Path):
    began = time.monotonic()

    outcome = run_through([case], tmp_path)

    spent = time.monotonic() - began
    told = outcome.reason(case) or "read"
    sys.stdout.write(f"\n{spent:5.1f} s {outcome.peak_mb:4.0f} MB {case.name}: {told}\n")
    assert case.allows(outcome.reason(case))
    assert spent < DEADLINES_S + 5  # to start the program and to build the issue
