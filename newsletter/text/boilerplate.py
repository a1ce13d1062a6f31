"""Knows what publishers print around their articles: captions, credits, promotion, legal lines."""

import re
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+|[©@#|/]")
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
)
_FULL_DATE = re.compile(rf"\b(?:{_MONTH},? \d{{1,2}},? \d{{4}}|\d{{1,2}} {_MONTH},? \d{{4}})\b")
# "..., Monday, May 7, 2012, in Newark." is how agencies close a caption, and nobody a sentence.
_CAPTION_END = re.compile(
    rf"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? {_MONTH},? \d{{1,2}},? \d{{4}}"
    r"(?:,? (?:in|at|near|on|outside) [^.]{2,60}(?:\.[A-Z])*)?\.?$"
)
# Captions tell in the present what a camera saw: "walks on stage on June 3, 2019".
_SEEN = re.compile(
    r"\b(?:stands?|walks?|sits?|speaks?|looks?|arrives?|attends?|waves?|performs?|holds?|poses?"
    r"|smiles?"
    r"|leaves?|listens?|watch(?:es)?|gestures?|reacts?|enters?|inspects?|celebrates?|(?:is"
    r"|are) \w+(?:ed|n))\b"
)
_PAST = re.compile(
    r"\b(?:was|were|had|did|said|told|\w{2,}ed|took|made|came|went|won|lost|began|found|will"
    r"|would)\b"
)


class _Rule(NamedTuple):
    """A pattern, and the words of which each of its alternatives needs one: they save searches."""

    reason: str
    words: frozenset[str]
    pattern: re.Pattern[str]


def _rule(reason: str, words: str, pattern: str) -> _Rule:
    return _Rule(reason, frozenset(words.split()), re.compile(pattern, re.IGNORECASE | re.VERBOSE))


