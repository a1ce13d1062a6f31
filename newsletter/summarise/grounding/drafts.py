"""Reads a language model's answer into sentences and what they cite; its thoughts stay out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from newsletter.text.sentences import sentences

_THOUGHTS = (
    r"(?:think(?:ing)?|thoughts?|reason(?:ing)?|reflect(?:ion)?|analysis|scratch_?pad|monologue"
    r"|inner_?monologue|plan(?:ning)?|deliberation|chain_?of_?thought)"
)
_OPEN, _CLOSE = r"(?:[<＜◁\[]|&lt;)\s*", r"(?:[>＞▷\]]|&gt;|$)"
_ENDS_THOUGHT = re.compile(
    rf"{_OPEN}[/\\|]\s*{_THOUGHTS}\b[^>＞▷\n]{{0,80}}?{_CLOSE}", re.IGNORECASE
)
_BEGINS_THOUGHT = re.compile(rf"{_OPEN}\|?\s*{_THOUGHTS}\b", re.IGNORECASE)
# gpt-oss without a parser: <|channel|>analysis<|message|>…<|channel|>final<|message|>…
_CHANNEL = re.compile(r"<\|channel\|>\s*(\w+)[^<]{0,40}<\|message\|>", re.IGNORECASE)
_END_OF_TURN = re.compile(
    r"<\|?\s*(?:im_end|eot_id|end|endoftext|end_of_text|eom_id|return|end_of_turn|im_start|start"
    r"|｜?end▁of▁sentence｜?)\s*\|?>|</s>|\[/INST\]",
    re.IGNORECASE,
)
_FENCE = re.compile(r"^\s*(?:`{3,}|~{3,})\w*\s*$")
_LABEL = re.compile(
    r"^\W*(?:final\s)?(?:summary|answer|newsletter(?:\sitem)?|item|output|response|zusammenfassung"
    r"|résumé|resumen|riassunto|resumo|samenvatting|摘要|要約)\W*[:：]\W*(?=\S|$)",
    re.IGNORECASE,
)
_PREAMBLE = re.compile(
    r"^\W*(?:sure|certainly|of course|okay|ok|here(?:['’]s| is| are)|below is|the following"
    r"|based on|i['’]ve|i have|hier ist|voici|aquí|ecco)\b.{0,120}[:：.!]\W*$",
    re.IGNORECASE,
)
_POSTSCRIPT = re.compile(
    r"^\W*(?:\(?\d+ words?|word count|total words?|let me know|i hope|note:|notes:|\(note)",
    re.IGNORECASE,
)
_MARKER = re.compile(r"^\s*(?:[-*•–—]|\d{1,2}[.)])\s+(?=\D)")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_CITES = re.compile(
    r"\s*((?:\s?[\[【(]\s?\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*(?:†[^\]】]{0,20})?\s?[\]】)])+)"
)
_BRACKETED = re.compile(r"[\[【]\s?\d{1,3}")
_NUMBER = re.compile(r"(\d{1,3})(?:\s?[–-]\s?(\d{1,3}))?")
_STOP = re.compile(r"[.!?…。！？](?=[\s\[【(”\"’»]|$)[\"”’»)]*")
_ENDED = re.compile(r"[.!?…。！？।؟։][\"”’»)」』]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSentence:
    """A sentence that a model wrote, without the numbers that it cites."""

    text: str
    cites: tuple[int, ...]


def read_draft(raw: str) -> tuple[DraftSentence, ...]:
    """Return the sentences of a model's answer in order, none where nothing is left.

    Its reasoning is cut off with all that stands before its end, closed or not; so are what it says
    before and after its item, code fences and marks of lists. A sentence cites what follows it, or
    stands within it; numbers that follow several sentences belong to the last.
    """
    return tuple(one for line in _lines(_spoken(raw)) for one in _cited(line))


def _spoken(raw: str) -> str:
    """Return what a model said after it had thought."""
    channels = list(_CHANNEL.finditer(raw))
    if channels:
        raw = raw[channels[-1].end() :] if channels[-1][1].casefold() == "final" else ""
    thoughts = list(_ENDS_THOUGHT.finditer(raw))
    if thoughts:
        raw = raw[thoughts[-1].end() :]
    begun = _BEGINS_THOUGHT.search(raw)
    if begun:
        raw = raw[: begun.start()]
    ended = _END_OF_TURN.search(raw)
    return raw[: ended.start()] if ended else raw


def _lines(spoken: str) -> Iterator[str]:
    """Yield the lines of the item itself."""
    found: list[str] = []
    for raw in spoken.splitlines():
        # White space is made single first: what looks for numbers behind it begins at each of it.
        line = _BOLD.sub(r"\1", " ".join(raw.split()))
        if not line or _FENCE.match(line):
            continue
        if not found:
            line = _LABEL.sub("", line)
            if not line or (_PREAMBLE.match(line) and not _BRACKETED.search(line)):
                continue
        found.append(_MARKER.sub("", line))
    while found and _POSTSCRIPT.match(found[-1]) and not _BRACKETED.search(found[-1]):
        found.pop()
    yield from _joined(found)


def _joined(lines: list[str]) -> Iterator[str]:
    """Yield *lines*, those that hold nothing but numbers with the line before."""
    pending = ""
    for line in lines:
        if pending and _CITES.fullmatch(line):
            pending += f" {line}"
            continue
        if pending:
            yield pending
        pending = line
    if pending:
        yield pending


def _cited(line: str) -> Iterator[DraftSentence]:
    """Yield the sentences of *line*, each with the numbers that stand in it and behind it."""
    text, end = "", 0
    numbers: tuple[int, ...] = ()
    for match in _CITES.finditer(line):
        if match[1].lstrip()[0] == "(" and not _is_citation(line, match):
            continue
        text += line[end : match.start()]
        numbers += _numbers(match[1])
        end = match.end()
        stop = _STOP.match(line, end)
        if stop:
            text += stop[0]
            end = stop.end()
            if _CITES.match(line, end) and _BRACKETED.match(line[end:].lstrip()):
                continue
        if _ENDED.search(text):
            yield from _split(text, numbers)
            text, numbers = "", ()
    yield from _split(text + line[end:], numbers)


def _is_citation(line: str, match: re.Match[str]) -> bool:
    """Tell whether numbers in round brackets cite: at the end of a sentence, not within it."""
    return bool(_ENDED.search(line[: match.start()])) and len(match[1]) <= 8


def _split(text: str, numbers: tuple[int, ...]) -> Iterator[DraftSentence]:
    every = sentences(" ".join(text.split()))
    for place, sentence in enumerate(every, start=1):
        cites = numbers if place == len(every) else ()
        yield DraftSentence(text=sentence, cites=tuple(dict.fromkeys(cites)))


def _numbers(group: str) -> tuple[int, ...]:
    found: list[int] = []
    for match in _NUMBER.finditer(re.sub(r"†[^\]】]*", "", group)):
        first, last = int(match[1]), int(match[2] or match[1])
        found += range(first, last + 1) if first <= last < first + 20 else (first, last)
    return tuple(found)
