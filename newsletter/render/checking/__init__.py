"""The check before sending: every rule with its verdict, and the page that shows them."""

from collections.abc import Iterable

from newsletter.model import CheckReport, Edition, Finding, Issue
from newsletter.render.checking import (
    accessibility,
    compatibility,
    content,
    footer,
    layout,
    links,
    merging,
    own_words,
    parity,
    posting,
    size,
    structure,
    style,
)
from newsletter.render.checking.judging import Rule
from newsletter.render.checking.known import Known
from newsletter.render.checking.page import check_page
from newsletter.render.checking.proof import proof_of

__all__ = ["RULES", "Known", "check", "check_page"]

RULES: tuple[Rule, ...] = (
    *structure.RULES,
    *layout.RULES,
    *accessibility.RULES,
    *style.RULES,
    *size.RULES,
    *footer.RULES,
    *merging.RULES,
    *links.RULES,
    *parity.RULES,
    *posting.RULES,
    *content.RULES,
    *own_words.RULES,
    *compatibility.RULES,
)
_VERDICTS = ("error", "warning", "note", "passed")


def check(issue: Issue, edition: Edition, known: Known) -> CheckReport:
    """Return what every rule finds in *edition*: errors first, then warnings, notes, passed.

    Within a verdict findings are in the order of `RULES`, group by group. What is judged is what
    the files say, whoever wrote them: nothing of our templates is assumed, and no content, however
    broken, is more than a finding.
    """
    proof = proof_of(issue, edition, known)
    found = [finding for one in RULES if (finding := one.finding(proof)) is not None]
    return CheckReport(
        issue=issue.id,
        findings=tuple(_by_verdict(found)),
        bytes=size.bytes_of(proof),
        support=proof.support,
        cuts=edition.cuts,
    )


def _by_verdict(findings: Iterable[Finding]) -> list[Finding]:
    groups = list(dict.fromkeys(one.group for one in RULES))
    return sorted(findings, key=lambda one: (_VERDICTS.index(one.verdict), groups.index(one.group)))
