"""The English words that tell what a figure is of: what befell whom, when, and how surely."""

import re
from collections.abc import Sequence

from newsletter.summarise.wording import word_set

# What people are counted by. Of each state all forms that news uses, for a count of the killed must
# never stand against one of the injured.
_STATES = {
    "dead": "kill kills killed killing killings dead die dies died dying death deaths deadly fatal "
    "fatally fatalities fatality perished slain murdered lives toll bodies corpses drowned",
    "hurt": "injure injures injured injuring injuries wound wounds wounded wounding hurt hurting "
    "hospitalized hospitalised casualties treated",
    "held": "arrest arrests arrested arresting detain detained detaining custody jailed detentions",
    "charged": "charged charges indicted convicted sentenced accused",
    "missing": "missing unaccounted disappeared vanished",
    "trapped": "trapped stranded stuck buried",
    "saved": "rescue rescued rescuing saved freed released release releasing survived survivors "
    "survivor",
    "taken": "kidnapped abducted hostage hostages captive seized",
    "moved": "evacuate evacuated evacuating evacuation displaced fled flee fleeing homeless",
    "ill": "infected sick sickened ill cases diagnosed contracted positive quarantined",
    "aboard": "aboard passengers carrying",
    "jobs": "laid layoffs fired",
}
BEFALLEN = {
    "dead": "killed", "hurt": "injured", "held": "arrested", "charged": "charged",
    "missing": "missing", "trapped": "trapped", "saved": "rescued or released",
    "taken": "taken", "moved": "displaced", "ill": "infected", "aboard": "aboard",
    "jobs": "laid off",
}  # fmt: skip
STATES = {word: state for state, words in _STATES.items() for word in words.split()}
STATES["on board"] = "aboard"
PEOPLE = word_set(
    "people persons person men women children boys girls kids teenagers adults civilians soldiers "
    "troops police officers policemen firefighters workers employees staff students pupils "
    "passengers residents villagers tourists migrants refugees protesters protestors demonstrators "
    "prisoners inmates hostages miners skiers climbers sailors crew fighters militants rebels "
    "gunmen suspects victims patients survivors casualties fatalities deaths americans nationals "
    "citizens members others dead killed injured wounded missing voters fans spectators marchers "
    "runners shoppers customers worshippers players pilots doctors nurses teachers journalists"
)
ANYONE = word_set("people persons person dead killed injured wounded missing victims deaths "
                  "fatalities casualties lives bodies arrests injuries")  # fmt: skip
IRREGULAR = word_set("people men women children police troops crew staff feet mice cattle dead "
                     "killed injured wounded missing personnel wives")  # fmt: skip
