"""Tells what may not be told without its source: allegations, opinions and forecasts."""

import re

# What somebody is said to have done to another, or broken.
_WRONG = re.compile(
    r"\b(?:alleg\w*|accus\w*|suspect\w*|murder\w*|kill\w*|shot|shoot\w*|stab\w*|rap(?:e|ed|ing|ist)"
    r"|assault\w*|abus\w*|molest\w*|harass\w*|fraud\w*|st(?:ole|olen|eal\w*)|rob(?:bed|bing|ber\w*)"
    r"|theft|lied|lying|brib\w*|corrupt\w*|guilty|attack\w*|threat\w*|fired at|opened fire|beat\w*"
    r"|kidnap\w*|abduct\w*|tortur\w*|terror\w*|bomb\w*|drunk\w*|drugs?|hack\w*|launder\w*|smuggl\w*"
    r"|traffick\w*|violat\w*|illegal\w*|crimes?|criminal\w*|misconduct|negligen\w*|cheat\w*"
    r"|plagiari\w*|racis\w*|cover-?up|conspir\w*|plot\w*|spy\w*|spied|responsible|blame\w*"
    r"|fled|confess\w*|struck|hit|set fire|arson|punched|choked|strangled|dr(?:owned|ugged)|motive"
    r"|intoxicated|caus\w+|slash\w*|brandish\w*|involved in|poison\w*|massacre\w*"
    r"|genocide|war crimes?|target(?:ed|ing)|meddl\w*"
    r"|interfer\w*|prostitut\w*|solicit\w*|escap\w*|leak\w*|secret\w*)\b",
    re.IGNORECASE,
)
# What happened to somebody, with nobody named who did it, is seen by all.
_SUFFERED = re.compile(
    r"\b(?:was|were|been|being) (?:\w+ly )?(?:shot (?:dead|and (?:killed|wounded|injured))|killed"
    r"|injured|wounded|hurt|shot|stabbed|attacked|hit|struck|damaged)\b(?!.*\bby\b)"
    r"|\b(?:flood\w*|storms?|cyclone|hurricane|typhoon|(?:earth)?quake|tornado\w*|crash\w*|fires?"
    r"|blaze|wildfires?|avalanche|landslides?|heat\w*|collapse|outbreak|virus|accident|derailment)\b"
    r".{0,80}?\b(?:kill|injur)\w*"
    r"|\bkill(?:ed|s|ing) at least\b|\bshooting\b",
    re.IGNORECASE,
)
_UNCERTAIN = re.compile(
    r"\b(?:should|must|likely|unlikely|probabl\w+|possibl\w+|appar\w+ly|believ\w*|thought to"
    r"|seems?|appears?|suggest\w*|estimat\w*|forecast\w*"
    r"|project(?:ed|s)|linked|plan(?:s|ned|ning)|consider\w*|considering|set to|best|worst|great\w*"
    r"|good|bad|better|worse|dangerous|important|safe|unsafe|needs?|ought|risk\w*|unfair|wrong"
    r"|right to|failed|fail(?:s|ure)|never|no longer|because|due to)\b",
    re.IGNORECASE,
)


def is_allegation(text: str) -> bool:
    """Tell whether English *text* rests on who says it: it accuses, judges, foresees or guesses."""
    plain = _SUFFERED.sub(" ", text)
    return _WRONG.search(plain) is not None or _UNCERTAIN.search(plain) is not None
