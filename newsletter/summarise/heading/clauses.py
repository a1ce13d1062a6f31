"""Shortens English sentences by whole leading or trailing clauses, word for word."""

import re
from collections.abc import Iterator

from newsletter.summarise.heading.allegations import is_allegation
from newsletter.summarise.heading.finite import has_main_verb, links, verb_groups
from newsletter.summarise.heading.joints import loosely_joined
from newsletter.summarise.wording import word_set
from newsletter.text.sentence_words import CLOSING

FEWEST_WORDS = 8  # of a sentence that is left
_LONGEST = 600  # characters; what is longer is no sentence that one would print
_MOST = 24  # results; a sentence with more clauses than make so many is none that one would print

_STOP = re.compile(r"(?P<mark>[.!…])[\"”’')\]]*$")
_INITIALS = re.compile(r"(?:\b[A-Z]\.[A-Z]\.|\b(?:[ap]\.m|No)\.)$")
_LAST = re.compile(r"(\w+)\.$")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|(?<!\w)‘[^’]*’(?!\w)|(?<!\w)'[^']*'(?!\w)")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_PAIRS = ("“”", "()", "[]", "«»")
_MARK = re.compile(r",\s+|;\s+|\s+[—–]\s*|\s+--?\s+|(?<=\w)—\s*")
# A clause that may go from the end: what it adds is its own, and the rest holds without it.
_TAIL = re.compile(
    r"""(?:(?:which|who|whose|whom|where)\b
    | (?:\w+\s){1,4}of\s(?:whom|which)\b
    | (?:in|at|for|during|after|to|by|from|on|under|through|with|into)\s(?:which|whom|whose)\b
    | in\s(?:what|which|a\s(?:move|bid|sign|case|decision|deal|blow)|an?\s(?:attempt|effort))\b
    | (?:while|as|after|before|when|because)\s(?!if\b|though\b|usual\b|expected\b|long\b|all\b)
    | [a-z]{3,}ed\s(?:by|in|on|at|for|from|after|with|as)\s
    | (?:amid|despite|including|such\sas|with|along\swith|together\swith)\s
    | (?:(?:also|thus|further|[a-z]+ly)\s)?
      (?!(?:pending|barring|assuming|providing|starting|beginning|according|during|nothing
        |something|anything|everything|morning|evening|spring|being|excluding|depending
        |considering|notwithstanding|king|wing|ring|string|building|wedding|meeting|hearing
        |ceiling|sibling)\b)
      [a-z]{2,}ing\b
    )""",
    re.VERBOSE,
)
_PARTICIPLE = re.compile(r"(?:^|(?<=, ))[a-z]{3,}ed\s")
# A description behind its noun. A list would need "and" before its last member.
_SUPERLATIVE = re.compile(
    r"(?:the|his|her|its|their|an?)\s(?:\w+\s)?(?:first|latest|largest|biggest|second|third|worst)\b"
)
_APPOSITION = re.compile(
    r"(?:an?|(?:the|his|her|its|their)\s(?:first|latest|largest|biggest|second|third|most))\s"
)
# Behind these the sentence takes back, or makes conditional, what it said.
_TURNS = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|disput\w+|refut\w+|reject\w*|false(?:ly)?|incorrect\w*|debunk\w*"
    r"|untrue|inaccurate|no evidence|without evidence|overturn\w*|retract\w*|revers\w+|walked back"
    r"|contradict\w*|mistaken\w*|fake|hoax|acquit\w*|dropped|not guilty|unproven|unverified)\b"
    r"|^(?:but|if|unless|until|provided|although|though|however|except|only)\b",
    re.IGNORECASE,
)
_DASH_TURNS = re.compile(
    r"(?:not|other|except|save|apart|and|or|so|yet|even|still|then|to|of|for)\b", re.IGNORECASE
)
_AFTER_COMMA = re.compile(r"(?:and|or|but|nor|to)\b")
# "bread and, sometimes": what stood behind belonged to it.
_LEFT_HANGING = re.compile(
    r",\s+(?:and|or|but),[^,]*$|,\s+[a-z]+$"
    r"|\b(?:is|are|was|were|be|been|has|have|had|will|would|can|could|may|might|should),[^,]*$"
)
# "identified them, ..., as friends": here "as" opens no clause of its own.
_AS_WHAT = re.compile(
    r"\b(?:identif|describ|regard|known|characteri[sz]|portray|view|treat|depict|hail|nam|rank"
    r"|list|dismiss|cit)\w*\b(?!.*\bas\b)"
)
_LISTED = re.compile(r"[a-z]+ing(?:,| and | or )")
_ING_ENDS = re.compile(r"[a-z]ing$")
_COMPLEMENT = re.compile(r"\b(?:that|whether|because|if|although|though|why|how)\s")
_COORDINATES = re.compile(r"\b(?:and|or|nor|&)\b")
_LEADING = re.compile(
    r"(?:However|Meanwhile|Moreover|Furthermore|Additionally|In addition|Separately|Nevertheless"
    r"|Nonetheless|Indeed|In fact|Notably|Importantly|Interestingly|Overall|Of course|To be sure"
    r"|That said|Still|Also|Therefore|Thus|Consequently|As a result|As expected|Finally"
    r"|In particular|Besides|Likewise|Similarly|Predictably|Unsurprisingly|Not surprisingly"
    r"|Ultimately|Incidentally|Ironically),\s+"
)
_STATEMENT = re.compile(
    r"In (?:an?|his|her|its|their) (?:(?:brief|short|joint|written|separate|lengthy|public"
    r"|prepared|emailed|news|press|blog|video|social media|Twitter|Facebook|Instagram) )*"
    r"(?:statement|tweet|post|release|message|letter|email|e-mail|memo|interview|conference|speech"
    r"|briefing)(?: (?:to|with|on|from) [^,\d]{3,40})?,\s+"
)
_SAYS = re.compile(
    r"\b(?:said|says|told|called|wrote|announced|described|added|apologi[sz]ed|denied|confirmed"
    r"|thanked|praised|warned|urged|claimed)\b"
)
_DAY = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July"
    r"|August|September|October|November|December|yesterday|today|week|month|year)\b"
)
_CAPITAL = re.compile(r"[A-Z]")
_PRONOUN = re.compile(r"\b(?:he|she|they|it|his|her|him|them|their|its)\b", re.IGNORECASE)
_ENDS_OPEN = word_set(
    "the a an of in on at for with from by to and or but that as is are was were has had have will "
    "would his her its their this these those into over about than not who which while when where "
    "after before because if so both either neither between including such said says "
    "until amid despite following during"
)
# Before a comma these announce what follows it.
_WAITS = re.compile(
    r"\b(?:not only|rather than|as well|such as|so|both|either|neither)$", re.IGNORECASE
)
_SUBORDINATE = re.compile(
    r"(?:In|On|At(?! least)|After|As|While|When|During|With|For|Amid|Despite|Before|Since|Under"
    r"|By|If|Although|Though|Because|Once|Until|Unless|Following|Where|Whether|From|To"
    r"|(?!(?:Beijing|King|During|Nothing|Something|Everything)\b)\w+ing)\b"
)
_SPEAKER = (
    r"(?!(?:while|as|when|after|before|which|who|and|but|that|if|because|where|with|\w+ing)\b)"
    r"(?:[\w.’'&-]+ ){0,6}[\w.’'-]+"
)
_DAYS = r"(?: (?:on |late |early )*(?:[A-Z][a-z]+day|today|yesterday)(?: \w+)?| in a statement)*"
_SAID = r"(?:said|says|say|announced|reported|reports|report|confirmed|told [\w. ’']{2,40})"
_CREDIT = re.compile(
    rf",\s+(?:{_SPEAKER} (?:have |has )?{_SAID}{_DAYS}"
    rf"|(?:said|says) {_SPEAKER}(?:, [^,]+)?"
    r"|according to [^,;—–]+(?:, (?:who|which) [^,;—–]+)?)$"
)
# Who tells what happened on duty; what others say is their view.
_OFFICIAL = re.compile(
    r"\b(?:police|officials?|authorities|department|ministry|office|agency|sheriff|coroner|court"
    r"|government|council|navy|army|military|firefighters|fire service|rescuers|company|airline"
    r"|spokes\w+|hospital|coastguard|coast guard|troopers|dispatchers|officers?)\b",
    re.IGNORECASE,
)
# Who gives no name, or repeats what another wrote, is no official body.
_HEARSAY = re.compile(r"\b(?:sources?|one of|anonym\w*|report(?:s|ed)? (?:in|by)|media|cit\w+)\b")
_LEADING_CREDIT = re.compile(r"According to [^,]+,\s+(?!(?:who|which|whose)\b)")


