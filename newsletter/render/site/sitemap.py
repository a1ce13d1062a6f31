"""Writes the map of the site for search engines (sitemaps.org, 0.9)."""

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from lxml import etree

from newsletter.model.issue import Glance
from newsletter.render.safe import below
from newsletter.render.site.channels import changed_at, moment

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_RESERVED = "%:/?#[]@!$&'()*+,;=~"  # what a URL is written with (RFC 3986, 2.2): it stays


def sitemap(issues: Sequence[Glance]) -> bytes:
    """Return `sitemap.xml`: the archive and each of *issues*, below the URL of the first of them.

    There is at least one, and that one has a URL. Addresses are percent-encoded, as the protocol
    wants them.
    """
    urls = etree.Element(f"{{{_SITEMAP}}}urlset", nsmap={None: _SITEMAP})
    for address, changed in _places(issues):
        url = etree.SubElement(urls, f"{{{_SITEMAP}}}url")
        etree.SubElement(url, f"{{{_SITEMAP}}}loc").text = quote(address, safe=_RESERVED)
        etree.SubElement(url, f"{{{_SITEMAP}}}lastmod").text = changed
    return etree.tostring(urls, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _places(issues: Sequence[Glance]) -> Iterator[tuple[str, str]]:
    site = issues[0].masthead.url
    yield below(site, "index.html") or "", moment(max(changed_at(one) for one in issues))
    for one in issues:
        yield below(site, f"{one.id}/index.html") or "", moment(changed_at(one))
