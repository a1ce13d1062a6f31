"""Tidies a publisher's title into a headline, and cuts one from a sentence."""

import html
import re

from newsletter.summarise.names import Lexicon
from newsletter.summarise.wording import has_verb, verb_at, word_set

_LONGEST = 90  # characters that a headline cut from a sentence should not pass
_LONGER = 150  # where nothing shorter is whole
_FEWEST_LEFT = 4  # words that must remain when an outlet's name is cut off

_KICKER = re.compile(
    r"""^(?:live|watch|video|update[sd]?|breaking(?:\snews)?|exclusive|analysis|opinion|explainer
        |fact[\s-]check|photos
        |pictures|in\spictures|just\sin|developing|wrapup|wrap-up|factbox|insight|focus|rpt|refile
        |corrected|correction
        |editorial|comment|commentary|review|interview|podcast|listen|read|report|news|latest
        |the\slatest|alert|news\salert
        |first\sread|feature|special\sreport|must\sread|ap\s(?:news|source|exclusive)|eilmeldung
        |liveblog|live\supdates?
        |en\sdirect|en\svivo|vidéo|última\shora|urgente?|update)
        (?:\s\d+)?\s?(?:[:|–—]|-(?=\s|[A-Z])|\s-)\s*""",
    re.IGNORECASE | re.VERBOSE,
)
_UPDATES_KICKER = re.compile(
    r"^(?:[\w’'&.-]+ ){1,4}(?:live )?(?:updates?|latest|live|news)\s?[:|–—]\s+", re.IGNORECASE
)
_PLACE_KICKER = re.compile(r"^([A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+)?)\s?[:|]\s+(?=\S)")
_TAIL_NOTE = re.compile(
    r"\s*[(\[](?:with )?(?:videos?|photos?|pictures?|pics|audio|gallery|graphic|updated?|exclusive"
    r"|opinion|live|reuters|ap|afp"
    r"|cnn|bbc|podcast|infographic|\+ ?video)[)\]]\s*$",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"^(.*\S)\s+(\||::|·|•|[-–—])\s+(\S[^|]*)$")
_ABBREVIATION_END = re.compile(r"(?:\b[A-Z]\.[A-Z]\.|\b(?:Inc|Corp|Ltd|Co|Jr|Sr|St)\.|\.\.)$")
_CLAUSE_ENDS = re.compile(
    r"(?:,| —| –|;| -)\s?(?=(?:who|which|where|when|whose|as|after|while|but|and|according|because"
    r"|despite|including|with"
    r"|although|though|in|on|at|the|a|an|his|her|their|its|police|officials|authorities"
    r"|prosecutors|\w+ing|\w+ed|[A-Z])\b)"
    r"|;\s|\s(?=(?:after|as|while|because|amid|despite|when|following|before|where|who|which"
    r"|although|according|but)\b)"
)
_LOOSE_ENDS = re.compile(r"\s(?=(?:in|on|at|for|with|from|during|since|near|amid|outside)\b)")
# A sentence that begins so tells its news behind the first comma.
_LEADING = re.compile(
    r"(?:In|On|At(?! least)|After|As|While|When|During|With|For|Amid|Despite|Before|Since|Under"
    r"|(?!Beijing)\w+ing)\b"
)
_SAID_TAIL = re.compile(
    r",? (?:(?:[\w’'.-]+ ){1,6}(?:said|says|announced|reported|reports"
    r"|told [\w ]{2,30}))(?: (?:on )?\w+day| today)?$"
    r"|, according to [^,]+$"
)
_DANGLING_END = word_set(
    "the a an of in on at for with from by to and or but that as is are was were has have had "
    "will would his her its their this these those into over about than not who which"
)
_WORD = re.compile(r"[^\W\d_][\w’'-]*")


def tidy(title: str, source: str, lexicon: Lexicon) -> str:
    """Return *title* as a headline: no entities, kickers, outlet, notes, capitals or full stop.

    *source* is the outlet's name, "" where it has none.
    Words in capitals throughout are lowered where the story's own texts write them so.
    """
    text = " ".join(html.unescape(html.unescape(title)).split())
    text = _without_outlet(text, source)
    before = None
    while before != text:
        before = text
        text = _TAIL_NOTE.sub("", text)
        text = _without_kicker(text)
    if text.endswith(".") and not _ABBREVIATION_END.search(text):
        text = text[:-1].rstrip()
    return _lowered(text, lexicon) if _shouts(text) else text


