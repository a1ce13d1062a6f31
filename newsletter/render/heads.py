"""Cuts a headline to a line of the contents, where a reader does not stumble."""

import re
import unicodedata

_CLAUSE = re.compile(r"(?:[:;,!?] |\.{3} |… | [–—-] |[：；，。、！？]|: )")
_OPENING = "([{<«„“‘\"'—–-:;,/&+·|¿¡（「『【"
_CLOSING_STOPS = " ,;:.–—-/&+·|，、；："
# Words that want another after them: a line must not end in one.
_LEADING = frozenset(
    # English
    "a an the and or but nor as at by for from in into of off on onto out over per than that to up"
    " via vs with within without after before about against amid among around between during since"
    " through toward towards under until upon is are was were be been will would can could may"
    " might must shall should has have had do does did not no its his her their our your my this"
    " these those who which whose what when where while if because so how why he she it they we you"
    " i says said"
    # German
    " der die das den dem des ein eine einen einem einer eines und oder aber als am an auf aus bei"
    " beim bis durch für gegen im ins mit nach ohne seit über um unter vom von vor wegen zu zum zur"
    " zwischen ist sind war wird werden hat haben kann soll nicht kein keine sich dass wenn weil"
    " wie was wo ihr ihre sein seine"
    # French, Italian, Spanish, Portuguese
    " le la les un une du de au aux et ou dans sur sous pour par avec sans vers chez entre est sont"
    " qui que dont ne pas en il lo gli uno di da con su per tra fra del della dei delle nel al alla"
    " che è non el los las una y o por para sin sobre se es são em do da dos das no na com e ao à"
    # Dutch, Scandinavian, Polish
    " het een van voor met naar bij uit op om te ook og och i på av til till ett för med som w z na"
    " do od oraz przez dla się".split()
)


def short_head(headline: str, limit: int) -> str:
    """Return *headline* on one line of a table of contents, at most *limit* columns wide.

    Cut after a clause that says enough, then without a mark; else after a word that can stand last,
    with an ellipsis. East Asian characters are two columns wide (Unicode UAX 11).
    """
    if columns(headline) <= limit:
        return headline
    room = _room(headline, limit)
    clause = _clause(headline[: room + 1], limit)
    if clause:
        return clause
    room = _room(headline, limit - 1)
    head, space, _ = headline[: room + 1].rpartition(" ")
    if not space or columns(head) < limit // 3:
        return headline[:room].rstrip("\N{ZERO WIDTH JOINER}").rstrip(_CLOSING_STOPS) + "…"
    return _standing(head) + "…"


def columns(text: str) -> int:
    """Return how many columns *text* takes up in letters of one width (Unicode UAX 11)."""
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Cf", "Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _room(text: str, limit: int) -> int:
    """Return how many characters of *text* fit into *limit* columns."""
    taken = 0
    for place, character in enumerate(text):
        taken += _columns(character)
        if taken > limit:
            return place
    return len(text)


def _clause(head: str, limit: int) -> str:
    """Return *head* up to the last clause that ends in it, "" if that says too little."""
    ends = [match.start() for match in _CLAUSE.finditer(head)]
    for end in reversed(ends):
        found = head[:end].rstrip()
        words = found.split(" ")
        fewest = limit // 2 if head[end] in ",，、" else limit // 3
        if columns(found) >= fewest and words[-1].lower() not in _LEADING and _even(found):
            return found
    return ""


def _even(text: str) -> bool:
    return all(text.count(one) == text.count(other) for one, other in ("()", "“”", "«»", "[]"))


def _standing(head: str) -> str:
    words = head.split(" ")
    while len(words) > 2 and (words[-1].lower() in _LEADING or not words[-1].strip(_OPENING)):
        words.pop()
    return " ".join(words).rstrip(_CLOSING_STOPS).rstrip(_OPENING + " ")
