"""Rules on the style sheet: what makes Gmail and others drop it."""

import re

from newsletter.model import Place
from newsletter.render.checking.judging import Judgement, broken, holds, none_of, rule
from newsletter.render.checking.proof import Proof
from newsletter.render.safe import shortened

_GROUP = "style sheet"
_MOST_BYTES = 16_384
_MANY_BYTES = 8_192
_SPACED = re.compile(r"\b(?:rgb|hsl)a?\(\s*[\d.]+(?:%|deg)?\s+[\d.]", re.IGNORECASE)
_C1 = re.compile("[\x80-\x9f]")


@rule(
    "style-size",
    "The style sheet is within 16 KB",
    group=_GROUP,
    way_out="move what every element needs into the elements, and drop rules that none needs",
)
def style_size(proof: Proof) -> Judgement:
    """Judge the bytes of all style elements: beyond 16 KB Gmail drops them, beyond 8 some did."""
    size = sum(len((one.text or "").encode()) for one in proof.mail.all("style"))
    if size <= _MANY_BYTES:
        return holds(f"{size:,} bytes")
    places = map(proof.mail.place, proof.mail.all("style")[:1])
    return broken(
        f"it has {size:,} bytes", places, verdict="error" if size > _MOST_BYTES else "warning"
    )


@rule(
    "style-nesting",
    "No rule with @ stands in another",
    group=_GROUP,
    way_out="write one @media (a) and (b): Gmail drops the whole sheet for an @ inside an @",
)
def style_nesting(proof: Proof) -> Judgement:
    """Judge at-rules within at-rules, also those that are no rule but have the mark."""
    wrong = [
        Place(file=proof.mail.file, line=one.line, text=shortened(f"@{one.name} {one.prelude}", 80))
        for one in proof.sheet.at_rules
        if one.depth
    ]
    return none_of(wrong, "rule does|rules do")


@rule(
    "style-colours",
    "Colours are written with commas or as #RRGGBB",
    group=_GROUP,
    way_out="write rgb(0,0,0) or #000000: for rgb(0 0 0) Gmail drops the sheet or the attribute",
)
def style_colours(proof: Proof) -> Judgement:
    """Judge the colours of the sheet and of all style attributes."""
    wrong = [
        proof.mail.place(one, found[0])
        for one in proof.mail.elements
        for text in ((one.text or "") if one.tag == "style" else (one.get("style") or ""),)
        if (found := _SPACED.search(text))
    ]
    return none_of(wrong, "place is not|places are not")


@rule(
    "style-faults",
    "The style sheet has no faults",
    group=_GROUP,
    way_out="mend the line: Gmail drops a whole sheet for one fault in it",
)
def style_faults(proof: Proof) -> Judgement:
    """Judge what a reader of CSS stumbles over: brackets that are left open, broken selectors."""
    wrong = [
        Place(file=proof.mail.file, line=one.line, text=one.said) for one in proof.sheet.faults
    ]
    for one in proof.mail.all("style"):
        css = re.sub(r"/\*.*?\*/", "", one.text or "", flags=re.DOTALL)
        if css.count("{") != css.count("}"):
            wrong.append(proof.mail.place(one, "a brace is open, or one too many"))
    return none_of(wrong, "fault was found|faults were found")


@rule(
    "style-place",
    "Style sheets stand in the head",
    group=_GROUP,
    way_out="move <style> into <head>: Gmail and Yahoo drop it in body",
    verdict="warning",
)
def style_place(proof: Proof) -> Judgement:
    """Judge where style elements stand."""
    wrong = [
        proof.mail.place(one, "<style>")
        for one in proof.mail.all("style")
        if any(above.tag == "body" for above in one.iterancestors())
    ]
    return none_of(wrong, "sheet stands in body|sheets stand in body")


@rule(
    "controls",
    "The mail holds no control characters",
    group=_GROUP,
    way_out="delete the characters: one from U+0080 to U+009F makes Gmail clip a short mail",
)
def controls(proof: Proof) -> Judgement:
    """Judge C1 controls, written as they are or as references, and replacement characters."""
    wrong = [
        proof.mail.at(found.start(), f"U+{ord(found[0]):04X}")
        for found in _C1.finditer(proof.mail.source)
    ]
    wrong += [
        proof.mail.at(found.start(), found[0])
        for found in re.finditer(
            r"&#(?:1(?:2[89]|[34]\d|5\d)|x[89][0-9a-f]);", proof.mail.source, re.IGNORECASE
        )
    ]
    return none_of(wrong, "was found|were found")


RULES = (style_size, style_nesting, style_colours, style_faults, style_place, controls)
