"""The English wording by which a sentence shows that it cannot stand alone, or is no report."""

import re
from collections.abc import Iterable

_I = re.IGNORECASE


def word_set(words: str) -> frozenset[str]:
    """Return the words of a list written as one string."""
    return frozenset(words.split())


# Openings that lean on a sentence before: pronouns, demonstratives, connectives.
DANGLING = re.compile(
    r"""^["“'‘(\[]*(?:
      (?:he|she|they|him|his|her|hers|their|theirs|them|its|it|this|that|these|those|such|both
        |neither|either
        |another|others?|here|there|then|so|thus)(?:[’'](?:s|re|d|ve|ll))?\b(?!-)
    | (?:some|many|most|few|several|none|all|one|half|each|much|part|any|\w+\spercent)\s
        of\s(?:them|those|these|this|that|it|which|whom|her|his|their|its)\b
    | (?:some|many|others?|most|few|several|all|none|one|two|three|four|both|each|everyone
        |everything)
        \s(?:also\s|even\s)?(?:are|were|was|is|have|had|has|say|said|think|thought|believe[sd]?
        |fear(?:ed)?|expect(?:ed)?
        |argue[sd]?|wonder(?:ed)?|suggest(?:ed)?|called|noted|pointed|took)\b
    | the\s(?:latter|former|same|others?|pair|duo|trio|move|comments?|remarks?|decision
        |announcement|news|statement
        |idea|result|reason|changes?|latest|rest|reaction|response|figures|claims?|allegations?
        |company|firm|case
        |rules?|suspect|incident|two|three|four)\b(?!\s(?:of|by|on|in|at|from|between|for|that|who
        |to|over|against|with)\b|-|\s(?-i:[A-Z])
        |\s\w+\s(?:of|by|on|in|at|from|between|for|that|who)\b)
    | (?:but|and|or|nor|yet|while\sthat)\b(?!-)
    | (?:however|also|moreover|furthermore|besides|meanwhile|nevertheless
        |nonetheless|still
        |instead|therefore|hence|consequently|otherwise|additionally|similarly|likewise|indeed
        |again|finally
        |lastly|firstly|secondly|thirdly|second|third|first|too|rather|else|elsewhere|afterwards?
        |later|earlier
        |previously|subsequently|eventually|ultimately|soon|sadly|happily|fortunately|unfortunately
        |luckily|apparently
        |seemingly|obviously|clearly|certainly|surely|sure|yes|no|well|ok|okay|now|plus|because
        |though
        |although\sthat|alas|interestingly|notably|importantly|specifically|namely|overall|anyway
        |conversely
        |accordingly|incidentally|ironically|maybe|perhaps|not)(?:,|\b(?!-)(?!\s(?:more|less|fewer
        |one|a)\b))
    | (?:in\s(?:addition|contrast|fact|turn|response|return|other\swords|particular|short|total|all
        |that|this
          |those|these|both|each|the\s(?:meantime|end|process|same|statement|interview|video|letter
          |past|latest)|doing\sso
          |her|his|their|its)
        |by\s(?:contrast|then|that|this|comparison|now)|on\s(?:the\s(?:other|same|contrary|one)
        |that|this|top\sof)
        |as\s(?:a\sresult|such|well|for|expected|usual|always|that|this|it|he|she|they
        |part\sof\s(?:this|that|the))
        |for\s(?:example|instance|now|that|this|his|her|their|its|those|these|all|many|some|one
        |starters|the\srecord)
        |at\s(?:the\s(?:same|time|moment|other)|that|this|first|one\spoint|issue|times|some\spoint)
        |to\s(?:be\s(?:sure|fair|clear)|that|this|his|her|make\smatters|put\s(?:it|that|this)
        |do\s(?:so|that|this))
        |of\s(?:course|those|these|that|the\s(?:\d+|two|three|four|five))|with\s(?:that|this|these
        |those|him|her|it|them)
        |after\s(?:that|this|all|he|she|they|it|his|her)|before\s(?:that|this|he|she|they|it)
        |since\s(?:then|that|he|she|they|it)|until\s(?:then|now|that)|even\s(?:so|then|though|if|as
        |when|with)
        |because\sof\s(?:this|that|these)|despite\s(?:this|that|these|his|her|their|its
        |the\s(?:move|news|setback))
        |given\s(?:this|that|these)|according\sto\s(?:him|her|them|it|this|that|these
        |the\s(?:report|study|statement
            |complaint|lawsuit|document|documents|affidavit|paper|post|release|indictment|filing))
        |not\sonly|either\sway|all\s(?:of\s)?(?:this|that|these|those|told)|what\s?(?:is|’s
        |'s)\smore|that\s(?:said|is|being)
        |(?:asked|pressed|speaking)\s(?:about|whether|if|why|how|on|of|by)\s(?:this|that|it|whether
        |why|how|if|what)
        |asked\b|pressed\b|more\s(?:than\s(?:that|half)|importantly|recently|specifically|broadly
        |on\sthat)
        |(?:a|one)\s(?:day|week|month|year|few\s\w+)\s(?:later|earlier|before,)|(?:two|three|four
        |five|\d+)
            \s(?:days|weeks|months|years|hours|minutes)\s(?:later|earlier|before|after\sthat)
        |the\s(?:day|week|month|year|night)\s(?:before|after|earlier|later)|the\sfollowing|the\snext
        |once\s(?:again|there|inside|that|he|she|they|it)|while\s(?:this|that|he|she|they|it|there)
        |when\s(?:this|that|he|she|they|it|asked)
        |if\s(?:so|not|this|that|he|she|they|it|the\s(?:claims?|reports?|rumou?rs)|true|confirmed
        |approved|convicted|passed)
        |where\s(?:this|that|he|she|they|it)|among\s(?:them|those|these|the\s(?:other|others))
        |like\s(?:him|her|them|this|that|many|most)
        |unlike\s(?:him|her|them|this|that)|along\swith\s(?:that|this|the)|besides\s(?:that|this)
        |beyond\s(?:that|this)
        |aside\sfrom\s(?:that|this)|adding\sto|speaking\sof\swhich|part\sof\s(?:that|this
        |the\s(?:reason|problem))
        |so\s(?:far|too|when|if|while|why|what|how|it|the|they|he|she|we)|just\s(?:as
        |like)\s(?:that|this)|as\sit\sturns)\b
    | (?:despite|after|following|amid|with|given|because\sof|during|before|since|like
        |unlike)\sthe\s[a-z]+,
    | [\w\s]{3,25}\saside,
    )""",
    _I | re.VERBOSE,
)
# Expletives and dates, which only look like pronouns.
STANDS_ALONE = re.compile(
    r"""^["“'‘(\[]*(?:it\s(?:is|was|took|has\sbeen)\s(?:the|an?|\d)\b.*\b(?:that|since|when)\b
    | this\s(?:week|month|year|morning|weekend|summer|spring|autumn|fall|winter|season)\b
    | there\s(?:is|are|was|were|will|have|has)\b
    | so-called\b | many\sof\sthe\b | some\sof\sthe\b | most\sof\sthe\b
    | no\s(?!,)\w+ | all\s(?!this|that|these|those|told|of)\w+
    | one\sof\sthe\b | now[- ](?:former|\w+ed)\b | (?:second|third|first)[- ](?:quarter|half|seeded
        |placed?|year|largest
        |biggest|\w+est|degree|lady|minister)\b | rather\sthan\b | because\sof\s(?!this|that|these)
    | earlier\sthis\b | later\sthis\b | later\stoday\b )""",
    _I | re.VERBOSE,
)
# What points back within a leading phrase: "Seemingly echoing that view, ...".
POINTER = re.compile(
    r"\b(?:that|this|those|these|such|the same) (?!week|month|year|morning|weekend|summer|spring"
    r"|autumn|fall|winter"
    r"|season|afternoon|evening|time\b)[a-z]",
    _I,
)
# "this claim", "to that end": but "said that officials" points nowhere.
DEICTIC = re.compile(
    r"\b(?:this|these|those|(?:to|of|in|on|at|for|with|by|from|about) that) (?!week|month|year"
    r"|morning|weekend|summer"
    r"|spring|autumn|fall|winter|season|afternoon|evening|is|was|are|were|would|could|will|can|has"
    r"|had|have|may|might|who"
    r"|which|in|of|for|to|at|on|by|as|if|when)[a-z]+"
)
ANAPHORIC_WORDS = word_set("also too another likewise again then")
ANAPHORIC_PHRASE = re.compile(
    r"\bthe (?:incident|latter|former|move|decision|announcement|comments?|remarks|same|pair|duo"
    r"|two men|two women|suspect"
    r"|(?<!on the )(?<!with the )matter|ordeal)\b|\bsuch (?:an?|\w+s)\b|\bas well\b"
    r"|(?<!and )(?<!or )\bother [a-z]+s\b"
    # A source that was named before.
    r"|\bthe (?:source|sources|report|statement|study|suit|lawsuit|document|documents|letter|post"
    r"|release|paper|officials?|experts?|researchers|authors?|spokes\w+) (?:said|says|stated"
    r"|states|added|claims|claimed|continued|noted|wrote|told)\b"
)
SCENE = re.compile(
    r"""^["“]?(?:while\b|as\s(?:the|a|an|his|her|he|she|they|it)\b.{0,60},|(?:driving|standing
        |sitting|walking|running|lying
        |looking|waiting|wearing|holding|dressed|clad|armed)\b|one\s(?:day|night|morning|evening
        |afternoon)\b|once\b
    |there(?:[’']s|\s(?:is|was|are|were|has|have))\b|it(?:[’']s|\s(?:is|was|has|has\sbeen|may|might
        |seems?|looks?|sounds?))\b
    |imagine\b|picture\sthis|for\s(?:years|decades|months|weeks|generations|most|many|some
        |the\spast|more\sthan)\b
    |ever\ssince|when\sit\scomes\sto|remember\b|if\syou|you\b|think\s(?:of|about)|say\b|meet\b
        |call\s(?:it|me)|welcome
    |let[’']?s|what\b|who\b|why\b|how\b|when\b|where\b|whether\b|with\s|nothing\b|everyone\b
        |everybody\b|nobody\b
    |no\sone\b|few\s|not\s|like\s|forget\b|talk\sabout|even\s|just\s|only\s|if\s|perhaps\b|maybe\b
        |could\b|is\b|are\b
    |do(?:es)?\b|did\b|can\b|will\b|should\b|remember\b|sometimes\b|often\b|in\sthe\sbeginning
        |long\sbefore)""",
    _I | re.VERBOSE,
)
BACKGROUND = re.compile(
    r"^(?:in (?:the )?(?:early |late |mid-?)?(?:1[5-9]|20)\d\d|in (?:january|february|march|april"
    r"|may|june|july"
    r"|august|september|october|november|december)\b|born\b|\w+ (?:years|decades|months) ago"
    r"|last (?:year|month)\b"
    r"|founded|back in|since (?:the|19|20)|over the (?:past|last)|throughout|historically"
    r"|traditionally|until)",
    _I,
)
_OPINION_WORDS = word_set(
    "really truly simply actually arguably frankly honestly surely definitely absolutely perhaps "
    "maybe amazing amazingly awesome terrible terrific horrible wonderful gorgeous beautiful "
    "brilliant stunning epic hilarious ridiculous insane crazy weird creepy adorable lovely "
    "fabulous fantastic fun funny awful dumb stupid best worst greatest coolest finest cutest "
    "needless oh stuff guy guys folks kinda gonna wanna shockingly surprisingly thankfully "
    "apparently buzz delightful charming compelling masterpiece flick plot audiences viewers "
    "inevitably basically literally sadly stunned shocked reeling shockwaves abuzz frenzy "
    "plausible somewhat surprising poignant disappointing unsurprisingly bizarre bizarrely "
    "crazier craziest"
)
# Each phrase of the next pattern holds one of these: looking for them first saves most searches.
_OPINION_HINTS = word_set(
    "very kind sort pretty wonder doubt question course chances look looks turns guess let here "
    "truth seem seems feel feels takeaway interesting knows least able thought think believe "
    "believed feared expected wondered hoped assume assumed thing"
)
_OPINION_PHRASE = re.compile(
    r"^(?:Many|Some|Others|People|Everyone|Most)\b[^,.]{0,30}\b(?:thought|think|believed?|feared"
    r"|expected|wondered|hoped|assumed?)"
    r"|\b(?:very [a-z]+|kind of|sort of|pretty (?:much|good|bad|cool|clear)"
    r"|no (?:wonder|doubt|question)|of course|chances are|looks? like|turns out|guess what"
    r"|let[’']?s"
    r"|here[’']s|thing is|the truth is|seems? like|feels? like|biggest takeaway|interesting to"
    r"|who knows|to say the least|should be able)\b",
    _I,
)


