"""Browsers that have logged in before: a signed cookie that says so and lets nobody in."""

import hashlib
import hmac
import secrets

LASTS_S = 180 * 24 * 3600  # that a browser keeps it


def introduced(stored: str) -> str:
    """Return the cookie of a browser that just logged in; *stored* is the password's hash.

    It is good until the password is changed, also after another start: nothing is kept here
    (OWASP, Device Cookies).
    """
    name = secrets.token_urlsafe(16)
    return f"{name}.{_signature(name, stored)}"


def known(cookie: str, stored: str) -> str:
    """Return the name of the browser that sends *cookie*, "" unless it logged in before."""
    name, _, signature = cookie.partition(".")
    sent = signature.encode("utf-8", "surrogatepass")
    is_own = bool(stored) and hmac.compare_digest(sent, _signature(name, stored).encode())
    return name if is_own else ""


def _signature(name: str, stored: str) -> str:
    said = b"newsletter device " + name.encode("utf-8", "surrogatepass")
    return hmac.new(stored.encode(), said, hashlib.sha256).hexdigest()
