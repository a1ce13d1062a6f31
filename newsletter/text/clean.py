"""Takes out of a text what is not the article: captions, bylines, promotion and the like."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from newsletter.text.boilerplate import is_caption, is_promotional, reason_against
from newsletter.text.sentences import sentences

__all__ = ["Cleaned", "clean", "is_caption", "is_promotional"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """A text without its boilerplate: what stays, and what went with the reason for it.

    `breaks` are the places among `paragraphs` of those that a heading stood before.
    """

    paragraphs: tuple[str, ...]
    removed: tuple[tuple[str, str], ...]
    breaks: frozenset[int] = frozenset()


_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f]"
)
_ENDED = re.compile(r"[.!?…。！？｡।؟۔։።][\"'”’»)\]」』”）】]*(?:\s*\[\d+\])*$")
# Scripts that end no sentence with a mark: Thai, Lao, Burmese, Khmer.
_UNSTOPPED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf\u2b50\u2b55]")

_AGENCY = (
    r"(?:CNN|CNN Business|CNNMoney|Reuters|REUTERS|AP|AFP|UPI|BBC|IANS|PTI|ANI|Xinhua|TASS|DPA|dpa"
    r"|EFE|"
    r"ANSA|KCNA|Bloomberg|CBS(?: News|LA)?|ABC(?: News)?|NBC(?: News)?|Fox News|FOX|RNS|CNS|CP|PA|"
    r"The Canadian Press|Canadian Press|Associated Press|The Associated Press"
    r"|Thomson Reuters Foundation)"
)
_PLACE = r"[A-Z][\w.'’-]+(?: (?:d[ei]|la|of|[A-Z][\w.'’-]+)){0,3}"
_PLACES = rf"{_PLACE}(?:[,/] ?{_PLACE}){{0,3}}"
_CAPITALS = r"[A-Z][A-Z.'’-]{2,}(?:[ /][A-Z][A-Z.'’-]+){0,3}"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
)
_DATE = rf"(?:{_MONTH} \d{{1,2}}(?:, \d{{4}})?|\d{{1,2}} {_MONTH}(?:,? \d{{4}})?)"
_DASH = r"\s*(?:[—–:]|--+|-(?=\s))\s*"
_DATELINE = re.compile(
    rf"^(?:By [^.\n]{{3,60}}? )??(?:"
    rf"(?:{_PLACES},? )?(?:{_DATE},? )?[(\[]{_AGENCY}(?:/[\w ]+)?[)\]](?:{_DASH}|\s*)"
    rf"|(?:{_PLACES},? )(?:{_DATE},? )?[(\[][A-Z][\w .&/'’-]{{1,30}}[)\]]{_DASH}"
    rf"|{_CAPITALS}(?:[,/] ?{_PLACE}){{0,3}}(?:,? {_DATE})?\s*(?:[—–]|--+|-(?=\s))\s*"
    rf"|{_PLACE}(?:, {_PLACE}){{0,2}},? {_DATE}{_DASH}"
    rf"|\[[A-Z][\w .&]{{2,25}}\] {_PLACE}{_DASH}"
    rf")(?=[\"“‘'(\[]?[A-Z0-9])"
)
_DATELINE_MARK = re.compile(r"[—–)\]:]|-[-\s]")
_PLAIN_DATELINE = re.compile(rf"^{_PLACE}(?:, {_PLACE})?\s+(?:—|–|--)\s*(?=[\"“]?[A-Z])")
_UPDATE = re.compile(
    r"^(?:UPDATED?|Updated?|Correction|Editor[’']s note|LATEST)(?: \d+)?\s*[:—–-]\s*", re.IGNORECASE
)

# "JAKARTA, Indonesia Search teams ...": told from a name by never being written so again.
_BARE_DATELINE = re.compile(
    r"^([A-Z]{4,}(?:[ /][A-Z]{3,}){0,2})(?:, [A-Z][a-z]+\.?)? (?=[A-Z][a-z]|A )"
)
_LIST_MARK = re.compile(r"^(?:[-–—•*·▪►>|~]+\s+)+")
_LONG_HEADING = 16  # words; a longer line without a stop is a fragment
_TAIL = 24  # characters in which a line shows how it ends
_SHORT_HEADING = 12  # words; a heading may end with a question mark, or a full stop


def clean(text: str) -> Cleaned:
    """Return the paragraphs of *text* that are the article itself, white space made single.

    A paragraph goes when it is boilerplate as a whole (see `reason_against`), a heading, a fragment
    that no stop ends, a line of a list set off by emoji, or the repeat of an earlier one; single
    boilerplate sentences go out of a paragraph that stays. A dateline is cut from the start. What
    went stands in `removed`, in the order of the text.
    """
    kept: list[str] = []
    removed: list[tuple[str, str]] = []
    seen: set[str] = set()
    breaks: set[int] = set()
    for line in _lines(text):
        start = _dateline_end(line, text, is_early=len(kept) < 2)
        if start:
            removed.append((line[:start].strip(), "dateline"))
        body, led_on = _without_leading_on(line[start:])
        removed += ((part, "link") for part in led_on)
        parts = sentences(body)
        reason = _fault(body, parts, had_dateline=start > 0)
        folded = body.casefold()
        if reason is None and folded in seen:
            reason = "repeat"
        if reason is not None:
            removed.append((body, reason))
            if reason == "heading":
                breaks.add(len(kept))
            continue
        seen.add(folded)
        left, dropped = _without_boilerplate(body, parts)
        if left:
            kept.append(left)
            removed.extend(dropped)
        else:
            removed.append((body, dropped[0][1]))
    return Cleaned(paragraphs=tuple(kept), removed=tuple(removed), breaks=frozenset(breaks))


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of *text* that hold anything, joined where wrapped, with single spaces."""
    pending = ""
    for raw in text.splitlines():
        line = _LIST_MARK.sub("", " ".join(_INVISIBLE.sub("", raw).split()))
        # Only a small letter proves that a line goes on: headings stand without a stop as well.
        if line and pending and line[0].islower() and not _is_ended(pending):
            pending = f"{pending} {line}"
            continue
        if pending:
            yield pending
        pending = line
    if pending:
        yield pending


