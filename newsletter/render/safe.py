"""Makes text and links of others safe to print, alike in every format."""

import json
import re
import unicodedata
from urllib.parse import quote, urlsplit

from newsletter.render.merge_tags import broken

_BREAKS = re.compile(r"[ \x00-\x1f\x7f-\x9f\u2028\u2029]+")
# Direction overrides, and what takes no room at all: it would hide a merge tag, or fill a line.
_UNSEEN = re.compile(r"[\u200b\u2060-\u2064\u202a-\u202e\u2066-\u2069\ufeff]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_UNSAFE_IN_LINKS = re.compile(
    r'[\x00-\x20\x7f-\xa0"<>\\^`{|}\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]'
)
# Brackets as such are common in queries; these open a tag of some mail services.
_TAG_IN_LINKS = re.compile(
    r"\[(?=\[|(?:un)?subscri|web ?version|(?:link|subscriber|newsletter):)|(?<=\[)\["
    r"|\](?=\])|(?<=\])\]",
    re.IGNORECASE,
)
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SCHEMES = frozenset({"http", "https", "mailto"})

_MARKDOWN_MARKS = re.compile(r"[\\`*_\[\]#]")
_BAR_AT_EDGE = re.compile(r"^\||\|$")
_MARKDOWN_AT_START = re.compile(r"^(\d{1,9}(?=[.)])|(?=[+=-]))")
# And what YAML takes raw in no scalar (1.2.2, 5.1).
_MARKUP_IN_YAML = re.compile(r"[<>\[\]`\ufffe\uffff]")
_ENDS_A_DESTINATION = re.compile(r"[() ]")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_HEADER_LIMIT = 300
_CLOSING = "”’»\"')]"
_STOPS = tuple(".!?…:;。！？؟۔।")


def plain(text: str) -> str:
    """Return *text* on one line, without controls, direction overrides and merge tags.

    A merge tag of a mail service is broken by a space, `{{name}}` into `{ {name} }`, so that it
    is seen and does nothing. All formats print what this returns, so they all say the same.
    """
    whole = _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)
    line = _BREAKS.sub(" ", _UNSEEN.sub("", whole)).strip()
    return broken(line)


def link(url: str | None) -> str | None:
    """Return *url* fit for an attribute, None unless it is http, https or mailto.

    What RFC 3986 does not allow in a URL is percent-encoded; a well-formed URL stays as it is.
    """
    encoded = _UNSAFE_IN_LINKS.sub(
        lambda match: quote(match[0], safe="", errors="replace"), (url or "").strip()
    )
    whole = _TAG_IN_LINKS.sub(
        lambda match: quote(match[0], safe=""), _LONE_PERCENT.sub("%25", encoded)
    )
    try:
        parts = urlsplit(whole)
        target = parts.path if parts.scheme == "mailto" else parts.hostname
    except ValueError:  # such as an unclosed bracket around an IPv6 address
        return None
    return whole if parts.scheme in _SCHEMES and target else None


def below(url: str | None, path: str) -> str | None:
    """Return the link to *path* below *url*, None where that is no link."""
    home = link(url)
    return f"{home.rstrip('/')}/{path}" if home else None


def markdown(text: str) -> str:
    """Return one line of text so that CommonMark prints it as it is.

    `<` and `&` become character references: not every dialect takes a backslash before them. So
    does a bar at an edge: an asterisk that a template puts beside it would make a merge tag.
    """
    escaped = _MARKDOWN_MARKS.sub(r"\\\g<0>", text.replace("&", "&amp;"))
    escaped = escaped.replace("<", "&lt;").replace(">", "&gt;").replace("~~", "&#126;&#126;")
    return _BAR_AT_EDGE.sub("&#124;", _MARKDOWN_AT_START.sub(r"\1\\", escaped))


def markdown_link(url: str) -> str:
    """Return a link's URL as a CommonMark destination, in angle brackets where it needs them."""
    kept = _ENTITY.sub("&amp;", url)
    return f"<{kept}>" if _ENDS_A_DESTINATION.search(kept) else kept


def yaml_text(text: str) -> str:
    """Return *text* as a double-quoted YAML scalar that does no harm if read as Markdown.

    Not every program knows front matter: what could open a link or a tag is written as an escape.
    """
    quoted = json.dumps(text, ensure_ascii=False)
    return _MARKUP_IN_YAML.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)


def header(text: str) -> str:
    """Return *text* as a header's value of at most 300 characters.

    The standard library decodes an encoded word in a value that it is given, line breaks and all,
    and so lets a title add headers (CVE-2024-6923): `=?` must not stay.
    """
    return plain(text).replace("=?", "= ?")[:_HEADER_LIMIT].rstrip()


def shortened(text: str, limit: int) -> str:
    """Return the first whole words of *text* that fit into *limit* characters, with an ellipsis.

    A word that alone takes most of the room is cut.
    """
    if len(text) <= limit:
        return text
    head, _, _ = text[:limit].rpartition(" ")
    if len(head) < limit // 2:
        head = text[: limit - 1].rstrip("\N{ZERO WIDTH JOINER}")
    return head.rstrip(" ,;:.") + "…"


def ended(text: str) -> str:
    """Return the full stop that *text* lacks, "" if it ends with a stop: for text that goes on."""
    last = text.rstrip(_CLOSING)
    if last.endswith(_STOPS):
        return ""
    return "。" if "\u3041" <= last[-1:] <= "\u9fff" else "."


def direction(text: str) -> str:
    """Return "rtl" or "ltr" after the first letter that has a direction (Unicode UAX 9, P2)."""
    for character in text:
        match unicodedata.bidirectional(character):
            case "L":
                return "ltr"
            case "R" | "AL":
                return "rtl"
    return "ltr"
