"""Feeds as an attacker, or a very bad day, would serve them; each with what must come of it."""

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import brotli
from backports import zstd
from servers import Asked, Talk, answer, says

_TAIL = b"</channel></rss>"
_MB = 1_000_000


@dataclass(frozen=True)
class Case:
    """One hostile feed: how it talks, and what the editor may read of it.

    `outcome` holds words of the reason, or several of which one must stand there, between bars;
    nothing between two bars, or at all, is a feed that is read, however odd it is.
    """

    name: str
    talk: Talk
    outcome: str = ""

    def allows(self, reason: str) -> bool:
        """Tell whether *reason* ("" of a feed that was read) is what must come of it."""
        allowed = self.outcome.split("|")
        return any(bool(words) == bool(reason) and words in reason for words in allowed)


def feed(*items: bytes, doctype: bytes = b"", rss: bytes = b"<rss>") -> bytes:
    """Return an RSS document of *items*."""
    head = b'<?xml version="1.0"?>' + doctype + rss + b"<channel><title>F</title>"
    return head + b"".join(b"<item>%b</item>" % item for item in items) + _TAIL


def entry(**fields: bytes) -> bytes:
    """Return the inside of an item; a title, a link and a text unless *fields* say otherwise."""
    whole = {
        "title": b"Harbour opens at night",
        "link": b"https://harbour.example/night",
        "description": b"Ships may enter until two.",
    } | fields
    return b"".join(
        b"<%b>%b</%b>" % (key.encode(), value, key.encode()) for key, value in whole.items()
    )


def xml(body: bytes) -> Talk:
    """Return a talk that serves *body* as a feed."""
    return says(answer(body, headers="Content-Type: application/xml"))


def packed(coding: str, body: bytes) -> Talk:
    """Return a talk that serves *body*, which is packed as *coding* already."""
    return says(answer(body, headers=f"Content-Encoding: {coding}"))


def to(location: str) -> Talk:
    """Return a talk that redirects to *location*."""
    return says(answer(status="302 Found", headers=f"Location: {location}"))


def cases(*, large: bool) -> Iterator[Case]:
    """Yield all cases; those that take long to make, and much memory, only where *large*."""
    yield from _entities()
    yield from _bombs(_MB * (300 if large else 20))
    if large:
        yield from _sizes()
    yield from _shapes()
    yield from _waits()
    yield from _redirects()
    yield from _wire()
    yield from _texts()
    yield from _fields()


def _entities() -> Iterator[Case]:
    entities = "entities"
    quadratic = b'<!DOCTYPE r [<!ENTITY a "' + b"a" * 50_000 + b'">]>'
    modest = b'<!DOCTYPE r [<!ENTITY a "' + b"a" * 990 + b'">]>'
    laughs = b"<!DOCTYPE r [<!ENTITY a0 'ha'>" + b"".join(
        b"<!ENTITY a%d '%b'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10)
    )
    many = b"&a;" * 20_000
    yield Case("quadratic entities", xml(feed(entry(title=many), doctype=quadratic)), entities)
    yield Case("many small entities", xml(feed(entry(title=many), doctype=modest)), "|entities")
    yield Case(
        "billion laughs", xml(feed(entry(title=b"&a9;"), doctype=laughs + b"]>")), "|entities"
    )


def _bombs(size: int) -> Iterator[Case]:
    zeros, large = bytes(size), "larger than"
    once = gzip.compress(zeros, 1)
    yield Case("gzip bomb", packed("gzip", once), large)
    yield Case("deflate bomb", packed("deflate", zlib.compress(zeros, 1)), large)
    yield Case("brotli bomb", packed("br", brotli.compress(zeros, quality=1)), large)
    yield Case("zstd bomb", packed("zstd", zstd.compress(zeros, 1)), large)
    yield Case(
        "gzip bomb packed twice", packed("gzip, gzip", gzip.compress(once)), f"{large}|gzip, gzip"
    )


