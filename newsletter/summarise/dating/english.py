"""Finds the relative dates of an English sentence and resolves those that leave no doubt."""

import re
from collections.abc import Callable, Iterator
from datetime import date

from newsletter.summarise.dating.days import Mention, Standpoint
from newsletter.summarise.dating.tense import HABIT, REPORTED, Tenses, Verb
from newsletter.summarise.dating.weekdays import DATE_AFTER, MONTH, weekdays
from newsletter.summarise.wording import word_set
from newsletter.text.locales import wording_of

_ENGLISH = wording_of("en")
_RELATIVE = re.compile(
    r"(?<![\w-])(?:(?P<back>[Tt]he day before yesterday|[Yy]esterday|[Ll]ast night)"
    r"|(?P<ahead>[Tt]he day after tomorrow|[Tt]omorrow)"
    r"|(?P<today>(?:[Ee]arlier |[Ll]ater |[Ll]ate |[Ee]arly )?(?:today|[Tt]onight"
    r"|[Tt]his (?:morning|afternoon|evening))|Today)"
    r"|(?P<spell>(?:[Ee]arlier |[Ll]ater |[Ll]ate |[Ee]arly )?(?P<turn>[Ll]ast|[Nn]ext|[Tt]his)"
    r" (?P<unit>week|month|year))"
    r"|(?P<count>[Aa]|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine"
    r"|[Tt]en|[2-9]|10) (?P<what>day|week|month|year)s? ago"
    r")(?P<of>['’]s)?(?P<part> (?:morning|afternoon|evening|night)\b(?:['’]s)?)?(?![\w-])"
)
_COUNTS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten".split(), start=1
    )
} | {"a": 1}
_MONTH_DAY = re.compile(
    rf"(?<![\w-])(?:{MONTH} (?P<day>[1-3]?\d)(?:st|nd|rd|th)?"
    rf"|(?P<first>[1-3]?\d)(?:st|nd|rd|th)?(?: of)? {MONTH.replace('?P<month>', '?P<second>')})"
    r"(?![\w–-]|[.:,]\d)(?!,? (?:of )?(?:1[5-9]|20)\d\d)"
)
_IN_FULL = r"(?!['’\w–-]| \d|,? (?:of )?(?:1[5-9]|20)\d\d| of\b)"
_MONTH_ALONE = re.compile(
    rf"(?:(?<=\b[Ii]n )|(?<=\bby )|(?<=\b[Ss]ince ))(?:early |late |mid-)?{MONTH}{_IN_FULL}"
)
_NAMED_DAY = re.compile(r"Sept\S* 11\b|July 4\b|4 July|May 1\b|1 May")
_ON = re.compile(
    r"\b(?:on|since|until|till|by|after|before|from|died|killed|arrested|detained|signed|held)"
    r"(?: late| early)? $",
    re.IGNORECASE,
)
_MAY_NAME = re.compile(rf"day\b|{MONTH}")  # in haste: a weekday or a month
_YEAR = re.compile(r"(?<![\d.,$€£-])(?:1[5-9]|20)\d\ds?(?![\d%]|,\d|\.\d)")

_HALF_A_YEAR = 183
_NEAR_TODAY = 8  # words at most from a verb to its "today"
_ISSUE = 7  # days until the article is read