def _without_kicker(text: str) -> str:
    for kicker in (_KICKER, _UPDATES_KICKER):
        rest = kicker.sub("", text, count=1)
        if rest != text and len(rest.split()) >= _FEWEST_LEFT:
            return rest[0].upper() + rest[1:]
    place = _PLACE_KICKER.match(text)
    if place and place[1] in text[place.end() :]:
        rest = text[place.end() :]
        return rest[0].upper() + rest[1:]
    return text


def _without_outlet(text: str, source: str) -> str:
    """Return *text* without the outlet's name behind its last bar or dash."""
    for _ in range(3):
        match = _SUFFIX.match(text)
        if match is None:
            break
        rest, mark, tail = match.groups()
        words = tail.split()
        named = bool(source) and (
            tail.casefold() in source.casefold() or source.casefold() in tail.casefold()
        )
        if len(rest.split()) < (2 if named else _FEWEST_LEFT):
            break
        is_name = len(words) <= 4 and all(
            w[0].isupper() or w in {"of", "the", "and", "&"} for w in words
        )
        is_domain = len(words) == 1 and re.fullmatch(r"[\w-]+\.\w{2,4}", tail) is not None
        # A bar divides a title from its outlet; a dash may be the title's own.
        if not (
            named
            or is_domain
            or (mark in "|::·•" and len(words) <= 6)
            or (is_name and not has_verb(tail))
        ):
            break
        text = rest
    return text


def _shouts(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(text.split()) >= 3 and sum(c.isupper() for c in letters) > 0.8 * len(letters)


def _lowered(text: str, lexicon: Lexicon) -> str:
    """Return a title in capitals in lower case, names as the story's texts write them."""
    spelt = {
        word.casefold(): word for word in sorted(lexicon.capitalised) if word not in lexicon.lower
    }

    def lower(match: re.Match[str]) -> str:
        word = match[0].casefold()
        bare = re.sub(r"[’']s$", "", word)
        return spelt[bare] + word[len(bare) :] if bare in spelt else word

    lowered = _WORD.sub(lower, text)
    return lowered[:1].upper() + lowered[1:]


def clause_of(sentence: str) -> str:
    """Return the first whole clause of *sentence*, word for word, without its full stop.

    At most 90 characters, cut where a clause ends or else before a phrase, never in a word; up to
    150 where nothing shorter is whole. A sentence that offers no such place is cut after a word,
    and ends in an ellipsis.
    """
    text = sentence.strip()
    if text.endswith(".") and not _ABBREVIATION_END.search(text):
        text = text[:-1]
    text = _shorter(text, _SAID_TAIL.sub("", text))
    if len(text) <= _LONGEST:
        return text
    for longest in (_LONGEST, _LONGER):
        for ends in (_CLAUSE_ENDS, _LOOSE_ENDS):
            cuts = [text[: match.start()] for match in ends.finditer(text[: longest + 12])]
            good = [cut for cut in cuts if len(cut) <= longest and _is_clause(cut)]
            if good:
                return max(good, key=len)
    return fitted(text)


def fitted(text: str) -> str:
    """Return *text*, cut after a word and ended by an ellipsis if it is over 150 characters."""
    if len(text) <= _LONGER:
        return text
    end = text.rfind(" ", 0, _LONGER)
    cut = text[: end if end > 0 else _LONGER].rstrip(" ,;:–—-")
    if cut.count("“") != cut.count("”") or cut.count('"') % 2:
        cut = re.sub('[“”"]', "", cut)  # a quotation that the cut would leave open
    return cut + "…"


def _shorter(text: str, cut: str) -> str:
    return cut if _is_clause(cut) else text


def _is_clause(text: str) -> bool:
    """Tell whether *text* may stand alone: long enough, with a verb, nothing left open."""
    words = text.split()
    # A verb with but one word behind it may be none: "The second most wanted man".
    if len(words) < 5 or verb_at(tuple(words)) > len(words) - 3:
        return False
    # "A man who was beaten" still waits for what he did.
    if words[-1].casefold() in _DANGLING_END or not {"who", "which"}.isdisjoint(words[:6]):
        return False
    if (
        text.count("“") != text.count("”")
        or text.count('"') % 2
        or text.count("(") != text.count(")")
    ):
        return False
    # One comma opens an insertion that a second has to close: "The bridge, built in 1902".
    _, comma, rest = text.partition(",")
    if _LEADING.match(text):
        return bool(comma) and has_verb(rest) and len(rest.split()) >= 4
    return text.count(",") != 1
