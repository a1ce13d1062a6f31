"""The words that sentence splitting knows: abbreviations by what may follow them, and openers."""

import re


def _both(words: str) -> frozenset[str]:
    """Return *words* as they stand and as they open a sentence."""
    return frozenset(form for word in words.split() for form in (word, word[0].upper() + word[1:]))


# Never the end of a sentence: a name, a word or a number follows.
LEADING = (
    frozenset(
        "Mr Mrs Ms Mx Dr Drs Sen Sens Rep Reps Gov Govs Gen Lt Ltc Col Sgt Sgts Capt Cpt Maj Cmdr "
        "Cmdt Adm Rev Fr Hon Pres Supt Det Cpl Pvt Msgr Ste Mt Mts Ft Messrs Mme Mmes Mlle MM Sra "
        "Srta Dra Hr Nr Amb Atty Insp Spc Pfc Brig Ald Asst Dep Dist MR MRS DR PROF SEN REP GOV "
        "GEN SGT LT COL CAPT Eng "
        "Hl Dipl Mag Chr Drs Ir Sres Sras EE Exmo Exma Ilmo Av Gral Arq Ing Mgr Bc MUDr JUDr PhDr "
        "RNDr Dl Dna Sn TP TS ThS PGS Jl Tn Ny Hj "
        "Bd Fa Dña Lic Sto Sta Uds Mons Min Doç Öğr Yrd Alb Mah Tp Bp Kab GS Др "
        "M v vs av med phil jur rer ir mr hab ing श्री प्रो திரு ശ്രീ Դոկտ".split()
    )
    | _both("cf e.g i.e approx vgl bzw bspw z.B d.h u.a v.a s.o s.u i.d.R sog insb inkl evtl ggf")
    | _both("prof dr dhr mevr bijv d.w.z o.a m.a.w t.a.v zgn t.ex bl.a d.v.s s.k f.eks hr")
    | _both("p.ex p.ej sig sigg dott avv geom np tzw m.in ul im św ks gen abp płk inż mgr")
    | _both("např tzv tzn resp nám esim ún проф акад ген ул им св пл просп вул напр т.е т.н")
    | _both(
        "str pl sv tj mj ifj cfr sf jud mun pvz jf zob ns обл ім зв тзв нпр π.χ λ.χ δηλ δρ κα αγ"
    )
)
# The end of a sentence unless a number follows.
BEFORE_NUMBERS = _both(
    "no nos vol vols pp art arts fig figs op ch chs sec sect par para abs abb tab jg jan feb mar "
    "apr jun jul aug sep sept oct nov dec rs rp ca circa tel nr núm num pág págs pag kl klo kap "
    "godz blz sez alin kb стр ст рис табл кв тел гл бр σελ αρ čl čís apt bldg rm max ext est"
) | frozenset("p c s č".split())
# The end of a sentence unless a date follows.
WEEKDAYS = frozenset("Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun".split())
# May end a sentence: what follows decides.
CLOSING = frozenset(
    "Inc Corp Co Cos Ltd LLC Plc Bros Jr Sr Ph.D Esq St Sts Calif Fla Mass Conn "
    "Ill Minn Tenn Wash Ore Pa Va Md Ga Ala Ariz Ark Colo Del Ind Kan Ky La Mich Miss Mo Mont Neb "
    "Nev Okla Tex Vt Wis W.Va Wyo Dept Univ Assn Intl Mfg Pty Pte UU al usw Mio Mrd Tsd inc "
    "corp ltd".split()
)
STREETS = frozenset("Ave Blvd Rd Hwy Ln Pkwy".split())
TIMES = frozenset("a.m p.m am pm".split())
# "в 1999 г.", "w 2024 r.": of the year where a number stands before; else a town or a name.
YEARS = frozenset("г гг р рр в вв r w թ".split())
# "vitamin C", "World War I": a letter behind them is no initial.
LETTERED = frozenset(
    "vitamin hepatitis influenza plan group grade class type category team series appendix exhibit "
    "section phase part act war terminal gate platform".split()
)

