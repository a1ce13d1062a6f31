"""What becomes of a draft or of an approved week, in words: when, and on what condition."""

import re
from datetime import datetime, timedelta

from newsletter.notify.about import About
from newsletter.notify.details import Details, short, whole

_THIN = re.compile(r"thin: (\d{1,9} of at least \d{1,9} stor(?:y|ies))")
_WEEK = timedelta(weeks=1)


def of_draft(about: About) -> tuple[str, str]:
    """Return how the subject of a draft ends, and a sentence on what becomes of it, "" if unknown.

    Too few stories go before all else: such an issue is skipped unless it is approved.
    """
    due, unless_approved = about.due, about.found.text("unless_approved")
    is_late = due is not None and due <= about.event.at
    few = _thin(about.found)
    if few and (due is None or is_late):
        return ", but thin", f"It is thin ({few}): it is skipped, unless you approve it."
    if due is None:
        return "", "It is published only if you approve it." if unless_approved == "hold" else ""
    if few:
        return (
            f", but thin: approve it by {short(due)}, or it is skipped",
            f"It is thin ({few}): it is skipped on {whole(due)}, unless you approve it.",
        )
    if unless_approved == "publish":
        return _unless_stopped(due, is_late=is_late)
    if is_late:
        return (
            ": its time has come, and it waits for you",
            f"It was due on {whole(due)}; it is published as soon as you approve it.",
        )
    return (
        f": approve it by {short(due)}",
        f"It is published on {whole(due)} if you approve it before; else it is held.",
    )


def of_approved(about: About) -> tuple[str, str]:
    """Return how the subject of an approval ends, and a sentence on when the issue goes out."""
    due, at = about.due, about.event.at
    if due is None:
        return "", "It is published at its time."
    if at < due:
        return f": it goes out {short(due)}", f"It is published on {whole(due)}."
    if not is_over(about):
        return (
            ": it goes out now",
            f"It was due on {whole(due)}: it goes out now, at the next tick of newsletter run.",
        )
    fate = "since then the next issue was due: newsletter run does not publish it any more"
    return ": its time is over", f"It was due on {whole(due)}, and {fate}."


def is_over(about: About) -> bool:
    """Tell whether the next issue was due when it happened: then this one is left alone."""
    return about.due is not None and about.event.at - about.due >= _WEEK


def _unless_stopped(due: datetime, *, is_late: bool) -> tuple[str, str]:
    if is_late:
        return ": it goes out now", f"It was due on {whole(due)}, and goes out now."
    return (
        f": it goes out {short(due)}",
        f"It is published on {whole(due)}, unless you hold or skip it before.",
    )


def _thin(found: Details) -> str:
    """Return "5 of at least 6 stories", "" for an issue that is not thin."""
    matches = map(_THIN.match, found.texts("warnings"))
    return next((match[1] for match in matches if match), "")
