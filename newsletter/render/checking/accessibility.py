"""Rules on what people read and hear: letters, pictures, the words of links."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from newsletter.model import Place
from newsletter.render.checking.colours import hex_of
from newsletter.render.checking.document import Element, Link, Run, bare
from newsletter.render.checking.judging import Judgement, broken, holds, none_of, rule, several
from newsletter.render.checking.looks import Look
from newsletter.render.checking.proof import Proof
from newsletter.render.checking.vocabulary import is_nameless
from newsletter.render.safe import shortened
from newsletter.render.views import counted

_GROUP = "accessibility"
_LEAST_PX = 14.0
_NEEDED = 4.5  # WCAG 2.2, 1.4.3 (AA); large text needs less
_NEEDED_LARGE = 3.0
_PARAGRAPHS = frozenset({"p", "td", "th", "li", "div", "h1", "h2", "h3", "h4", "h5", "h6", "dd"})


@rule(
    "text-size",
    "Text is 14 px or larger",
    group=_GROUP,
    way_out="raise the sizes of the theme: phones show small letters at their real size",
    verdict="warning",
)
def text_size(proof: Proof) -> Judgement:
    """Judge all text that is shown, on a desk and on a phone."""
    smallest, runs_of = float("inf"), defaultdict[float, list[Run]](list)
    for run in proof.shown:
        size = min(proof.light[run.element].size, proof.phone[run.element].size)
        smallest = min(smallest, size)
        # Half a pixel is lost to units that do not divide.
        if 0 < size < _LEAST_PX - 0.05:
            runs_of[round(size, 1)].append(run)
    if not runs_of:
        return holds(f"{smallest:g} px at least" if proof.shown else "")
    places = [
        proof.mail.place(runs[0].element, f"{size:g} px: {bare(runs[0].text)}")
        for size, runs in sorted(runs_of.items())
    ]
    texts = sum(map(len, runs_of.values()))
    smaller = several(texts, "text is smaller|texts are smaller")
    return broken(f"{smaller}, down to {min(runs_of):g} px", places)


@rule(
    "contrast-light",
    "Text stands out from its ground in light",
    group=_GROUP,
    way_out="choose a darker ink or a lighter ground in the theme: text needs 4.5 to 1",
)
def contrast_light(proof: Proof) -> Judgement:
    """Judge the contrast of all text, 4.5 to 1 or 3 to 1 where it is large (WCAG 2.2, 1.4.3)."""
    return _contrast(proof, proof.light)


@rule(
    "contrast-dark",
    "Text stands out from its ground in the dark",
    group=_GROUP,
    way_out="give ink and ground a class each, and set both for (prefers-color-scheme: dark)",
)
def contrast_dark(proof: Proof) -> Judgement:
    """Judge the contrast of all text as programs that know the dark scheme show it."""
    return _contrast(proof, proof.dark)


def _contrast(proof: Proof, looks: Mapping[Element, Look]) -> Judgement:
    lowest, judged, faint = 21.0, 0, dict[tuple[str, str], Place]()
    failing = 0
    for run in proof.shown:
        look = looks[run.element]
        if look.hidden or look.on_picture or look.size < 1:
            continue
        judged += 1
        lowest = min(lowest, look.contrast)
        if look.contrast < (_NEEDED_LARGE if look.is_large else _NEEDED):
            failing += 1
            pair = hex_of(look.ink), hex_of(look.ground)
            told = f"{_ratio(look.contrast)}, {pair[0]} on {pair[1]}: {bare(run.text)}"
            faint.setdefault(pair, proof.mail.place(run.element, told))
    if faint:
        return broken(
            f"{failing} of {counted(judged, 'text')} {'does' if failing == 1 else 'do'} not,"
            f" the lowest {_ratio(lowest)}",
            faint.values(),
        )
    return holds(f"{counted(judged, 'text')}, the lowest {_ratio(lowest)}" if judged else "")


def _ratio(contrast: float) -> str:
    return f"{int(contrast * 10) / 10:g} to 1"  # cut, not rounded: 4.49 is no 4.5


@rule(
    "alt-texts",
    "Every picture has an alt text",
    group=_GROUP,
    way_out='say in alt="" what the picture shows; write alt="" on one that only decorates',
)
def alt_texts(proof: Proof) -> Judgement:
    """Judge `alt` of pictures (WCAG 2.2, 1.1.1); a file's name says nothing."""
    pictures = [one for one in proof.mail.all("img") if not proof.light[one].hidden]
    wrong = []
    for one in pictures:
        alt = one.get("alt")
        file = (one.get("src") or "").split("?")[0].rpartition("/")[2]
        if alt is None or (file and alt.strip().lower() == file.lower()):
            wrong.append(proof.mail.place(one, one.get("src") or "<img>"))
    return none_of(
        wrong,
        "picture has none|pictures have none",
        counted(len(pictures), "picture"),
    )


