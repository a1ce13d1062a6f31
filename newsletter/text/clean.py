"""Takes out of a text what is not the article: captions, bylines, promotion and the like."""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from newsletter.text.boilerplate import (
    is_caption,
    is_promotional,
    reason_against,
    tells_the_past,
)
from newsletter.text.boilerplate_rules import MONTH
from newsletter.text.paragraphs import is_ended, paragraph_hash, paragraphs, wording
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
_DATE = rf"(?:{MONTH} \d{{1,2}}(?:, \d{{4}})?|\d{{1,2}} {MONTH}(?:,? \d{{4}})?)"
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
# "ISLAMABAD: The ...", "JERUSALEM / ISLAMABAD: The ..."; four letters may be an agency's.
_PLAIN_DATELINE = re.compile(
    rf"^(?:{_PLACE}(?:, {_PLACE})?\s+(?:—|–|--)\s*|{_PLACE}, {_PLACE} - "
    r"|(?:[A-Z]{5,}|[A-Z]{3,}(?: ?/ ?| )[A-Z]{3,})(?: [A-Z]{3,})?: )(?=[\"“]?[A-Z])"
)
_UPDATE = re.compile(r"^(?:UPDATED?|Updated?|LATEST)(?: \d+)?\s*[:—–-]\s*", re.IGNORECASE)

# "JAKARTA, Indonesia Search teams ...": told from a name by never being written so again.
_BARE_DATELINE = re.compile(
    r"^([A-Z]{4,}(?:[ /][A-Z]{3,}){0,2})(?:, [A-Z][a-z]+\.?)? (?=[A-Z][a-z]|A )"
)
_LONG_HEADING = 16  # words; a longer line without a stop is a fragment
_LONGEST_CREDIT = 200  # characters
_LONG_SAYING = 60  # characters; a shorter sentence may be said twice
_SHORT_HEADING = 12  # words; a heading may end with a question mark, or a full stop

# "4:57 p.m. ET: The mayor ..." in a text that is written as things happen.
_STAMP = re.compile(
    r"\(?\d{1,2}(?:[:.h]\d\d ?(?:[ap]\.?m\.?)?| ?[ap]\.?m\.?)(?: (?:[A-Z]{2,9}|Uhr)){0,2}\)?"
    r"\s*(?:[—–:|]|--+|-(?=\s))\s*(?=[\"“‘'(\[]?[^\W\d_])"
)
_CREDIT = re.compile(
    r"(?<=[.!?\"”’]) ?\((?:Additional )?"
    r"(?:[Rr]eporting|[Ww]riting|[Ee]diting|Compiled|Report)\b[^()]*\)$"
)
_PHOTO_CREDIT = re.compile(
    r"(?<=[.!?\"”’]) ?(?:\((?:(?:Photo|Image|Picture|Pictured|Foto|Credit|File)\b[^()]*"
    r"|[^()]{0,60}\b(?:Getty(?: Images)?|Reuters|REUTERS|AFP|AP Photo[^()]*|EPA|Shutterstock))\)"
    r"|(?:Photo(?:graph)?|Image|Picture|Foto)s?(?: by |: ?)[A-Z][^.!?]{2,60})$"
)
ELSEWHERE = "stands in other articles of the outlet"
# What says nothing about the sentences around it.
_ALONE = frozenset({"fragment", "contact", "time stamp"})
_Removed = list[tuple[str, str]]


def clean(text: str, *, repeated: AbstractSet[int] = frozenset()) -> Cleaned:
    """Return the paragraphs of *text* that are the article itself, white space made single.

    A paragraph goes when it is boilerplate as a whole (see `reason_against`), a heading, a fragment
    that no stop ends, a line of a list set off by emoji, the repeat of an earlier one, or one of
    *repeated* (hashes as of `paragraph_hashes`), which its outlet prints in other articles too;
    single boilerplate sentences go out of a paragraph that stays. A dateline or a time stamp is cut
    from the start, a credit from the end. What went stands in `removed`, in the order of the text.
    """
    kept: list[str] = []
    removed: list[tuple[str, str]] = []
    told = _Told()
    breaks: set[int] = set()
    for line in paragraphs(text):
        if repeated and paragraph_hash(wording(line)) in repeated:
            removed.append((line, ELSEWHERE))
            if not is_ended(line):
                breaks.add(len(kept))
            continue
        body, before, after = _without_ends(line, text, is_early=len(kept) < 2)
        removed += before
        left, dropped = _without_boilerplate(body, told, had_dateline=bool(before))
        removed += dropped
        if left:
            kept.append(left)
        elif dropped and dropped[0][1] == "heading":
            breaks.add(len(kept))
        removed += after
    return Cleaned(paragraphs=tuple(kept), removed=tuple(removed), breaks=frozenset(breaks))


