"""What a page that is drawn may fetch: pictures over https from other machines, or nothing."""

from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import Route

# A page of its own secure origin: http is then mixed content, and a relative link leads nowhere.
# RFC 2606 keeps .invalid free.
PAGE = "https://newsletter.invalid/"
_HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    # Once more what the gate does: a redirect does not come past it, but past this (CSP 3, 4.1.2).
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; img-src https: data:; base-uri 'none';"
        " form-action 'none'"
    ),
    "Referrer-Policy": "no-referrer",
}


# Loopback, private and link-local addresses (RFC 1122, 1918, 3927, 4193, 4291).
_HOUSE = (
    "0.*",
    "10.*",
    "127.*",
    "169.254.*",
    *(f"172.{number}.*" for number in range(16, 32)),
    "192.168.*",
    "[::*",
    "[f*",
    "localhost",
    "*.localhost",
    "*.local",
    "*.internal",
)


def unreachable(*, offline: bool) -> str:
    """Return the switch of Chromium that keeps it from what no page may reach.

    The gate alone will not do: a redirect does not come past it, and Chromium connects ahead of
    some requests before it asks.
    """
    hosts = ("*",) if offline else _HOUSE
    return "--host-resolver-rules=" + ", ".join(f"MAP {host} ~NOTFOUND" for host in hosts)


class Gate:
    """Answers for the network: the page itself, and pictures that it may have."""

    def __init__(self, html: str, *, offline: bool) -> None:
        self._html = html
        self._offline = offline

    def __call__(self, route: "Route") -> None:
        """Answer one request of the browser."""
        request = route.request
        if request.url == PAGE and request.is_navigation_request():
            route.fulfill(body=self._html.encode(), headers=_HEADERS)
        elif not self._offline and request.resource_type == "image" and is_public(request.url):
            route.continue_()
        elif request.is_navigation_request():
            route.fulfill(status=204)  # nothing to go to: the page stays (RFC 9110, 15.3.5)
        else:
            route.abort()


def is_public(url: str) -> bool:
    """Tell whether *url* may lead to a picture on the web, and not into this house.

    A name that resolves to an address of the house is not seen through: nothing of what it answers
    is handed on but as a picture.
    """
    parts = urlsplit(url)  # as the browser has put it: it asks for no URL that is none
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme != "https" or not any(mark in host for mark in ".:"):
        return False
    try:
        return ip_address(host).is_global
    except ValueError:
        return not host.endswith((".localhost", ".local", ".internal", ".invalid"))
