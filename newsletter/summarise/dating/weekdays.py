"""Finds the weekdays of an English sentence and resolves those that leave no doubt."""

import re
from collections.abc import Iterator, Mapping

from newsletter.summarise.dating.days import Mention, Standpoint
from newsletter.summarise.dating.tense import HABIT, REPORTED, Tense, Tenses, Verb
from newsletter.summarise.wording import word_set
from newsletter.text.locales import wording_of

MONTH = (
    r"(?P<month>Jan(?:uary|\.)|Feb(?:ruary|\.)|March|April|May|June|July|Aug(?:ust|\.)"
    r"|Sept?(?:ember|\.)|Oct(?:ober|\.)|Nov(?:ember|\.)|Dec(?:ember|\.))"
)

_ENGLISH = wording_of("en")


def _either(words: str) -> str:
    return "|".join(words.split())


_WEEKDAYS: Mapping[str, int] = _ENGLISH.weekdays
_DAY = "|".join(name.capitalize() for name in _WEEKDAYS)
_PART = r"(?:late |early |mid-?)?(?:morning|afternoon|evening|night|overnight)"
_WEEKDAY = re.compile(
    rf"(?<![\w-])(?:(?P<time>[Ee]arly|[Ll]ate)(?: on)? )?(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his"
    rf"(?: past| coming)?|[Cc]oming) )?(?P<day>{_DAY})(?P<of>['’]s)?"
    rf"(?P<part> {_PART}\b(?:['’]s)?)?(?:(?: of)? (?P<week>(?:last|this|next) week))?(?![\w-])"
)
# Before a weekday: not the one that just was, or a name.
_VETO_BEFORE = re.compile(
    r"\b(?:every|each|any|given|an?|one|some|most|many|another|other|alternate|previous|following|same"
    r"|that|(?:first|second|third|fourth|final|1st|2nd|3rd) |on the|black|good|cyber|palm|easter"
    r"|ash|holy|maundy|whit|shrove|fat|blue|bloody|giving|super|ruby|patch|manic|big|red|half)"
    r"\s?$|\bMail on $|\b(?:ago|from|second|week|weeks|day|days|previous) $",
    re.IGNORECASE,
)
_NAMES = (
    "Times Telegraph Mail Mirror Express Herald Post Star Sun People Independent Mass Service"
    " Review Edition Briefing Magazine School Night Morning Afternoon Evening Nights Live Prayers"
    " Politics Brunch Island Addams Club League Show Project Rock Jazz Group Business World"
)
_AFTERWARDS = (
    "prayers? mass(?=[,.]|\\s(?:at|in|on)\\b) services? school sermons? roast lunch brunch papers?"
    " newspapers? editions? supplements? blues leagues? drivers? shopping week"
    " newsletters? columns? podcasts? markets?"
)
_MONTHS = MONTH.replace("?P<month>", "?:")
_DATE = (
    rf"{_MONTHS} \d|(?:the )?[1-3]?\d(?:st|nd|rd|th)?\.?(?: of)? {_MONTHS}|\d{{1,2}}[/.-]\d"
    r"|the \d|\d{1,2}(?:st|nd|rd|th)"
)
_VETO_AFTER = re.compile(
    rf"[\s-](?:(?-i:{_either(_NAMES)})\b|(?:{_either(_AFTERWARDS)})\b"
    r"|night football|morning quarterback|(?:before|after) (?:last|next|that)\b"
    r"|(?:the )?\d+(?:st|nd|rd|th)?\b(?! ?[ap]\.?m|:|[- ](?:year|day|hour|people|minute|point))"
    rf"|(?:through|thru|to) (?:{_DAY})|[-–/] ?(?:{_DAY})|a week ago|(?:two|three) weeks"
    rf"|(?:in|of) (?:{'|'.join(_ENGLISH.months)})\b"
    r"|(?:is|was|’s) (?:the|an?|my|not|National|World|International)\b)"
    rf"|^:(?!\d)|^[-–/](?:{_DAY})|^,? ?\(?(?:{_DATE})",
    re.IGNORECASE,
)
DATE_AFTER = re.compile(rf",? ?\(?(?:{_DATE})", re.IGNORECASE)
# Three days are a timetable.
_LIST = re.compile(rf"\b(?:{_DAY}), (?:{_DAY}),? (?:and|or|&) (?:{_DAY})\b")
_RANGE_BEFORE = re.compile(
    rf"(?:{_DAY})(?:['’]s)?(?: (?:morning|afternoon|evening|night))?"
    r"(?: to | through | thru | until | till | – | - |[–-])$|\bbetween (?:[\w ]{0,20} and )?$"
)
_SCHEDULED = word_set(
    "vote votes election elections match game games meeting meetings summit deadline debate debates"
    " hearing final semifinal race primary primaries referendum talks ceremony funeral concert"
    " parade rally protest march session launch trial session event conference runoff ballot bout"
    " fight contest clash test release opening premiere draw auction derby kickoff kick-off show"
    " caucus caucuses visit poll polls deal speech address"
)
_DONE = word_set(
    "decision ruling attack attacks shooting verdict result results defeat win victory announcement"
    " crash explosion blast fire earthquake storm killing killings arrest arrests death deaths"
    " resignation incident accident massacre collapse outage loss violence revelations"
)
_SINCE = re.compile(r"\b(?:since|as of)(?: (?:late|early))? $", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|till|through)(?: (?:late|early))? $", re.IGNORECASE)
_BEFORE = re.compile(
    r"\b(?:ahead of|before|for|to|by|starting|beginning|effective|as early as|as soon as|due)"
    r"(?: on)?(?: (?:late|early|the))? $",
    re.IGNORECASE,
)
_AHEAD_OF = re.compile(
    r"\b(?:ahead of|prior to|in advance of|before (?:the|an?|his|her|its|their))\b[^,;:()]*$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\b(?:after|following|in|at|during|from|over|about|despite)(?: the| his| her| its| their)?"
    r"(?: \w+)? $|\b(?:won|lost|swept|attended|skipped|missed|marred|dominated|decided) $",
    re.IGNORECASE,
)