def _sizes() -> Iterator[Case]:
    """Yield feeds beyond, and just below, the largest size that is read."""
    large = "larger than"
    yield Case("million entries", xml(feed(*[b"<title>x</title>"] * 1_000_000)), large)
    tiny = [b"<title>x</title>"] * 450_000
    yield Case("as many entries as fit", xml(feed(*tiny)), "|took longer|memory")
    yield Case("50 MB entry", xml(feed(entry(description=b"word " * (10 * _MB)))), large)
    yield Case("14 MB entry", xml(feed(entry(description=b"word " * (28 * _MB // 10)))))
    markup = b"&lt;p&gt;word&lt;/p&gt;" * (13 * _MB // 23)
    yield Case(
        "14 MB of paragraphs",
        xml(feed(entry(description=markup))),
        "|took longer|memory",
    )


def _shapes() -> Iterator[Case]:
    deep = b"<a>" * 200_000 + b"</a>" * 200_000
    yield Case("deep nesting", xml(feed(deep)), "deep|damaged|took longer")
    escaped = b"&lt;div&gt;" * 200_000
    yield Case("deep nesting in a text", xml(feed(entry(description=escaped))))
    yield Case("32 kB author", xml(feed(entry(author=b"a@" * 16_000))))
    yield Case(
        "long attribute", xml(feed(b'<enclosure url="https://a.example/%b"/>' % (b"x" * _MB)))
    )
    attributes = b" ".join(b'a%d="1"' % n for n in range(50_000))
    yield Case("50,000 attributes", xml(feed(b"<title %b>x</title>" % attributes)), "attributes")
    spaces = b" ".join(b'xmlns:n%d="urn:%d"' % (n, n) for n in range(20_000))
    yield Case("20,000 namespaces", xml(feed(entry(), rss=b"<rss %b>" % spaces)))
    yield Case("unclosed CDATA", xml(feed(b"<title><![CDATA[" + b"x<" * _MB)), "|damaged")
    yield Case("unclosed comment", xml(feed(entry()) + b"<!--" + b"-" * _MB), "|damaged")
    yield Case("unclosed doctype", xml(b"<!DOCTYPE " + b"[" * _MB), "no feed|damaged")
    yield Case("JSON nested deeply", xml(b"[" * _MB), "no feed|damaged|deep")
    json_feed = b'{"version":"https://jsonfeed.org/version/1.1","items":['
    yield Case("JSON Feed nested deeply", xml(json_feed + b"[" * _MB), "no feed|damaged|deep|JSON")
    yield Case("JSON of huge numbers", xml(json_feed + b'{"id":' + b"9" * _MB + b"}]}"))
    yield Case("nothing", xml(b""), "empty")
    yield Case("noise", xml(bytes(range(256)) * 400), "no feed|damaged")


def _waits() -> Iterator[Case]:
    late = "no answer within|broke off"

    def wait(connection: Any, asked: Asked) -> None:
        _until_hung_up(connection)

    def drip_head(connection: Any, asked: Asked) -> None:
        _drip(connection, b"HTTP/1.1 200 OK\r\nX: " + b"y" * 10_000)

    def drip_body(connection: Any, asked: Asked) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n")
        _drip(connection, b"<rss>" * 2_000)

    def endless(connection: Any, asked: Asked) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.sendall(b"<item/>" * 10_000)

    def interim(connection: Any, asked: Asked) -> None:
        while True:
            connection.sendall(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 100)

    yield Case("never answering", wait, late)
    yield Case("a byte at a time, headers", drip_head, late)
    yield Case("a byte at a time, body", drip_body, late)
    yield Case("endless body", endless, "larger than")
    yield Case("endless interim answers", interim, "no answer within|no HTTP|broke off")


def _drip(connection: Any, content: bytes) -> None:
    for place in range(len(content)):
        connection.sendall(content[place : place + 1])
        connection.settimeout(0.2)
        try:
            if not connection.recv(1):
                return
        except TimeoutError:
            continue


def _until_hung_up(connection: Any) -> None:
    connection.settimeout(60)
    connection.recv(1)


def _redirects() -> Iterator[Case]:
    def onward(connection: Any, asked: Asked) -> None:
        mark = "" if "?" in asked.target else "?"
        step = answer(status="301 Moved", headers=f"Location: {asked.target}{mark}1")
        connection.sendall(step)

    yield Case("redirect loop", to("?again"), "circle")
    yield Case("redirects without end", onward, "redirects more than")
    for scheme in (
        "file:///etc/passwd",
        "ftp://a.example/",
        "javascript:alert(1)",
        "data:,x",
        "gopher://a",
    ):
        yield Case(f"redirect to {scheme.split(':')[0]}", to(scheme), "neither http nor https")
    private = (
        "not on the public internet|no URL|name not found|unreachable|cannot be asked|No route"
    )
    for host in (
        "localhost:1", "127.0.0.1:1", "127.1:1", "2130706433:1", "0x7f000001:1", "0177.0.0.1:1",
        "[::1]:1", "[::ffff:127.0.0.1]:1", "0.0.0.0:1", "[::]:1", "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "127.0.0.1.:1", "169.254.169.254", "[fd00:ec2::254]", "100.100.100.200", "10.0.0.1",
        "192.168.1.1", "[fe80::1%25eth0]", "224.0.0.1", "a@127.0.0.1:1",
    ):  # fmt: skip
        yield Case(f"redirect to {host}", to(f"http://{host}/latest/meta-data"), private)


def _wire() -> Iterator[Case]:
    good = feed(entry())

    def reset(connection: Any, asked: Asked) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" + good[:50])
        connection.setsockopt(1, 13, b"\1\0\0\0\0\0\0\0")  # SO_LINGER 0: closing resets

    def flood(connection: Any, asked: Asked) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n" + b"X-Y: z\r\n" * 200_000 + b"\r\n" + good)

    broke, garbled = "broke off", "no HTTP|broke off|cannot be asked"
    ok = b"HTTP/1.1 200 OK\r\n"
    yield Case("reset in the middle", reset, "broke off|reset")
    yield Case(
        "longer than it says",
        says(ok + b"Content-Length: 20\r\n\r\n" + good),
        "|damaged|no feed|no HTTP",
    )
    yield Case("shorter than it says", says(ok + b"Content-Length: 99999\r\n\r\n" + good), broke)
    yield Case("negative length", says(ok + b"Content-Length: -5\r\n\r\n" + good), garbled)
    two = ok + b"Content-Length: 5\r\nContent-Length: 900\r\n\r\n"
    yield Case("two lengths", says(two + good), garbled)
    huge = ok + b"Content-Length: 99999999999\r\n\r\n"
    yield Case("says it is huge", says(huge + good), "larger than")
    chunks = ok + b"Transfer-Encoding: chunked\r\n\r\n"
    yield Case("chunks of nonsense", says(chunks + b"zz\r\n" + good), garbled)
    yield Case("a chunk beyond all size", says(chunks + b"f" * 30 + b"\r\n" + good), garbled)
    yield Case("a flood of headers", flood, garbled)
    yield Case(
        "a header of a megabyte", says(ok + b"X: " + b"y" * _MB + b"\r\n\r\n" + good), garbled
    )
    yield Case("no HTTP at all", says(b"SSH-2.0-OpenSSH_9.2\r\n"), garbled)
    yield Case("an answer without a status", says(b"HTTP/1.1 \r\n\r\n" + good), garbled)
    yield Case("plain though it says gzip", packed("gzip", good), "damaged|compression")
    yield Case("an unknown coding", packed("snappy", good), "snappy")
    yield Case("hangs up", says(b""), broke)
    tag = 'ETag: "' + "e" * 7_000 + '"'
    yield Case("a huge ETag", says(answer(good, headers=tag)))


def _texts() -> Iterator[Case]:
    words = "Überschwemmung am Hafen, größer als je zuvo"

    def document(encoding: str, declared: str) -> bytes:
        text = f'<?xml version="1.0" encoding="{declared}"?><rss version="2.0"><channel><item>'
        text += f"<title>{words}</title><link>https://harbour.example/flut</link></item></channel></rss>"
        return text.encode(encoding)

    latin = "Content-Type: application/xml; charset=iso-8859-1"
    yield Case(
        "wrong charset in the header", says(answer(document("utf-8", "utf-8"), headers=latin))
    )
    yield Case("wrong charset in the document", xml(document("iso-8859-1", "utf-8")))
    yield Case("charset that is none", xml(document("utf-8", "klingon")))
    yield Case("UTF-16 with a mark", xml(document("utf-16", "utf-16")))
    yield Case(
        "UTF-16 without a mark", xml(document("utf-16-le", "utf-16")), "|no feed|damaged|empty"
    )
    yield Case("UTF-32", xml(document("utf-32", "utf-32")), "|no feed|damaged|empty")
    yield Case("UTF-7", xml(document("utf-7", "utf-7")))
    yield Case(
        "NULs between the letters",
        xml(document("utf-8", "utf-8").replace(b"H", b"\0H")),
        "|damaged",
    )
    yield Case(
        "bytes that are no UTF-8", xml(feed(entry(title=b"Flood \xff\xfe\x80 rises"))), "|damaged"
    )


def _fields() -> Iterator[Case]:
    script = b"&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;"
    raw = b"<script>alert(1)</script><iframe src='//evil.example'></iframe>"
    raw = b"<![CDATA[%b<a href='javascript:x'>y</a>]]>" % raw
    fields = ("title", "link", "description", "author", "category", "guid", "pubDate", "comments")
    for kind, attack in (("escaped", script), ("in CDATA", raw)):
        yield Case(
            f"script in every field, {kind}", xml(feed(entry(**dict.fromkeys(fields, attack))))
        )
    media = (
        b'<media:thumbnail xmlns:media="http://search.yahoo.com/mrss/" url="javascript:alert(1)"/>'
    )
    yield Case("script for a picture", xml(feed(entry(link=b"javascript:alert(1)") + media)))
    yield Case("data: for a link", xml(feed(entry(link=b"data:text/html,x"))))
    yield Case(
        "line breaks in a title", xml(feed(entry(title=b"News&#13;&#10;Bcc: a@evil.example")))
    )
    word = b"News =?UTF-8?Q?=0D=0ABcc:_a@evil.example?="
    yield Case("an encoded word in a title", xml(feed(entry(title=word))))
    tags = b"Dear {{subscriber.name}} *|FNAME|* %%email%% ${7*7} #{7*7} [[x]]"
    yield Case("merge tags", xml(feed(entry(title=tags, description=tags))))
    jinja = b"{% for x in ''.__class__.__mro__ %}{{ x }}{% endfor %}"
    yield Case("template syntax", xml(feed(entry(title=jinja, description=jinja))))
    terminal = "\x9b31m \u202elive\u202c \u2066x\u2069".encode() + b"&#27;[2J&#7;"
    yield Case(
        "terminal escapes and overrides",
        xml(feed(entry(title=terminal, author=terminal))),
        "|damaged",
    )
    homograph = "https://аррӏе.example/сlick".encode()
    yield Case("a homograph for a link", xml(feed(entry(link=homograph))))
    path = b"../../../../etc/passwd"
    yield Case("a path for an id", xml(feed(entry(guid=path, link=path))))
    for year in (b"0001", b"0000", b"1969", b"2999", b"9999", b"99999"):
        date = b"%b-01-01T00:00:00Z" % year
        yield Case(f"dated {year.decode()}", xml(feed(entry(pubDate=date))))
    offset = b"Mon, 01 Jan 0001 00:00:00 +2359"
    yield Case("dated before the calendar", xml(feed(entry(pubDate=offset))))
    yield Case("no field at all", xml(feed(b"", b"", b"")))
    yield Case("empty fields", xml(feed(entry(title=b"", link=b"", description=b""))))
    external = b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    yield Case(
        "a file for an entity", xml(feed(entry(title=b"&x; root"), doctype=external)), "|entit"
    )
    remote = b'<!DOCTYPE r SYSTEM "http://127.0.0.1:1/evil.dtd">'
    yield Case("a remote DTD", xml(feed(entry(), doctype=remote)))
