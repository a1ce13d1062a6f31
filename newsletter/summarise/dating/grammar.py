"""The words by which six languages name days from where they stand, and look back or ahead."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Unit = Literal["week", "month", "year"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """One language's wording.

    `last`, `next` and `part` are patterns of what stands beside a weekday, `habit` and `not_near`
    of what before it takes it out of the calendar ("every"). `past` and `ahead` are found in
    clauses that look back or ahead. `near` has words by the days that they lie away; `tomorrow`
    says how a clause must look for those that can mean a morning. `spell_patterns` are those of
    weeks, months and years, by names such as "week_1" that `spells` explains.
    """

    weekday_is_capital: bool = False
    last: str
    next: str
    part: str
    habit: re.Pattern[str]
    past: re.Pattern[str]
    ahead: re.Pattern[str]
    near: Mapping[str, int]
    not_near: re.Pattern[str]
    tomorrow: Literal["future"] | None = None
    spell_patterns: Mapping[str, str]

    @property
    def spells(self) -> Mapping[str, tuple[Unit, int]]:
        """Return unit and distance of each of the `spell_patterns`."""
        return SPELLS


SPELLS: Mapping[str, tuple[Unit, int]] = {
    "last_week": ("week", -1),
    "this_week": ("week", 0),
    "next_week": ("week", 1),
    "last_month": ("month", -1),
    "next_month": ("month", 1),
    "last_year": ("year", -1),
    "next_year": ("year", 1),
}


def _spells(*patterns: str) -> Mapping[str, str]:
    return dict(zip(SPELLS, patterns, strict=True))


def _any(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


_GERMAN = Grammar(
    weekday_is_capital=True,
    last="(?:am )?(?:vergangenen|letzten|vorigen)",
    next="(?:am )?(?:kommenden|nächsten)",
    part="(?:(?:vor|nach)?mittag|morgen|abend|nacht| (?:Morgen|Abend|Nacht|Vormittag|Nachmittag))?",
    habit=_any(
        r"\b(?:jeden|jedem|jeweils|immer|schwarzer|weißer|eines?[mn]?|erste[nr]|zweite[nr]|dritten"
        r"|montags?|bis|von|zwischen)\s(?:\w+\s)?$|-$"
    ),
    past=_any(
        r"""\b(?:war(?:en)?|wurden?|hatten?|kam(?:en)?|gab(?:en)?|ging(?:en)?|starb(?:en)?|fiel(?:en)?
        |fand(?:en)?|stand(?:en)?|lag(?:en)?|begann(?:en)?|brach(?:en)?|nahm(?:en)?|traf(?:en)?
        |trat(?:en)?|stieg(?:en)?|sprach(?:en)?|schrieb(?:en)?|ließ(?:en)?|blieb(?:en)?|hielt(?:en)?
        |\w*(?:sagt|teilt|erklärt|kündigt|fordert|bestätigt|betont|warnt|berichtet|meldet|äußert
        |kritisiert|stimmt|beschließ|einigt|entschied|verurteilt|startet|stoppt|tötet|verletzt
        |reagiert|präsentiert|stellt|legt|setzt|führt|erreicht|verkündet|besucht|eröffnet|stürzt
        |ereignet|demonstriert|räumt|kehrt|zeigt|sucht|löst|rettet|entdeckt)en?(?<=te|en)
        |beschloss(?:en)?|entschieden?|gewann(?:en)?|verlor(?:en)?|worden|gewesen)\b
        |\b(?:hat|haben|habe|ist|sind|sei|seien)\b.*\b(?:\w*ge\w{2,}(?:t|en)|\w{3,}iert
        |(?:be|ver|er|ent|zer)\w{2,}(?:t|en))\b"""
    ),
    ahead=_any(
        r"""\b(?:wird|werden|werde|soll|sollen|sollte|will|wollen|möchten?|kann|können|könnten?|muss
        |müssen|plant|planen|geplant|vorgesehen|erwartet|beginnt|beginnen|startet|tagt|findet|ab
        |bis|vor|bevorsteh\w*|anstehend\w*)\b"""
    ),
    near={"gestern": -1, "vorgestern": -2, "morgen": 1, "übermorgen": 2, "heute": 0},
    not_near=_any(r"\b(?:heute|gestern|am|jeden|guten|von|noch|bis|seit|früher|\w+tag)\s$"),
    spell_patterns=_spells(
        r"(?:vergangene|letzte|vorige)[nr]? Woche",
        r"diese[r]? Woche",
        r"(?:kommende|nächste)[nr]? Woche",
        r"(?:vergangenen|letzten|vorigen) Monat",
        r"(?:kommenden|nächsten) Monat",
        r"(?:(?:vergangene|letzte|vorige)[ns]|vergangenes) Jahr",
        r"(?:kommende|nächste)[ns] Jahr",
    ),
)
_FRENCH = Grammar(
    last="(?:dernier|passé)",
    next="prochain",
    part="(?: (?:matin|soir|après-midi|midi))?",
    habit=_any(
        r"\b(?:les?|l['’]|chaque|tous|un|du|au|de|d['’]un|entre|jusqu['’]à|premier|dernier)\s?$"
    ),
    past=_any(
        r"""\b(?:(?:a|ont|avait|avaient|ait|aient|aurait|auraient)\s(?:\w+\s){0,2}?
        (?:\w+(?:é|i|u|is|it|ert|ées?|és|t)\b)
        |(?:est|sont|était|étaient|s['’]est|s['’]étaient)\s(?:\w+\s){0,2}?
        (?:\w+(?:é|ée|és|ées|mort|morte|morts|venue?s?|produite?s?|tenue?s?|i|ie)\b)
        |fut|furent|était|étaient|avait)\b"""
    ),
    ahead=_any(
        r"""\b(?:va|vont|doit|doivent|devrait|devraient|sera|seront|aura|auront|prévue?s?|attendue?s?
        |programmée?s?|dès|ici|avant|partir|\w{2,}(?:era|eront|ira|iront|dra|dront|vra|vront))\b"""
    ),
    near={"hier": -1, "avant-hier": -2, "demain": 1, "après-demain": 2, "aujourd'hui": 0},
    not_near=_any(r"\b(?:d['’]|de|le|du|encore|jusqu['’]à?|monde)\s?$"),
    spell_patterns=_spells(
        r"la semaine (?:dernière|passée)",
        r"cette semaine",
        r"la semaine prochaine",
        r"le mois (?:dernier|passé)",
        r"le mois prochain",
        r"l['’](?:année dernière|an dernier|an passé|année passée)",
        r"l['’](?:année prochaine|an prochain)",
    ),
)
_SPANISH = Grammar(
    last="(?:pasado|último)",
    next="próximo",
    part="(?: (?:por|en) la (?:mañana|tarde|noche))?",
    habit=_any(r"\b(?:los|cada|todos|un|entre|desde|hasta|hasta\sel|del|al|primer|de)\s(?:el\s)?$"),
    past=_any(
        r"""\b(?:\w{2,}(?:ó|aron|ieron)|fue|fueron|hizo|dijo|dijeron|tuvo|puso|vino|pidió|había|era
        |estaba|dio|hubo|pudo|quiso|supo|(?:ha|han)\s(?:\w+\s)?\w+(?:ado|ido|cho|to))\b"""
    ),
    ahead=_any(
        r"""\b(?:\w{2,}(?:rá|rán)|va\sa|van\sa|debe|deben|podría|podrían|previst[oa]s?|prevén?
        |programad[oa]s?|hasta|antes|partir|espera|esperan)\b"""
    ),
    near={"ayer": -1, "anteayer": -2, "mañana": 1, "hoy": 0},
    not_near=_any(
        r"\b(?:la|las|esta|una|cada|de|pasado|por|media|misma|ayer|hoy|hasta|aún|todavía|el)\s$"
    ),
    tomorrow="future",
    spell_patterns=_spells(
        r"la semana pasada|la pasada semana",
        r"esta semana",
        r"la próxima semana|la semana (?:próxima|que viene)",
        r"el mes pasado|el pasado mes(?! de)",
        r"el próximo mes(?! de)|el mes (?:próximo|que viene)",
        r"el año pasado|el pasado año",
        r"el próximo año|el año (?:próximo|que viene)",
    ),
)
_ITALIAN = Grammar(
    last="(?:scorso|scorsa|passato)",
    next="(?:prossimo|prossima)",
    part="(?: (?:mattina|sera|pomeriggio|notte))?",
    habit=_any(
        r"\b(?:il|la|ogni|tutti\si|un|una|di|dal|dalla|da|al|alla|fino\sa|tra|del|primo|ultimo)\s$"
    ),
    past=_any(
        r"""(?<!\w)(?:(?:ha|hanno|aveva|avevano|abbia|è|sono|era|erano|si\sè|si\ssono)\s
        (?:\w+\s){0,2}?\w+(?:[aiu]t[oaie]|st[oaie]|s[oaie]|tt[oaie]|rt[oaie]|nt[oaie])
        |\w{3,}(?:ò|arono|irono)|disse|fu|furono)\b"""
    ),
    ahead=_any(
        r"""\b(?:\w{2,}(?:rà|ranno)|deve|devono|dovrebbe|dovrebbero|potrebbe|previst[oaie]|attes[oaie]
        |programmat[oaie]|entro|fino|prima|partire|sta\sper)(?!\w)"""
    ),
    near={"ieri": -1, "l'altro ieri": -2, "domani": 1, "dopodomani": 2, "oggi": 0},
    not_near=_any(r"\b(?:il|di|del|al|fino\sa|ancora|d['’])\s?$"),
    spell_patterns=_spells(
        r"la settimana scorsa|la scorsa settimana",
        r"questa settimana",
        r"la settimana prossima|la prossima settimana",
        r"il mese scorso|lo scorso mese(?! di)",
        r"il mese prossimo|il prossimo mese(?! di)",
        r"l['’]anno scorso|lo scorso anno",
        r"l['’]anno prossimo|il prossimo anno",
    ),
)
_DUTCH = Grammar(
    last="(?:afgelopen|vorige)",
    next="(?:aanstaande|volgende|komende)",
    part="(?:ochtend|middag|avond|nacht)?",
    habit=_any(r"\b(?:elke|iedere|eerste|laatste|een|tot|tussen|van|goede|witte|zwarte)\s$"),
    past=_any(
        r"""\b(?:werd(?:en)?|was|waren|had(?:den)?|zei(?:den)?|maakten?|meldden?|kwam(?:en)?
        |ging(?:en)?|liet(?:en)?|overleed|stierf|stierven|gaf|gaven|vond(?:en)?|begon(?:nen)?
        |besloot|besloten|kondigden?|verklaarden?|bevestigden?|vertelden?|stelden?|schreef|sprak
        |raakten?|won(?:nen)?|verloor|kreeg|kregen|nam(?:en)?|viel(?:en)?|stemden?|lieten)\b
        |\b(?:heeft|hebben|is|zijn)\b.*\b(?:\w*ge\w{2,}(?:d|t|en)|(?:be|ver|ont|her)\w{2,}(?:d|t|en))\b"""
    ),
    ahead=_any(
        r"""\b(?:zal|zullen|gaat|gaan|moet|moeten|wil|willen|wordt|worden|kan|kunnen|verwacht
        |gepland|begint|beginnen|start|vanaf|tot|voor|uiterlijk)\b"""
    ),
    near={"gisteren": -1, "eergisteren": -2, "morgen": 1, "overmorgen": 2, "vandaag": 0},
    not_near=_any(r"\b(?:goede|deze|die|elke|van|tot|nog|['’]s|de|\w+dag)\s$|goede$"),
    tomorrow="future",
    spell_patterns=_spells(
        r"vorige week",
        r"deze week",
        r"(?:volgende|komende) week",
        r"vorige maand",
        r"volgende maand",
        r"vorig jaar",
        r"volgend jaar",
    ),
)
_PORTUGUESE = Grammar(
    last="(?:passad[oa]|últim[oa])",
    next="próxim[oa]",
    part="(?: (?:à|de|pela) (?:noite|tarde|manhã))?",
    habit=_any(
        r"\b(?:às|aos|os|as|cada|todo|toda|todos|todas|uma?|entre|até|até\s[oa]|d[eao]|primeir[oa])"
        r"\s$"
    ),
    past=_any(
        r"""\b(?:(?!(?:museu|europeu|judeu|ateu)\b)\w{3,}(?:ou|eu|iu|aram|eram|iram)|foi|foram|disse
        |disseram|fez|fizeram|teve|veio|era|estava|havia|deu|pôs|houve|tinham?)\b"""
    ),
    ahead=_any(
        r"""\b(?:\w{2,}(?:rá|rão)|vai|vão|deve|devem|pode|podem|previst[oa]s?|marcad[oa]s?|até|antes
        |partir|espera|esperam)(?!\w)"""
    ),
    near={"ontem": -1, "anteontem": -2, "amanhã": 1, "hoje": 0},
    not_near=_any(r"\b(?:de|o|do|até|ainda)\s$"),
    spell_patterns=_spells(
        r"(?:n?a )?semana passada",
        r"n?esta semana",
        r"(?:n?a )?próxima semana|(?:n?a )?semana que vem",
        r"(?:n?o )?mês passado",
        r"(?:n?o )?próximo mês(?! de)|(?:n?o )?mês que vem",
        r"(?:n?o )?ano passado",
        r"(?:n?o )?próximo ano|(?:n?o )?ano que vem",
    ),
)

GRAMMARS: Mapping[str, Grammar] = {
    "de": _GERMAN,
    "fr": _FRENCH,
    "es": _SPANISH,
    "it": _ITALIAN,
    "nl": _DUTCH,
    "pt": _PORTUGUESE,
}
