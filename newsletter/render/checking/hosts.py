"""Hosts that links should not lead to: forwarders, private ones, and those that disguise."""

import re
import unicodedata
from enum import Enum
from ipaddress import ip_address
from urllib.parse import urlsplit

from newsletter.text.urls import host_of, registrable_domain

# Public shorteners, of which nobody can see where they lead.
_SHORTENERS = frozenset(
    "bit.ly buff.ly cutt.ly dlvr.it fb.me flip.it goo.gl ift.tt is.gd lnkd.in ow.ly rb.gy"
    " rebrand.ly shorturl.at smarturl.it soo.gd t.co t.ly tiny.cc tinyurl.com trib.al v.gd"
    " wp.me".split()
)
# Hosts that only count and forward: of feeds, of mail services, of search engines.
_REDIRECTORS = frozenset(
    "feedproxy.google.com feeds.feedburner.com rss.feedsportal.com go.redirectingat.com"
    " click.linksynergy.com out.reddit.com l.facebook.com lm.facebook.com l.instagram.com"
    " redirect.viglink.com shareasale.com awin1.com news.google.com".split()
)
_REDIRECTOR_DOMAINS = frozenset(
    "list-manage.com sendgrid.net mailchi.mp hubspotlinks.com klclick.com exct.net mjt.lu"
    " rs6.net cmail19.com cmail20.com createsend1.com awstrack.me feedsportal.com"
    " doubleclick.net pxf.io anrdoezrs.net dpbolvw.net jdoqocy.com kqzyfj.com tkqlhce.com".split()
)
_REDIRECTING_PATHS = re.compile(
    r"//(?:www\.)?google\.[a-z.]+/url\?|//(?:www\.)?youtube\.com/redirect"
)
_PRIVATE = re.compile(r"(?:^|\.)(?:localhost|local|localdomain|internal|intranet|lan|home\.arpa)$")
# Cyrillic and Greek letters that print like Latin ones.
_LATIN_LIKE = frozenset("асԁеһіјӏорԛѕԝхуυοανρκιτ")


class HostFault(Enum):
    """What can be wrong with a link's host."""

    UNSAFE = "unsafe"
    LOOK_ALIKE = "look-alike"


def is_shortener(host: str) -> bool:
    """Tell whether *host* is a public shortener."""
    return host.removeprefix("www.") in _SHORTENERS


def is_redirector(url: str) -> bool:
    """Tell whether *url* is that of a service that counts readers and forwards them."""
    host = host_of(url)
    return (
        host in _REDIRECTORS
        or registrable_domain(url) in _REDIRECTOR_DOMAINS
        or bool(_REDIRECTING_PATHS.search(url))
    )


def is_at(url: str, host: str) -> bool:
    """Tell whether *url* and *host* belong to one registrable domain."""
    return registrable_domain(url) == registrable_domain(f"https://{host}")


def fault_of(url: str, kind: HostFault) -> str:
    """Return in words what is wrong with the host of *url*, "" if nothing of that kind is."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"}:
        return ""
    if kind is HostFault.UNSAFE:
        return "it holds a user name" if "@" in parts.netloc else _private(host)
    return next((said for label in host.split(".") if (said := _disguise(label, host))), "")


def readable(host: str) -> str:
    """Return *host* in the letters that people read, beside those of machines if they differ."""
    shown = ".".join(_decoded(label) for label in host.split("."))
    return host if shown == host else f"{shown} ({_machine(host)})"


def _private(host: str) -> str:
    try:
        return "" if ip_address(host).is_global else f"{host} is a private address"
    except ValueError:
        pass
    if not host or _PRIVATE.search(host) or "." not in host:
        return f"{host or 'it'} is no public host"
    return ""


def _disguise(label: str, host: str) -> str:
    letters = [one for one in _decoded(label) if one.isalpha()]
    scripts = {unicodedata.name(one, "").partition(" ")[0] for one in letters}
    foreign = scripts & {"CYRILLIC", "GREEK"}
    if foreign and "LATIN" in scripts:
        return f"{readable(host)} mixes scripts"
    if foreign and all(one in _LATIN_LIKE for one in letters):
        return f"{readable(host)} reads like Latin letters"
    return ""


def _decoded(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError, OverflowError):
        return label


def _machine(host: str) -> str:
    return ".".join(
        label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")
        for label in host.split(".")
    )