def opines(text: str, words: Iterable[str]) -> bool:
    """Tell whether an English sentence (given with its *words* in lower case) comments."""
    if "!" in text or not _OPINION_WORDS.isdisjoint(words):
        return True
    return not _OPINION_HINTS.isdisjoint(words) and _OPINION_PHRASE.search(text) is not None


FIRST_PERSON = re.compile(
    r"(?<![\w’'.-])(?![Oo]ur (?:solar|galaxy|planet|sun|species|ancestors|universe))(?:I"
    r"|I[’'](?:m|ve|d|ll)|[Ww]e|[Ww]e[’'](?:re|ve|d|ll)|[Oo]ur|[Mm]y|[Mm]e|us|ours|myself"
    r"|ourselves)(?![\w.-])"
)
# An article that speaks of itself: corrections, notes, reviews.
OF_ITSELF = re.compile(
    r"\b(?:this|an earlier version of this|our) (?:story|article|post|piece|column|review"
    r"|interview|essay|page|blog"
    r"|newsletter|episode|podcast)\b",
    _I,
)
COARSE = re.compile(
    r"fuck|shit|\b(?:piss\w*|cunts?|assholes?|dicks?|bitch(?:es|y)?)\b|\w\*{2,}|\[expletive",
    _I,
)
# An opening that holds back what it has to tell.
TEASE = re.compile(
    r"\b(?:just |only )?(?:one thing|something|a (?:big |little )?(?:secret|surprise|problem"
    r"|twist))\b[^,]{0,25}[.]$|\bwhat happened next\b|\bfac(?:ed|es|ing) an?"
    r" (?:\w+ )?(?:dilemma|choice|problem|question|decision)\b[^,]{0,10}[.]$"
)
SECOND_PERSON = re.compile(r"\b(?:you|your|you[’'](?:re|ve|d|ll)|yours|yourself)\b", _I)
ATTRIBUTION = word_set(
    "said says told announced reported report reports confirmed police official officials "
    "authority authorities spokesman spokeswoman spokesperson prosecutor prosecutors investigator "
    "investigators sheriff court charged arrested statement researchers ministry according"
)
# The classic wire lede: an unnamed somebody did something.
WIRE_LEDE = re.compile(
    r"^(?:an?|two|three|four|five|six|seven|eight|nine|ten|\d[\d,]*|at\sleast|more\sthan|hundreds"
    r"|thousands|dozens|police"
    r"|authorities|officials|scientists|researchers|investigators|prosecutors|doctors|firefighters"
    r"|rescuers|astronomers"
    r"|nearly|almost|about|some)\b",
    _I | re.VERBOSE,
)
SPEAKER_LABEL = re.compile(
    r"^(?:[A-Z][A-Z.,'’ -]{2,40}(?:\([^)]*\))?|Q|A|Q&A|MR|MS|Update|Note|Correction)\s?[:.]\s"
)
# "And, the talks go on in Geneva.": a round-up that turns to its next topic.
NEXT_TOPIC = re.compile(r"^(?:and|but|plus|also|meanwhile|elsewhere|finally|separately),", _I)
IMPERATIVE = re.compile(
    r"^(?:see|click|read|watch|check|visit|follow|note|keep|stay|tune|take|go|try|find|get|learn"
    r"|listen|look|join|enter"
    r"|don[’']t|do not|please|beware|consider|let)\b(?! (?:and|or)\b)",
    _I,
)
_IRREGULAR = (
    "is are was were be been am has have had do does did will would can could may might must "
    "shall should said says say told tells took takes made makes went goes came comes got gets "
    "gave gives found finds saw sees knew knows thought thinks left leaves kept keeps held holds "
    "began begins brought brings wrote writes led leads met meets paid pays sent sends set sets "
    "put puts ran runs rose rises fell falls grew grows hit hits cut cuts lost loses won wins "
    "shot shoots struck strikes spoke speaks spent spends stood stands broke breaks built builds "
    "bought buys caught catches chose chooses drew draws drove drives ate fought fights flew "
    "flies hid hurt hurts laid lays let lets lie lies lay meant means read reads sold sells shook "
    "shut sought seeks slept slid sang sank swept swore swam taught threw throws understood wants "
    "wanted woke wore backs backed calls plans faces urges warns becomes became continues remains "
    "includes appears seems shows needs helps allows expects claims believes hopes offers "
    "provides suggests adds asks works lives moves plays turns uses looks feels costs isn't "
    "aren't wasn't weren't don't doesn't didn't won't can't couldn't wouldn't hasn't haven't "
    "hadn't isn’t aren’t wasn’t weren’t don’t doesn’t didn’t won’t can’t couldn’t wouldn’t hasn’t "
    "haven’t hadn’t it's it’s he's he’s she's she’s there's there’s launches announces reveals "
    "unveils aims agrees agree kills dies die kill want need remain continue face"
)
_VERBS = word_set(_IRREGULAR)
_ED = re.compile(r"[a-z]{2,}ed$")
_PARTS = re.compile(r"[A-Za-z][\w’']*")


