"""Expat's events straight into feedparser's handlers: no SAX between, nothing looked up twice."""

import re
from collections.abc import Callable
from typing import Any, NamedTuple
from xml.parsers import expat

from feedparser.html import _cp1252
from feedparser.urls import _urifixer, _urljoin, make_safe_absolute_uri

from newsletter.errors import ParseError

_PIECE = 1 << 16  # characters handed over at a time
_MOST_ATTRIBUTES = 500  # of one element
_MOST_KNOWN = 1_000  # elements by name; a feed has some thirty
_BETWEEN = " "  # an element's namespace, local name and prefix; no URI that expat takes holds it
_OF_THE_REST = frozenset("xml:base base xml:lang lang".split())  # what counts for all inside
_ROOTS = frozenset({"feed", "rss"})
_IN_TEXT_INPUT = frozenset("title link description name".split())
_IN_IMAGE = frozenset("title link description url href width height".split())
_LOWERED = frozenset({"rel", "type"})
_KEPT_OTHERWISE = frozenset({"category", "tags", "itunes_keywords"})
_DIVS = frozenset({"xhtml:div", "div"})
_XHTML = "application/xhtml+xml"
_OWN_NAMESPACES = {
    "math": "http://www.w3.org/1998/Math/MathML",
    "svg": "http://www.w3.org/2000/svg",
}
_AS_REFERENCE = re.compile("&([A-Za-z0-9_]+);")  # "?a=1&b;": a URL's "&b" taken for one
_CONTROLS = re.compile(f"[{''.join(map(chr, _cp1252))}]")


class _Known(NamedTuple):
    """What an element's tag comes to: its name without namespace, and who takes it."""

    name: str
    start: Callable[[Any, dict[str, str]], None] | None
    end: Callable[[Any], None] | None
    ends_text_input: bool
    ends_image: bool


def western(text: str) -> str:
    """Return *text* with control characters read as Windows-1252 where they stand for a letter.

    What `str.translate` does with feedparser's table, which costs an exception for each character
    that is not in it.
    """
    if text.isascii() or not _CONTROLS.search(text):
        return text
    return _CONTROLS.sub(lambda control: _cp1252[ord(control[0])], text)


def _reaches_inside(attrs: dict[str, str]) -> bool:
    """Tell whether an element's attributes say something of what is inside of it."""
    return "xmlns" in "".join(attrs) or not _OF_THE_REST.isdisjoint(attrs)


def _read_once(text: str) -> str:
    """Return *text* as it was before somebody took its UTF-8 for Latin-1."""
    try:
        return text.encode("iso-8859-1").decode("utf-8")
    except UnicodeError:
        return text


