"""Rules on the message: what servers and mail programs expect of it."""

import re
from collections import Counter
from email.utils import parsedate_to_datetime

from newsletter.model import Place
from newsletter.render.checking.envelope import header_block
from newsletter.render.checking.judging import Judgement, broken, holds, none_of, rule
from newsletter.render.checking.proof import MESSAGE, Proof
from newsletter.render.safe import shortened
from newsletter.render.views import counted

_GROUP = "message"
_RENDER = "render again: newsletter render makes issue.eml; do not edit it by hand"
_LONGEST_LINE = 998  # octets (RFC 5322, 2.1.1)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_SUBJECT = 78  # characters: what a line of a header should hold (RFC 5322, 2.1.1)
_NEEDED = ("From", "Subject", "Date", "Message-ID", "MIME-Version")
# Those that may stand more than once (RFC 5322, 3.6).
_REPEATED = frozenset({"received", "return-path", "comments", "keywords", "dkim-signature"})


@rule("message-reads", "The message can be read without defects", group=_GROUP, way_out=_RENDER)
def message_reads(proof: Proof) -> Judgement:
    """Judge what a parser stumbles over."""
    if not proof.envelope.raw.strip():
        return broken("issue.eml is empty", [Place(file=MESSAGE)])
    wrong = [Place(file=MESSAGE, text=shortened(said, 80)) for said in proof.envelope.defects]
    return none_of(wrong, "defect was found|defects were found")


@rule(
    "message-headers",
    "Every header that is needed stands once, and no reader’s address",
    group=_GROUP,
    way_out=_RENDER,
)
def message_headers(proof: Proof) -> Judgement:
    """Judge which headers there are (RFC 5322, 3.6): the envelope alone names blind copies."""
    count = Counter(name.lower() for name, _ in proof.envelope.headers)
    wrong = [f"no {name}" for name in _NEEDED if not count[name.lower()]]
    wrong += [
        f"{name} {times} times"
        for name, times in count.items()
        if times > 1 and name not in _REPEATED
    ]
    if count["bcc"]:
        wrong.append("Bcc")
    places = [Place(file=MESSAGE, text=said) for said in wrong]
    if wrong:
        return broken(f"it has {', '.join(wrong)}", places)
    return holds(counted(len(count), "header"))


@rule(
    "message-from",
    "The message comes from one address",
    group=_GROUP,
    way_out="set sender.name and sender.address in feeds.yaml",
)
def message_from(proof: Proof) -> Judgement:
    """Judge From: one mailbox, the sender's if one is set."""
    sender = proof.issue.masthead.sender
    found = [address for _, address in proof.envelope.senders if address]
    place = Place(file=MESSAGE, text=shortened(proof.envelope.first("From"), 80))
    if len(found) != 1 or found[0].count("@") != 1:
        said = f"it names {len(found)}" if found else "it names none"
        return broken(said, [place])
    if sender and found[0] != sender.address:
        return broken(f"it comes from {found[0]}, not from {sender.address}", [place])
    return holds(found[0])


@rule(
    "message-subject",
    "The subject is short enough to be read whole",
    group=_GROUP,
    way_out="shorten the first story’s headline: inboxes show the first 40 to 70 characters",
    verdict="warning",
)
def message_subject(proof: Proof) -> Judgement:
    """Judge the subject as a reader sees it, decoded, against 78 characters."""
    subject = proof.envelope.subject
    if not subject.strip():
        return broken("it is empty", [Place(file=MESSAGE)], verdict="error")
    if len(subject) > _SUBJECT:
        place = Place(file=MESSAGE, text=shortened(subject, 120))
        return broken(f"it has {counted(len(subject), 'character')}", [place])
    return holds(counted(len(subject), "character"))


@rule(
    "message-subject-safe",
    "The subject cannot be read as more headers",
    group=_GROUP,
    way_out="take controls and “=?” out of the first story’s headline",
)
def message_subject_safe(proof: Proof) -> Judgement:
    """Judge the decoded subject: line breaks and encoded words in it can add headers."""
    subject = proof.envelope.subject
    if "=?" in subject or _CONTROLS.search(subject):
        return broken("it can", [Place(file=MESSAGE, text=shortened(subject, 80))])
    return holds()


@rule("message-date", "The message bears the date of its issue", group=_GROUP, way_out=_RENDER)
def message_date(proof: Proof) -> Judgement:
    """Judge Date: readable, with a time zone, that of publication."""
    said = proof.envelope.first("Date")
    try:
        date = parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError, OverflowError):
        return broken("it cannot be read", [Place(file=MESSAGE, text=shortened(said, 80))])
    if date.tzinfo is None or date != proof.issue.publishes_at.replace(microsecond=0):
        return broken("it bears another", [Place(file=MESSAGE, text=shortened(said, 80))])
    return holds(said)


@rule(
    "message-id",
    "The message’s id is of the sender’s domain",
    group=_GROUP,
    way_out=_RENDER,
    verdict="warning",
)
def message_id(proof: Proof) -> Judgement:
    """Judge Message-ID: one in angle brackets, with the domain of From where that is set."""
    said = proof.envelope.first("Message-ID")
    domain = said.strip("<> ").rpartition("@")[2].lower()
    sender = proof.issue.masthead.sender
    if not (said.startswith("<") and said.endswith(">") and said.count("@") == 1 and domain):
        return broken("it is malformed", [Place(file=MESSAGE, text=shortened(said, 80))])
    if sender and domain != sender.address.rpartition("@")[2].lower():
        return broken(f"it is of {domain}", [Place(file=MESSAGE, text=shortened(said, 80))])
    return holds(domain)


@rule(
    "message-alternatives",
    "Text comes before HTML, as two forms of one message",
    group=_GROUP,
    way_out=_RENDER,
)
def message_alternatives(proof: Proof) -> Judgement:
    """Judge the parts: programs show the last form that they know (RFC 2046, 5.1.4)."""
    kinds = [kind for kind, _ in proof.envelope.parts]
    if proof.envelope.kind == "multipart/alternative" and kinds == ["text/plain", "text/html"]:
        return holds(", ".join(kinds))
    said = f"{proof.envelope.kind} of {', '.join(kinds) or 'nothing'}"
    return broken(f"it is {said}", [Place(file=MESSAGE)])


@rule(
    "message-lines",
    "Lines are ASCII, end with CRLF, and are short enough for every server",
    group=_GROUP,
    way_out=_RENDER,
)
def message_lines(proof: Proof) -> Judgement:
    """Judge line ends and lengths of all, and that headers are ASCII (RFC 5322, 2.1.1 and 2.3)."""
    raw = proof.envelope.raw
    lines = raw.split(b"\r\n")
    wrong = []
    if raw.count(b"\n") != raw.count(b"\r\n") or raw.count(b"\r") != raw.count(b"\r\n"):
        wrong.append("line ends are mixed")
    if not header_block(raw).isascii():
        wrong.append("headers are not ASCII")
    wrong += [f"a line has {len(line):,} bytes" for line in lines if len(line) > _LONGEST_LINE][:1]
    places = [Place(file=MESSAGE, text=said) for said in wrong]
    return broken(", ".join(wrong), places) if wrong else holds(counted(len(lines), "line"))


RULES = (
    message_reads, message_headers, message_from, message_subject, message_subject_safe,
    message_date, message_id, message_alternatives, message_lines,
)  # fmt: skip