def shortened(text: str, *, fewest: int = FEWEST_WORDS, closely: bool = False) -> tuple[str, ...]:
    """Return what is left of an English sentence without its leading or trailing clauses.

    Each result is a span of *text*, begun with a capital and ended with a full stop, with at least
    *fewest* words and a main verb, its quotes and brackets in pairs; longest first. Nothing is cut
    within a quotation, no date and no attribution ("police said"), and no clause that takes back or
    conditions what stands before it. With *closely*, as for headlines, clauses go as well that no
    comma sets off ("after ..."), that are joined by "and", or that lead up to the news. Empty where
    nothing may go, and for questions.
    """
    body = _body(text)
    if body is None:
        return ()
    found: dict[str, None] = {}
    queue = [body]
    while queue and len(found) < _MOST:
        last = queue.pop(0)
        close = loosely_joined(last, _masked(last)) if closely else ()
        for cut, has_verb in (*_cuts(last), *close):
            if cut not in found and _stands(cut, fewest, has_verb=has_verb):
                found[cut] = None
                queue.append(cut)
    return tuple(_ended(cut) for cut in sorted(found, key=lambda cut: (-len(cut), cut)))


def uncredited(text: str) -> str | None:
    """Return *text* without stop and official attribution, whatever it claims; None without one."""
    body = _body(text)
    if body is None:
        return None
    credit = _CREDIT.search(body)
    if credit is not None and _is_official(credit[0]):
        return body[: credit.start()] if _masked(body)[credit.start()] == "," else None
    leading = _LEADING_CREDIT.match(body)
    if leading is None or not _is_official(leading[0]):
        return None
    rest = _capital(body[leading.end() :])
    # "According to the police of Leeds, a town in ...": that goes on with the attribution.
    goes_on = "," in rest and not has_main_verb(rest.partition(",")[0], guess=True)
    return None if goes_on or _PRONOUN.search(rest) else rest