class _Told:
    """What a text has said so far: paragraphs whatever their case and punctuation, sentences."""

    def __init__(self) -> None:
        self._paragraphs: set[str] = set()
        self._sentences: set[str] = set()

    def is_told(self, line: str, parts: tuple[str, ...]) -> bool:
        """Tell whether *line* was said before, as a paragraph or in the sentences of others.

        What was not is remembered.
        """
        said = wording(line) or line
        if said in self._paragraphs:
            return True
        if len(said) >= _LONG_SAYING and self._sentences.issuperset(parts):
            return True
        self._paragraphs.add(said)
        self._sentences.update(parts)
        return False


def _without_ends(line: str, text: str, *, is_early: bool) -> tuple[str, _Removed, _Removed]:
    """Return *line* without its dateline, the links and credits behind it, and what went."""
    before: list[tuple[str, str]] = []
    after: list[tuple[str, str]] = []
    while True:
        stamp = _STAMP.match(line) if line[0].isdigit() or line[0] == "(" else None
        start = stamp.end() if stamp else _dateline_end(line, text, is_early=is_early)
        if not start:
            break
        before.append((line[:start].strip(), "time stamp" if stamp else "dateline"))
        line = line[start:]
        if not line:
            break
    credit = _credit(line)
    if credit:
        start, reason = credit
        after.append((line[start:].strip(), reason))
        line = line[:start].rstrip()
    line, led_on = _without_leading_on(line)
    return line, before, [*((part, "link") for part in led_on), *after]


def _credit(line: str) -> tuple[int, str] | None:
    """Return where the credit behind the text of *line* begins, and its kind; None without any."""
    tail = max(0, len(line) - _LONGEST_CREDIT)
    if "(" not in line[tail:] and ":" not in line[tail:] and " by " not in line[tail:]:
        return None
    writers = _CREDIT.search(line, tail)
    if writers:
        return writers.start(), "byline"
    photographer = _PHOTO_CREDIT.search(line, tail)
    # In the present it is a caption that the credit belongs to, and all of it goes.
    if photographer and tells_the_past(line[: photographer.start()]):
        return photographer.start(), "caption"
    return None


def _dateline_end(line: str, text: str, *, is_early: bool) -> int:
    """Return how many characters of *line* are a dateline or a note of change before its text."""
    # Datelines and the like hold a mark that this cheap look finds; most paragraphs have none.
    match = _DATELINE.match(line) if _DATELINE_MARK.search(line[:120]) else None
    if match is None and is_early:
        match = _PLAIN_DATELINE.match(line)
        bare = _BARE_DATELINE.match(line)
        is_place = bare is not None and text.count(bare[1]) == 1 and not reason_against(line)
        match = match or (bare if is_place else None)
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
    is_whole = is_ended(line)
    if not line.isascii() and (_EMOJI.match(line) or len(_EMOJI.findall(line)) >= 2):
        return reason_against(line) or "emoji"
    if len(parts) == 1 or not is_whole:
        reason = reason_against(line)
        # The lede of a wire story names its agency where a caption would.
        if reason is not None and not (had_dateline and reason == "caption"):
            return reason
    words = line.count(" ") + 1
    if not is_whole:
        if len(parts) > 1:
            return None
        return "heading" if words <= _LONG_HEADING else "fragment"
    if len(parts) == 1 and words <= _SHORT_HEADING and (line[-1] == "?" or _is_title_case(line)):
        return "heading"
    return None


def _without_boilerplate(line: str, told: _Told, *, had_dateline: bool) -> tuple[str, _Removed]:
    """Return what stays of *line*, "" where all of it goes, and what goes with the reasons."""
    parts = sentences(line)
    reason = _fault(line, parts, had_dateline=had_dateline)
    left, dropped = ("", []) if reason else _without_sentences(line, parts)
    if dropped and left:
        # What is left may be no more than a question that led up to the rest.
        parts = sentences(left)
        left = "" if _fault(left, parts, had_dateline=had_dateline) else left
    if left and not told.is_told(left, parts):
        return left, dropped
    reason = reason or (dropped[0][1] if dropped else "repeat")
    return "", [(line, reason)] if line else []


def _without_sentences(line: str, parts: tuple[str, ...]) -> tuple[str, _Removed]:
    """Return *line* without its boilerplate sentences and unended tail, and those with reasons."""
    if len(parts) < 2:
        return line, []
    dropped: _Removed = []
    left, place = "", 0
    for part in parts:
        end = line.index(part, place) + len(part)
        reason = reason_against(part)
        if reason is None and part is parts[-1] and not is_ended(part):
            reason = "fragment"
        if reason is None:
            left += line[place:end]
        else:
            dropped.append((part, reason))
        place = end
    # Half of it is reason enough: the rest only leads up to it.
    if 2 * sum(reason not in _ALONE for _, reason in dropped) >= len(parts):
        left = ""
    return left.strip(), dropped


def _is_title_case(line: str) -> bool:
    """Tell whether nearly every word of *line* begins with a capital, as in a headline."""
    words = [word for word in re.findall(r"[^\W\d_][\w’']*", line) if len(word) > 3]
    return len(words) >= 4 and all(word[0].isupper() for word in words)
