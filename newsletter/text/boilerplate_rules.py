"""The patterns of what publishers print around their articles, and the reason that each gives."""

import re
from typing import NamedTuple

MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
)


class Rule(NamedTuple):
    """What a line begins with or holds, and the words of which it then has one.

    The words save searches, and patterns that stand at the beginning are searched only there.
    """

    reason: str
    words: frozenset[str]
    opening: re.Pattern[str]
    anywhere: re.Pattern[str]


_NOTHING = "(?!)"


def _rule(reason: str, words: str, *, opening: str = _NOTHING, anywhere: str = _NOTHING) -> Rule:
    flags = re.VERBOSE | re.IGNORECASE
    return Rule(
        reason, frozenset(words.split()), re.compile(opening, flags), re.compile(anywhere, flags)
    )


CAPTION = _rule(
    "caption",
    "image images photo photos picture pictures pictured pic pics photograph photographs video "
    "credit credits caption screenshot screengrab illustration rendering graphic portrait still "
    "selfie foto fotos bild imagen immagine bildquelle crédit getty shutterstock afp reuters epa "
    "istock istockphoto imago alamy ap left right l r center centre top bottom back front here "
    "above below poses pose shown seen enlarge fig figure",
    opening=r"""(?:(?:an?|the|this)\s)?(?:[\w-]+\s){0,2}?(?:image|photo|picture|photograph
        |illustration|screenshot|still|graphic|portrait|rendering|selfie)s?\s
        (?:shows?|showing|taken|from|made|provided|released
        |of\b(?!.{3,90}\b(?:was|were|has|have|had|will|would|said|went|\w{3,}ed)\b.{5,}\.$))\b
    |(?:file\s)?(?:photos?|images?|pictures?|pics?|photographs?|credits?|video|illustration|caption
        |screenshot|screengrab|foto|bild|imagen|immagine|bildquelle|crédit)\s?
        (?:credit|by|von|courtesy\sof|copyright)?\s?[:|/©]
    |(?:image|media|photo)\s(?:copyright|caption)\b|caption\s(?-i:[A-Z])|fig(?:\.
        |ure)\s\d+[a-z]?\b(?:[.:|]|\s(?-i:[A-Z]))""",
    anywhere=r"""\((?:[^()]{0,60}[\s/])?(?:getty|ap\sphoto|afp|reuters|shutterstock|epa|istock
        |imago|alamy|photos?|image|picture|pictured|foto)\b[^()]{0,60}\)\.?$
    |\b(?:getty\simages(?![’']|\s(?:photographers?|said|has|had|was|is|and|sued)\b)|ap\sphoto
        |file\sphoto|handout\s(?:photo|image)|shutterstock|istockphoto|afp/
        |/\s?(?:afp|getty|reuters|epa|ap)\b|reuters/(?!ipsos)[a-z])
    |\b(?:photo(?:graph)?|image|picture|illustration|video)s?\s(?:credit|courtesy)\b
    |(?:^|[.(|]\s?)(?:photo(?:graph)?|image|picture|illustration|video)s?\sby\s(?-i:[A-Z])
    |(?<![’']s\s)\b(?:seen\s(?:here|left|right)|(?:pictured|shown)\s(?:above|below|left|right|here)
        |shown\sin\s(?:this|an?)\b
        |in\s(?:this|an?)\s(?:[\w-]+\.?,?\s){0,5}(?:image|photo|photograph|picture)\b
        |poses?\sfor\s(?:an?\s)?(?:photo|picture|portrait|photograph)s?\b
        |stands?\sfor\sa\sportrait|view\simages?|enlarge\sthis)
    |(?-i:\([lr]\)|\(L\))|^.{0,60}\((?:left|right|center|centre|top|bottom|back|front)\)
    |,\s(?:left|right|center|centre),\s|\b(?:hide|toggle)\scaption\b""",
)
_SALES = _rule(
    "promotion",
    "so join minutes minute mins min newsletter sponsored sponsors advertisement",
    opening=r"""join\s(?:the\s|our\s)?[\d.,]+\s?(?:k|m|million
        |thousand)?\+?\s(?:\w+\s){0,2}(?:readers
        |subscribers|members|people|professionals|others)\b
    |\d+[\s-]min(?:ute)?s?\sread\b|newsletters?$|sponsored\b
    |(?:.{0,30}\s)?advertisement(?:\s(?:continue|scroll|story|article|\W).*)?\W?$""",
    anywhere=r"""\bso\s(?:that\s)?you\s(?:do\snot|don[’']?t)\shave\sto\b
    |\bonly\s(?:\w+\s){0,2}newsletter\s(?:that\s)?you\b|\bin\s\S+\sminutes\s(?:a|per|each)\sday\b
    |\bsponsored\s(?:content|post|story|article)\b|\bthanks\sto\sour\ssponsors?\b
    |\b(?:post|article|story|content|episode|section|podcast|newsletter)\s(?:is\s
        |was\s)?sponsored\b""",
)
_PROMOTION = _rule(
    "promotion",
    "subscribe subscribing sign signed signing register newsletter newsletters inbox phone app "
    "member subscriber subscribers supporter patron donation journalism reporting newsroom work "
    "email mail digest briefing offer offers trial code affiliate commission kostenlos "
    "abonnieren abo abonnez abonnés suscríbete suscribete suscríbase suscriptores inscrivez "
    "inscríbete inscribete inscreva iscriviti premium stay log continue articles latest alerts "
    "visit podcasts patreon coffee reste recevez recibe podcast check",
    opening=r"""(?:please\s|you\scan\s)?subscribe\b|(?:please\s)?(?:log|sign)\sin\sto\b
    |get\s(?:breaking|the\slatest)\b.{0,60}\b(?:alerts|phone|inbox|app|updates)\b
    |for\s(?:more|the\slatest)\b.{0,60}\b(?:visit|download|go\sto|subscribe|check\sout|click)\b
    |(?:download|get|install)\sthe\s(?:free\s)?(?:\w+\s){0,2}app\b
    |become\sa\s(?:premium\s)?(?:member|subscriber|supporter|patron)\b
    |(?:jetzt|weiterlesen)\b.{0,40}\babo\b
    |recevez\b.{0,60}\b(?:newsletter|lettre|courriel|bo[iî]te)\b
    |recibe\b.{0,60}\b(?:correo|newsletter|bolet[ií]n)\b""",
    anywhere=r"""\bsubscrib(?:e|ing)\s(?:now|today|here|to\s(?:our
        |the\s(?:\w+\s){0,4}newsletter))\b
    |\bsign(?:ed|ing)?[\s-]up\b.{0,50}\b(?:newsletter|e-?mails?|alerts?|free|updates|here|today|now
        |below)\b
    |\bsign\sup\sand\s\w+\salong\b
    |\b(?:sign\sup|register)\s(?:for|to|here|now|below)\b.{0,40}
        \b(?:our|your|newsletter|briefing)\b
    |\bnewsletters?\b.{0,60}\b(?:inbox|sign|free|weekly|daily|subscribe|deliver\w*)\b
    |\b(?:sen[dt]|sends|deliver\w*|get|straight|right)\b.{0,60}\b(?:(?:to|in|into)\syour\s(?:inbox
        |phone)|(?:weekly|daily|morning|free)\s(?:e-?mail|newsletter|digest|briefing))\b
    |\b(?:download|get|install|try)\sour\s(?:free\s)?(?:\w+\s)?app\b
    |\bbecom(?:e|ing)\sa\s(?:premium\s)?(?:member|subscriber|supporter|patron)\s(?:today|now|here
        |of\sour)\b
    |\bsubscribers?[\s-]only\b|\bfor\s(?:our\s)?(?:paid|paying)\ssubscribers\b
    |\b(?:support|fund)\s(?:our|this)\s(?:work|journalism|reporting|newsroom|podcast)\b
    |\bmake\sa\sdonation\b|\b(?:my|our|us\son|me\son)\spatreon\b|\bbuy\s(?:me|us)\sa\scoffee\b
    |\b(?:our|receive|get)\s(?:\w+\s){0,3}special\soffers?\b|\blimited[\s-]time\soffer\b
    |\bintroductory\soffer\b
    |\b(?:your|day)\sfree\strial\b|\bfree\strial\s(?:today|now|here)\b
    |\b(?:promo|discount|coupon)\scode\b|\bstay\sup[\s-]to[\s-]date\s(?:on|with)\s(?:the\slatest
        |all)\b
    |\baffiliate\s(?:links?|commission|partner)
    |\bwe\smay\s(?:earn|receive)\s(?:an?\s)?(?:\w+\s)?commission\b
    |\bcommission\b.{0,30}\b(?:if|when)\syou\s(?:buy|purchase)\b
    |\balready\sa\s(?:subscriber|member)\b|\bto\scontinue\sreading\b|\b\d+\sfree\sarticles?\b
    |\bwherever\syou\s(?:get|listen\sto)\s(?:your\s)?podcasts\b
    |\b(?:newsletter|kostenlos)\b.{0,40}\b(?:abonnieren|anmelden|bestellen|testen)\b
    |\bjetzt\s(?:abonnieren|anmelden|abo)\b|\babonnez-vous\b
    |\bréservée?\s(?:à\snos|aux)\sabonnés\b|\bil\svous\sreste\s[\d.,]+\s?%
    |\bsuscr[ií](?:bete|base)\b
    |\binscr(?:ivez-vous|[ií]bete|eva-se)\b.{0,60}\b(?:newsletter
        |bolet[ií]n|lettre)\b
    |\bpara\ssuscriptores\b|\biscriviti\b""",
)
_COOKIES = _rule(
    "cookies",
    "cookie cookies privacy terms browser javascript blocker adblocker autoplay playback play "
    "modal skip crawl crawls wayback archive unavailable available unsubscribe collect error "
    "found robot datenschutzerklärung navigateur navegador",
    opening=r"""privacy\spolicy\b
    |terms\s(?:of|and
        |&)\s(?:use|service|conditions)\b
    |play\svideo\b""",
    anywhere=r"""\bcookies?\s(?:policy|settings|notice|consent|preferences)\b
    |\b(?:we|our\s\w+|this\s(?:web)?site|wir|diese\s(?:web)?seite|nous|este\ssitio)\s(?:\w+\s){0,3}
        (?:uses?|sets?|stores?|places?|verwende\w*|nutz\w+|utilis\w+|usa\w*|utiliza\w*)\b.{0,60}
        \bcookies\b
    |\b(?:accept|allow|manage|disable|enable|use\sof|consent\sto|agree\sto)\s(?:our\s|all\s|the\s)?
        (?:\w+\s)?cookies\b.{0,80}\b(?:you|your|this\s(?:web)?site)\b
    |\b(?:our|read|see|accept|website)\s(?:\w+\s)?privacy\s(?:policy|notice|statement)
        \s?(?:and|&|,|apply|applies|for|\.?$)
    |\b(?:this|the|and)\s(?:\w+\s)?privacy\s(?:policy|notice|statement)\s?(?:&|apply|applies|\.?$)
    |\b(?:our|agree\sto|accept)\s(?:the\s)?(?:privacy\spolicy|terms\s(?:of|and|&))
        |\bprivacy\spolicy\sand\sterms\b
    |\bterms\sof\s(?:use|service)\s(?:and|&|apply)\b|\b(?:your|this)\sbrowser\b
    |\b(?:enable|requires?|turn\son)\sjavascript\b|\bad[\s-]?blocker\b
        |^an\serror\s(?:has\s)?occurred\b|\bautoplay\b
    |\b(?:media|video|audio)\splayback\b|\bclose\smodal\b|\bskip\sto\s(?:main\s)?content\b
    |\bskip\sad\b|\byou[’']?(?:re|\sare)\snot\sa\srobot\b
    |\b(?:web\scrawls?|crawl\sdata|crawls?\s(?:are|of|is|were)\b.{0,60}\b(?:archive|sites?|web)
        |internet\sarchive|wayback\smachine)\b
    |\b(?:content|video|page)\sis\s(?:not\savailable|currently\sunavailable)\b
    |\binformation\swe\scollect\b|\bunsubscribe\b|\berror\s40[34]\b|\bpage\snot\sfound\b
    |\bunsere\sdatenschutzerklärung\b|\bvotre\snavigateur\b|\b(?:tu|su)\snavegador\b""",
)
_COPYRIGHT = _rule(
    "copyright",
    "rights rechte droits derechos © c copyright may must part republish republished commons",
    anywhere=r"""\ball\srights\sreserved\b|\balle\srechte\s(?:vorbehalten|liegen)\b
        |\btous\sdroits\sréservés\b
    |\btodos\slos\sderechos\sreservados\b|(?<!\w)©|\(c\)\s?\d{4}|\bcopyright\s(?:©|\(c\)|\d{4}|by\b)
    |\b(?:may|must)\snot\sbe\s(?:reproduced|republished|redistributed|rewritten|published,
        \sbroadcast)\b
    |\bno\spart\sof\sthis\s(?:publication|article|work|website|material|document|book|content)\b
    |\brepublish(?:ed)?\s(?:this|with\spermission|under)\b|\bcreative\scommons\b""",
)
_PLATFORMS = (
    r"(?:twitter|facebook|instagram|linkedin|threads|bluesky|mastodon|tiktok|youtube|telegram"
    r"|whatsapp|google|pinterest|reddit|spotify|social|https?|@|(?-i:X)\b)"
)
_SHARE = _rule(
    "share",
    "follow like find join share tweet e email mail print comment comments save copy facebook "
    "twitter whatsapp pinterest linkedin reddit conversation discussion contact reach reached "
    "send tip tips pic t embed loading folgen teilen suivez partager partagez síguenos síganos "
    "compartir comparte thoughts let @ #",
    opening=r"""follow\s(?:us|@)
    |(?:read\sor\s)?(?:share|tweet|e-?mail|print|comments?|save|copy\slink|facebook|twitter|whatsapp
        |pinterest|linkedin|reddit)(?:[\s,|/·•]+(?:share|tweet|this|on|via|with|e-?mail|print|link
        |article|story|facebook|twitter|x|whatsapp|pinterest|linkedin|reddit|comments?|save))
        {0,12}(?:[.:]?|:\shttps?\S+)$
    |join\sthe\s(?:conversation|discussion)\b|like\sthis:\slike\b|reach\s(?:us|him|her|me)\sat\b
    |have\sthoughts\son\b|let\sus\sknow\b
    |[—-]\s.{2,60}\(@\w+\)|\#\w+|@\w+|folgen\ssie\s(?:uns|dem)\b
    |(?:diesen\s)?(?:artikel|beitrag)\steilen\b|suivez[\s-](?:nous|les)
    |partage[rz]\s(?:cet|l[’']|sur)|s[ií]g(?:ue|a)nos\b|compart(?:ir|e)\s(?:en|est[ea])\b""",
    anywhere=rf"""\bfollow\s(?:us|him|her|them|me|@\w+|(?:the\s)?(?-i:[A-Z])[\w’'.&-]+
        (?:\s(?-i:[A-Z])[\w’'.&-]+){{0,5}}|our\s\w+)
        (?:\s(?:and|or)\s\w+)?\s(?:(?:on|at|via)\s{_PLATFORMS}|@)
    |\b(?:like|find|join|follow)\sus\s(?:on|at|for|@)|\bcomments?\s(?:below|section\sbelow)\b
    |\bin\sthe\scomments?\ssection\W*$|\bleave\sa\scomment\b
    |\bcontact\s(?:us|the\s(?:author|reporter|writer))\b
    |\be-?mail\s(?:us|the\s(?:author
        |reporter)|(?:him|her|me)\sat)\b
    |\bcan\sbe\sreached\s(?:at|on|by|via)\s(?:\(?\d|\S+@|e-?mail|phone|twitter|@)
    |\bsend\s(?:us\s)(?:your\s)?(?:tips?|feedback|comments)\b|\bhave\sa\s(?:news\s)?tip\b
    |\bpic\.twitter\.com\b|\bembed\s(?:x\s)?share\b|\bt\.co/|\s—\s.{{2,40}}\(@\w+\)""",
)
_LINK = _rule(
    "link",
    "read see watch watched learn view click tap listen browse press more full related also "
    "recommended must miss may next trending most missed story continue continues weiterlesen "
    "lesen mehr lire leer lea lee leia leggi lees source sources quelle via video videos gallery "
    "photos poll quiz map timeline interactive live check scroll swipe http https www appeared "
    "replay jump reading embed follow updates interessant thema voir savoir plus cliquez sujet "
    "puede sigue vea mire",
    opening=r"""(?:read|see|watch|learn|view|click|tap|listen|browse)\s(?:more|also|next|here
        |to\b|below|above|now|all
        |full|it\b|our|on\b|the\s(?:full|whole|entire|rest|original|video|slideshow|photos?
        |gallery|complete))
    |(?:click|tap|press)\s(?:on\b|the\s(?:link|button|image|photo|player))
    |(?:related|more\s(?:on|from|about|news|stories|coverage)|see\salso|also\s(?:read|see|on)
        |recommended|must\s(?:read|watch)|just\swatched|don[’']?t\smiss|you\smay\s(?:also\s)?like
        |up\snext|next\sup|full\scoverage|replay\smore
        |trending|most\s(?:read|popular)|in\scase\syou\smissed|story\s(?:highlights|continues)
        |continue\sreading|article\scontinues|weiterlesen|lesen\ssie|mehr\szum\sthema
        |auch\sinteressant|zum\sthema|(?:à\s)?(?:lire|voir)\s(?:aussi|également|la\ssuite)
        |en\ssavoir\splus|sur\sle\smême\ssujet|leer\smás|le[ae]\stambién|te\spuede\sinteresar
        |sigue\sleyendo|(?:vea|mire|ver)\stambién|leia\s(?:também|mais)|leggi\sanche|lees\sook)
        \b\s?(?:$|[:…|>»]|\.{2,}|[^.]{0,80}$|.{0,80}\breplay\b)
    |just\swatched\b|embed\smore\b|follow\s(?:along\s)?live\b|live\supdates\b|cliquez\sici\b
        |lesen\ssie\s(?:hier|auch|mehr|dazu)\b
    |(?:sources?|quelle|via)\s?:|the\s(?:post|article)\s.{1,200}\sappeared\sfirst\son\s
    |(?:watch|listen|video|gallery|photos|poll|quiz|map|timeline|interactive|live\sblog)\s?[:|]
    |scroll\s(?:down|through)\b|swipe\s(?:left|right|through)\b|(?:https?://|www\.)\S+$""",
    anywhere=r"""\bclick\shere\b|\bafter\sthe\sjump\b|\bkeep\s(?:on\s)?reading\b
        |\bread\s(?:the\s(?:full|rest|entire)\b|our\b)
    |\bread\smore(?:\s(?:here|below|at|on\sour)\b|\s?[:»>…]|\W*$)
    |\b(?:more|full)\s(?:coverage
        |story)\s(?:here|below)\b
    |\b(?:watch|see|check\sout)\s(?:the|our|an?)\s(?:\w+\s){0,3}?
        (?:video|clip|gallery|slideshow|trailer)\s(?:above|below|here)\b
    |\bscroll\sdown\s(?:to|for)\b""",
)
_BYLINE = _rule(
    "byline",
    "by von par por di door reporting writing editing additional report compiled contributed "
    "contributing press reporter correspondent editor columnist contributor producer writer "
    "author covers journalist published updated posted last first created filed ago files avec "
    "redaktion mitarbeit inputs redigiert reportage reporte editado édité dpa agency",
    opening=rf"""(?:by|von|par|por|di|door|written\sby|posted\sby|reported\sby|text\sby|story\sby
        |(?:compiled|edited|translated|produced)\sby)[\s:]\s?
        (?-i:[A-Z])[\w.’'-]+(?:[\s,&|/-]+(?:and|und|et|y|e|for|of
        |(?-i:[A-Z@])[\w.’'@-]*)){{0,12}}[.,]?$
    |(?:additional\s)?(?:reporting|writing|editing)\sby\b|contributing\s?:
    |with\s(?:files|reporting|(?:agency\s)?inputs?)\s(?:from|by)\b|avec\s(?-i:AFP|Reuters)\b
    |(?:redaktion|mitarbeit)\s?:|(?:the\s)?associated\spress\s(?:\w+\s){{0,3}}writers?\b
    |(?-i:(?:[A-Z][\w.’'-]+\s){{1,5}})is\san?\s(?:\w+[\s-]){{0,4}}(?:reporter|correspondent|editor
        |columnist|contributor|producer|writer|journalist)\s(?:at|for|with|covering|based|who)\b
    |(?-i:(?:[A-Z][\w.’'-]+\s){{2,4}})(?:is\sthe\sauthor\sof\s[“"]
        |covers\s.{{3,60}}\sfor\s(?:the\s)?(?-i:[A-Z]))
    |(?:published|updated|posted|last\s(?:updated|modified)|first\spublished|created|filed)\b
        (?:\s(?:on|at))?:?\s(?:\w+,?\s)?(?:{MONTH}\s\d|\d).{{0,25}}(?:$|:)
    |posted\s(?:at|on|by)\b|\d+\s(?:minutes?|hours?|days?|weeks?)\sago$""",
    anywhere=r"""\((?:reporting|writing|editing|additional\sreporting|report|compiled|reportage
        |reporte|editado|édité|redigiert)\b[^)]*\)?\s*$
    |\bdpa-infocom\b|\bcontributed\s(?:to\sthis\s(?:report|story|article)|reporting)\b""",
)
_BLURB = _rule(
    "byline",
    "reports explains discusses goes breaks takes looks talks has",
    opening=r"""(?-i:[A-Z]\w+\s){1,3}(?:correspondent\s|reporter\s)?(?-i:[A-Z]\w+\s){1,3}reports\.?$
    |(?:the\s)?(?-i:[A-Z])\w+(?:\s(?-i:[A-Z])\w+)?[’']s\s(?-i:[A-Z])[\w-]+\s(?-i:[A-Z])[\w’'-]+\s
        (?:reports(?!\sthat)|explains|discusses|goes\sover|breaks\sdown|takes\sa\slook
        |has\s(?:more|the\sstory)|looks\sat|talks\s(?:to|with))\b
    |(?-i:[A-Z])[\w-]+\s(?-i:[A-Z])[\w’'-]+\s(?:reports\s(?:for|from)|has\sthe\sstory)\b""",
)
_CORRECTION = _rule(
    "editor's note",
    "interview transcript conversation edited generated adds recasts refiles more correction "
    "corrections clarification note notes version versions updated story article korrektur "
    "anmerkung erratum rectificatif précision rédaction erratas corrección fassung aktualisiert "
    "artículo actualizada developing breaking refresh back",
    opening=r"""(?:corrections?|clarifications?|editor(?:[’']s|s[’']|ial)?\snotes?
        |note\sto\s(?:editors
        |readers)|erratum|korrektur|anmerkung\sder\sredaktion|rectificatif|précision
        |note\sde\sla\srédaction|fe\sde\serratas|corrección|nota\sdel\seditor)\s?[:—–(-]
    |this\sis\san?\s(?:breaking|developing|updated|corrected)\s(?:news\s)?(?:story|version)\b
    |(?:breaking|developing)(?:\snews)?(?:\sstory)?\W*$
    |more(?:\s(?:details|information|updates?))?\s(?:to\s(?:come|follow)|soon)\W*$
    |\(?(?:adds|recasts|refiles)(?:[\s,;]{1,2}[\w’'-]+){1,12}[,;]?\)?\.?$""",
    anywhere=r"""\b(?:earlier|previous|prior)\sversions?\sof\s(?:this|the|our)\s(?:story|article
        |report|post|headline|column|piece|caption|graphic|photo)\b
    |\bthis\s(?:story|article|report|post|headline|page|piece|column)\s(?:has\sbeen|was|is\sbeing
        |will\sbe)\s(?:\w+\s)?(?:updated|corrected|amended|edited|revised|clarified|changed
        |republished)\b
    |\bthis\s(?:story|article|post|piece|column|essay)\s(?:was\s)?(?:originally|first)\s(?:published
        |appeared|ran)\b
    |\bthe\s(?:story|article)\shas\sbeen\s(?:updated|corrected|amended)\b
    |\b(?:check|come)\sback\s(?:for|later|soon)\b.{0,40}$|\brefresh\s(?:this\spage|for\supdates)\b
    |\b(?:not\sbeen\sedited\sby|auto-?generated\sfrom)\b
    |\b(?:interview|transcript|conversation|q&a)\b.{0,60}\bedited\b.{0,40}\b(?:clarity|length
        |brevity)\b
    |\bdieser\s(?:artikel|text|beitrag)\swurde\b.{0,60}\b(?:aktualisiert|korrigiert|ergänzt)\b
    |\bin\seiner\s(?:früheren|vorherigen|ersten)\s(?:version|fassung)\s(?:dieses|des)\b
    |\bcet\sarticle\sa\sété\s(?:mis\sà\sjour|corrigé|modifié)\b
    |\best[ea]\s(?:artículo|texto|nota|noticia)\s(?:ha\ssido|fue)\s(?:actualizad|corregid)[oa]\b""",
)
_CONTACT = _rule(
    "contact",
    "call contact phone dial hotline helpline lifeline stoppers crimestoppers tips samaritans",
    opening=r"""(?:anyone|anybody|those|witnesses|people|drivers|residents|any\s\w+)\b.{0,140}
        \b(?:is|are|was|were|should|can|may)\s(?:being\s)?(?:(?:asked|urged|encouraged|requested)
        \sto\s)?(?:please\s)?(?:call|contact|phone|dial)\b
    |(?:if\syou|police\s(?:ask|urge)|(?:police|officers|detectives|investigators)\sare\s(?:asking
        |urging|appealing))\b.{0,140}\b(?:call|contact|phone|dial)\b.{0,120}(?:\d{3}|police
        |stoppers|line\b|department|sheriff|doctor)
    |(?:please\s)?(?:call|phone|dial|contact)\s.{0,80}(?:\d{3}[)\s.-]{1,2}\d|\b911\b|\S@\w)""",
    anywhere=r"""\b(?:tips|calls|information)\s(?:can|may)\sbe\s(?:made|left|given|submitted
        |reported)\b
    |\bcrime\s?stoppers\b.{0,60}\d{3}
    |\b(?:suicide|crisis|abuse|violence)\b.{0,60}\b(?:lifeline|hotline|helpline)\b.{0,60}(?:\d
        |\bcall\b|\btext\b)""",
)
_DISCLAIMER = _rule(
    "disclaimer",
    "disclosure disclosures solely views opinions necessarily advice delayed informational "
    "forward accuracy trademark position translated generated ansichten gewähr opiniones",
    opening=r"""(?:full\s|\*)?disclosures?\s?:""",
    anywhere=r"""\b(?:views|opinions)\s(?:and\s(?:views|opinions)\s)?(?:expressed|in\sthis
        |are\s(?:his|her|those|the\sauthor))\b.{0,60}\b(?:author|own|necessarily|writer|not)\b
    |\bdo(?:es)?\snot\snecessarily\s(?:reflect|represent)\sthe\s(?:views|opinions|position)
    |\bnot\b.{0,40}\b(?:investment|financial|legal|medical|tax)\sadvice\b
    |\b(?:quotes?|data|prices)\b.{0,30}\bdelayed\s(?:by\s)?(?:at\sleast\s)?\d+
    |\bsolely\sresponsible\sfor\b.{0,20}\bcontent\b
    |\bfor\sinformational\spurposes\sonly\b|\bcontains?\sforward-looking\sstatements\b
    |\bnot\sresponsible\sfor\sthe\s(?:accuracy|content)\b|\bregistered\strademarks?\sof\b
    |\b(?:holds?|has|have)\sno\spositions?\sin\sany\b
    |\b(?:automatically|machine)[\s-](?:translated|generated)\b|\balle\sangaben\sohne\sgewähr\b
    |\bles\sopinions\sexprimées\b|\blas\sopiniones\sexpresadas\b""",
)
_STAMP = _rule(
    "time stamp",
    "am pm m uhr gmt bst est edt et utc h",
    opening=r"""\(?\d{1,2}(?:[:.h]\d\d)?\s?(?:[ap]\.?m\b\.?|uhr|h)?\s?(?:et|gmt|bst|es[td]|edt
        |utc|cet)?
        \)?[.:]?$""",
)
# In this order: the first that fits names the reason.
PROMOTIONAL = (_SALES, _PROMOTION, _COOKIES, _COPYRIGHT, _SHARE, _LINK)
_ABOUT_THE_TEXT = (_BYLINE, _BLURB, _CORRECTION, _CONTACT, _DISCLAIMER, _STAMP)
RULES = (*PROMOTIONAL, *_ABOUT_THE_TEXT, CAPTION)