# Look like plurals, and are none.
NO_PLURALS = word_set(
    "was has is does as this its his us says news less versus plus various others' perhaps always "
    "times across previous serious famous religious campus status virus census process address "
    "business congress access success press class cross loss boss mass gas bus series"
)
TIME_UNITS = word_set("years months weeks days hours minutes seconds decades")
# Printed with the figure: what is counted is something else.
UNITS = TIME_UNITS | word_set(
    "metres meters feet miles kilometres kilometers inches acres hectares tons tonnes litres "
    "liters gallons barrels degrees kilograms pounds megawatts"
)
# A game's figures are one player's, one half's, one season's: nothing here tells which.
GAMES = word_set(
    "yards points games carries runs catches goals punches rebounds assists wins losses hits "
    "homers touchdowns receptions laps sets matches innings seasons starts votes seats"
)
PLANNED = word_set(
    "will would plan plans planned planning expect expects expected hope hopes hoped aim aims "
    "aimed could may might forecast forecasts projected projects propose proposes proposed "
    "proposal want wants wanted seek seeks sought intend intends goal target targets predicted "
    "predicts offered demand demands demanded request requested should potential potentially "
    "if possible estimates budget agree agrees agreed agreeing"
)
SPEECH = word_set(
    "said say says told tell tells announced announce announces wrote write writes added tweeted "
    "reported reports report asked spoke speaking statement interview according confirmed "
    "described argued noted warned called insisted acknowledged testified declined posted "
    "published released briefing conference news reporters met meeting"
)
# "another 14", "including two children", "the first ten": a part, an addition or a rate.
# What money and shares are of: where two sources name different ones, their figures are too.
MEASURES = {
    word: measure
    for measure, text in {
        "revenue": "revenue revenues sales turnover",
        "profit": "profit profits earnings income",
        "loss": "loss losses lost writedown charge",
        "cost": "cost costs costing price priced prices bill",
        "debt": "debt debts loan loans deficit borrowing",
        "value": "value valued worth valuation market capitalization",
        "stake": "stake share shares stock stocks holding",
        "fine": "fine fined fines penalty damages",
        "pay": "salary salaries bonus wages compensation",
        "tax": "tax taxes",
        "dividend": "dividend dividends",
        "savings": "savings save saved cuts cut",
        "aid": "aid relief grant grants donation donated donations",
        "majority": "majority margin lead",
        "turnout": "turnout",
        "approval": "approve approval approves disapprove disapproval favorable unfavorable oppose "
        "opposed support supported",
        "damage": "damage damages damaged destroyed destruction",
        "bail": "bail bond",
    }.items()
    for word in text.split()
}
_PART_BEFORE = re.compile(
    r"(?:(?:\b|(?<=\w))(?:including|among(?:\sthem|\swhom)?|of\s(?:whom|which|them|those|these|the)|another"
    r"|[’']s|other|additional|extra|further|first|last|remaining|every|each|per|than|top|next|past"
    r"|previous|all|both|other|only|those|these|the|until|since|within|average\sof"
    r"|half\sof|third\sof)\s)$",
    re.IGNORECASE,
)
_PART_AFTER = re.compile(
    r"^\s?(?:(?:of\s(?:the|them|those|these|whom|which|its|his|her|their|all)"
    r"|(?:[a-z]+\s)?(?:after|before|later|earlier|ago|remaining|left|since|into|away)|more|others?|additional|further|fewer|less|extra|times|points?|out\sof|in\s\d+|or\smore)\b|[-+])",
    re.IGNORECASE,
)
_RATE_AFTER = re.compile(
    r"^\s?(?:[a-z]+\s)?(?:(?:a|an|per|each|every)\s(?:share|day|week|month|year|hour|barrel|ton"
    r"|tonne|gallon|head|person|piece|night|ounce|minute|mile|unit|capita|household)\b"
    r"|/|apiece|each\b|annually|daily|monthly)",
    re.IGNORECASE,
)
# Another's figure, or another time's: what was expected, what stood there before.
_PAST = re.compile(
    r"\b(?:previous(?:ly)?|earlier|initial(?:ly)?|original(?:ly)?|had\s(?:expected|been|stood|said"
    r"|estimated|forecast|predicted|reported|put)|up\sfrom|down\sfrom|compared\s(?:with|to)|from\s"
    r"(?:about\s|around\s)?$|instead\sof|rather\sthan|a\syear\s(?:ago|before|earlier)|once|since"
    r"|historic(?:al|ally)?|so\sfar\sthis|analysts\s(?:had\s)?expected|average|if|last\s(?:year"
    r"|month|week|time|decade|summer|winter|spring|fall)|in\s(?:the\s)?(?:past|1[89]\d\d)|ago|over"
    r"\sthe\s(?:past|last|next))",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"\b(?:(?P<of>first|second|third|fourth|final|last|this|next|previous|past|full|prior|same"
    r"|fiscal|current|recent|a|one|two|three|four|five|six|seven|eight|nine|ten|\d+)[\s-]"
    r"(?P<unit>quarter|half|year|month|week|season|decade|summer|winter|spring|autumn)s?"
    r"|(?P<q>Q[1-4])|(?P<year>(?:19|20)\d\d)"
    r"|(?P<month>January|February|March|April|June|July|August|September|October|November"
    r"|December|May(?=\s(?:\d|of|and|from|to|were|was)|[.,]))"
    r"|(?P<word>annual(?:ly)?|yearly|quarterly|monthly|weekly|daily|total|overall|average|record)"
    r"|(?P<day>today|yesterday|tonight))\b"
)
_NAMED = word_set(
    "january february march april may june july august september october november december"
)
_RISING = re.compile(
    r"\b(?:rose|rise|rises|risen|rising|up|grew|grow|grown|growing|increase[ds]?|jump(?:ed|s)?"
    r"|climb(?:ed|s)?|gain(?:ed|s)?|surged?|higher|soared|added|advanced|more)\b",
    re.IGNORECASE,
)
_FALLING = re.compile(
    r"\b(?:fell|fall|falls|fallen|falling|down|drop(?:ped|s)?|decline[ds]?|decrease[ds]?|lower"
    r"|slid|slipped|tumbled|plunged|sank|shrank|lost|cut|less|fewer|declined)\b",
    re.IGNORECASE,
)
_REACHING = re.compile(
    r"\b(?:to|at|of)\s(?:about\s|around\s|nearly\s|a\srecord\s)?$", re.IGNORECASE
)


def is_part(before: str, after: str) -> bool:
    """Tell whether a figure between the two texts is a part, an addition or a rank."""
    return bool(_PART_BEFORE.search(before) or _PART_AFTER.match(after))


def is_rate(after: str) -> bool:
    """Tell whether the text after a figure makes it one of so much each."""
    return bool(_RATE_AFTER.match(after))


def is_past(clause: str) -> bool:
    """Tell whether a clause gives a figure of another time, or one that it disowns."""
    return bool(_PAST.search(clause))


def periods(sentence: str, taken: Sequence[tuple[int, int]]) -> frozenset[str]:
    """Return the spans of time that *sentence* names outside the spans *taken*: "2025", "July"."""
    return frozenset(
        match[0].casefold().replace("-", " ")
        for match in _PERIOD.finditer(sentence)
        if not any(match.start() < end and start < match.end() for start, end in taken)
    )


def is_dated(spans: frozenset[str]) -> bool:
    """Tell whether spans of time name a month, a year or one past."""
    return any(span[-1:].isdigit() or span in _NAMED or span.startswith("last ") for span in spans)


def movement(before: str, after: str) -> tuple[str, bool]:
    """Return the direction of a change next to a figure, and whether the figure is its outcome.

    "up", "down" or ""; in "rose to 12%" the figure is the outcome, in "rose 12%" it is not.
    """
    near = before[-28:].rpartition(",")[2]
    up, down = bool(_RISING.search(near)), bool(_FALLING.search(near))
    if not (up or down):
        near = after[:16]
        up, down = bool(_RISING.search(near)), bool(_FALLING.search(near))
    direction = "up" if up and not down else "down" if down and not up else ""
    return direction, bool(direction and _REACHING.search(before))
