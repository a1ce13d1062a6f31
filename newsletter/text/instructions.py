"""Knows text that gives a language model orders: articles are read, and not obeyed."""

import re
import unicodedata

_I = re.IGNORECASE | re.VERBOSE
_WHAT = (
    r"(?:instructions?|prompts?|rules?|guidelines?|directions?|directives?|commands?|constraints?"
    r"|orders|tasks?|system\s?messages?|training|safeguards?)"
)
_READER = (
    r"(?:a\.?i\.?(?:s|\s\w+)?|llms?|gpt\S{0,20}|claude|gemini|copilot|chatgpt|deepseek|llama"
    r"|(?:large\s)?language\smodels?|models?|assistants?|chatbots?|bots?|agents?|summari[sz]ers?"
    r"|summari[sz]ation\s\w+|crawlers?|automated\s\w+)"
)
_TOLD = r"(?:summar(?:y|ies)|answers?|repl(?:y|ies)|responses?|outputs?|digests?|newsletters?)"
_INSTRUCTION = re.compile(
    rf"""
      \b(?:ignor(?:e|ing)|disregard(?:ing)?|forget|overrid(?:e|ing)|bypass|overlook|drop|skip|discard
        |do\snot\s(?:follow|obey|use)|don['’]t\s(?:follow|obey|use)|stop\sfollowing|instead\sof)
        \W+(?:(?:all|any|every|each|of|the|your|my|our|these|those|this|that|previous|prior|earlier
        |above|preceding|foregoing|former|existing|other|original|initial|system|safety|and|or
        |developer'?s?|given|current)\W+){{0,6}}
        (?:{_WHAT}\b|(?:everything|anything|all|the\s(?:text|content|sentences|articles?|rest))
        \s(?:above|before|below|else|so\sfar)\b)
    | \b(?:previous|prior|above|preceding|system|hidden|secret|new|updated|following|actual|real)
        \s(?:instructions?|prompts?)\b\s*(?:[:.]|are|is|say|from|and\s(?:write|say|do))
    | \bsystem\sprompts?\b | \bdeveloper\smode\b | \bjailbreak(?:ed|ing)?\b | \bprompt\sinjection:
    | \byou\sare\s(?:now\s)?(?:an?|the|no\slonger|acting\sas)\s(?:\w+\s){{0,3}}?
        (?:{_READER}|summari[sz]er|translator|pirate|expert|writer|editor)\b
    | \bas\san?\s(?:a\.?i\.?|artificial\sintelligence|(?:large\s)?language)\s?
        (?:language\s)?(?:model|assistant|system)?\s*,?\s*(?:i|you|please|my)\b
    | \b(?:notes?|attention|messages?|instructions?|important|reminders?|warnings?|dear|hey|hello
        |to|for)\W*(?:(?:to|for)\s)?(?:the\s|all\s|any\s|every\s)?{_READER}
        \s*(?:[:,!]|(?:reading|processing|summari[sz]ing|parsing)\b)
    | \b{_READER}\s(?:must|should|shall|need\sto|are\sto|have\sto|is\sto)
        \s(?:now\s|only\s|always\s)?
        (?:write|say|state|include|mention|add|print|output|ignore|begin|start|end|summari[sz]e)\b
    | \b(?:your|the|this|any|every|each|a)\s(?:\w+\s)?{_TOLD}\s
        (?:must|should|shall|has\sto|have\sto|needs?\sto|ought\sto)\s(?:only\s|also\s|always\s)?
        (?:say|state|begin|start|end|include|contain|mention|read|consist|recommend)\b
    | \b(?:in|to|into|at\sthe\s(?:end|beginning|start|top)\sof|from)\syour\s(?:\w+\s)?{_TOLD}\b
    | \b(?:begin|start|end|finish|open|close|replace|prefix)\s(?:your|the|this|each|every)\s
        (?:\w+\s)?{_TOLD}\b
    | \b(?:reveal|repeat|leak|print|show|output|disclose|tell\s(?:me|us))\s(?:me\s|us\s)?
        (?:your|the)\s(?:\w+\s){{0,2}}(?:instructions?|prompts?|api\skeys?|system\smessages?)\b
    | \b(?:when|if|while|before|after)\s(?:you\s(?:are\s)?)?summari[sz](?:e|ing)
        \s(?:this|the|these)\b
    | \bpretend\s(?:to\sbe|(?:that\s)?you)\b | \b(?:act|behave)\sas\s(?:if\syou|an?\s{_READER})\b
    | ^\W*(?:please\s|now\s|instead,?\s|then\s|just\s|you\s(?:must|should|will)\s){{0,2}}
        (?:write|say|state|output|print|respond|reply|answer|summari[sz]e|translate|conclude|claim
        |pretend|insert|append)\b\s*
        (?:that\b|only\b|exactly\b|just\b|with\b|instead\b|the\sfollowing\b|in\s|as\s|this\b|:
        |["“'‘])
    | ^\W*(?:please\s)?(?:ignore|disregard|forget)\s(?:all|any|every|everything|your)\b
    | ^\W*(?:system|assistant|user|human|developer)\s*[:>\]]
    | ^\W*\#\#\s*(?:instruction|system|response|input|assistant|human)
    | [<＜]\s*[|｜] | [|｜]\s*[>＞] | \[/?INST\] | <</?SYS>> | </?s>
    | [<＜]/?\s*(?:system|assistant|user|think\w*|start_of_turn|end_of_turn|instructions?)\b
    | \b(?:ignorier\w*|vergiss|vergesst|missachte\w*)\b.{{0,40}}
        \b(?:anweisung|anleitung|vorgab|befehl)
    | \b(?:ignore[rz]?|oubli(?:e|ez|er))\s(?:toutes?\s)?(?:les|vos|tes|ces)\b.{{0,30}}
        \b(?:consignes?|instructions|directives|règles)\b
    | \b(?:ignor[ae]n?|olvid[ae]n?|ignorate|dimentica(?:te)?|esque[çc]a|negeer|vergeet)\b.{{0,40}}
        \b(?:instrucciones|istruzioni|instruções|instructies|aanwijzingen)\b
    | \bигнорир\w{{0,8}}\b.{{0,40}}(?:инструкц|указан|правил)
    | (?:忽略|无视|無視|忘记).{{0,12}}(?:指令|指示|说明|說明|提示|命令)
    """,
    _I,
)
# Letters of other scripts that pass for Latin ones.
_LOOKALIKES = str.maketrans(
    "аеіорсухѕјһԁԛԝАВЕКМНОРСТХІЅαοερνικτυ", "aeiopcyxsjhdqwABEKMHOPCTXISaoepvikty"
)
_SPACED = re.compile(r"\b(?:\w[ .*_-]){4,}\w\b")
_GAPS = re.compile(r"[ .*_-]")


