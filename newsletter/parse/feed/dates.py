"""Dates as feeds write them: right, nearly right, and in their editors' own languages."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cache

_LONGEST = 80  # characters: no date is longer
_TABLE = """
january/jan february/feb march/mar april/apr may june/jun july/jul august/aug
 september/sep/sept october/oct november/nov december/dec
januar/janner/jan februar/feber/feb marz/mrz/maerz/mar april mai juni juli august
 september oktober/okt november dezember/dez
janvier/janv fevrier/fevr/fev mars avril/avr mai juin juillet/juil/juill aout
 septembre octobre novembre decembre
enero/ene febrero marzo abril/abr mayo junio julio agosto/ago
 septiembre/setiembre/set octubre noviembre diciembre/dic
gennaio/gen febbraio/febbr marzo aprile maggio/mag giugno/giu luglio/lug agosto
 settembre/sett ottobre/ott novembre dicembre
janeiro fevereiro marco abril maio junho julho agosto setembro outubro/out novembro dezembro
januari februari maart/mrt april mei juni juli augustus september oktober november december
styczen/stycznia/sty luty/lutego/lut marzec/marca kwiecien/kwietnia/kwi maj/maja
 czerwiec/czerwca/cze lipiec/lipca/lip sierpien/sierpnia/sie
 wrzesien/wrzesnia/wrz pazdziernik/pazdziernika/paz listopad/listopada/lis grudzien/grudnia/gru
январь/января/янв февраль/февраля/февр/фев март/марта/мар апрель/апреля/апр маи/мая июнь/июня/июн
 июль/июля/июл август/августа/авг сентябрь/сентября/сент/сен октябрь/октября/окт
 ноябрь/ноября/нояб/ноя декабрь/декабря/дек
januari februari mars april maj juni juli augusti/aug september oktober/okt november december
januar februar marts april maj/mai juni juli august september oktober november december/desember/des
leden/ledna/led unor/unora brezen/brezna duben/dubna kveten/kvetna cerven/cervna cervenec/cervence
 srpen/srpna zari rijen/rijna listopadu prosinec/prosince
ocak/oca subat/sub mart nisan/nis mayıs haziran/haz temmuz/tem agustos eylul/eyl ekim/eki
 kasım/kas aralık/ara
