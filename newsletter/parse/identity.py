"""What makes an article the same article tomorrow: its keys and its id."""

import base64
import hashlib

from newsletter.text.urls import canonical_url, is_front_page

_LONGEST = 1_000  # characters of a key: an index of PostgreSQL takes 2,704 bytes


def digest(*parts: str) -> str:
    """Return 64 hexadecimal digits that stand for *parts* (SHA-256 over UTF-8)."""
    return hashlib.sha256("\x00".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def keys_of(*, guid: tuple[str, str] | None, url: str | None, text: str) -> tuple[str, ...]:
    """Return an article's identities, strongest first, at least one.

    *guid* is the feed's URL and the entry's GUID within it. A URL that names only a site says
    nothing of one article and gives no key. The text counts where there is nothing better.
    """
    keys = []
    if guid:
        keys.append(f"guid {digest(*guid)}")
    if url and not is_front_page(url):
        page = canonical_url(url)
        keys.append(f"url {page if len(page) <= _LONGEST else digest(page)}")
    return tuple(keys) or (f"text {digest(text)}",)


def article_id(key: str) -> str:
    """Return the 12 characters of base32 that stand for an article in commands and anchors."""
    return base64.b32encode(hashlib.sha256(key.encode()).digest())[:12].decode("ascii").lower()