def reads_as_instruction(text: str) -> bool:
    """Tell whether *text* gives orders to a language model or to whoever sums it up.

    Invisible characters, letters of other scripts and letters set apart do not hide it. Looks for
    the plain ways of English, and a few of other languages: what it lets through must not be
    trusted either.
    """
    plain = "".join(
        c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf"
    )
    if _INSTRUCTION.search(plain):
        return True
    latin = plain.translate(_LOOKALIKES)
    if latin != plain and _INSTRUCTION.search(latin):
        return True
    joined = _SPACED.sub(lambda match: _GAPS.sub("", match[0]), latin)
    return joined != latin and _INSTRUCTION.search(joined) is not None


# What orders are given with: words of which one that is written plainly holds at least one.
_TELLING = frozenset(
    """
    ignore ignoring disregard disregarding forget override overriding bypass overlook discard
    obey instruction instructions prompt prompts guidelines directives developer jailbreak
    jailbroken llm llms gpt chatgpt claude gemini copilot deepseek llama model models
    assistant assistants chatbot chatbots bots summarizer summarizers summariser summarisers
    summarise summarize summarising summarizing summary summaries answer answers reply replies
    response responses output outputs digest pretend behave respond translate conclude append
    system user ignoriere ignoriert ignorieren vergiss vergesst missachte missachten ignorez
    ignorer oubliez oublier consignes ignora ignore ignorar olvida ignorate esqueça negeer
    vergeet
    """.split()
)


def may_instruct(words: frozenset[str]) -> bool:
    """Tell by its *words*, in small letters, whether a sentence is worth `reads_as_instruction`."""
    return not _TELLING.isdisjoint(words)
