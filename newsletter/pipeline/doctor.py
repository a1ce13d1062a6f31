"""The doctor: small checks of all that the weekly run needs, each alone, each with its remedy."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from newsletter.errors import NewsletterError
from newsletter.model import Masthead, Notice
from newsletter.pipeline.health import Health

Verdict = Literal["ok", "warning", "fault"]

VERDICTS: tuple[Verdict, ...] = ("ok", "warning", "fault")
LITTLE_SPACE = 500_000_000  # bytes: an issue with pictures of every view takes a tenth of it
NO_SPACE = 50_000_000  # bytes: SQLite's journal and a new issue beside the old one
_NAMED = 3  # feeds in one line
# Names that stand for others in manuals, and belong to nobody (RFC 2606, RFC 6761).
_PLACEHOLDERS = ("example.org", "example.com", "example.net")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one check found: what is, and what to do about it, "" where there is nothing to do.

    A *fault* keeps the weekly run from doing its work; a *warning* may, or spoils what comes out.
    """

    check: str
    verdict: Verdict
    text: str
    remedy: str = ""


Check = tuple[str, Callable[[], Iterable[Finding]]]


def examine(checks: Iterable[Check]) -> tuple[Finding, ...]:
    """Return what *checks*, each a name and what looks, find: in their order, none left out.

    One that raises is a fault itself, and the others go on.
    """
    found: list[Finding] = []
    for name, look in checks:
        try:
            for finding in look():  # one by one: what was found before it raises counts
                found.append(finding)  # noqa: PERF402
        except NewsletterError as error:
            found.extend(told(name, error))
        except Exception as error:  # noqa: BLE001 - a check that breaks has found something, too
            what = f"could not be looked at: {type(error).__name__}: {error}"
            found.append(Finding(check=name, verdict="fault", text=what))
    return tuple(found)


def by_weight(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return *findings* with the faults last: of many lines the end is what one sees."""
    return tuple(sorted(findings, key=lambda one: VERDICTS.index(one.verdict)))


def told(check: str, error: NewsletterError, verdict: Verdict = "fault") -> Iterator[Finding]:
    """Yield a finding for each line of *error*, its way out as the remedy."""
    for line in str(error).splitlines():
        text, _, remedy = line.partition("; ")
        yield Finding(check=check, verdict=verdict, text=text, remedy=remedy)


def space(check: str, place: str, free: int) -> Finding:
    """Judge the *free* bytes of the disk that *place* lies on."""
    left = f"{place}: {size(free)} free"
    if free < LITTLE_SPACE:
        verdict: Verdict = "fault" if free < NO_SPACE else "warning"
        remedy = "make room on that disk, or name another place in feeds.yaml"
        return Finding(check=check, verdict=verdict, text=left, remedy=remedy)
    return Finding(check=check, verdict="ok", text=left)


def size(count: int) -> str:
    """Return *count* bytes in words: "340 kB", "1.2 GB"."""
    for unit, factor in (("GB", 1_000_000_000), ("MB", 1_000_000)):
        if count >= factor:
            return f"{count / factor:,.1f} {unit}"
    return f"{count / 1000:,.0f} kB"


def masthead(head: Masthead) -> Iterator[Finding]:
    """Judge whether issues can be more than drafts: base URL and sender, whole and your own."""
    sender = head.sender
    wanted = {
        "url": head.url,
        "sender.name": sender and sender.name,
        "sender.address": sender and sender.address,
        "sender.postal_address": sender and sender.postal_address,
        "sender.unsubscribe": sender and sender.unsubscribe,
    }
    for check, keys in (("base URL", ("url",)), ("sender", tuple(wanted)[1:])):
        missing = [key for key in keys if not wanted[key]]
        missing = ["sender"] if check == "sender" and sender is None else missing
        strange = [key for key in keys if _is_placeholder(wanted[key] or "")]
        if missing:
            yield Finding(
                check=check,
                verdict="warning",
                text=f"without {', '.join(missing)} no issue is ready to be sent",
                remedy=f"write {', '.join(missing)} in feeds.yaml",
            )
        elif strange:
            yield Finding(
                check=check,
                verdict="warning",
                text=f"{strange[0]}: {wanted[strange[0]]} is a placeholder",
                remedy=f"write your own {', '.join(strange)} in feeds.yaml",
            )
        else:
            yield Finding(check=check, verdict="ok", text=", ".join(_said(head, keys)))


def _said(head: Masthead, keys: tuple[str, ...]) -> Iterator[str]:
    if "url" in keys:
        yield head.url or ""
    elif head.sender:
        yield f"{head.sender.name} <{head.sender.address}>"


def _is_placeholder(text: str) -> bool:
    try:
        host = urlsplit(text).hostname or ("" if "://" in text else text.rpartition("@")[2])
    except ValueError:
        return False
    labels = tuple(host.lower().rstrip(".").split("."))
    return ".".join(labels[-2:]) in _PLACEHOLDERS or labels[-1] in ("example", "invalid", "test")


def feeds(found: Sequence[Health]) -> Iterator[Finding]:
    """Judge how the feeds were when they were last asked."""
    asked = [one for one in found if one.status not in ("disabled", "new")]
    failing = [one for one in asked if one.failures]
    wanting = [one for one in found if one.wants_eye]
    enabled = sum(one.status != "disabled" for one in found)
    if asked and len(failing) == len(asked):
        yield Finding(
            check="feeds",
            verdict="fault",
            text=f"not one of {len(asked)} could be read the last time: {failing[0].note}",
            remedy="is the network up? then: newsletter feeds check",
        )
    elif wanting:
        names = ", ".join(f"{_called(one)} ({one.status})" for one in wanting[:_NAMED])
        more = f" and {len(wanting) - _NAMED} more" if len(wanting) > _NAMED else ""
        yield Finding(
            check="feeds",
            verdict="warning",
            text=f"{len(wanting)} of {enabled} want an eye: {names}{more}",
            remedy="newsletter feeds list says of each what can be done",
        )
    elif found:
        few = f", {len(failing)} failing for now" if failing else ""
        new = f", {enabled - len(asked)} not asked yet" if enabled > len(asked) else ""
        yield Finding(check="feeds", verdict="ok", text=f"{enabled} enabled{few}{new}")


def _called(one: Health) -> str:
    return one.feed.name or urlsplit(one.feed.url).hostname or one.feed.url


def messages(lost: Sequence[Notice], label_of: Callable[[str], str]) -> Iterator[Finding]:
    """Judge the messages about the run that did not arrive, or may not have: the latest first."""
    if lost:
        last = lost[0]
        count = "a message" if len(lost) == 1 else f"{len(lost)} messages"
        yield Finding(
            check="messages",
            verdict="warning",
            text=f"{count} about the run did not surely arrive; the last, to"
            f" {label_of(last.channel)}: {last.error or last.state}",
            remedy="newsletter notify tries every channel",
        )
