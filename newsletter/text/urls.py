"""URLs: which ones are safe to print, when two mean one page, and whose they are."""

import re
from functools import cache, lru_cache
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

from publicsuffixlist import PublicSuffixList
from w3lib.url import canonicalize_url

# Parameters that say how a reader came, never what she reads.
_TRACKING = re.compile(
    r"utm_.+|mc_[ce]id|fbclid|gclid|dclid|msclkid|yclid|igshid|mkt_tok|oly_(?:anon|enc)_id"
    r"|_hs(?:enc|mi)|vero_(?:id|conv)|wickedid|cmpid|ref_src|ref_url|sref|spm|ncid|ocid|smid"
    r"|at_(?:campaign|medium|custom\d)|ns_(?:campaign|mchannel|source|linkname|fee)|WT\.mc_id"
    r"|__twitter_impression|guccounter|guce_referrer(?:_sig)?|ftag|partner|rss|feed(?:name|type)?",
    re.IGNORECASE,
)
_UNSAFE = re.compile(
    r"[\x00-\x20\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_UNQUOTED = re.compile('[ "<>`]')  # no URL holds them bare (RFC 3986, appendix A)
# Browsers read a backslash as a slash: "evil.example\\.good.example" is a page of evil.example.
_NO_HOST = re.compile(r"[\\\s]")
_SLASHES = re.compile("/{2,}")
_DEFAULT_PAGES = re.compile(r"(?:/(?:(?:index|default)\.(?:html?|php|aspx?))?)+$", re.IGNORECASE)
_MAX_LENGTH = 2000  # longer ones break in mail clients and proxies; no page needs them
_PLAIN = re.compile(
    r"https?://[A-Za-z0-9.-]+(?:/[\w%&=+.,:@!$*()~/-]*)?(?:\?[\w%&=+.,:@!$*()~/?-]+)?"
    r"(?:#[\w%&=+.,:@!$*()~/?-]+)?",
    re.ASCII,
)
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"]*[^\s<>\"'.,:;)]", re.IGNORECASE)
# Of these nothing needs to be escaped, unescaped, sorted or left out.
_CANONICAL = re.compile(r"https?://([a-z0-9.-]+)((?:/(?!\.)[A-Za-z0-9._~-]*)*)")


@lru_cache(maxsize=2_000)  # an article's is asked for several times
def canonical_url(url: str) -> str:
    """Return the form in which all URLs of one page are equal. Idempotent; not for linking.

    Scheme, `www.`, default port, fragment, tracking parameters, order of parameters, a default
    page's name and a final slash make no difference. What is no URL comes back stripped.
    """
    text = url.strip()
    plain = _CANONICAL.fullmatch(text)
    if plain:
        host, path = plain[1].rstrip("."), plain[2]
        if host:
            return f"https://{_bare(host)}{_shortest(path)}"
    try:
        parts = urlsplit(canonicalize_url(text))
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return text
    host = _bare(host)
    if parts.scheme not in {"http", "https"} or not host:
        return text
    if ":" in host:
        host = f"[{host}]"
    if port and port not in {80, 443}:
        host = f"{host}:{port}"
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    query = urlencode(sorted(pair for pair in pairs if not _TRACKING.fullmatch(pair[0])))
    return urlunsplit(("https", host, _shortest(parts.path), query, ""))


def _bare(host: str) -> str:
    while host.startswith("www."):
        host = host.removeprefix("www.")
    return host


def _shortest(path: str) -> str:
    """Return *path* with single slashes, without a default page or a slash at its end."""
    if "//" in path:
        path = _SLASHES.sub("/", path)
    return _DEFAULT_PAGES.sub("", path)


def is_front_page(url: str) -> bool:
    """Tell whether *url* names a site rather than a page of it: it says nothing of one article."""
    parts = urlsplit(canonical_url(url))
    return not parts.path.strip("/") and not parts.query


def link(url: str | None, base: str | None = None) -> str | None:
    """Return *url* made absolute against *base* if it is safe to print as a link, else None.

    Only http and https pass (`javascript:` and `data:` do not), no control, space or bidi
    characters, no user names or passwords, at most 2,000 characters. Quotation marks and angle
    brackets come percent-encoded.
    """
    url = url.strip() if url else ""
    if len(url) <= _MAX_LENGTH and _PLAIN.fullmatch(url):  # nearly all: what follows changes none
        return url
    if not url or not (base or ":" in url):
        return None
    try:
        whole = urljoin(base, url) if base else url
        parts = urlsplit(whole)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not host:
        return None
    if "@" in parts.netloc or _NO_HOST.search(parts.netloc):
        return None
    clean = _UNSAFE.sub("", _UNQUOTED.sub(lambda mark: f"%{ord(mark[0]):02X}", whole))
    if not clean.isprintable():  # characters that nobody can see, such as unassigned ones
        clean = "".join(char if char.isprintable() else quote(char) for char in clean)
    return clean if len(clean) <= _MAX_LENGTH else None


def host_of(url: str) -> str:
    """Return the host of *url* without `www.`, or "" where it has none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.rstrip(".").removeprefix("www.")


def shown_url(url: str) -> str:
    """Return *url* as others may read it: without login, query and fragment, which hold secrets.

    What is no URL comes back as it is, up to the first character that may begin them.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return re.split(r"[?#]", url, maxsplit=1)[0].rpartition("@")[2]
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def with_shown_urls(text: str) -> str:
    """Return *text* with each web address in it as `shown_url` shows it."""
    return _WEB_ADDRESS.sub(lambda found: shown_url(found[0]), text) if "//" in text else text


def registrable_domain(url: str) -> str:
    """Return the domain that somebody registered (`bbc.co.uk`), after the Public Suffix List.

    A host that is an address or below no public suffix comes back whole.
    """
    host = host_of(url)
    if not host or host.replace(".", "").isdigit() or ":" in host:
        return host
    return _domain(host)


@lru_cache(maxsize=2_000)
def _domain(host: str) -> str:
    return _public_suffixes().privatesuffix(host) or host


@cache
def _public_suffixes() -> PublicSuffixList:
    return PublicSuffixList()
