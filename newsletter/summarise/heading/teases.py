"""Tells titles that hold back what they have to tell, or were cut short."""

import re

_QUESTION = re.compile(r"[?？؟]['\"”’»)]*(?:\s|$)|[\u0370-\u03ff];$")
_CUT = re.compile(r"(?:\.{2,}|…)\s*[\"”’'»)\]]*$")
_LAST_TWO = re.compile(r"\b[^\W\d_]+ ([^\W\d_]{2,})$")
_ENDINGS = r"(?:s|es|ed|d|ing|er|ers|ly|al|en|n|ion|ions|ment)\b"
_TEASES = re.compile(
    r"^(?:what|why|how|here[’']s|here (?:are|is)|when|where|which|who[’']s|who)\b(?!\s+chief)"
    r"|^(?:\d+|two|three|four|five|six|seven|eight|nine|ten|a few|some) (?:\w+ )?(?:things"
    r"|ways|reasons|takeaways|facts|questions|charts|photos|tips|lessons|signs|secrets|moments"
    r"|tricks|mistakes|ideas)\b"
    r"|^(?:everything|all) (?:you|we|about)\b|^(?:meet|inside|watch|see|listen|check out|look"
    r"|guess|forget|remember|imagine|don[’']t miss|introducing the)\b"
    r"|^this (?:is|was|one|simple|man|woman|photo|video|guy|teen|company|could|will)\b"
    r"|^(?:these are|that[’']s|it[’']s|there[’']s)\b"
    r"|\bwhat (?:to|we|you) (?:\w+ )?(?:know|need|expect)\b|\b(?:need|want) to know\b"
    r"|\b(?:takeaways|explained|explainer|things to know|live updates?|as it happened|in pictures"
    r"|in photos|quiz|recap|round-?up|newsletter|podcast|open thread|photo gallery|top stories)\b"
    r"|you (?:won[’']t|will not|can[’']t) believe|\bwill (?:shock|surprise|amaze) you\b"
    r"|\bjaw-?dropping\b|\bmind-?blowing\b|\bthe (?:real )?(?:reason|truth|secret) (?:why|about"
    r"|behind|to)\b|\bgoes viral\b|\bbreaks? the internet\b|\binternet (?:reacts|is)\b"
    r"|\bhere[’']s (?:why|how|what|when|where|who)\b|\band (?:it|that|the) \w+ (?:is|was) \w+!"
    r"|\bone weird trick\b|\bwait (?:till|until) you\b|\bnobody (?:saw|expected)\b"
    r"|\byou (?:should|need to|have to|must)\b",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(r"^(?:WHO|HOW)\b(?! [A-Z]{2})")


def breaks_off(title: str, text: str) -> bool:
    """Tell whether *title* ends within a word: its last one is but the beginning of *text*'s.

    Only behind the same word counts, and no other form of the word.
    """
    last = _LAST_TWO.search(title)
    if last is None:
        return False
    longer = re.search(rf"\b{re.escape(last[0])}(?!{_ENDINGS})[^\W\d_]{{2,}}", text, re.IGNORECASE)
    return longer is not None and not re.search(rf"\b{re.escape(last[1])}\b", text, re.IGNORECASE)


def is_asking(title: str) -> bool:
    """Tell whether *title*, of any language, asks a question."""
    return _QUESTION.search(title) is not None


def is_cut(title: str) -> bool:
    """Tell whether *title* was cut short: it ends in an ellipsis."""
    return _CUT.search(title) is not None


def is_teasing(title: str) -> bool:
    """Tell whether an English *title* asks, lists or lures instead of telling what happened.

    "What to know", "5 things", "Here's why", "You won't believe"; the acronym WHO asks nothing.
    """
    return _TEASES.search(title) is not None and not _ORGANISATION.match(title)
