"""Puts a workspace's own style sheet into the elements of a finished e-mail."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import tinycss2

from newsletter.errors import TemplateError
from newsletter.render.figures import readable

STYLESHEET = "email.css"

_FILE = f"templates/{STYLESHEET}"
_STYLE = re.compile(r"<!--.*?-->|<style\b[^>]*>.*?</style\s*>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[a-z](?:[^<>\"]|\"[^\"]*\")*>", re.IGNORECASE)
_STYLED = re.compile(r'\sstyle="[^"]*"')
_IMPORTANT = re.compile(r"\s*!\s*important", re.IGNORECASE)
_HEAD_END = re.compile(r"</head\s*>", re.IGNORECASE)
# What no element can carry: states, generated content, and marks that mail programs set later.
_UNINLINABLE = re.compile(
    r":(?!(?:first|last|nth|only|not|is|where|empty|root)\b)|\[data-ogs|\*\s*\|"
)
_REMOTE = frozenset(("import", "font-face"))
_TOO_DEEP = f"{_FILE}: has brackets in brackets in brackets, too deep to be read; close some"


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A style sheet in two: rules for elements, and what must stay a sheet."""

    inlined: str
    kept: str


def inlined(html: str, css: str, untouched: Iterable[str] = ()) -> str:
    """Return *html* with the rules of *css* in its elements, by css-inline.

    At-rules, and rules for states such as `:hover`, go into a `<style>` behind those that are there
    already, which stay as they are. A style that stands in an element wins over a rule, unless that
    says `!important`. What is *untouched* stays so byte for byte. Nothing is loaded from elsewhere.

    Raises:
        TemplateError: the sheet has faults, or wants something from elsewhere; names all lines.
    """
    import css_inline

    sheet = _read(css)
    asides: list[str] = []
    # No text can hold the mark, for none can hold a hash of itself.
    mark = sha256(html.encode("utf-8", "replace")).hexdigest()[:32]

    def marked(place: int) -> str:
        return f"aside-{mark}-{place:04d}-aside"

    def set_aside(text: str) -> str:
        asides.append(text)
        return marked(len(asides) - 1)

    def style_aside(found: re.Match[str]) -> str:
        return found[0] if found[0].startswith("<!--") else f"<!--{set_aside(found[0])}-->"

    whole = _STYLE.sub(style_aside, html)
    for text in untouched:
        whole = whole.replace(text, set_aside(text))
    try:
        whole = css_inline.CSSInliner(
            load_remote_stylesheets=False, keep_at_rules=True, extra_css=sheet.inlined
        ).inline(whole)
    except css_inline.InlineError as error:
        raise TemplateError(f"{_FILE}: cannot be put into the e-mail: {error}") from error
    # Within an element it has done its work, and would win over the dark scheme's rules.
    whole = _TAG.sub(
        lambda tag: _STYLED.sub(lambda style: _IMPORTANT.sub("", style[0]), tag[0]), whole
    )
    if sheet.kept:
        style = f"<style>\n{sheet.kept}\n</style>\n"
        whole = _HEAD_END.sub(lambda end: style + end[0], whole, count=1)
    for place, text in enumerate(asides):
        whole = whole.replace(f"<!--{marked(place)}-->", text).replace(marked(place), text)
    return whole.rstrip("\n") + "\n"


def faults(css: str) -> list[str]:
    """Return what is wrong in the sheet, each with file and line."""
    rules = _rules(css)
    found = [f"{_FILE}:{line}: {fault}" for line, fault in _faults(rules)]
    try:
        if not found:
            tinycss2.serialize(rules)
    except RecursionError:
        return [_TOO_DEEP]
    return found


def _rules(css: str) -> list[Any]:
    rules: list[Any] = tinycss2.parse_stylesheet(
        readable(css), skip_comments=True, skip_whitespace=True
    )
    return rules


def _read(css: str) -> _Sheet:
    found = faults(css)
    if found:
        raise TemplateError("\n".join(found))
    inlined_: list[str] = []
    kept: list[str] = []
    for rule in _rules(css):
        # A style element ends at the first "</" and nowhere else (HTML, 13.1.2.1).
        text = rule.serialize().replace("</", "<\\/")
        is_kept = rule.type == "at-rule" or _UNINLINABLE.search(tinycss2.serialize(rule.prelude))
        (kept if is_kept else inlined_).append(text)
    return _Sheet("\n".join(inlined_), "\n".join(kept))


def _faults(rules: Iterable[Any]) -> Iterator[tuple[int, str]]:
    for rule in rules:
        if rule.type == "error":
            yield rule.source_line, _said(rule.message)
        elif rule.type == "at-rule" and rule.lower_at_keyword in _REMOTE:
            way_out = "a mail program loads nothing; name fonts that readers have"
            yield rule.source_line, f"@{rule.at_keyword} asks for another file, and {way_out}"
        elif rule.type == "qualified-rule":
            for one in tinycss2.parse_blocks_contents(rule.content):
                if one.type == "error":
                    yield one.source_line, _said(one.message)


def _said(message: str) -> str:
    if "{} block" in message:
        return "is no CSS: what stands here has no { … }, or a } too many before it"
    return f"is no CSS: {message.rstrip('.')}"