@rule(
    "picture-sizes",
    "Every picture says how wide and high it is",
    group=_GROUP,
    way_out="write width and height: with images off the mail keeps its shape",
    verdict="warning",
)
def picture_sizes(proof: Proof) -> Judgement | None:
    """Judge `width` and `height` of pictures."""
    pictures = proof.mail.all("img")
    wrong = [
        proof.mail.place(one, one.get("alt") or one.get("src") or "<img>")
        for one in pictures
        if not (_is_size(one.get("width")) and _is_size(one.get("height")))
    ]
    if not pictures:
        return None
    return none_of(wrong, "picture does not|pictures do not", counted(len(pictures), "picture"))


def _is_size(value: str | None) -> bool:
    return (value or "").strip().removesuffix("px").removesuffix("%").isdecimal()


@rule(
    "link-names",
    "Every link has words",
    group=_GROUP,
    way_out="write into the link what it leads to, or an alt text for its picture",
)
def link_names(proof: Proof) -> Judgement:
    """Judge links without any text, which are read out as their address (WCAG 2.2, 2.4.4)."""
    wrong = [proof.mail.place(one.element, one.url) for one in _visible(proof) if not one.text]
    return none_of(wrong, "link has none|links have none", counted(len(proof.links), "link"))


@rule(
    "link-texts",
    "The words of links name what they lead to",
    group=_GROUP,
    way_out="put the story’s headline or the outlet’s name into the link, not “read more”",
    verdict="warning",
)
def link_texts(proof: Proof) -> Judgement:
    """Judge link texts that say nothing without what stands around them (WCAG 2.2, 2.4.9)."""
    wrong = [
        proof.mail.place(one.element, f"“{one.text}”")
        for one in _visible(proof)
        if one.text and is_nameless(one.text) and not _is_own_address(one)
    ]
    return none_of(wrong, "link does not|links do not")


def _is_own_address(one: Link) -> bool:
    """Tell whether a link shows its own short address, as a home page's may: `https://x.example`."""
    return one.text.rstrip("/") == one.url.rstrip("/") and len(one.text) <= 40


@rule(
    "same-words",
    "The same words in one place lead to one page",
    group=_GROUP,
    way_out="name what differs, such as the date, beside or in each of the links",
    verdict="note",
)
def same_words(proof: Proof) -> Judgement:
    """Judge links of one paragraph that nothing tells apart (WCAG 2.2, 2.4.4).

    What follows a link up to the next counts as its context.
    """
    seen: dict[tuple[Element | None, str, str], str] = {}
    wrong = []
    for one in _visible(proof):
        if not one.text:
            continue
        where = _paragraph(one.element)
        key = (where, one.text.casefold(), bare(_after(one.element)).strip(" ,;·"))
        if seen.setdefault(key, one.url) != one.url:
            wrong.append(one.place)
    return none_of(wrong, "link leads elsewhere|links lead elsewhere")


def _paragraph(element: Element) -> Element | None:
    return next((one for one in element.iterancestors() if one.tag in _PARAGRAPHS), None)


