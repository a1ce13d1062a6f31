"""Tidies a publisher's title into a headline: what is not the title goes, and so do its slips."""

import html
import re

from newsletter.summarise.heading.clauses import ends_in_abbreviation
from newsletter.summarise.wording import has_verb

_FEWEST_LEFT = 4  # words that must remain when something is cut off
_MOST_KICKERS = 5
_MOST_NAME = 6  # words of an outlet's name behind a bar
_KICKERS = (
    r"live(?:\sblog)?|liveblog|live\supdates?|watch(?:\slive)?|video|update[sd]?|breaking(?:\snews)?"
    r"|exclusive|analysis|opinion|op-?ed|explainer|explained|fact[\s-]check|photos?|pictures"
    r"|in\spictures|gallery|just\sin|developing|wrapup|wrap-up|factbox|insight|focus|rpt|refile"
    r"|corrected|correction|editorial|comment|commentary|review|interview|podcast|listen|read"
    r"|report|news|top\snews|latest|the\slatest|alert|news\salert|first\sread|feature"
    r"|special\sreport|must\sread|ap\s(?:news|source|exclusive)|quiz|newsletter|sponsored|recap"
    r"|long\sread|big\sread|morning\sbriefing|eilmeldung|eil|liveticker|ticker|kommentar"
    r"|en\sdirect|direct|en\svivo|vidéo|vídeo|alerte\sinfo|última\shora|urgente?|diretta"
    r"|ao\svivo"
)
_KICKER = re.compile(rf"^(?:{_KICKERS})(?:\s\d+)?\s?(?:[:|–—]|-(?=\s|[A-Z])|\s-)\s*", re.IGNORECASE)
_BOXED = re.compile(rf"^[\[(](?:{_KICKERS}|pdf|ad|oc)[\])]\s*[:|–—-]?\s*", re.IGNORECASE)
_UPDATES_KICKER = re.compile(
    r"^(?:[\w’'&.-]+ ){1,4}(?:live )?(?:updates?|latest|live|news)\s?[:|–—]\s+", re.IGNORECASE
)
_PLACE_KICKER = re.compile(r"^([A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+)?)\s?[:|]\s+(?=\S)")
_TAIL_NOTE = re.compile(
    r"\s*[(\[](?:with )?(?:videos?|photos?|pictures?|pics|audio|gallery|graphic|updated?|exclusive"
    r"|opinion|analysis|live|reuters|ap|afp|dpa|upi|ani|pti|cnn|bbc|bloomberg|podcast|infographic"
    r"|paywall|subscribers only|read more|\+ ?video)[)\]]\s*$"
    r"|\s*[-–—|:,]\s+(?:live(?: updates?| blog)?|as it happened|videos?|photos?|in pictures"
    r"|watch(?: video)?|see pics|read more|click here|explained|full text)\s*$",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"^(.*\S)\s+(\||::?|·|•|»|[-–—])\s+(\S[^|]*)$")
_PREFIX = re.compile(r"^(\S[^|:]{0,40}?)\s?(\||:|\s[-–—])\s+(\S.*)$")
_DOMAIN = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,4}", re.IGNORECASE)
_TOP_LEVEL = re.compile(r"\.(?:co\.uk|com?|net|org|info|news|[a-z]{2}|com\.[a-z]{2})$")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_SIGNS = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u25a0-\u25ff\ufe0f\u200d\u200b\u2060\ufeff"
    "\u0080-\u009f\u00ad\u200e\u200f\u202a-\u202e]+"
)
_BLANKS = re.compile(r"\s+(?=[,;:!?](?:\s|$))")
_MARKS_APART = (("“", "”"), ("(", ")"), ("[", "]"))


def tidy(title: str, source: str) -> str:
    """Return *title* without entities, tags, emoji, kickers, outlet, notes and its full stop.

    *source* is the outlet's name or domain, "" where it has none. A mark that has lost its pair
    goes; all words stay as they are written.
    """
    text = _TAG.sub(" ", html.unescape(html.unescape(title)))
    text = without_signs(text.replace("``", '"').replace("''", '"'))
    text = _without_outlet(text, source)
    for _ in range(_MOST_KICKERS):
        text = _without_kicker(_TAIL_NOTE.sub("", text))
    text = _paired(text)
    if text.endswith(".") and not text.endswith("..") and not ends_in_abbreviation(text):
        text = text[:-1].rstrip()
    return text