_CAPTION = _rule(
    "caption",
    "image images photo photos picture pictures pictured pic pics photograph photographs video "
    "credit credits caption screenshot screengrab illustration rendering graphic portrait still "
    "selfie foto bild imagen immagine bildquelle crédit getty shutterstock afp reuters epa istock "
    "istockphoto imago alamy ap left right l r center centre top bottom back front here above "
    "below poses pose shown seen enlarge",
    r"""^(?:(?:an?|the|this)\s)?(?:[\w-]+\s){0,2}?(?:image|photo|picture|photograph|illustration|screenshot
        |still
            |graphic|portrait|rendering|selfie)s?\s
            (?:of|shows?|showing|taken|from|made|provided|released)\b
    |^(?:file\s)?(?:photos?|images?|pictures?|pics?|photographs?|credits?|video|illustration|caption
            |screenshot|screengrab|foto|bild|imagen|immagine|bildquelle|crédit)\s?
            (?:credit|by|von|courtesy\sof|copyright)?\s?[:|/©]
    |^(?:image|media)\s(?:copyright|caption)\b
    |\((?:[^()]{0,60}[\s/])?(?:getty|ap\sphoto|afp|reuters|shutterstock|epa|istock|imago|alamy
        |photos?
            |image|picture|pictured)\b[^()]{0,60}\)\.?$
    |\b(?:getty\simages|ap\sphoto|file\sphoto|handout\s(?:photo|image)|shutterstock|istockphoto|afp/
            |/\s?(?:afp|getty|reuters|epa|ap)\b|reuters/[a-z])
    |\b(?:photo(?:graph)?|image|picture|illustration|video)s?\s(?:credit|courtesy|by\s(?-i:[A-Z]))
    |\b(?:seen\shere|(?:pictured|shown|seen)\s(?:above|below|left|right|here)|shown\sin\s(?:this
        |an?)\b
            |in\s(?:this|an?)\s(?:[\w-]+\.?,?\s){0,5}(?:image|photo|photograph|picture)\b
            |poses?\sfor\s(?:an?\s)?(?:photo|picture|portrait|photograph)s?\b
            |stands?\sfor\sa\sportrait|view\simages?|enlarge\sthis)
    |\((?:l|r|left|right|center|centre|top|bottom|back|front)\)|,\s(?:left|right|center|centre),\s
    |\b(?:hide|toggle)\scaption\b""",
)
_PROMOTION = _rule(
    "promotion",
    "subscribe subscribing sign signed signing register newsletter newsletters inbox phone app "
    "member subscriber subscribers supporter patron so donation journalism reporting newsroom "
    "work email mail digest briefing offer offers trial code sponsored advertisement affiliate "
    "commission kostenlos abonnieren abonnez suscríbete suscribete inscrivez inscríbete "
    "inscribete inscreva iscriviti premium join minutes min minute mins read",
    r"""\bso\s(?:that\s)?you\s(?:do\snot|don[’']?t)\shave\sto\b
    |\bjoin\s(?:the\s|our\s)?[\d.,]+\s?(?:k|m|million|thousand)?\+?\s(?:\w+\s){0,2}(?:readers
        |subscribers|members|people|professionals|others)\b
    |\bonly\s(?:\w+\s){0,2}newsletter\s(?:that\s)?you\b|\bin\s\S+\sminutes\s(?:a|per|each)\sday\b
    |^\d+[\s-]min(?:ute)?s?\sread\b
    |\bsubscrib(?:e|ing)\b.{0,60}\b(?:newsletter|now|today|here|channel|podcast|access|us|our
            |unlimited|e-?mail)\b|^subscribe\b|^newsletters?$
    |\bsign(?:ed|ing)?[\s-]up\b.{0,50}\b(?:newsletter|e-?mail|alerts?|free|updates|here|today|now
        |below)\b
    |\b(?:sign\sup|register)\s(?:for|to|here|now|below)\b.{0,40}
            \b(?:our|free|your|newsletter|briefing|daily)\b
    |\bnewsletters?\b.{0,60}\b(?:inbox|sign|free|weekly|daily|subscribe|deliver\w*)\b
    |\b(?:sen[dt]|sends|deliver\w*|get|straight|right)\b.{0,60}\b(?:(?:to|in|into)\syour\s(?:inbox
        |phone)
            |(?:weekly|daily|morning|free)\s(?:e-?mail|newsletter|digest|briefing))\b
    |\b(?:download|get|install|try)\s(?:the|our)\s(?:free\s)?(?:\w+\s)?app\b
    |\bbecom(?:e|ing)\sa\s(?:premium\s)?(?:member|subscriber|supporter|patron)\s(?:today|now|and|to
        |of\sour)\b
    |\bsubscribers?[\s-]only\b
    |\b(?:support|fund)\sour\s(?:work|journalism|reporting|newsroom)\b|\bmake\sa\sdonation\b
    |\b(?:special|limited|introductory)(?:\stime)?\soffers?\b|\bfree\strial\b
    |\b(?:promo|discount|coupon)\scode\b
    |\bsponsored\s(?:by|content|post)\b|^.{0,40}\badvertisement\b|\baffiliate\s(?:links?|commission
        |partner)
    |\bwe\smay\s(?:earn|receive)\s(?:an?\s)?(?:\w+\s)?commission\b
    |\b(?:newsletter|kostenlos)\b.{0,40}\b(?:abonnieren|anmelden|bestellen)\b|\babonnez-vous\b
    |\bsuscr[ií]bete\b|\binscr(?:ivez-vous|[ií]bete|eva-se)\b.{0,60}\b(?:newsletter|bolet[ií]n
        |lettre)\b
    |\biscriviti\b|\bjetzt\sabonnieren\b""",
)
_COOKIES = _rule(
    "cookies",
    "cookie cookies privacy terms browser javascript blocker adblocker autoplay playback play "
    "modal skip crawl crawls wayback archive unavailable available unsubscribe collect error "
    "found",
    r"""\bcookies?\b.{0,80}\b(?:policy|settings|notice|consent|browser|experience|website|site
        |accept
            |verwenden)\b
    |\b(?:accept|uses?|using|utilis\w+|verwende\w*)\b.{0,30}\bcookies\b
    |\bprivacy\s(?:policy|notice|statement)\b|\bterms\s(?:of\s(?:use|service)|(?:and
        |&)\sconditions)\b
    |\b(?:your|this)\sbrowser\b|\b(?:enable|requires?|turn\son)\sjavascript\b|\bad[\s-]?blocker\b
    |\bautoplay\b|\b(?:media|video|audio)\splayback\b|\bplay\svideo\b|\bclose\smodal\b
    |\bskip\sto\s(?:main\s)?content\b|\bskip\sad\b
    |\b(?:web\scrawls?|crawl\sdata|crawls?\s(?:are|of|is|were)|internet\sarchive|wayback\smachine)\b
    |\b(?:content|video|page)\sis\s(?:not\savailable|currently\sunavailable)\b
    |\binformation\swe\scollect\b|\bunsubscribe\b|\berror\s40[34]\b|\bpage\snot\sfound\b""",
)
_COPYRIGHT = _rule(
    "copyright",
    "rights rechte droits © c copyright may must part republish republished commons",
    r"""\ball\srights\sreserved\b|\balle\srechte\s(?:vorbehalten|liegen)\b
        |\btous\sdroits\sréservés\b
    |©|\(c\)\s?\d{4}|\bcopyright\s(?:©|\(c\)|\d{4}|by\b)
    |\b(?:may|must)\snot\sbe\s(?:published|reproduced|republished|redistributed|rewritten)\b
    |\bno\spart\sof\sthis\b|\brepublish(?:ed)?\s(?:this|with\spermission|under)\b
        |\bcreative\scommons\b""",
)
_SHARE = _rule(
    "share",
    "follow like find join share tweet e email mail print comment comments save copy facebook "
    "twitter whatsapp pinterest linkedin reddit conversation discussion contact reach reached send "
    "tip tips pic t embed @ #",
    r"""\bfollow\s(?:us|him|her|them|me|@\w+|(?-i:[A-Z])[\w’'.-]+(?:\s(?-i:[A-Z])[\w’'.-]+){0,3})
            (?:\s(?:and|or)\s\w+)?\s(?:on|at|via|@)
    |\b(?:like|find|join|follow)\sus\s(?:on|at|for|@)|^follow\s(?:us|@)
    |^(?:share|tweet|e-?mail|print|comments?|save|copy\slink|facebook|twitter|whatsapp|pinterest
        |linkedin
            |reddit)(?:[\s,|/·•]+(?:share|tweet|this|on|via|with|e-?mail|print|link|article|story
            |facebook|twitter|x|whatsapp|pinterest|linkedin|reddit|comments?|save)){0,12}[.:]?$
    |\bcomments?\s(?:below|section)\b|\bleave\sa\scomment\b|\bjoin\sthe\s(?:conversation
        |discussion)\b
    |\bcontact\s(?:us|the\s(?:author|reporter|writer))\b|\b(?:e-?mail|reach)\s(?:us|the\s(?:author
            |reporter)|(?:him|her|me)\sat)\b|\bcan\sbe\sreached\s(?:at|on|by)\b
    |\bsend\s(?:us\s)(?:your\s)?(?:tips?|feedback|comments)\b|\bhave\sa\s(?:news\s)?tip\b
    |\bpic\.twitter\.com\b|\bembed\s(?:x\s)?share\b|\bt\.co/|^[—-]\s.{2,60}\(@\w+\)|^\#\w+|^@\w+
        |\s—\s.{2,40}\(@\w+\)""",
)
_LINK = _rule(
    "link",
    "read see watch learn view click tap listen browse press more full related also recommended "
    "must miss may next trending most missed story continue continues weiterlesen lesen mehr lire "
    "leer lea leia leggi lees source sources quelle via video gallery photos poll quiz map "
    "timeline interactive live check scroll swipe http https www appeared",
    r"""^(?:read|see|watch|learn|view|click|tap|listen|browse)\s(?:more|also|next|here|to\b|below
        |now|all
            |full|it\b|our|on\b|the\s(?:full|whole|entire|rest|original|video|slideshow|photos?
            |gallery
            |complete))
    |\b(?:click|tap|press)\s(?:here|on\s(?:the|this)|the\s(?:link|button|image|photo))\b
    |\bread\s(?:more|the\s(?:full|rest|entire)\b|our\b)|\b(?:more|full)\s(?:coverage
        |story)\s(?:here|below)\b
    |^(?:related|more\s(?:on|from|about|news|stories|coverage)|see\salso|also\s(?:read|see|on)
            |recommended|must\s(?:read|watch)|don[’']?t\smiss|you\smay\s(?:also\s)?like|up\snext
            |next\sup
            |trending|most\s(?:read|popular)|in\scase\syou\smissed|story\s(?:highlights|continues)
            |continue\sreading|article\scontinues|weiterlesen|lesen\ssie|mehr\szum\sthema
            |lire\s(?:aussi|la\ssuite)|leer\smás|lea\stambién|leia\s(?:também|mais)|leggi\sanche
            |lees\sook)
            \b\s?(?:$|[:…|>»]|\.{2,}|[^.]{0,80}$)
    |^(?:sources?|quelle|via)\s?:
    |^the\s(?:post|article)\s.{1,200}\sappeared\sfirst\son\s
    |^(?:watch|listen|video|gallery|photos|poll|quiz|map|timeline|interactive|live\sblog)\s?[:|]
    |\b(?:watch|see|check\sout)\s(?:the|our|an?)\s(?:\w+\s){0,3}?
            (?:video|clip|gallery|slideshow|trailer)\s(?:above|below|here)\b
    |\bscroll\s(?:down|through)\b|\bswipe\s(?:left|right|through)\b
    |^(?:https?://|www\.)\S+$""",
)
_BYLINE = _rule(
    "byline",
    "by von par por di door reporting writing editing additional report compiled contributed "
    "press reporter correspondent editor columnist contributor producer published updated posted "
    "last first created filed ago",
    r"""^(?:by|von|par|por|di|door|written\sby|posted\sby|reported\sby|text\sby|story\sby)[\s:]\s?
            (?-i:[A-Z])[\w.’'-]+(?:[\s,&|/-]+(?:and|und|et|y|e|for|of
            |(?-i:[A-Z@])[\w.’'@-]*)){0,12}[.,]?$
    |\((?:reporting|writing|editing|additional\sreporting|report|compiled)\b[^)]*\)?\s*$
    |^(?:additional\s)?(?:reporting|writing|editing)\sby\b
    |\bcontributed\s(?:to\sthis\s(?:report|story|article)|reporting)\b
    |^(?:the\s)?associated\spress\s(?:\w+\s){0,3}writers?\b
    |\bis\san?\s(?:\w+[\s-]){0,4}(?:reporter|correspondent|editor|columnist|contributor|producer)
            \s(?:at|for|with|covering|based)\b
    |^(?:published|updated|posted|last\s(?:updated|modified)|first\spublished|created|filed)\b
            (?:\s(?:on|at))?[:\s].{0,20}\d
    |^posted\s(?:at|on|by)\b|^\d+\s(?:minutes?|hours?|days?|weeks?)\sago$""",
)
# In this order: the first that fits names the reason.
_PROMOTIONAL = (_PROMOTION, _COOKIES, _COPYRIGHT, _SHARE, _LINK)