def _after(element: Element) -> str:
    one: Element | None = element
    while one is not None and one.tag not in _PARAGRAPHS:
        if one.tail and bare(one.tail):
            return one.tail
        if one.getnext() is not None:
            return ""
        one = one.getparent()
    return ""


@rule(
    "justified",
    "No text is set in justified lines",
    group=_GROUP,
    way_out="set text-align:left (or right): narrow justified lines tear into rivers",
    verdict="warning",
)
def justified(proof: Proof) -> Judgement:
    """Judge alignment (WCAG 2.2, 1.4.8)."""
    wrong = [
        proof.mail.place(one)
        for one in proof.mail.elements
        if (one.get("align") or "").lower() == "justify"
        or "text-align:justify" in (one.get("style") or "").replace(" ", "").lower()
    ]
    wrong += [
        proof.mail.place(style, "text-align:justify")
        for style in proof.mail.all("style")
        if "text-align:justify" in (style.text or "").replace(" ", "").lower()
    ]
    return none_of(wrong, "place is|places are")


@rule(
    "color-scheme",
    "The mail says that it knows light and dark",
    group=_GROUP,
    way_out='write <meta name="color-scheme" content="light dark">, and supported-color-schemes',
    verdict="warning",
)
def color_scheme(proof: Proof) -> Judgement:
    """Judge the metas without which Apple Mail and others recolour a mail on their own."""
    said = {
        (one.get("name") or "").lower()
        for one in proof.mail.all("meta")
        if {"light", "dark"} <= set((one.get("content") or "").lower().split())
    }
    missing = [name for name in ("color-scheme", "supported-color-schemes") if name not in said]
    return broken(f"there is no meta {' and no '.join(missing)}") if missing else holds()


@rule(
    "dark-style",
    "Colours for the dark stand in a media query",
    group=_GROUP,
    way_out="set ink and ground by classes in @media (prefers-color-scheme:dark)",
    verdict="warning",
)
def dark_style(proof: Proof) -> Judgement:
    """Judge whether the dark scheme has an ink and a ground of its own."""
    names = {
        one.name.removesuffix("-color")
        for styled in proof.sheet.rules
        if _is_dark(styled.media)
        for one in styled.declared
    }
    missing = [
        said for name, said in (("color", "ink"), ("background", "ground")) if name not in names
    ]
    return broken(f"there is no {' and no '.join(missing)}") if missing else holds()


@rule(
    "dark-outlook",
    "Outlook is given the same colours for the dark",
    group=_GROUP,
    way_out="repeat each dark rule behind [data-ogsc] (ink, borders) or [data-ogsb] (grounds)",
    verdict="warning",
)
def dark_outlook(proof: Proof) -> Judgement | None:
    """Judge whether each colour of the media query is repeated for Outlook, which has its own."""
    dark = [one for one in proof.sheet.rules if _is_dark(one.media) and one.declared]
    if not dark:
        return None
    repeated = {
        (one.selector, said.name.removesuffix("-color"), said.value)
        for one in proof.sheet.rules
        if one.for_outlook
        for said in one.declared
    }
    wrong = [
        Place(file=proof.mail.file, line=one.line, text=shortened(f"{one.selector}: {d.value}", 80))
        for one in dark
        for d in one.declared
        if d.name in {"color", "background", "background-color"}
        and (one.selector, d.name.removesuffix("-color"), d.value) not in repeated
    ]
    return none_of(
        wrong, "colour is not repeated|colours are not repeated", counted(len(dark), "rule")
    )


def _is_dark(media: Iterable[str]) -> bool:
    return any("prefers-color-scheme" in query and "dark" in query for query in media)


def _visible(proof: Proof) -> list[Link]:
    return [one for one in proof.links if not proof.light[one.element].hidden]


RULES = (
    text_size, contrast_light, contrast_dark, alt_texts, picture_sizes, link_names, link_texts,
    same_words, justified, color_scheme, dark_style, dark_outlook,
)  # fmt: skip