_EVENTS_OF_TODAY = word_set(
    "announcement vote ruling hearing decision verdict meeting attack shooting news report release"
    " briefing session speech launch debate match game event summit election statement conference"
    " funeral ceremony talks protest strike blast explosion crash earthquake storm primary rally"
)
_DEEDS = REPORTED | word_set(
    "launched introduced agreed approved rejected passed signed opened closed arrested killed died"
    " called urged joined visited appointed resigned elected nominated filed charged sentenced"
    " convicted acquitted cleared fined sued ordered pledged promised condemned welcomed apologised"
    " apologized collapsed crashed exploded erupted reiterated accused demanded"
)
_SUBJECT = re.compile(r"\b(?:I|we|he|she|they|it) $", re.IGNORECASE)
_AS_NOUN = re.compile(r"\b(?:an?|the|no|of|our|for|better|like|every) $", re.IGNORECASE)
_DOING_NOW = word_set(
    "announcing releasing launching publishing introducing unveiling opening meeting visiting"
    " leaving holding voting starting closing returning"
)
_ROLLING = re.compile(
    r"\b(?:the|these|those|time|than|by|every|each|any|quarter|period|half) $", re.IGNORECASE
)
_ROUGHLY = re.compile(
    r"\b(?:about|around|roughly|nearly|almost|over|than|some|least|only|just|approximately|until"
    r"|from|than|barely|maybe|perhaps|or|to|half|and|well|quarter|period|month|week|year|day"
    r"|hundred|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety) $|[\d–-] ?$",
    re.IGNORECASE,
)
# Anybody's day: "what you did yesterday", "if somebody was ill last night".
_ANYBODY = re.compile(
    r"\b(?:you|your|yours|yourself|someone|somebody|anyone|anybody|whenever|imagine|suppose)\b"
    r"|\b(?:if|when|where|as) (?:you|we|one|someone|somebody|people)\b|\bnext day\b",
    re.IGNORECASE,
)
_STILL = re.compile(
    r"\b(?:still|even|remains?|nowadays|world|modern|exists?|here|alive|know|like)\b", re.IGNORECASE
)


def english(sentence: str, here: Standpoint) -> Iterator[Mention]:
    """Yield the relative dates of an English *sentence* as they count from *here*, in any order.

    A weekday is the last one, its own day included, or the next one where its clause looks ahead.
    One that could be either is left out, so is a sentence that tells of another year.
    """
    if not (_RELATIVE.search(sentence) or _MAY_NAME.search(sentence)):
        return
    tenses = Tenses(sentence)
    is_history = _is_history(sentence, here)
    yield from weekdays(sentence, here, tenses, is_history=is_history)
    is_asked = sentence.endswith("?")
    if not (is_history or is_asked or _ANYBODY.search(sentence)):
        yield from _relatives(sentence, here, tenses)
        if not _YEAR.search(sentence):
            yield from _dates(sentence, here, tenses)


def _is_history(sentence: str, here: Standpoint) -> bool:
    """Tell whether *sentence* names another year that has been."""
    return any(
        match[0].endswith("s") or int(match[0]) < here.day.year
        for match in _YEAR.finditer(sentence)
    )


def _relatives(sentence: str, here: Standpoint, tenses: Tenses) -> Iterator[Mention]:
    for match in _RELATIVE.finditer(sentence):
        if DATE_AFTER.match(sentence, match.end()):
            continue
        if match["back"] or match["ahead"]:
            found = _neighbour(match, here)
        elif match["today"]:
            found = _today(match, here, tenses)
        elif match["spell"]:
            found = _spell(match, here, tenses)
        else:
            found = _ago(match, here)
        if found:
            yield Mention(start=match.start(), end=match.end(), date=found)


def _neighbour(match: re.Match[str], here: Standpoint) -> str | None:
    """Return the day of "yesterday" or "tomorrow"."""
    words = (match["back"] or match["ahead"]).lower()
    middle = match.start() > 0 and match[0][0].isupper()
    is_noun = _AS_NOUN.search(match.string[: match.start()])
    if middle or is_noun or not here.is_sure:
        return None
    if match["of"] and not _is_event(match):
        return None
    far = 2 if words.startswith("the day") else 1
    return here.days(-far if match["back"] else far)


def _is_event(match: re.Match[str]) -> bool:
    """Tell whether "today's" belongs to something of that day, not of our times."""
    words = re.findall(r"[\w-]+", match.string[match.end() :])[:3]
    return bool(set(words) & _EVENTS_OF_TODAY)


def _today(match: re.Match[str], here: Standpoint, tenses: Tenses) -> str | None:
    words = match["today"].lower()
    middle = match.start() > 0 and "T" in match["today"]
    before = match.string[: match.start()]
    if middle or not here.is_sure or re.search(r"\b(?:of|until|to|till|even|[Gg]ood) $", before):
        return None
    if match["of"]:
        return here.days(0) if _is_event(match) else None
    if words != "today" and words[0] in "el":
        return here.days(0)
    verb, tense = tenses.around(*match.span())
    clause = tenses.clause(match.start())
    if verb is None or verb.word not in clause.lower() or HABIT.search(clause):
        return None
    if words == "today" and (
        _STILL.search(clause)
        or not (verb.is_firm or _is_done(match.string, verb))
        or (verb.word.endswith("ing") and verb.word not in _DOING_NOW)
        or len(match.string[verb.end : match.start()].split()) > _NEAR_TODAY
    ):
        return None
    return here.days(0) if tense in ("past", "future", "planned") else None