def is_caption(line: str) -> bool:
    """Tell whether *line* describes or credits a picture."""
    return _holds(_CAPTION, line, _words(line)) or _dates_a_picture(line)


def is_promotional(line: str) -> bool:
    """Tell whether *line* speaks for the publisher: subscribe, share, read more, cookies."""
    words = _words(line)
    return any(_holds(rule, line, words) for rule in _PROMOTIONAL)


def reason_against(line: str) -> str | None:
    """Return why *line* (a paragraph or a sentence) is boilerplate, or None where it is not.

    One of "promotion", "cookies", "copyright", "share", "link", "byline", "caption".
    """
    words = _words(line)
    for rule in (*_PROMOTIONAL, _BYLINE, _CAPTION):
        if _holds(rule, line, words):
            return rule.reason
    return "caption" if _dates_a_picture(line) else None


def _words(line: str) -> frozenset[str]:
    return frozenset(_WORD.findall(line.lower()))


def _holds(rule: _Rule, line: str, words: frozenset[str]) -> bool:
    return not rule.words.isdisjoint(words) and rule.pattern.search(line) is not None


def _dates_a_picture(line: str) -> bool:
    """Tell whether a dated *line* tells in the present what a picture shows."""
    if len(line) > 300 or not _FULL_DATE.search(line):
        return False
    if _CAPTION_END.search(line) and " will " not in line:
        return True
    seen, past = _SEEN.search(line), _PAST.search(line)
    return seen is not None and (past is None or seen.start() < past.start())
