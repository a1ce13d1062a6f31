"""Cuts news text into its sentences, each a verbatim span."""

import re
from collections.abc import Iterator

from newsletter.text.sentence_stops import first_word, full_stop_ends, opens
from newsletter.text.sentence_words import (
    CLOSING,
    LEADING,
    MARKED_NAMES,
    MARKED_PAIRS,
    SPEAKER,
    TIMES,
)

# A stop, the quotes and brackets that may close after it, and the room before what follows. Greek
# asks with ";", Armenian typed in haste stops with ":".
_STOP = re.compile(
    r"(?P<mark>[.!?…]+|[。！？｡।॥؟۔։።፧။។៕．]+|፡፡"
    r"|[;:](?:(?<=[\u0370-\u03ff\u1f00-\u1fff];)|(?<=[\u0531-\u0587]:))(?=[\s»”\"]|$))"
    r"(?P<close>[\"'”’“‘»«›‹)\]」』）】》]*(?:[ \u00a0\u202f][»”›](?=\s|$))*)(?P<gap>\s*)"
)
_WIDE_MARKS = frozenset("。！？｡।॥؟۔։።፧፡။។៕．")
_OPENING = re.compile(
    r"[\"'“”‘’«»„‚‹›(\[¿¡「『（—–•*·▪‣►\s\U0001f300-\U0001faff\u2600-\u27bf\u2b50\ufe0f-]*"
)
_LAST_WORD = re.compile(r"[^\s\"“”‘()\[\],;:—–/«»„-]+$")
_FIRST_PERSON = re.compile(r"I\b")
_NAME_OF_FILE = re.compile(r"\w+\.\w")
# "b) Salt", "'s Avonds"
_OPENS_SMALL = re.compile(r"\(?(?:[a-h]|i{1,3}|iv|v)\) |['’][stn] [A-Z]")
_OPENING_APOSTROPHE = re.compile(r"(?:^|[\s(“\"])['‘]")
# Signs and footnotes behind a stop belong to it, unless they open each sentence, as in a list.
_SIGNS = re.compile(
    r"\s*(?:[\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff\u2600-\u27bf\u2b50\u2b55]"
    r"[\ufe0f\u200d]?)+|(?: ?\[(?:\d{1,3}|[a-z]|note \d+|citation needed)\])+|[¹²³⁰-⁹]+"
)
_GLUED_SCRIPTS = re.compile("[\u0620-\u06d3\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_GOES_ON_SMALL = re.compile(r"[a-z][a-z ][a-z0-9 ]")  # most stops that end nothing
_GOES_ON = re.compile(r"と|って|など|[」』”）]")
_PARTICLE = re.compile(r"[とてがはをにのもで]")
_WIDE_SPEAKER = re.compile(
    r"[\u4e00-\u9fff]{1,8}?[说說道问問喊答称稱](?=[：:，,。！？]|$)|(?:سأل|قال|تساءل)"
)
_THAI = re.compile("[\u0e01-\u0eff]")
# Thai and Lao end no sentence with a mark; the space between two long runs is the nearest thing.
_THAI_SPACE = re.compile("(?<=[\u0e01-\u0eff]) +(?=[\u0e01-\u0eff]{12})")
_THAI_LINKS = tuple(
    "และ หรือ แต่ ที่ ซึ่ง โดย ว่า เพื่อ ใน ของ จาก กับ รวม ทั้ง เพราะ เนื่อง จึง ก็ แล้ว ให้ คือ เช่น ได้แก่ เป็น "
    "ແລະ ຫຼື ແຕ່ ທີ່ ໂດຍ ວ່າ ເພື່ອ ໃນ ຂອງ ຈາກ ກັບ".split()
)
_THAI_RUN = 25  # characters; a shorter run is a phrase
_SEEN_BEFORE, _SEEN_AFTER = 60, 120  # characters that are read around a stop
_ASIDE = 200  # characters in which a bracket or a quotation is looked for


def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of *text* in order, each a verbatim span without outer white space.

    A line break ends a sentence: article text has one paragraph a line. Stops inside a quotation
    count, so a long quotation is cut; what leaves a quotation open is for the caller to judge.
    Footnote marks and emoji behind a stop stay with its sentence. Splits at the stops of Latin,
    Greek, Cyrillic, CJK, Indic, Arabic, Armenian, Ethiopic, Burmese and Khmer script, where a full
    stop lost its space ("week.Los Angeles"), and in Thai and Lao, which have no stops, at the
    spaces between long runs. Linear in the length of *text*.
    """
    found: list[str] = []
    for line in text.splitlines():
        start = 0
        for stop in _STOP.finditer(line):
            if _GOES_ON_SMALL.match(line, stop.end()) and line[stop.start()] in ".!?…":
                continue
            end = _end(line, start, stop)
            if end > start and _ends(line, start, stop, end):
                found.append(line[start:end].strip())
                start = end
        found.append(line[start:].strip())
    if not text.isascii() and _THAI.search(text):
        found = [part for sentence in found for part in _thai(sentence)]
    return tuple(sentence for sentence in found if sentence)


def _thai(sentence: str) -> Iterator[str]:
    """Yield the runs of a Thai or Lao *sentence* that are long enough to be sentences."""
    start = 0
    for space in _THAI_SPACE.finditer(sentence):
        is_run = space.start() - start >= _THAI_RUN
        if is_run and not sentence.startswith(_THAI_LINKS, space.end()):
            yield sentence[start : space.start()]
            start = space.end()
    yield sentence[start:]


def _end(line: str, start: int, stop: re.Match[str]) -> int:
    """Return where the sentence would end: behind what closes it, its footnotes and its signs."""
    end = _closed(line, start, stop) if stop["close"] else stop.end("mark")
    following = line[end : end + 2].lstrip()[:1]
    if not following or (following != "[" and following.isascii()):
        return end
    signs = _SIGNS.match(line, end)
    return signs.end() if signs and not _SIGNS.match(line[start : start + 8].lstrip()) else end


def _closed(line: str, start: int, stop: re.Match[str]) -> int:
    """Return the place behind those marks that close something opened earlier."""
    if stop["gap"] or stop.end() == len(line):
        return stop.end("close")
    end = stop.end("mark")
    for mark in stop["close"]:
        seen = line[max(start, end - _ASIDE) : end]
        match mark:
            case '"':
                closes = seen.count('"') % 2 == 1
            case "'" | "’":
                # Glued or not, an apostrophe before a small letter opens: ’twas.
                closes = not line[end + 1 : end + 2].islower() and (
                    mark == "’" or _OPENING_APOSTROPHE.search(seen) is not None
                )
            case "“":
                closes = seen.rfind("„") > seen.rfind("“")
            case "‘":
                closes = seen.rfind("‚") > seen.rfind("‘")
            case "«":
                closes = seen.rfind("»") > seen.rfind("«")
            case "»":
                closes = seen.rfind("»") <= seen.rfind("«")
            case _:
                closes = True
        if not closes:
            break
        end += 1
    return end


def _ends(line: str, start: int, stop: re.Match[str], end: int) -> bool:
    """Tell whether a sentence ends at *end*, judging by what stands before and after."""
    following = line[end : end + _SEEN_AFTER].lstrip()
    if not following:
        return True
    mark, quoted = stop["mark"], end > stop.end("mark")
    if mark[0] in _WIDE_MARKS:
        return _wide_mark_ends(line, start, stop, following, quoted=quoted)
    opening = _OPENING.match(following)
    after = following[opening.end() :] if opening else following
    if not (_begins(after) or _OPENS_SMALL.match(following)):
        return False
    before = line[max(start, stop.start() - _SEEN_BEFORE) : stop.start()].rstrip()
    word = _last_word(before)
    if line[end] == following[0]:
        return _is_glued(before, word, mark, after, quoted=quoted)
    if _is_aside(line, start, end, "()"):
        return False
    if mark == ".":
        if following[0] == "(" and word.casefold() in TIMES:
            return False  # "7 p.m. (1900 GMT)"
        # "(D-Calif.) Tuesday": a bracket does not make an abbreviation an end, a quote does.
        return (quoted and line[end - 1] != ")") or full_stop_ends(before, word, after)
    if quoted:
        return not SPEAKER.match(following)
    if "." in mark or "…" in mark:
        return not (_FIRST_PERSON.match(after) and _is_quoting(line, start, stop.start()))
    folded = word.casefold()
    if folded in MARKED_NAMES:
        return opens(after)
    return (folded, first_word(after).casefold()) not in MARKED_PAIRS


def _wide_mark_ends(
    line: str, start: int, stop: re.Match[str], following: str, *, quoted: bool
) -> bool:
    """Tell whether a mark that needs no space behind it ends a sentence."""
    if _GOES_ON.match(following) or (quoted and _WIDE_SPEAKER.match(following)):
        return False
    if stop["mark"] == "．" and following[0].isdigit() and line[stop.start() - 1].isdigit():
        return False
    if quoted and not stop["gap"] and _PARTICLE.match(following):
        return False
    end = stop.end("close")
    return not (_is_aside(line, start, end, "（）") or _is_aside(line, start, end, "()"))


def _is_aside(line: str, start: int, end: int, brackets: str) -> bool:
    """Tell whether *end* lies in brackets that opened and will close within the sentence."""
    opener, closer = brackets[0], brackets[1]
    first = max(start, end - _ASIDE)
    opened = line.rfind(opener, first, end)
    if (
        opened < 0
        or line.find(closer, opened, end) >= 0
        or not line[max(start, opened - 2) : opened].strip()
    ):
        return False
    closed = line.find(closer, end, end + _ASIDE)
    return closed >= 0 and line.find(opener, end, closed) < 0


def _is_quoting(line: str, start: int, end: int) -> bool:
    """Tell whether a quotation that opened in the sentence is still open at *end*."""
    seen = line[max(start, end - _ASIDE) : end]
    return seen.rfind("“") > seen.rfind("”") or seen.count('"') % 2 == 1


def _begins(after: str) -> bool:
    """Tell whether a sentence may begin so: a capital, a figure, a sign or a caseless letter."""
    first = after[:1]
    if first.islower():
        return len(after) > 1 and after[1].isupper()  # iPhone, eBay
    return first.isalnum() or (first != "" and first in "$£€#@%")


def _last_word(before: str) -> str:
    """Return what stands before the stop, without the article of "l'avv"."""
    last = _LAST_WORD.search(before.rpartition(" ")[2][-30:])
    word = last[0].strip("'’") if last else ""
    elided = word.replace("’", "'").rpartition("'")[2]
    return elided if elided in LEADING else word


def _is_glued(before: str, word: str, mark: str, after: str, *, quoted: bool) -> bool:
    """Tell whether two sentences lost the space between them: "this week.Los Angeles"."""
    if len(mark) > 1 and mark[0] != ".":
        return True
    if not quoted and _GLUED_SCRIPTS.match(after) and _GLUED_SCRIPTS.match(before[-1:]):
        return len(word) > 2 or before[-1] > "\u3000"
    token = before.rpartition(" ")[2]
    plain = token.rstrip(")]%”\"’'")
    if not quoted and (len(plain) < 2 or not (plain[-1].islower() or plain[-1].isdigit())):
        return False
    is_time = word.casefold() in TIMES
    if (
        ("." in word and not is_time)
        or _NAME_OF_FILE.match(after)
        or word in LEADING
        or word in CLOSING
    ):
        return False
    # An address is no place for an end, nor is what is too long to be a word.
    if "@" in token or "/" in token or token.startswith("www.") or len(token) == _SEEN_BEFORE:
        return False
    if not after[0].isupper():
        return False
    return len(after) == 1 or after[1].islower() or after[1] in " ’'"