def without_signs(text: str) -> str:
    """Return *text* without emoji, arrows and what cannot be seen, its white space made single."""
    return " ".join(_SIGNS.sub(" ", text).split())


def typographic(text: str) -> str:
    """Return English *text* with “curly” ‘quotation’ marks and apostrophes."""
    if '"' in text and text.count('"') % 2 == 0:
        text = re.sub(r'"([^"]*)"', r"“\1”", text)
    if "'" in text:
        text = re.sub(r"(?<![\w’])'(?=\S)([^']*(?:\w'\w[^']*)*)(?<=\S)'(?!\w)", r"‘\1’", text)
    return text.replace("'", "’")


def _without_kicker(text: str) -> str:
    for kicker in (_BOXED, _KICKER, _UPDATES_KICKER):
        rest = kicker.sub("", text, count=1)
        if rest != text and len(rest.split()) >= (2 if kicker is _BOXED else _FEWEST_LEFT):
            return _capital(rest)
    place = _PLACE_KICKER.match(text)
    if place and place[1] in text[place.end() :]:
        return _capital(text[place.end() :])
    return text


def _capital(text: str) -> str:
    # "iPhone" keeps its small letter.
    return text if text[1:2].isupper() else text[:1].upper() + text[1:]


def _without_outlet(text: str, source: str) -> str:
    """Return *text* without the outlet's name before its first, or behind its last bar or dash."""
    for _ in range(3):
        match = _SUFFIX.match(text)
        if match is None:
            break
        rest, mark, tail = match.groups()
        named = _is_outlet(tail, source)
        if len(rest.split()) < (2 if named else _FEWEST_LEFT):
            break
        if not named and not _looks_like_outlet(tail, mark):
            break
        text = rest
    match = _PREFIX.match(text)
    if match and _is_outlet(match[1], source) and len(match[3].split()) >= _FEWEST_LEFT - 1:
        return _capital(match[3])
    return text


def _looks_like_outlet(tail: str, mark: str) -> bool:
    words = tail.split()
    if len(words) == 1 and _DOMAIN.fullmatch(tail):
        return True
    # A bar divides a title from its outlet; a dash may be the title's own.
    if mark in {"|", "::", "·", "•", "»"}:
        return len(words) <= _MOST_NAME
    is_name = len(words) <= 4 and all(
        word[0].isupper() or word in {"of", "the", "and", "&"} for word in words
    )
    return mark != ":" and is_name and not has_verb(tail)


def _is_outlet(part: str, source: str) -> bool:
    """Tell whether *part* of a title is the name of its *source*."""
    name, known = _plain(part), _plain(source)
    if min(len(name), len(known)) < 3:
        return False
    return name == known or (
        min(len(name), len(known)) > 3 and (known.startswith(name) or name.startswith(known))
    )


def _plain(name: str) -> str:
    bare = _TOP_LEVEL.sub("", name.casefold().removeprefix("www."))
    return re.sub(r"[\W_]", "", bare.removeprefix("the "))


def _paired(text: str) -> str:
    """Return *text* without quotation marks and brackets that have lost their pair."""
    if text.count('"') % 2:
        text = text.replace('"', "", 1) if text.startswith('"') else "".join(text.rsplit('"', 1))
    for opening, closing in _MARKS_APART:
        if text.count(opening) != text.count(closing):
            text = text.replace(opening, "").replace(closing, "")
    return " ".join(_BLANKS.sub("", text).split())


def is_shouted(text: str) -> bool:
    """Tell whether a title stands in capitals throughout."""
    letters = [c for c in text if c.isalpha()]
    return len(text.split()) >= 3 and sum(c.isupper() for c in letters) > 0.8 * len(letters)