def weekdays(
    sentence: str, here: Standpoint, tenses: Tenses, *, is_history: bool
) -> Iterator[Mention]:
    """Yield the weekdays of *sentence* with their dates, in its order.

    In one that tells of another year (*is_history*), only those that a verb of telling stands next
    to: "said on Monday".
    """
    for match in _WEEKDAY.finditer(sentence):
        start, end = match.span()
        verb, tense = tenses.around(start, end)
        is_told = verb is not None and verb.word in REPORTED and _is_beside(verb, match)
        if is_history and not is_told:
            continue
        is_timetable = _RANGE_BEFORE.search(sentence, 0, start) or _LIST.search(sentence)
        if is_timetable or _is_name(sentence, match, verb):
            continue
        apart = _weekday(match, here, tenses, tense)
        if apart is not None and (found := here.days(apart)):
            yield Mention(start=start, end=end, date=found)


def _is_beside(verb: Verb, match: re.Match[str]) -> bool:
    """Tell whether a verb and the day go together whatever else is told: "said on Monday"."""
    if verb.end <= match.start():
        return match.string[verb.end : match.start()].strip() in ("", "on")
    return not match.string[match.end() : verb.start].strip()


def _is_name(sentence: str, match: re.Match[str], verb: Verb | None) -> bool:
    """Tell whether the weekday is part of a name, of a habit or of a full date."""
    before, after = sentence[: match.start()], sentence[match.end() :]
    if (_VETO_BEFORE.search(before) and not match["which"]) or _VETO_AFTER.match(after):
        return True
    word = re.search(r"([A-Z][\w’']*) $", before)
    # Names of days like alliteration: "Throwback Thursday", "Meatless Monday".
    if word and word[1][0] == match["day"][0] and not match["time"]:
        return True
    if re.search(r"\b(?:its|his|her|their|our|my) $", before, re.IGNORECASE):
        return True  # "its Friday newsletter"
    if re.search(r"\b[Tt]he $", before) and re.match(
        r" [A-Z]| (?:in|of|when|that|he|she|before|after)\b", after
    ):
        return True
    if not re.match(r" [A-Z]", after) or re.search(r"\b(?:[Oo]n|[Ss]ince|[Bb]y) $", before):
        return False
    # "told the board Monday Orlo would sell", but "with Sunday Mills" and "Wednesday Harker said".
    return verb is None or not before.strip() or not _is_beside(verb, match)


