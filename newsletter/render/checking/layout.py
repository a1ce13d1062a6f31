"""Rules on how a mail is laid out, and on what must not be in it."""

import re

from newsletter.model import Place
from newsletter.render.checking.document import Element, words
from newsletter.render.checking.judging import Judgement, broken, holds, none_of, rule
from newsletter.render.checking.proof import Proof
from newsletter.render.safe import direction
from newsletter.render.views import counted

_GROUP = "structure"
_DIRECTIONS = frozenset({"ltr", "rtl"})
_MAX_WIDTH = 640
_WIDTH = re.compile(r"(?:^|[;{\s])(max-width|width|min-width)\s*:\s*([\d.]+)px", re.IGNORECASE)
_CONDITIONAL = re.compile(r"\[if[^\]]*\bmso\b[^\]]*\]", re.IGNORECASE)
_TABLE = re.compile(r"<table\b[^>]*>", re.IGNORECASE)
_ROLE = re.compile(r"\brole\s*=\s*[\"']?(?:presentation|none)\b", re.IGNORECASE)
_VML = re.compile(r"<v:[a-z]+", re.IGNORECASE)
_IN_TABLES = frozenset(
    {
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "caption",
        "colgroup",
        "col",
        "script",
        "template",
    }
)
_FORBIDDEN = (
    "script", "form", "input", "button", "select", "textarea", "iframe", "frame", "frameset",
    "object", "embed", "applet", "audio", "video", "canvas", "dialog", "base",
)  # fmt: skip


@rule(
    "layout-tables",
    "Tables that lay out the page say so",
    group=_GROUP,
    way_out='write role="presentation" on each <table> of the layout, conditional ones too',
)
def layout_tables(proof: Proof) -> Judgement:
    """Judge `role` of tables without header cells (WCAG 2.2, 1.3.1)."""
    layout = [one for one in proof.mail.all("table") if not _is_data(one)]
    wrong = [
        proof.mail.place(one, "<table>")
        for one in layout
        if one.get("role") not in {"presentation", "none"}
    ]
    for comment in _for_outlook(proof):
        wrong += [
            proof.mail.place(comment, tag)
            for tag in _TABLE.findall(comment.text or "")
            if not _ROLE.search(tag)
        ]
    return none_of(wrong, "table does not|tables do not", counted(len(layout), "table"))


@rule(
    "table-rows",
    "Nothing stands between the rows and cells of a table",
    group=_GROUP,
    way_out="put it into <tr><td>…</td></tr>: browsers move it out, to above the table",
)
def table_rows(proof: Proof) -> Judgement:
    """Judge what tables and rows hold beside rows and cells (HTML, 13.2.6.1, foster parenting)."""
    holders = proof.mail.all("table", "thead", "tbody", "tfoot", "tr")
    wrong = []
    for holder in holders:
        loose = [holder.text, *(child.tail for child in holder)]
        if any(text and text.strip() for text in loose):
            wrong.append(proof.mail.place(holder))
        wrong += [
            proof.mail.place(child)
            for child in holder
            if isinstance(child.tag, str) and child.tag not in _IN_TABLES
        ]
    return none_of(wrong, "piece does|pieces do", counted(len(holders), "table and row"))


@rule(
    "headings-seen",
    "Every heading can be seen",
    group=_GROUP,
    way_out="take display:none or the like off it: a story without its headline is none",
)
def headings_seen(proof: Proof) -> Judgement:
    """Judge headings that are in the mail and yet not shown."""
    headings = proof.mail.all("h1", "h2", "h3", "h4", "h5", "h6")
    wrong = [proof.mail.place(one) for one in headings if proof.light[one].hidden]
    return none_of(wrong, "cannot|cannot", counted(len(headings), "heading"))


@rule(
    "width",
    "Nothing is wider than 640 px",
    group=_GROUP,
    way_out='set max-width:600px on the table around the content, and width="100%"',
    verdict="warning",
)
def width(proof: Proof) -> Judgement:
    """Judge the widths in px that elements ask for, and that something bounds all lines."""
    wrong, bounds = [], dict[Element, float]()
    for element in proof.mail.elements:
        asked, limit = _widths(element)
        taken = min(asked, limit) if asked else 0.0
        if taken > _MAX_WIDTH:
            wrong.append(proof.mail.place(element, f"<{element.tag!s}> of {taken:g} px"))
        parent = element.getparent()
        above = bounds.get(parent, float("inf")) if parent is not None else float("inf")
        bounds[element] = min(above, limit, asked or limit)
    widest = max((bounds[run.element] for run in proof.shown), default=0.0)
    if wrong or widest <= _MAX_WIDTH:
        return none_of(wrong, "element is|elements are", f"{widest:g} px at most")
    if widest == float("inf"):
        return broken("nothing bounds it: lines run across the whole window")
    return broken(f"lines run up to {widest:g} px")


@rule(
    "ghost-table",
    "Classic Outlook is given a width that it knows",
    group=_GROUP,
    way_out='put <!--[if mso]><table role="presentation" width="600"><tr><td><![endif]--> around',
    verdict="warning",
)
def ghost_table(proof: Proof) -> Judgement | None:
    """Judge whether what only max-width bounds has a table for Outlook, which ignores that."""
    flexible = [
        one
        for one in proof.mail.all("table", "td", "div")
        if (limits := _widths(one))[1] <= _MAX_WIDTH and not limits[0] and limits[1] > 320
    ]
    if not flexible:
        return None if not proof.mail.all("table") else holds("widths stand in the tables")
    for comment in _for_outlook(proof):
        found = re.search(
            r"<table\b[^>]*\bwidth\s*[=:]\s*[\"']?(\d+)", comment.text or "", re.IGNORECASE
        )
        if found:
            return holds(f"a table of {found[1]} px")
    return broken("max-width, which it ignores, is all there is", [proof.mail.place(flexible[0])])