"""
# Hours east of UTC, of names that mean one zone (or do so in RFC 822); "IST" is three.
_ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5,
    "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "et": -5, "ct": -6, "mt": -7, "pt": -8, "akst": -9,
    "akdt": -8, "hst": -10, "ast": -4, "adt": -3, "nst": -3.5, "ndt": -2.5, "brt": -3, "art": -3,
    "bst": 1, "west": 1, "cet": 1, "cest": 2, "mez": 1, "mesz": 2, "met": 1, "mest": 2, "eet": 2,
    "eest": 3, "sast": 2, "msk": 3, "trt": 3, "pkt": 5, "wib": 7, "hkt": 8, "sgt": 8, "awst": 8,
    "jst": 9, "kst": 9, "acst": 9.5, "acdt": 10.5, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13,
}  # fmt: skip
_WIDEST = timedelta(hours=15)  # no zone is further from UTC
_EPOCH = re.compile(r"(\d{9,10})(?:\.\d+)?|(\d{12,13})")  # seconds or milliseconds since 1970
_PACKED = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:[Tt ]?(\d\d)(\d\d)(\d\d)?)?(?=\D|$)")
_TIME = re.compile(
    r"(?<!\d)(\d{1,2})(?:(?:\s?:\s?|h|時|시\s?)(\d{1,2})(?!\d)(?:\s?:\s?(\d{1,2})(?:[.,]\d+)?)?"
    r"\s*(?:([ap])\.?\s?m\b\.?|uhr\b)?|\s*([ap])\.?m\b\.?)"
)
_ZONE = re.compile(
    r"\s*\(?(?:(?:utc|gmt|ut|z)?\s?([+−-])(\d{1,2})(?::?(\d{2}))?(?!\d)|(?:etc/)?([a-z]{1,5})\b)"
)
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s?[-/.年년]\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})(?!\d)")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?!\d)")
_NUMBER = re.compile(r"(?<!\d)(\d{4}|\d{1,2})(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")


def read_date(text: str, *, day_first: bool | None = None) -> datetime | None:
    """Return the moment that *text* names, in UTC, None if it names none or more than one.

    Read are RFC 822 and RFC 3339 with the liberties that feeds take, Unix time, and months by
    name in a dozen languages. A time without a known zone is UTC, a date without a time midnight.
    What may be day/month as well as month/day is None, unless *day_first* says which.
    """
    plain = _plain(text)
    if not plain:
        return None
    try:
        epoch = _EPOCH.fullmatch(plain)
        if epoch:
            seconds = int(epoch[1]) if epoch[1] else int(epoch[2]) // 1000
            return datetime.fromtimestamp(seconds, UTC)
        return _moment(plain, day_first)
    except (ValueError, OverflowError, OSError):
        return None


def is_day_first(texts: Iterable[str]) -> bool | None:
    """Tell whether dates such as 3/12/2026 begin with the day, by those that leave no doubt.

    None where none of them tells, or they contradict each other.
    """
    told = set()
    for text in texts:
        numbers = _numbers(_plain(text))
        if numbers:
            first, second = int(numbers[1]), int(numbers[3])
            if (first > 12) != (second > 12):
                told.add(first > 12)
    return told.pop() if len(told) == 1 else None


def is_ambiguous(text: str) -> bool:
    """Tell whether *text* is a date that may be day/month as well as month/day."""
    numbers = _numbers(_plain(text))
    return numbers is not None and _day_and_month(numbers, None) is None


def _plain(text: str) -> str:
    if len(text) > 4 * _LONGEST:
        return ""
    if text.isascii():
        plain = text.strip().lower()
        return plain if len(plain) <= _LONGEST else ""
    decomposed = unicodedata.normalize("NFKD", text.strip().lower())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    # Korean comes apart in NFKD, and is looked for whole.
    plain = unicodedata.normalize("NFC", plain)
    return plain if len(plain) <= _LONGEST else ""


def _moment(plain: str, day_first: bool | None) -> datetime | None:
    packed = _PACKED.match(plain)
    if packed:
        year, month, day_, hour, minute, second = (int(group or 0) for group in packed.groups())
        zone = _offset(plain[packed.end() :])
        at = datetime(year, month, day_, hour, minute, second, tzinfo=UTC)
        return None if zone is None else at - zone
    year_first = _YEAR_FIRST.search(plain)
    # A time is looked for behind the date: "2026-11-23t07:05".
    start = year_first.end() if year_first else 0
    time = _TIME.search(plain, start)
    zone = _offset(plain[time.end() :]) if time else timedelta(0)
    if zone is None:
        return None
    date = f"{plain[: time.start()]} {_without_zone(plain[time.end() :])}" if time else plain
    day = _date(date, day_first)
    if day is None:
        return None
    return day + (_clock(time) if time else timedelta(0)) - zone


def _clock(time: re.Match[str]) -> timedelta:
    hour, minute, second = int(time[1]), int(time[2] or 0), int(time[3] or 0)
    half = time[4] or time[5]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0) if hour <= 12 else hour
    is_midnight = hour == 24 and minute == second == 0
    if not is_midnight and (hour > 23 or minute > 59 or second > 60):
        raise ValueError("no such time of day")
    return timedelta(hours=hour, minutes=minute, seconds=min(second, 59))


def _offset(after: str) -> timedelta | None:
    """Return how far east of UTC the zone behind a time is, zero if none is named, None if mad."""
    zone = _ZONE.match(after)
    if not zone:
        return timedelta(0)
    if zone[4]:
        return timedelta(hours=_ZONES.get(zone[4], 0))
    size = timedelta(hours=int(zone[2]), minutes=int(zone[3] or 0))
    if size > _WIDEST:
        return None
    return size if zone[1] == "+" else -size


def _without_zone(after: str) -> str:
    zone = _ZONE.match(after)
    named = zone is not None and (zone[4] is None or zone[4] in _ZONES)
    return after[zone.end() :] if zone and named else after


def _date(text: str, day_first: bool | None) -> datetime | None:
    year_first = _YEAR_FIRST.search(text)
    if year_first:
        return _day(int(year_first[1]), int(year_first[2]), int(year_first[3]))
    numbers = _numbers(text)
    if numbers:
        found = _day_and_month(numbers, day_first)
        return _day(_year(numbers[4]), found[1], found[0]) if found else None
    months = [
        (month, word.start())
        for word in _WORD.finditer(text)
        if (month := _months().get(word[0])) is not None
    ]
    figures = _NUMBER.findall(text)
    if not months or len(figures) != 2:
        return None
    # The last: weekdays come first, and some are a month's name elsewhere ("mar." is also Tuesday).
    month = months[-1][0]
    year, day = (figures[0], figures[1]) if len(figures[0]) == 4 else (figures[1], figures[0])
    return _day(_year(year), month, int(day)) if len(day) <= 2 and len(year) != 1 else None


def _numbers(text: str) -> re.Match[str] | None:
    return None if _YEAR_FIRST.search(text) else _NUMBERS.search(text)


def _day_and_month(numbers: re.Match[str], day_first: bool | None) -> tuple[int, int] | None:
    """Return day and month of three numbers, None where nothing tells which is which."""
    first, second = int(numbers[1]), int(numbers[3])
    if first > 12 and len(numbers[4]) == 2 and numbers[2] != ".":
        return None  # "26-11-23" may begin with the year
    if first > 12 or first == second:
        return first, second
    if second > 12:
        return second, first
    if numbers[2] == ".":  # who writes dots writes the day first (CLDR)
        return first, second
    if day_first is None:
        return None
    return (first, second) if day_first else (second, first)


def _year(text: str) -> int:
    """Return the year that two or four digits mean (RFC 5322, 4.3)."""
    year = int(text)
    if len(text) == 4:
        return year
    return year + (2000 if year < 50 else 1900)


def _day(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, tzinfo=UTC)


@cache
def _months() -> dict[str, int]:
    words = _TABLE.split()
    return {
        unicodedata.normalize("NFC", name): place % 12 + 1
        for place, names in enumerate(words)
        for name in names.split("/")
    }
