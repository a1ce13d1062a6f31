"""Measures the e-mail and its parts, and the rules that it is neither clipped nor cut."""

import re

from newsletter.model import Bytes, Place
from newsletter.render.checking.judging import Judgement, broken, holds, rule, several
from newsletter.render.checking.printed import headline
from newsletter.render.checking.proof import Proof
from newsletter.render.mail import MAX_BYTES, quoted_printable
from newsletter.render.views import counted

MANY_BYTES = 90_000
_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_STYLE = re.compile(r"\sstyle\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+)", re.IGNORECASE)
_BODY = re.compile(r"<body\b", re.IGNORECASE)
_SHEET = re.compile(r"<style\b.*?</style\s*>", re.IGNORECASE | re.DOTALL)


@rule(
    "size",
    "The mail is shown whole",
    group="size",
    way_out="take fewer stories, or shorten summaries: beyond 102,400 bytes Gmail cuts the footer",
)
def size(proof: Proof) -> Judgement:
    """Judge the larger of the bytes as they are and in quoted-printable."""
    total = max(measured(proof))
    if total <= MANY_BYTES:
        return holds(f"{total:,} of {MAX_BYTES:,} bytes")
    return broken(
        f"it has {total:,} of {MAX_BYTES:,} bytes",
        [Place(file=proof.mail.file)],
        verdict="error" if total > MAX_BYTES else "warning",
    )


@rule(
    "cuts",
    "Nothing had to give way to fit",
    group="size",
    way_out="take fewer stories, or read on: the web page has all of them",
    verdict="note",
)
def cuts(proof: Proof) -> Judgement:
    """Judge whether all stories of the issue stand in the mail, with their summaries."""
    found = [
        (story, how)
        for story in proof.issue.stories
        if (how := proof.portions[story.id].shown) != "full"
    ]
    if not found:
        return holds(counted(len(proof.issue.stories), "story"))
    places = [
        Place(file=proof.mail.file, text=f"{headline(story)} ({how})", story_id=story.id)
        for story, how in found
    ]
    return broken(several(len(found), "story is not in full|stories are not in full"), places)


def measured(proof: Proof) -> tuple[int, int]:
    """Return the bytes of the mail's HTML as it is, and in quoted-printable."""
    content = proof.files.get(proof.mail.file, b"")
    return len(content), len(quoted_printable(proof.mail.source))


def bytes_of(proof: Proof) -> Bytes:
    """Return how large the mail is, by its parts and by its stories."""
    raw, encoded = measured(proof)
    source = proof.mail.source
    found = _BODY.search(source)
    cut = found.start() if found else 0
    body = source[cut:]
    sheets = sum(len(sheet.encode()) for sheet in _SHEET.findall(body))
    styles = sum(len(style.encode()) for tag in _TAG.findall(body) for style in _STYLE.findall(tag))
    head = len(source[:cut].encode()) + sheets
    return Bytes(
        total=max(raw, encoded),
        limit=MAX_BYTES,
        raw=raw,
        quoted_printable=encoded,
        text=max(0, raw - head - styles),
        inline_styles=styles,
        head=head,
        stories=tuple(proof.portions[story.id] for story in proof.issue.stories),
    )


RULES = (size, cuts)
