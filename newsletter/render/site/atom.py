"""Writes the newsletter's Atom feed (RFC 4287)."""

from lxml import etree

from newsletter.render.site.channels import Channel, Item, moment

_ATOM = "http://www.w3.org/2005/Atom"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def atom(channel: Channel) -> bytes:
    """Return `feed.xml`: full text as HTML, links where they are known."""
    feed = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})
    feed.set(_LANG, channel.language)
    _text(feed, "id", channel.id)
    _text(feed, "title", channel.title)
    if channel.description:
        _text(feed, "subtitle", channel.description)
    _text(feed, "updated", moment(channel.updated))
    author = _element(feed, "author")
    _text(author, "name", channel.author)
    if channel.home_url:
        _text(author, "uri", channel.home_url)
    _text(feed, "generator", "Newsletter")
    _link(feed, "self", channel.atom_url, "application/atom+xml")
    _link(feed, "alternate", channel.home_url, "text/html")
    for item in channel.items:
        _entry(feed, item, channel.language)
    return etree.tostring(feed, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _entry(feed: etree._Element, item: Item, language: str) -> None:
    entry = _element(feed, "entry")
    if item.language != language:
        entry.set(_LANG, item.language)
    _text(entry, "id", item.id)
    _text(entry, "title", item.title)
    _link(entry, "alternate", item.url, "text/html")
    _text(entry, "published", moment(item.published))
    _text(entry, "updated", moment(item.updated))
    for tag in item.tags:
        _element(entry, "category").set("term", tag)
    if item.summary:
        _text(entry, "summary", item.summary)
    content = _text(entry, "content", item.html)
    content.set("type", "html")


def _link(parent: etree._Element, rel: str, url: str | None, kind: str) -> None:
    if url:
        link = _element(parent, "link")
        link.set("rel", rel)
        link.set("type", kind)
        link.set("href", url)


def _text(parent: etree._Element, name: str, text: str) -> etree._Element:
    element = _element(parent, name)
    element.text = text
    return element


def _element(parent: etree._Element, name: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{_ATOM}}}{name}")