def _is_official(credit: str) -> bool:
    return _OFFICIAL.search(credit) is not None and not _HEARSAY.search(credit)


def is_plain_fact(text: str) -> bool:
    """Tell whether English *text* may stand without the name of who says it."""
    return "“" not in text and '"' not in text and not is_allegation(text)


def _body(text: str) -> str | None:
    """Return *text* without its stop; None of what is no whole statement, or an endless one."""
    stripped = text.strip()
    stop = _STOP.search(stripped) if len(stripped) <= _LONGEST else None
    if stop is None or not stripped[0].isprintable() or not _is_paired(stripped):
        return None
    # A stop within a closing quotation or bracket belongs to that.
    if stop.end("mark") < len(stripped):
        return stripped
    return stripped if ends_in_abbreviation(stripped) else stripped[:-1]


def ends_in_abbreviation(text: str) -> bool:
    """Tell whether the final stop of *text* belongs to its last word: U.S., Inc., Calif."""
    last = _LAST.search(text)
    return _INITIALS.search(text) is not None or (last is not None and last[1] in CLOSING)


def _ended(body: str) -> str:
    return body if _STOP.search(body) else f"{body}."


def _capital(text: str) -> str:
    # Only the first letter's case may change: "ß" would become two.
    upper = text[:1].upper()
    return upper + text[1:] if len(upper) == 1 else text


def _masked(body: str) -> str:
    """Return *body* with all that stands in quotation marks or brackets blotted out."""
    for pattern in (_QUOTED, _BRACKETS):
        body = pattern.sub(lambda match: "\x00" * len(match[0]), body)
    return body