@rule(
    "pictures-fit",
    "Pictures shrink to the width of a phone",
    group=_GROUP,
    way_out='write style="width:100%;max-width:536px;height:auto" beside width and height',
    verdict="warning",
)
def pictures_fit(proof: Proof) -> Judgement | None:
    """Judge pictures wider than 320 px: with images off too, they must not widen the page."""
    pictures = proof.mail.all("img")
    wrong = []
    for one in pictures:
        style = (one.get("style") or "").replace(" ", "").lower()
        is_wide = _px(one.get("width")) > 320 or _widths(one)[0] > 320
        if is_wide and "width:100%" not in style:
            wrong.append(proof.mail.place(one, one.get("alt") or one.get("src") or ""))
    if not pictures:
        return None
    return none_of(wrong, "picture does not|pictures do not")


@rule(
    "inert",
    "Nothing in the mail runs, asks for input or loads a page",
    group=_GROUP,
    way_out="take it out of the template: mail programs drop it or put the mail into spam",
)
def inert(proof: Proof) -> Judgement:
    """Judge elements and attributes that act: scripts, forms, frames, event handlers, refreshes."""
    wrong = [proof.mail.place(one, f"<{one.tag!s}>") for one in proof.mail.all(*_FORBIDDEN)]
    for element in proof.mail.elements:
        wrong += [
            proof.mail.place(element, f"{name} of <{element.tag!s}>")
            for name in map(str, element.attrib)
            if name.lower().startswith("on") and name.isalpha()
        ]
        if element.tag == "meta" and (element.get("http-equiv") or "").lower() == "refresh":
            wrong.append(proof.mail.place(element, "<meta http-equiv=refresh>"))
    return none_of(wrong, "thing does|things do")


@rule(
    "own-styles",
    "Fonts and style sheets come with the mail",
    group=_GROUP,
    way_out="name installed fonts in font-family, and put the styles into the mail itself",
)
def own_styles(proof: Proof) -> Judgement:
    """Judge what loads styles or fonts from elsewhere, which few programs do and all can see."""
    wrong = [
        proof.mail.place(one, f"<link> {one.get('href') or ''}")
        for one in proof.mail.all("link")
        if {"stylesheet", "preload", "preconnect"} & set((one.get("rel") or "").lower().split())
    ]
    wrong += [
        Place(file=proof.mail.file, line=one.line, text=f"@{one.name} {one.prelude}"[:80])
        for one in proof.sheet.at_rules
        if one.name in {"import", "font-face"}
    ]
    return none_of(wrong, "thing does not|things do not")


@rule(
    "no-vml",
    "Buttons and grounds are HTML, not Outlook’s own drawing language",
    group=_GROUP,
    way_out="make a button of a table cell with a background colour and a link in it",
    verdict="warning",
)
def no_vml(proof: Proof) -> Judgement:
    """Judge VML, in conditional comments and outside: screen readers and new Outlook lose it."""
    wrong = [
        proof.mail.place(one, found[0])
        for one in proof.mail.comments
        if (found := _VML.search(one.text or ""))
    ]
    wrong += [
        proof.mail.place(one, f"<{one.tag!s}>")
        for one in proof.mail.elements
        if str(one.tag).startswith("v:")
    ]
    return none_of(wrong, "drawing is not|drawings are not")


@rule(
    "reading-order",
    "The mail is read in the order in which it is written",
    group="accessibility",
    way_out="write cells in reading order, and let them wrap; do not turn them by dir or CSS",
    verdict="warning",
)
def reading_order(proof: Proof) -> Judgement:
    """Judge what shows things in another order than people hear them in (WCAG 2.2, 1.3.2)."""
    wrong = []
    for one in proof.mail.elements:
        style = (one.get("style") or "").replace(" ", "").lower()
        if re.search(
            r"(?:^|;)(?:order:|flex-direction:\w+-reverse|position:absolute|float:right"
            r"|display:table-(?:header|footer)-group)",
            style,
        ):
            wrong.append(proof.mail.place(one, style))
        turned = (one.get("dir") or "").lower() if one.tag in {"table", "tr"} else ""
        if turned in _DIRECTIONS and turned != direction(words(one)):
            wrong.append(proof.mail.place(one, f'<{one.tag!s} dir="{turned}">'))
    return none_of(wrong, "element is not|elements are not")


def _is_data(table: Element) -> bool:
    return any(one.tag in {"th", "caption", "table"} and one.tag != "table" for one in table.iter())


def _for_outlook(proof: Proof) -> list[Element]:
    return [one for one in proof.mail.comments if _CONDITIONAL.search(one.text or "")]


def _px(value: str | None) -> float:
    found = re.fullmatch(r"\s*(\d{1,6})(?:px)?\s*", value or "")
    return float(found[1]) if found else 0.0


def _widths(element: Element) -> tuple[float, float]:
    """Return the px that an element asks for, 0 if none, and the most it takes, inf if all."""
    asked, limit = _px(element.get("width")), float("inf")
    for name, number in _WIDTH.findall(element.get("style") or ""):
        px = float(number) if number.count(".") < 2 and number.strip(".") else 0.0
        if name.lower() == "max-width":
            limit = min(limit, px)
        else:
            asked = max(asked, px)
    return asked, limit


RULES = (
    layout_tables,
    table_rows,
    headings_seen,
    width,
    ghost_table,
    pictures_fit,
    inert,
    own_styles,
    no_vml,
    reading_order,
)