# Words that begin sentences and hardly ever a name: after "U.S." or "Inc." they open a new one.
STARTERS = frozenset(
    "the a an in on at he she it they we i you his her its their our my your this that these "
    "those there here but and or so yet for from with without after before as if when where while "
    "although though since because to by during under until despite not no now then also however "
    "meanwhile moreover some many most more all both several two three four five what who how why "
    "according it's it’s he's he’s she's she’s that's that’s there's there’s i'm i’m we're we’re "
    "they're they’re "
    "das ein eine er sie es wir aber doch nach auf mit für auch wenn dann zudem "
    "le les il elle elles ils ce cette ces mais et dans pour selon après "
    "el los las una un y pero según lo gli ma secondo os uma em het een hij zij maar "
    "danach puis ensuite luego después poi depois daarna sedan potem potom sonra ele ela "
    "bu ve ama w na to ale po jest "
    "в на с и но а он она они это по за не сейчас теперь потом однако".split()
)
# The same where a word in small letters comes next; in a headline they go on.
SUBJECTS = frozenset(
    "is are was were do does did has have had can could will would should may might "
    "officials police shares stocks analysts investors experts critics supporters residents people "
    "authorities prosecutors investigators researchers scientists doctors workers voters "
    "firefighters witnesses families neighbors neighbours students teachers lawyers prices sales "
    "nobody everyone everybody someone others only even today yesterday another each every".split()
)
# "U.S. Lim said" begins a sentence; "Brill Inc. Chairman Lim said" goes on.
OFFICES = frozenset(
    "chief president vice chairman chairwoman chair ceo cfo executive senior managing founder "
    "director spokesman spokeswoman spokesperson analyst secretary senator representative "
    "ambassador attorney judge district marshal general officials sen rep gov gen adm sgt lt "
    "embassy department prime foreign defense defence treasury state trade health army navy air "
    "coast supreme house senate congress central national federal deputy acting assistant special "
    "border".split()
)

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b)"
)
DATE = re.compile(rf"{_MONTH}|\d")
# "8 p.m. Monday": what may follow a time of day without beginning a sentence.
AFTER_TIMES = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[A-Z]{2,5}\b|(?:Eastern|Central|Mountain|Pacific"
    rf"|Local|GMT)\b|{_MONTH}"
)
# What a German ordinal counts, and what stands before one.
COUNTED = re.compile(
    r"(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
    r"|Jahrhundert|Platz|Mal|Geburtstag|Stock|Klasse|Liga|Bundesliga|Runde|Minute|Quartal)\b"
)
BEFORE_ORDINALS = frozenset(
    "am der die das dem den des vom zum zur beim im seit bis ab ihr ihre ihren sein seinen".split()
)
_SAID = (
    r"(?:said|says|asked|asks|wrote|writes|added|adds|tweeted|told|tells|replied|shouted|cried"
    r"|wondered|thought|explained|continued|insisted|recalled|joked|exclaimed|demanded|responded"
    r"|noted|yelled|whispered|posted)\b"
)
_NAME = r"[A-Z][\w.’'-]+"
SPEAKER = re.compile(
    rf"(?:(?:{_NAME}|he|she|they|the|a) ){{1,5}}"
    rf"(?:(?:of|from|at|for|with) (?:[\w’'-]+ ){{1,5}}?)?{_SAID}"
    rf"|(?:{_NAME} ){{0,3}}[A-Z][\w’'-]+, [^.,!?]{{1,60}}, {_SAID}"
)
# Names that carry a mark of their own, up to that mark, and what follows it where that must help.
MARKED_NAMES = frozenset({"yahoo", "jeopardy"})
MARKED_PAIRS = frozenset({("who", "weekly"), ("panic", "at"), ("guess", "jeans")})