def _cuts(body: str) -> Iterator[tuple[str, bool]]:
    """Yield *body* without its last clause, and without its first.

    Beside each stands whether the main verb must be in what is left, as none can be in what went.
    """
    masked = _masked(body)
    yield from _without_tail(body, masked)
    leading = _LEADING.match(masked)
    if leading:
        yield _capital(body[leading.end() :]), False
    statement = _STATEMENT.match(masked)
    if statement and not _DAY.search(statement[0]) and _SAYS.search(masked, statement.end()):
        rest = body[statement.end() :]
        if not _PRONOUN.search(rest) or not _CAPITAL.search(statement[0], 3):
            yield _capital(rest), False


def _without_tail(body: str, masked: str) -> Iterator[tuple[str, bool]]:
    closing = re.search(r"\s+\([^()]*\)$", body)
    if closing:
        yield body[: closing.start()], True
    marks = list(_MARK.finditer(masked))
    dashes = sum(match[0].strip() not in {",", ";"} for match in marks)
    for match in reversed(marks):
        rest, tail = body[: match.start()].rstrip(), masked[match.end() :]
        mark = match[0].strip()
        if _TURNS.search(body[match.end() :]) or _later_clause(tail):
            continue
        if mark != ",":
            if (mark == ";" or dashes == 1) and not _DASH_TURNS.match(tail):
                yield rest, False
        elif _is_apposition(tail):
            yield rest, verb_groups(tail) <= links(tail)
        elif _is_tail(tail, rest):
            yield rest, verb_groups(tail) <= links(tail) + bool(_PARTICIPLE.match(tail))


def _is_tail(tail: str, rest: str) -> bool:
    if _TAIL.match(tail) is None or len(tail.split()) < 3:
        return False
    if tail.startswith("as ") and _AS_WHAT.search(rest):
        return False
    if _PARTICIPLE.match(tail) and (has_main_verb(tail) or _PARTICIPLE.search(rest)):
        return False
    # "by buying, mending and selling", "the use, storing and sale": a list.
    if _LISTED.match(tail):
        return False
    return not (_ING_ENDS.search(rest) and _ING_ENDS.search(tail.split()[0]))


def _is_apposition(tail: str) -> bool:
    return (
        _APPOSITION.match(tail) is not None
        and len(tail.split()) >= 3
        and (not _COORDINATES.search(tail) or _SUPERLATIVE.match(tail) is not None)
        and not has_main_verb(tail, guess=True)
        and "," not in tail
    )


def _later_clause(tail: str) -> bool:
    """Tell whether behind a comma of *tail* the sentence may go on with what stood before it."""
    parts = _MARK.split(tail)[1:]
    return any(
        _AFTER_COMMA.match(part)
        or (not _TAIL.match(part) and has_main_verb(part, guess=True, own=False))
        for part in parts
    )


def _stands(body: str, fewest: int, *, has_verb: bool = False) -> bool:
    """Tell whether *body* is a whole sentence but for its stop.

    With *has_verb* its main verb is known to be there: what may be one will do.
    """
    words = body.split()
    if len(words) < fewest or not _is_paired(body):
        return False
    if words[-1].strip("“”\"'").casefold() in _ENDS_OPEN or _WAITS.search(body):
        return False
    if _LEFT_HANGING.search(body) or not _is_completed(body):
        return False
    if not body[0].isupper() and not body[0].isdigit() and body[0] not in '“"$£€':
        return False
    masked = _masked(body)
    if not _SUBORDINATE.match(masked):
        return has_main_verb(masked, guess=has_verb)
    _, comma, rest = masked.partition(",")
    return bool(comma) and len(rest.split()) >= 4 and has_main_verb(rest, guess=has_verb)


def _is_completed(body: str) -> bool:
    """Tell whether the last clause that depends on another ("found that ...") has its verb."""
    opened = list(_COMPLEMENT.finditer(body))
    return not opened or has_main_verb(body[opened[-1].end() :], guess=True, own=False)


def _is_paired(text: str) -> bool:
    return not text.count('"') % 2 and all(
        text.count(pair[0]) == text.count(pair[1]) for pair in _PAIRS
    )
