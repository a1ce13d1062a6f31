"""The English wording that reports: it says when, looks ahead, describes a picture."""

import re
from collections.abc import Sequence

from newsletter.summarise.wording import word_set

_PARTS = re.compile(r"[A-Za-z][\w’']*")
# What has yet to happen.
AHEAD = re.compile(
    r"\b(?:will|won[’']t|shall|[a-z]+[’']ll|could|may|might|(?:is|are) (?:to|set to|due to"
    r"|expected to|scheduled|planning|preparing|poised|hoping|about to)|plans? to|ahead of"
    r"|upcoming)\b"
)
# And on which day it has to.
SET = re.compile(
    AHEAD.pattern + r"[^.;]{0,60}\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|tonight|tomorrow"
    r"|next (?:week|month|year)|later (?:today|this \w+))\b"
)
# How it ended, for those whom it befell.
OUTCOME = word_set(
    "injured injuries unhurt unharmed hospital hospitalized hospitalised died killed arrested "
    "charged sentenced convicted acquitted pleaded released recovered recovering rescued resigned "
    "apologized apologised denied denies declined cancelled canceled signs"
)
# What stands before nouns in sentences, and is left out of headlines and standfirsts.
_ARTICLES = word_set("the a an his her its their this that these those no each any every")
_TELEGRAM = 11  # words that no whole sentence is likely to string together without one
# A share's sign on its exchange: "(NESN.S)".
TICKER = re.compile(r"\([A-Z]{1,5}\d?\.[A-Z]{1,2}\)|\((?:NYSE|NASDAQ|Nasdaq|LSE|TSX)\s?:")
# How a wire tells broadcasters to say a name: "(see-AHN'-see-uh)".
PRONOUNCED = re.compile(r"\([a-z]*-?[A-Z]{2,}['’]?(?:-[a-z]+)+\)|\((?:[a-z]+['’]?-)+[A-Z]{2,}")
# "Cup final: Rovers Win The midfielder ...": a headline that runs into its text.
FUSED = re.compile(
    r"(?:[A-Z][\w’'-]*[:,]? (?:(?:of|the|in|to|and|for|a|at|on) )*){4,}"
    r"(?:The|A|An|In|It|This|He|She) (?:[A-Z][\w’'-]* )*[a-z]"
)
# "Dinosaurs 101 They ruled ...": another, shorter one.
HEADED = re.compile(r"(?<=[\w’'] )(?:They|These|There|But|However),? [a-z]")
# "Why it matters: ...": a heading that runs into its text.
_LABEL = re.compile(r"^[A-Z][a-z’']*(?: [a-z’']+){1,3}: [“\"]?[A-Z]")
# A sentence that says when, or in whose words, something happened: news has both, musings neither.
PEG = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|this (?:week|month"
    r"|morning|weekend|year)|last (?:week|month|night|year)|(?:Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\."
    r" \d|(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December) \d|announced|revealed|released|discovered|arrested|charged|sentenced|died|killed"
    r"|according to)\b"
)
# Words no caption holds: past and perfect, future, being.
_TOLD = word_set(
    "is are was were be been has have had did do does said says told took made went came got gave "
    "found saw knew thought left kept held began brought wrote led met paid sent ran rose fell "
    "grew lost won shot spoke spent stood broke built bought caught chose drew drove fought flew "
    "struck sought will would could can may might must should"
)
_CAPTION_DATE = re.compile(
    r"\b(?:Jan|Feb|Aug|Sept?|Oct|Nov|Dec|January|February|March|April|May|June|July|August"
    r"|September|October|November|December)\.? \d{1,2}\b"
)
_PAST = re.compile(
    r"\b(?:was|were|had|did|took|told|made|went|came|got|gave|found|saw|began|brought|wrote|led|met"
    r"|paid|sent|ran|rose|fell|grew|lost|won|shot|spoke|struck|fled|(?<!is )(?<!are )(?<!be )(?<!-)"
    r"[a-z]{3,}ed)\b"
)
_PICTURE = re.compile(r"\b(?:photo|photograph|picture|image|video still|screen ?grab|footage)s?\b")


def pictures(text: str) -> bool:
    """Tell whether an English sentence describes a picture: dated, and all in the present tense."""
    if not _CAPTION_DATE.search(text):
        return False
    return not any(word in _TOLD or word.endswith("ed") for word in _PARTS.findall(text))


def narrates(text: str) -> bool:
    """Tell whether an English sentence is in a past tense, as reports are and musings seldom."""
    return _PAST.search(text) is not None


def of_pictures(text: str) -> bool:
    """Tell whether an English sentence speaks of a photograph, as captions do."""
    return _PICTURE.search(text) is not None


def is_telegram(words: Sequence[str]) -> bool:
    """Tell whether English *words*, in lower case, are strung together as in a headline."""
    return len(words) >= _TELEGRAM and _ARTICLES.isdisjoint(words)


def is_labelled(text: str) -> bool:
    """Tell whether an English sentence begins with a heading of a few words and a colon."""
    return _LABEL.match(text) is not None
