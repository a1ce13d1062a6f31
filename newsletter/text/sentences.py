"""Cuts news text into its sentences, each a verbatim span."""

import re

# A stop, the quotes and brackets that close after it, and the room before what follows. A straight
# quote may open the next sentence instead: `_closed` decides.
_STOP = re.compile(
    r"(?P<mark>\.{2,}|…+|[.!?]+|[。！？｡।॥؟۔։።]+)(?P<close>[\"'”’»)\]」』”）】》]*)(?P<gap>\s*)"
)
_WIDE_MARKS = frozenset("。！？｡।॥؟۔։።")
_OPENERS = "\"'“‘«([¿¡「『（„‚‹—–- "

# Never the end of a sentence: a name or a word follows.
_TITLES = frozenset(
    "Mr Mrs Ms Mx Dr Drs Prof Sen Sens Rep Reps Gov Govs Gen Lt Ltc Col Sgt Capt Cpt Maj Cmdr "
    "Cmdt Adm Rev Fr Hon Pres Supt Det Cpl Pvt Msgr Ste Mt Ft Messrs Mme Mlle Sra Srta Dra Hr Nr "
    "Amb Atty Insp Spc Pfc Brig Ald Asst Dep Dist MR MRS DR bzw cf e.g i.e vs v vgl ca approx z.B "
    "d.h u.a v.a".split()
)
# The end of a sentence unless a number follows.
_BEFORE_NUMBERS = frozenset(
    "no nos vol vols pp p art fig op ch sec jan feb mar apr jun jul aug sep sept oct nov "
    "dec".split()
)
# May end a sentence: what follows decides.
_MAY_END = frozenset(
    "Inc Corp Co Cos Ltd LLC Plc Bros Jr Sr Ph.D Ave Blvd Rd Hwy St Calif Fla Mass Conn Ill Minn "
    "Tenn Wash Ore Pa Va Md Ga Ala Ariz Ark Colo Del Ind Kan Ky La Mich Miss Mo Mont Neb Nev Okla "
    "Tex Vt Wis W.Va Wyo Dept Univ Assn Intl Mfg etc al est".split()
)
# "8 p.m. Monday": what may follow a time of day without beginning a sentence.
_AFTER_TIMES = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[A-Z]{2,5}\b|(?:Eastern|Central|Mountain|Pacific"
    r"|Local)"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\."
)
# Words that begin sentences and hardly ever a name: after "U.S." or "Inc." they open a new one.
_STARTERS = frozenset(
    "the a an in on at he she it they we i you his her its their our my your this that these "
    "those there here but and or so yet for from with without after before as if when where while "
    "although though since because to by during under until despite not no now then also however "
    "meanwhile moreover some many most more all both several two three four five what who how why "
    "is are was were do does did has have had can will would should officials according it's it’s "
    "he's he’s she's she’s that's that’s there's there’s i'm i’m we're we’re they're "
    "they’re".split()
)
_MONTHS = re.compile(
    r"(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
    r"|Jahrhundert)\b"
)
# Names that carry a mark of their own.
_SHOUTED = frozenset({"yahoo", "jeopardy"})
_SPEAKER = re.compile(
    r"(?:(?:[A-Z][\w.’'-]+|he|she|they|the|a) ){1,4}"
    r"(?:said|says|asked|asks|wrote|writes|added|tweeted|told|replied|shouted|cried)\b"
)
_LAST_WORD = re.compile(r"[^\s\"“”‘’()\[\],;:—–/]+$")
_FIRST_WORD = re.compile(r"[\w’'.-]*[\w’']")


def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of *text* in order, each a verbatim span without outer white space.

    A line break ends a sentence: article text has one paragraph a line. Stops inside a quotation
    count, so a long quotation is cut; what leaves a quotation open is for the caller to judge.
    Splits at the stops of Latin, CJK, Devanagari, Arabic, Armenian and Ethiopic script, and where a
    full stop lost its space ("week.Los Angeles").
    """
    found: list[str] = []
    for line in text.splitlines():
        start = 0
        for stop in _STOP.finditer(line):
            end = _closed(line, start, stop)
            if end > start and _ends(line, start, stop, end):
                found.append(line[start:end].strip())
                start = end
        found.append(line[start:].strip())
    return tuple(sentence for sentence in found if sentence)


def _closed(line: str, start: int, stop: re.Match[str]) -> int:
    """Return where the sentence would end: after those marks that close something opened in it."""
    end = stop.end("mark")
    for mark in stop["close"]:
        if mark == '"' and line.count('"', start, end) % 2 == 0:
            break
        # Glued or not, an apostrophe before a letter opens: it’s ’Twas that follows, not a close.
        if mark in "'’" and not stop["gap"] and end + 1 < len(line) and line[end + 1].islower():
            break
        end += 1
    return end


def _ends(line: str, start: int, stop: re.Match[str], end: int) -> bool:
    """Tell whether a sentence ends at *end*, judging by what stands before and after."""
    rest = line[end:]
    following = rest.lstrip()
    if not following:
        return True
    mark, quoted = stop["mark"], end > stop.end("mark")
    if mark[0] in _WIDE_MARKS:
        return not following.startswith(("と", "」", "』", "”", "）"))
    after = following.lstrip(_OPENERS)
    if not after or not _begins(after):
        return False
    before = _LAST_WORD.search(line, max(start, stop.start() - 30), stop.start())
    word = before[0] if before else ""
    if rest[0] == following[0]:
        return _is_glued(word, mark, after, quoted=quoted)
    if mark in {"?", "!", "?!", "!?"}:
        if quoted:
            return not _SPEAKER.match(following)
        return word.casefold() not in _SHOUTED
    if mark != "." or quoted:
        return True
    return _full_stop_ends(line[start : stop.start()], word, after)


def _begins(after: str) -> bool:
    """Tell whether a sentence may begin so: a capital, a figure, a sign or a caseless letter."""
    first = after[0]
    if first.islower():
        return len(after) > 1 and after[1].isupper()  # iPhone, eBay
    return first.isalnum() or first in "$£€#@%"


def _is_glued(word: str, mark: str, after: str, *, quoted: bool) -> bool:
    """Tell whether two sentences lost the space between them: "this week.Los Angeles"."""
    if len(mark) > 1 and mark[0] != ".":
        return True
    plain = word.rstrip(")]%”\"’'")
    if not quoted and (len(plain) < 2 or not (plain[-1].islower() or plain[-1].isdigit())):
        return False
    if "@" in word or "/" in word or "." in word or word in _TITLES:
        return False
    if not after[0].isupper():
        return False
    return len(after) == 1 or after[1].islower() or not after[1].isalnum()


def _full_stop_ends(sentence: str, word: str, after: str) -> bool:
    """Tell whether a full stop after *word*, with a space behind it, ends *sentence*."""
    folded = word.casefold()
    if word.rpartition("-")[2] in _TITLES:
        return False
    if folded in _BEFORE_NUMBERS:
        return not after[0].isdigit()
    if folded in {"a.m", "p.m", "am", "pm"}:
        return not _AFTER_TIMES.match(after)
    if word.isdigit():
        # "3. Oktober", and the "1." that numbers a paragraph.
        return len(word) > 2 or not (_MONTHS.match(after) or sentence.strip() == word)
    is_initial = len(word) == 1 and word.isalpha() and word.isascii()
    is_dotted = "." in word and all(len(part) <= 2 for part in word.split("."))
    if is_initial or is_dotted or word in _MAY_END:
        first = _FIRST_WORD.match(after)
        return first is not None and first[0].casefold() in _STARTERS
    return True
