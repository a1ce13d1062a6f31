"""Small feeds in every dialect, and what hostile hands make of them."""

import random
from collections.abc import Iterator

RSS_091 = """<?xml version="1.0"?>
<rss version="0.91"><channel><title>Ledger</title><language>en-gb</language>
<item><title>Rain over Velsum</title><link>https://ledger.example/rain</link>
<description>It rained.</description></item></channel></rss>"""
RSS_092 = RSS_091.replace("0.91", "0.92")
RSS_20 = RSS_091.replace("0.91", "2.0")
RSS_10 = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="https://ledger.example/"><title>Ledger</title></channel>
<item rdf:about="https://ledger.example/rain"><title>Rain over Velsum</title>
<link>https://ledger.example/rain</link><description>It rained.</description></item></rdf:RDF>"""
ATOM_10 = """<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Ledger</title><id>tag:ledger.example,2026:1</id>
<entry><title>Rain over Velsum</title><link href="https://ledger.example/rain"/>
<id>tag:ledger.example,2026:rain</id><summary>It rained.</summary></entry></feed>"""
ATOM_03 = ATOM_10.replace("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#").replace(
    "<feed", '<feed version="0.3"'
)
JSON_11 = """{"version": "https://jsonfeed.org/version/1.1", "title": "Ledger", "items": [
{"id": "rain", "url": "https://ledger.example/rain", "title": "Rain over Velsum",
"content_text": "It rained.", "image": "https://ledger.example/rain.jpg", "tags": ["weather"],
"authors": [{"name": "Jo Tamm"}], "date_published": "2026-11-15T18:00:00Z"}]}"""
JSON_10 = JSON_11.replace("1.1", "1").replace('"authors": [', '"author": ').replace("}],", "},")
RICH = """<?xml version="1.0" encoding="utf-8"?><!DOCTYPE rss [<!ENTITY port "harbour">]>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"
 xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xml:base="https://ledger.example/a/"
 xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" xml:lang="en">
<channel><title>Ledger &amp; Tide</title><!-- a note --><image><url>logo.png</url></image>
<item><title><![CDATA[Rain & wind]]></title><link>rain?a=1&amp;b=2</link>
<guid isPermaLink="false">r-1</guid><pubDate>Sun, 15 Nov 2026 7:05 PM EST</pubDate>
<dc:creator>Jo Tamm</dc:creator><author>jo@ledger.example (Jo Tamm)</author>
<category>Weather</category><media:group><media:content url="rain.jpg" medium="image" width="800"/>
</media:group><enclosure url="rain.mp3" type="audio/mpeg" length="1"/>
<itunes:image href="cover.png"/><feedburner:origLink>https://ledger.example/o</feedburner:origLink>
<content:encoded><![CDATA[<p>It rained over the &port;.</p><img src="x.png">]]></content:encoded>
</item><item><title>Second &#38; last</title><source url="https://tide.example/f">Tide</source>
<description>&lt;p&gt;Text &amp;amp; more&lt;/p&gt;</description></item></channel></rss>"""
XHTML = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title type="html">Tide</title>
<entry xml:base="b/"><id>urn:1</id><author><name>Jo</name><email>jo@tide.example</email></author>
<link rel="alternate" href="one"/><link rel="enclosure" type="image/png" href="p.png"/>
<updated>2026-11-15T18:00:00+01:00</updated><category term="x" label="Rain"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Es <b>regnet</b>.</p></div>
</content></entry></feed>"""
PAGE = """<!DOCTYPE html><html><head><base href="/b/"><title>Ledger</title>
<link rel="alternate" type="application/rss+xml" title="All" href="feed.xml">
</head><body>Rain</body></html>"""

SAMPLES = tuple(
    text.encode(coding)
    for text, coding in (
        *((one, "utf-8") for one in (RSS_091, RSS_092, RSS_20, RSS_10, ATOM_03, ATOM_10)),
        *((one, "utf-8") for one in (JSON_10, JSON_11, RICH, XHTML, PAGE)),
        (RSS_20.replace('<?xml version="1.0"?>', ""), "utf-16"),
        (ATOM_10.replace('1.0"?>', '1.0" encoding="iso-8859-1"?>'), "iso-8859-1"),
    )
)
# What faults are made of: pieces of markup, of JSON, of dates and encodings, out of their places.
PIECES = tuple(
    piece.encode("utf-8", "surrogatepass")
    for piece in (
        "<item>", "</item>", "<entry>", "</entry>", "<item/>", "<title>", "</title>", "<link>",
        "<link href='http://[::1'/>", "<guid isPermaLink='x'>", "<pubDate>", "<author>a@b (",
        "<a ", "<width/>", "<image>", "<svg>", "</svg>", "<content type='base64'>",
        "<content type='xhtml'>", "<media:content url='x' medium='image' width='9e9'/>",
        "<media:thumbnail/>", "<category/>", "<source url='http://['>",
        "<enclosure url='x' type='image/png'/>", "<cloud/>", "<textinput>", "<itunes:image/>",
        "<media:rating>", "<media:credit/>", "<psc:chapter/>", "<georss:point>",
        "<dcterms:valid>start=x", "<language>", "xml:base='//[::'", "xml:lang=''", "xmlns='x'",
        "xmlns:media='y'", "<!--", "-->", "<![CDATA[", "]]>", "<?", "?>", "<!DOCTYPE x [",
        "<!ENTITY x 'y'>", "]>", "&x;", "&port;", "&#0;", "&#xD800;", "&#x110000;",
        "&#99999999999;", "&nbsp;", "&", ";", "<", ">", '"', "'", "/", "=", "\x00", "\x0b",
        "\u202e", "\ufeff", "\ufdd0", "\ud800", "é", "\U0001f327", "\n", " ", "{", "}", "[", "]",
        ",", ":", "null", "1e999", "-0", "NaN", "\\ud800", "\\u0000", '"items"', '"id": 7',
        '"content_html": "<p>"', "99", "Nov", "24:00", "+9999", "0001", "9999", "31/12/2026",
        "javascript:alert(1)", "data:text/html,x", "<script>alert(1)</script>",
        "<img src=x onerror=y>", "https://news.google.com/rss/articles/CBMiAB",
        "https://www.google.com/url?q=http://[", "%", "%zz", "encoding='utf-7'",
        "encoding='punycode'", "encoding='utf-16'", "\xff\xfe",
    )
)  # fmt: skip


def mutations(seed: int) -> Iterator[bytes]:
    """Yield documents without end that began as feeds, the same ones for the same *seed*."""
    dice = random.Random(seed)
    while True:
        document = bytearray(dice.choice(SAMPLES))
        for _ in range(dice.randint(1, 8)):
            _fault(document, dice)
        yield bytes(document[:200_000])


def _fault(document: bytearray, dice: random.Random) -> None:
    start = dice.randrange(len(document) + 1)
    end = min(len(document), start + dice.choice((0, 1, 1, 5, 30, 200)))
    match dice.randrange(7):
        case 0:
            del document[start:end]
        case 1:
            document[start:end] = dice.choice(PIECES)
        case 2:
            document[start:start] = dice.choice(PIECES) * dice.choice((1, 2, 50, 2_000))
        case 3:
            document[start:end] = document[start:end] * dice.choice((2, 20, 300))
        case 4:
            document[start:end] = dice.randbytes(end - start)
        case 5:
            other = dice.choice(SAMPLES)
            cut = dice.randrange(len(other))
            document[start:end] = other[cut : cut + dice.choice((10, 100, 1_000))]
        case 6 if document:
            document[start % len(document)] ^= 1 << dice.randrange(8)
