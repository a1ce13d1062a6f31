"""Rules on how a mail's page is built: what it says of itself, and its headings."""

import re
from collections import Counter
from collections.abc import Iterator

from newsletter.render.checking.document import HEADINGS, Element, Run, bare, words
from newsletter.render.checking.judging import Judgement, broken, holds, none_of, rule
from newsletter.render.checking.proof import Proof
from newsletter.render.views import counted

_GROUP = "structure"
_DOCTYPE = re.compile(r"\s*<!doctype\s+html\s*>", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*utf-8", re.IGNORECASE)
_CHARSET_WITHIN = 1024  # bytes that a browser reads before it guesses (HTML, 4.2.5.4)
# BCP 47, well-formed; a language has two or three letters in all that is registered.
_LANGUAGE = re.compile(
    r"[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-[\w-]+)?", re.IGNORECASE | re.ASCII
)
_DIRECTIONS = frozenset({"ltr", "rtl"})
_WRAPPED = 0.8  # of all words: as much as a wrapper around the content must hold
_PREHEADER = range(30, 151)
_DEEPEST = 50


@rule(
    "doctype",
    "The mail begins with HTML5’s doctype",
    group=_GROUP,
    way_out="begin email.html with <!doctype html>: without it programs measure as in 1998",
)
def doctype(proof: Proof) -> Judgement:
    """Judge what the file begins with."""
    if _DOCTYPE.match(proof.mail.source.removeprefix("\ufeff")):
        return holds()
    return broken("it does not", [proof.mail.at(0, proof.mail.source[:60])])


@rule(
    "language",
    "The page names its language and direction",
    group=_GROUP,
    way_out='write lang and dir on <html>, as in <html lang="en" dir="ltr">',
)
def language(proof: Proof) -> Judgement:
    """Judge `lang` and `dir` of html (WCAG 2.2, 3.1.1)."""
    root = proof.mail.root
    said = (root.get("lang") or "").strip()
    toward = (root.get("dir") or "").strip().lower()
    wrong = []
    if not said:
        wrong.append("it has no lang")
    if toward not in _DIRECTIONS:
        wrong.append("it has no dir")
    if wrong:
        return broken(" and ".join(wrong), [proof.mail.place(root, "<html>")])
    return holds(f"{said}, {toward}")


@rule(
    "language-tags",
    "Languages and directions are written as programs know them",
    group="accessibility",
    way_out="write a language as BCP 47 has it, such as en, de-AT or zh-Hans; dir is ltr or rtl",
)
def language_tags(proof: Proof) -> Judgement:
    """Judge every `lang` and `dir` (BCP 47; WCAG 2.2, 3.1.2)."""
    wrong, seen = [], 0
    for element in proof.mail.elements:
        said, toward = element.get("lang"), element.get("dir")
        seen += said is not None
        if said is not None and not _LANGUAGE.fullmatch(said.strip()):
            wrong.append(proof.mail.place(element, f'lang="{said}"'))
        if toward is not None and toward.strip().lower() not in {*_DIRECTIONS, "auto"}:
            wrong.append(proof.mail.place(element, f'dir="{toward}"'))
    return none_of(wrong, "attribute is not|attributes are not", f"{counted(seen, 'language tag')}")


@rule(
    "wrapper",
    "A wrapper inside body repeats language and direction",
    group=_GROUP,
    way_out="put lang and dir on the element around the content: webmail drops html and body",
    verdict="warning",
)
def wrapper(proof: Proof) -> Judgement:
    """Judge whether language and direction survive where only the content of body is shown."""
    total = sum(len(run.text) for run in proof.shown)
    for element in proof.mail.elements:
        if element.tag in {"html", "body"} or not (element.get("lang") and element.get("dir")):
            continue
        if sum(len(text) for text in _texts(element)) >= _WRAPPED * total:
            return holds(f"{element.get('lang')}, {element.get('dir')}")
    return broken("no element around the content has both lang and dir")


@rule(
    "title",
    "The page has a title",
    group=_GROUP,
    way_out="put the subject into <title>: screen readers and browser tabs begin with it",
)
def title(proof: Proof) -> Judgement:
    """Judge the title (WCAG 2.2, 2.4.2)."""
    titles = [one for one in proof.mail.all("title") if _is_in_head(one)]
    said = words(titles[0]) if titles else ""
    return holds(said[:80]) if said else broken("it has none")


@rule(
    "charset",
    "The page says early that it is UTF-8",
    group=_GROUP,
    way_out='make <meta charset="utf-8"> the first thing in <head>, and save the file as UTF-8',
)
def charset(proof: Proof) -> Judgement:
    """Judge the declared encoding and the bytes (HTML, 4.2.5.4)."""
    content = proof.files.get(proof.mail.file, b"")
    if not _CHARSET.search(content[:_CHARSET_WITHIN]):
        return broken("the first 1,024 bytes do not name it")
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return broken(f"it is not: byte {error.start:,} is none of UTF-8")
    return holds()


@rule(
    "viewport",
    "Phones show the mail at their own width",
    group=_GROUP,
    way_out='write <meta name="viewport" content="width=device-width,initial-scale=1"> in <head>',
    verdict="warning",
)
def viewport(proof: Proof) -> Judgement:
    """Judge the viewport, and whether it lets readers zoom (WCAG 2.2, 1.4.4)."""
    content = _meta(proof, "viewport").replace(" ", "").lower()
    if "width=device-width" not in content:
        return broken("no viewport of width=device-width is set")
    if "user-scalable=no" in content or re.search(r"maximum-scale=[01](?:\.\d+)?(?:,|$)", content):
        return broken("the viewport keeps readers from zooming")
    return holds()


@rule(
    "preheader",
    "A hidden preheader of 30 to 150 characters comes first",
    group=_GROUP,
    way_out="put a sentence on the issue into a hidden <div>, first thing in <body>",
    verdict="warning",
)
def preheader(proof: Proof) -> Judgement:
    """Judge what an inbox shows beside the subject: the first text of body."""
    runs = proof.mail.runs
    if not runs or not proof.light[runs[0].element].hidden:
        first = [proof.mail.place(runs[0].element, bare(runs[0].text))] if runs else []
        return broken("inboxes show the page’s first words", first)
    text = bare(" ".join(run.text for run in _hidden_first(proof)))
    if len(text) not in _PREHEADER:
        place = proof.mail.place(runs[0].element, text)
        return broken(f"it has {counted(len(text), 'character')}", [place])
    return holds(counted(len(text), "character"))


def _hidden_first(proof: Proof) -> Iterator[Run]:
    for run in proof.mail.runs:
        if not proof.light[run.element].hidden:
            return
        yield run


@rule(
    "one-h1",
    "The mail has exactly one first heading",
    group=_GROUP,
    way_out="make the newsletter’s title the only <h1>",
    verdict="warning",
)
def one_h1(proof: Proof) -> Judgement:
    """Judge how many h1 there are."""
    found = [one for one in proof.mail.all("h1") if not proof.light[one].hidden]
    if len(found) == 1:
        return holds(words(found[0])[:80])
    return broken(f"it has {len(found)}", map(proof.mail.place, found))


@rule(
    "headings",
    "No level of heading is skipped, none is empty",
    group=_GROUP,
    way_out="let an <h2> follow the <h1>, an <h3> an <h2>: people listen their way by them",
    verdict="warning",
)
def headings(proof: Proof) -> Judgement:
    """Judge the order of heading levels (WCAG 2.2, 1.3.1 and 2.4.6)."""
    wrong, before = [], 0
    found = [one for one in proof.mail.all(*HEADINGS) if not proof.light[one].hidden]
    for one in found:
        level = int(str(one.tag)[1])
        if level > before + 1 or not words(one):
            wrong.append(proof.mail.place(one, f"<{one.tag!s}> {words(one)}"))
        before = level
    return none_of(
        wrong,
        "heading skips one or is empty|headings skip one or are empty",
        counted(len(found), "heading"),
    )


@rule(
    "ids",
    "Every id stands once",
    group=_GROUP,
    way_out="give each element an id of its own, or none",
    verdict="warning",
)
def ids(proof: Proof) -> Judgement:
    """Judge the ids of the mail and of the web page."""
    wrong, seen = [], 0
    for page in (proof.mail, proof.web):
        count = Counter(one.get("id") for one in page.elements if one.get("id") is not None)
        seen += count.total()
        twice = {id_ for id_, times in count.items() if times > 1 or not (id_ or "").strip()}
        wrong += [
            page.place(o, f'id="{o.get("id")}"') for o in page.elements if o.get("id") in twice
        ]
    return none_of(wrong, "element shares its id|elements share theirs", counted(seen, "id"))


@rule(
    "nesting",
    "Elements are not nested beyond what programs read",
    group=_GROUP,
    way_out="take out tables around tables, and close what is opened",
    verdict="warning",
)
def nesting(proof: Proof) -> Judgement:
    """Judge how deep elements stand in elements."""
    depth: dict[Element, int] = {}
    for one in proof.mail.elements:
        parent = one.getparent()
        depth[one] = 1 if parent is None else depth.get(parent, 0) + 1
    deepest = max(depth, key=lambda one: depth[one], default=None)
    found = depth[deepest] if deepest is not None else 0
    if deepest is not None and found > _DEEPEST:
        return broken(f"they are {found} deep", [proof.mail.place(deepest, f"<{deepest.tag!s}>")])
    return holds(f"{found} deep")


def _meta(proof: Proof, name: str) -> str:
    for one in proof.mail.all("meta"):
        if (one.get("name") or "").lower() == name:
            return one.get("content") or ""
    return ""


def _is_in_head(element: Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == "head"


def _texts(element: Element) -> Iterator[str]:
    return (str(text) for text in element.itertext() if bare(str(text)))


RULES = (
    doctype,
    language,
    language_tags,
    wrapper,
    title,
    charset,
    viewport,
    preheader,
    one_h1,
    headings,
    ids,
    nesting,
)