def _dateline_end(line: str, text: str, *, is_early: bool) -> int:
    """Return how many characters of *line* are a dateline or a note of change before its text."""
    # Datelines and the like hold a mark that this cheap look finds; most paragraphs have none.
    match = _DATELINE.match(line) if _DATELINE_MARK.search(line[:120]) else None
    if match is None and is_early:
        match = _PLAIN_DATELINE.match(line)
        bare = _BARE_DATELINE.match(line)
        if match is None and bare is not None and text.count(bare[1]) == 1:
            match = bare
    end = match.end() if match else 0
    update = _UPDATE.match(line[end:])
    return end + update.end() if update else end


def _without_leading_on(line: str) -> tuple[str, tuple[str, ...]]:
    """Return *line* without the "Read more" that feeds put behind a teaser, and what went."""
    parts = list(sentences(line))
    led_on: list[str] = []
    while len(parts) > 1 and reason_against(parts[-1]) == "link":
        led_on.insert(0, parts.pop())
        line = line[: line.rindex(led_on[0])].rstrip()
    return line, tuple(led_on)


def _fault(line: str, parts: tuple[str, ...], *, had_dateline: bool) -> str | None:
    """Return why the whole paragraph *line* goes, or None where it stays."""
    is_ended = _is_ended(line)
    if not line.isascii() and (_EMOJI.match(line) or len(_EMOJI.findall(line)) >= 2):
        return reason_against(line) or "emoji"
    if len(parts) == 1 or not is_ended:
        reason = reason_against(line)
        # The lede of a wire story names its agency where a caption would.
        if reason is not None and not (had_dateline and reason == "caption"):
            return reason
    words = line.count(" ") + 1
    if not is_ended:
        if len(parts) > 1:
            return None
        return "heading" if words <= _LONG_HEADING else "fragment"
    if len(parts) == 1 and words <= _SHORT_HEADING and (line[-1] == "?" or _is_title_case(line)):
        return "heading"
    return None


def _without_boilerplate(line: str, parts: tuple[str, ...]) -> tuple[str, list[tuple[str, str]]]:
    """Return *line* without its boilerplate sentences and unended tail, and those with reasons."""
    if len(parts) < 2:
        return line, []
    dropped: list[tuple[str, str]] = []
    for part in parts:
        reason = reason_against(part)
        if reason is None and part is parts[-1] and not _is_ended(part):
            reason = "fragment"
        if reason is not None:
            dropped.append((part, reason))
    # Half of it is reason enough: the rest only leads up to it.
    if 2 * sum(reason != "fragment" for _, reason in dropped) >= len(parts):
        return "", dropped
    for part, _ in dropped:
        line = line.replace(part, "", 1)
    return (" ".join(line.split()) if dropped else line), dropped


def _is_ended(line: str) -> bool:
    """Tell whether *line* ends as a sentence does, by its script's rules."""
    if _ENDED.search(line[-_TAIL:]):
        return True
    return not line.isascii() and _UNSTOPPED.search(line) is not None


def _is_title_case(line: str) -> bool:
    """Tell whether nearly every word of *line* begins with a capital, as in a headline."""
    words = [word for word in re.findall(r"[^\W\d_][\w’']*", line) if len(word) > 3]
    return len(words) >= 4 and all(word[0].isupper() for word in words)