def _is_done(sentence: str, verb: Verb) -> bool:
    """Tell whether what may be a participle is a deed: "he called", but "a dollar saved today"."""
    return verb.word in _DEEDS or _SUBJECT.search(sentence, 0, verb.start) is not None


def _spell(match: re.Match[str], here: Standpoint, tenses: Tenses) -> str | None:
    """Return the week, month or year of "last week", "this month", "next year"."""
    before = match.string[: match.start()]
    is_compared = match["turn"].lower() == "last" and before.endswith("from ")
    if _ROLLING.search(before) or is_compared or match["part"]:
        return None
    apart = {"last": -1, "this": 0, "next": 1}[match["turn"].lower()]
    unit: Callable[[int], str | None] = {
        "week": here.week, "month": here.month, "year": here.year
    }[match["unit"]]  # fmt: skip
    if match["unit"] == "week" and here.day.weekday() == 6:
        return None  # a Sunday ends the week here and begins it there
    if not apart and not _is_worth_saying(match, here, tenses):
        return None
    return unit(apart)


def _is_worth_saying(match: re.Match[str], here: Standpoint, tenses: Tenses) -> bool:
    """Tell whether "this week", "this month" or "this year" needs a date, and has but one.

    Month and year only in their last days: who reads the next issue then reads them wrong. At the
    end of any of them, only what has been: the rest may be meant of the next.
    """
    later = here.days(_ISSUE) or here.day.isoformat()
    match match["unit"]:
        case "week":
            ends = here.day.weekday() == 5
        case "month":
            ends = later[:7] != here.month(0)
        case _:
            ends = later[:4] != here.year(0)
    if match["unit"] != "week" and not ends:
        return False
    return not ends or tenses.around(*match.span())[1] == "past"


def _ago(match: re.Match[str], here: Standpoint) -> str | None:
    before = match.string[: match.start()]
    if _ROUGHLY.search(before) or match["of"] or match["part"]:
        return None
    count = match["count"].lower()
    number = int(count) if count.isdigit() else _COUNTS[count]
    match match["what"]:
        case "day" if here.is_sure:
            return here.days(-number)
        case "week" if number <= 4:
            return here.week(-number)
        case "month" if 2 <= number <= 4:
            return here.month(-number)
        case "year" if 2 <= number <= 4 and 2 < here.day.month < 12:
            return here.year(-number)
        case _:
            return None


def _dates(sentence: str, here: Standpoint, tenses: Tenses) -> Iterator[Mention]:
    """Yield the days and months whose year is another than the article's."""
    for match in _MONTH_DAY.finditer(sentence):
        month = _ENGLISH.months[_short(match["month"] or match["second"])]
        found = _other_year(match, here, tenses, month, int(match["day"] or match["first"]))
        if found:
            yield Mention(start=match.start(), end=match.end(), date=found.isoformat())
    for match in _MONTH_ALONE.finditer(sentence):
        month = _ENGLISH.months[_short(match["month"])]
        found = _other_year(match, here, tenses, month, 1)
        if found and (found.year, found.month) != (here.day.year, here.day.month):
            yield Mention(start=match.start(), end=match.end(), date=f"{found:%Y-%m}")


def _short(month: str) -> str:
    return month[:3].casefold()  # as CLDR does, whatever the paper's style


def _other_year(
    match: re.Match[str], here: Standpoint, tenses: Tenses, month: int, day: int
) -> date | None:
    """Return the date if its clause tells which it is, and it lies in another year, but near."""
    before = match.string[: match.start()]
    # "The Sept. 11 attacks" are not last year's.
    if match.re is _MONTH_DAY and (_NAMED_DAY.match(match[0]) or not _ON.search(before)):
        return None
    is_since = before.lower().endswith("since ")
    tense = "past" if is_since else tenses.around(*match.span())[1]
    if tense not in ("past", "future") or HABIT.search(tenses.clause(match.start())):
        return None
    found = here.of_month(month, day, is_ahead=tense == "future")
    if found is None or found.year == here.day.year:
        return None
    return found if is_since or abs((found - here.day).days) <= _HALF_A_YEAR else None