def _weekday(match: re.Match[str], here: Standpoint, tenses: Tenses, tense: Tense) -> int | None:
    """Return how many days away the weekday is that *match* names, None where it is not sure."""
    number = _WEEKDAYS[match["day"].casefold()]
    if match["week"]:
        turn = {"last": -7, "this": 0, "next": 7}[match["week"].split()[0]]
        # On a Sunday, half the world has begun the next week.
        return number - here.day.weekday() + turn if here.day.weekday() != 6 else None
    back, ahead = here.back(number), here.ahead(number)
    which = (match["which"] or "").lower()
    if which:
        return _told_which(which, here, number, tense)
    before = match.string[: match.start()]
    if HABIT.search(tenses.clause(match.start())) and not _is_said(tenses, match):
        return None
    if match["of"]:
        tense = _of_possessive(match, tenses, tense)
    if re.search(r"\b[Bb]efore $", before) and not match["of"] and tense != "future":
        return None  # "before Monday, nobody had heard of it"
    tense = _by_preposition(before, tense)
    if not back:
        return 0 if tense != "unclear" else None
    if tense == "past":
        # Six days ago is also tomorrow, where the outlet's clocks may already be.
        return -back if ahead > 1 else None
    if tense == "future":
        # Before dawn, the day may be the one that is over in Greenwich only.
        return ahead if here.is_sure or ahead < 6 else None
    return ahead if tense == "planned" and ahead <= 3 else None


def _is_said(tenses: Tenses, match: re.Match[str]) -> bool:
    verb, tense = tenses.around(*match.span())
    is_told = verb is not None and verb.word in REPORTED and tense == "past"
    return is_told and verb is not None and _is_beside(verb, match)


def _told_which(which: str, here: Standpoint, number: int, tense: Tense) -> int | None:
    back, ahead = here.back(number) or 7, here.ahead(number) or 7
    match which:
        case "last":
            # "Last Monday" on a Thursday is one of two.
            return -back if back == 7 or (not here.is_this_week(-back) and back > 2) else None
        case "next":
            return ahead if not here.is_this_week(ahead) and ahead > 2 else None
        case "this past":
            return -back
        case "this coming" | "coming":
            return ahead
        case _:
            if tense == "past":
                back = here.back(number)
                return -back if here.is_this_week(-back) else None
            return here.ahead(number) if tense in ("future", "present", "planned") else None


def _of_possessive(match: re.Match[str], tenses: Tenses, tense: Tense) -> Tense:
    """Return how the sentence looks at "Monday's vote": by what the vote does, or by its kind."""
    following = re.match(r"(?: [\w-]+){0,2}? ([\w-]+)", match.string[match.end() :])
    words = set(re.findall(r"[\w-]+", match.string[match.end() :])[:3])
    verb = tenses.following(match.end())
    if verb is not None and following and verb.tense not in ("present", "unclear"):
        return verb.tense
    if words & _DONE:
        return "past"
    if tense == "past" and words & _SCHEDULED:
        return "past" if _AFTER.search(match.string[: match.start()]) else "unclear"
    return tense


def _by_preposition(before: str, tense: Tense) -> Tense:
    """Return how a weekday looks behind "since", "until", "ahead of" and their like."""
    if _SINCE.search(before):
        return "past"
    if _UNTIL.search(before):
        return "future" if tense in ("future", "planned") else "unclear"
    if _AHEAD_OF.search(before):
        return "planned"
    if _BEFORE.search(before) and tense != "unclear":
        return tense if tense == "future" else "planned"
    if re.search(r"\bafter(?: the| an?)?(?: [\w-]+){0,4}(?: on)? $", before) and tense == "future":
        return "unclear"
    return tense