class Direct:
    """What feedparser's strict parser does per element and text, in half the time.

    To be inherited from before `StrictFeedParser`. Whatever is not the plain case, markup within
    a text above all, is left to feedparser. The stacks are feedparser's, and so are its oddities.
    """

    decls: dict[str, str]  # feedparser's: what the next element declares

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._tags: dict[str, tuple[str, str]] = {}
        self._handlers: dict[str, _Known] = {}
        self._settled = ""

    def read(self, content: bytes) -> str:
        """Read a document; return why it is not well-formed, in expat's words, "" where it is."""
        reader = expat.ParserCreate(None, _BETWEEN)
        reader.namespace_prefixes = True
        reader.buffer_text = True
        reader.buffer_size = _PIECE
        reader.StartElementHandler = self._opened
        reader.EndElementHandler = self._closed
        reader.CharacterDataHandler = self.handle_data  # type: ignore[attr-defined] # feedparser's
        reader.StartNamespaceDeclHandler = self.startPrefixMapping  # type: ignore[attr-defined]
        reader.ExternalEntityRefHandler = lambda *_: 1  # taken for read, and not read
        reader.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE)
        try:
            reader.Parse(content, True)
        except expat.ExpatError as error:
            return expat.ErrorString(error.code)
        return ""

    def track_namespace(self: Any, prefix: str | None, uri: str) -> None:
        """Note what a prefix stands for from here on."""
        # Many entries declare again what is declared already.
        name = self._matchnamespaces.get(uri.lower(), prefix or "")
        before = self.namespacemap.get(prefix), self.namespaces_in_use.get(name)
        super().track_namespace(prefix, uri)  # type: ignore[misc] # feedparser's
        if before != (self.namespacemap.get(prefix), self.namespaces_in_use.get(name)):
            self._tags.clear()
            self._handlers.clear()

    def _opened(self: Any, name: str, attrs: dict[str, str]) -> None:
        if len(attrs) > _MOST_ATTRIBUTES:
            raise ParseError(f"gives an element {len(attrs):,} attributes, as attacks do")
        tag, xmlns = self._tags.get(name) or self._tag_of(name)
        if attrs or xmlns or self.decls:
            attrs = self._attributes(xmlns, attrs)
        if self.incontent or tag in _ROOTS or (attrs and _reaches_inside(attrs)):
            self.unknown_starttag(tag, list(attrs.items()))
            return
        self.count_element()
        self.depth += 1
        if self.baseuri != self._settled:
            self._settled = make_safe_absolute_uri(self.baseuri, self.baseuri) or self.baseuri
            self.baseuri = self._settled
        self.basestack.append(self.baseuri)
        self.langstack.append(self.lang)
        for lowered in _LOWERED.intersection(attrs):
            attrs[lowered] = attrs[lowered].lower()
        self._start(self._handlers.get(tag) or self._handler_of(tag), attrs)

    def _start(self: Any, known: _Known, attrs: dict[str, str]) -> None:
        if known.ends_text_input:
            self.intextinput = 0
        if known.ends_image:
            self.inimage = 0
        if known.start:
            try:
                known.start(self, attrs)
            except AttributeError:  # so does feedparser: an element that stands where it cannot
                pass
            else:
                return
        if attrs:
            self._get_context()[known.name] = attrs
        else:
            self.push(known.name, 1)

    def _closed(self: Any, name: str) -> None:
        tag, _ = self._tags.get(name) or self._tag_of(name)
        if self.svgOK:
            self.unknown_endtag(tag)
            return
        known = self._handlers.get(tag) or self._handler_of(tag)
        if known.end:
            try:
                known.end(self)
            except AttributeError:
                self.pop(known.name)
        else:
            self.pop(known.name)
        if self.incontent:
            kind = self.contentparams.get("type", "xml")
            if not kind.endswith("xml"):
                if tag in _DIVS:
                    return
                kind = self.contentparams["type"] = _XHTML
            if kind == _XHTML:
                self.handle_data(f"</{tag.split(':')[-1]}>", escape=0)
        self._leave()

    def _leave(self: Any) -> None:
        if self.basestack:
            self.basestack.pop()
            if self.basestack and self.basestack[-1]:
                self.baseuri = self.basestack[-1]
        if self.langstack:
            self.langstack.pop()
            if self.langstack:
                self.lang = self.langstack[-1]
        self.depth -= 1

    def pop(self: Any, element: str, strip_whitespace: int = 1) -> Any:
        """Take the innermost element's text away and keep it; as feedparser's, for plain text."""
        params = self.contentparams
        if params.get("base64") or params.get("type") == _XHTML or not strip_whitespace:
            return super().pop(element, strip_whitespace)  # type: ignore[misc] # feedparser's
        stack = self.elementstack
        if not stack or stack[-1][0] != element:
            return None
        _, is_text, pieces = stack.pop()
        text = (pieces[0] if len(pieces) == 1 else "".join(pieces)).strip()
        if not is_text:
            return text
        if text and element in self.can_be_relative_uri and (element != "id" or self.guidislink):
            text = self.resolve_uri(text)
        if params:
            if params.get("type") == "text/plain" and not self.version.startswith("atom"):  # noqa: SIM102
                if ("<" in text or "&" in text) and self.looks_like_html(text):
                    params["type"] = "text/html"
            params.pop("mode", None)
            params.pop("base64", None)
        if not text.isascii():
            text = western(_read_once(text))
        is_second_title = element == "title" and -1 < self.title_depth <= self.depth
        if element not in _KEPT_OTHERWISE and not is_second_title:
            if self.inentry and not self.insource:
                self._keep_of_entry(element, text)
            elif self.infeed or self.insource:
                self._keep_of_feed(element, text)
        return text

    def _keep_of_entry(self: Any, element: str, text: str) -> None:
        entry = self.entries[-1]
        if element == "content":
            entry.setdefault("content", []).append({**self.contentparams, "value": text})
            return
        if element == "link":
            if not self.inimage:
                entry["link"] = text = _AS_REFERENCE.sub(r"&\1", text.replace("&amp;", "&"))
                if text:
                    entry["links"][-1]["href"] = text
            return
        if element == "description":
            element = "summary"
        depths = self.property_depth_map.setdefault(entry, {})
        if self.depth <= depths.get(element, self.depth):
            depths[element] = self.depth
            entry[element] = text
        if self.incontent:
            entry[f"{element}_detail"] = {**self.contentparams, "value": text}

    def _keep_of_feed(self: Any, element: str, text: str) -> None:
        context = self._get_context()
        if element == "description":
            element = "subtitle"
        context[element] = text
        if element == "link":
            context["link"] = text = _AS_REFERENCE.sub(r"&\1", text)
            context["links"][-1]["href"] = text
        elif self.incontent:
            context[f"{element}_detail"] = {**self.contentparams, "value": text}

    def resolve_uri(self: Any, uri: str) -> str:
        """Return *uri* made absolute where the document says against what."""
        if self.baseuri:
            return str(_urljoin(self.baseuri, uri))
        return _urifixer.sub(r"\1\3", uri) if ":///" in uri else uri

    def _tag_of(self: Any, name: str) -> tuple[str, str]:
        """Return the tag that feedparser gives an element, and the namespace that it notes."""
        namespace, local, *_ = name.split(_BETWEEN) if _BETWEEN in name else ("", name)
        local = local.lower()
        prefix = self._matchnamespaces.get(namespace.lower())
        if namespace and not prefix:
            named = (one for one, uri in self.namespaces_in_use.items() if one and uri == namespace)
            prefix = next(named, None)
        noted = namespace if namespace and _OWN_NAMESPACES.get(local) == namespace else ""
        found = (f"{prefix}:{local}".lower() if prefix else local), noted
        if len(self._tags) >= _MOST_KNOWN:
            self._tags.clear()
        self._tags[name] = found
        return found

    def _handler_of(self: Any, tag: str) -> _Known:
        prefix, colon, suffix = tag.partition(":")
        if not colon:
            prefix, suffix = "", tag
        prefix = self.namespacemap.get(prefix, prefix)
        name = f"{prefix}_{suffix}" if prefix else suffix
        known = _Known(
            name=name,
            start=getattr(type(self), f"_start_{name}", None),
            end=getattr(type(self), f"_end_{name}", None),
            ends_text_input=not prefix and tag not in _IN_TEXT_INPUT,
            ends_image=not prefix and tag not in _IN_IMAGE,
        )
        if len(self._handlers) >= _MOST_KNOWN:
            self._handlers.clear()
        self._handlers[tag] = known
        return known

    def _attributes(self: Any, xmlns: str, attrs: dict[str, str]) -> dict[str, str]:
        found: dict[str, str]
        found, self.decls = self.decls, {}
        if xmlns:
            found["xmlns"] = xmlns
        split = [(name.split(_BETWEEN), value) for name, value in attrs.items()]
        if _BETWEEN in "".join(attrs):
            for (space, *names), value in split:
                known = self._matchnamespaces.get(space.lower()) if names else ""
                local = names[0] if names else space
                found[f"{known}:{local}".lower() if known else local.lower()] = value
        # As they are written comes last: "url" is not what a stranger's "x:url" says.
        for parts, value in split:
            name = f"{parts[2]}:{parts[1]}" if len(parts) > 2 else parts[-1]
            found[name.lower()] = value
        return found