def has_verb(text: str) -> bool:
    """Tell whether *text* holds what looks like a finite verb of English."""
    return any(word in _VERBS or _ED.match(word) for word in _PARTS.findall(text))


def verb_at(tokens: tuple[str, ...]) -> int:
    """Return where the first likely verb stands among *tokens*, or their number without one."""
    for i, token in enumerate(tokens):
        if token in _VERBS or _ED.match(token):
            return i
    return len(tokens)


PERSON = word_set(
    "man woman boy girl mother father mom dad son daughter wife husband brother sister teen "
    "teenager teacher student officer suspect victim actor actress singer star president minister "
    "mayor governor senator judge lawyer attorney doctor nurse pilot driver player coach author "
    "writer director comedian rapper pastor priest pope king queen prince princess soldier "
    "sergeant detective sheriff deputy chief executive founder ceo spokesman spokeswoman "
    "spokesperson professor scientist researcher worker employee owner resident neighbor "
    "neighbour friend girlfriend boyfriend guy lady person child baby infant kid toddler "
    "candidate leader general billionaire chairman chairwoman who passenger inmate prisoner "
    "patient gunman shooter model artist musician athlete swimmer runner boxer golfer quarterback "
    "reporter journalist blogger activist critic widow grandmother grandfather uncle aunt cousin "
    "nephew niece someone whistleblower secretary commissioner congressman congresswoman "
    "representative lawmaker republican democrat veteran survivor cop"
)
ORGANISATION = word_set(
    "inc corp company co group bank university college school hospital department ministry agency "
    "bureau committee council court senate house congress party union association institute "
    "foundation times post news journal press tv network airlines airport police service services "
    "center centre office commission administration team league club fbi cia nasa fda epa un eu "
    "nato google facebook apple amazon microsoft twitter meta openai nvidia tesla"
)
PLACE_BEFORE = word_set(
    "in at from near of to outside across around into through toward towards inside"
)
# "The X" that needs no introduction.
KNOWN_THINGS = word_set(
    "us u.s uk eu un world country nation government president public police economy internet "
    "white house senate congress supreme pentagon fbi cia state city county federal national "
    "american british first second third most largest biggest best worst highest lowest number "
    "latest new death toll end start beginning sun moon earth united senate new york number "
    "weather future past web media stock market markets university international department "
    "search family agency families wife mother father son daughter body owner owners author "
    "authors head director founder chief ceo former late remains driver opposition military army "
    "parliament ministry regime"
)
