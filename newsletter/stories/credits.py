"""Who reported for themselves, and who hands on what another outlet or an agency reported."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from newsletter.model import Article
from newsletter.text.words import base_language, is_unspaced

# Words from which a text is a report of its own, and shows whom it credits: a teaser does neither.
_REPORT = 150
_READ = 20_000  # characters of a text that are looked through
# Mentions in one text from which on an outlet is what the text is about, not whom it credits.
_SUBJECT = 4
# Agencies that write for others to print, by names that mean nothing else.
_AGENCIES = (
    "Reuters", "Associated Press", "Agence France-Presse", "Deutsche Presse-Agentur", "Xinhua",
    "Kyodo News", "Press Trust of India", "Canadian Press", "Australian Associated Press",
    "Bloomberg News", "Agencia EFE", "Interfax", "Yonhap", "Anadolu Agency", "Ritzau", "Ukrinform",
    "PR Newswire", "Business Wire", "GlobeNewswire",
    "新华社", "新華社", "共同通信", "時事通信", "연합뉴스",
)  # fmt: skip
# Their short names, which are initials of much else: only as a dateline or a line of credit.
_CODES = re.compile(
    r"[(\[/]\s*(?:AP|AFP|dpa|DPA|PTI|ANSA|EFE|TASS|ANI|IANS|ČTK|Belga|Kyodo|Bloomberg)"
    r"(?:\s*[/,–-]\s*\w+)?\s*[)\]/]"
)
_NOUNS_CAPITALISED = frozenset({"de", "lb"})  # there a capital makes no name of a word
_QUOTES = "\"'“”„‚‘’«»‹›「」『』()[]*_"
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Name:
    text: str
    pattern: re.Pattern[str]
    is_agency: bool
    is_one_word: bool


class Credits:
    """The outlets that a week's articles may credit, by name."""

    def __init__(self, articles: Iterable[Article]) -> None:
        sources = {article.source for article in articles if article.named}
        self._by_word: dict[str, list[_Name]] = defaultdict(list)
        self._unspaced: list[_Name] = []
        for text in sorted({*sources, *_AGENCIES}):
            found = _WORD.findall(text)
            if not found or len(text) < 3:
                continue
            unspaced = any(map(is_unspaced, text))
            bounded = re.escape(text) if unspaced else rf"(?<!\w){re.escape(text)}(?!\w)"
            name = _Name(
                text=text,
                pattern=re.compile(bounded),
                is_agency=text in _AGENCIES,
                is_one_word=len(found) == 1 and not unspaced,
            )
            if unspaced:
                self._unspaced.append(name)
            else:
                self._by_word[max(found, key=len)].append(name)

    def first_hand(self, articles: Sequence[Article]) -> frozenset[str]:
        """Return the ids of those of a story's *articles* that report for themselves.

        Such an article has a text of 150 words or more that credits no other outlet of the week and
        no news agency. An outlet that stands in one of the story's headlines, or again and again in
        the text, is what the story is about and no credit; neither is one of the same house (BBC
        and BBC News).
        """
        titles = "\n".join(article.title for article in articles)
        return frozenset(a.id for a in articles if is_report(a) and not self._credits(a, titles))

    def _credits(self, article: Article, titles: str) -> bool:
        text = article.text[:_READ]
        if any(not _same_house(code[0], article.source) for code in _CODES.finditer(text)):
            return True
        held = set(_WORD.findall(text))
        names = (name for word in sorted(held) for name in self._by_word.get(word, ()))
        return any(
            not _same_house(name.text, article.source)
            and not (name.pattern.search(titles) and not name.is_agency)
            and _is_credit(name, text, article.language)
            for name in (*self._unspaced, *names)
        )


def is_report(article: Article) -> bool:
    """Return whether *article* is long enough to show whether it reports for itself."""
    if any(map(is_unspaced, article.text[:50])):
        return len(article.text) >= 2 * _REPORT  # two characters of such a script make about a word
    return len(article.text.split()) >= _REPORT


def _is_credit(name: _Name, text: str, language: str) -> bool:
    """Return whether *text* names an outlet as somebody who reported."""
    places = [match.span() for match in name.pattern.finditer(text)]
    if name.is_one_word and not name.is_agency:
        places = [place for place in places if _is_name(place, text, language)]
    return bool(places) and (name.is_agency or len(places) < _SUBJECT)


def _is_name(place: tuple[int, int], text: str, language: str) -> bool:
    """Return whether one word is a name where it stands, and not a word like others.

    A quoted one is. Else it needs a capital where its language gives none to other nouns, and not
    at the opening of a sentence, where all have one.
    """
    start, end = place
    if text[max(0, start - 1) : start] in tuple(_QUOTES) and text[end : end + 1] in tuple(_QUOTES):
        return True
    if not text[start].isupper() or base_language(language) in _NOUNS_CAPITALISED:
        return False
    before = text[:start].rstrip(" \t" + _QUOTES)
    return bool(before) and (before[-1].isalnum() or before[-1] in ",;")


def _same_house(name: str, source: str) -> bool:
    """Return whether the words of one of two names are all in the other."""
    one, other = (set(_WORD.findall(text.casefold())) - {"the"} for text in (name, source))
    return bool(one) and bool(other) and (one <= other or other <= one)
