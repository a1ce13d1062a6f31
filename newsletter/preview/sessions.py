"""Who is logged in: one-time addresses, sessions and their tokens, all in memory."""

import hashlib
import re
import secrets
import threading
import time
import unicodedata
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, replace

MOST_NAME = 60  # characters
_IDLE_S = 12 * 3600.0
_MOST_SESSIONS = 1_000
KEY_LASTS_MIN = 15  # that a one-time address may wait to be opened
_MOST_KEYS = 100  # one-time addresses that have not been used
# Marks that turn the direction of text: a name may not rewrite the line that it stands in.
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who asks: `editor` is her name, `token` what her session's forms send back.

    Both are "" where nobody is logged in.
    """

    editor: str = ""
    token: str = ""


NOBODY = Visitor()
_VISITOR: ContextVar[Visitor] = ContextVar("visitor", default=NOBODY)


def visitor() -> Visitor:
    """Return who sent the request that is being answered."""
    return _VISITOR.get()


def let_in(who: Visitor) -> None:
    """Say who sent the request that is being answered from here on."""
    _VISITOR.set(who)


@dataclass(frozen=True, slots=True)
class _Session:
    visitor: Visitor
    seen: float


class Sessions:
    """The sessions of one running preview; safe to use from many threads.

    A session ends 12 hours after it was last used, by *clock* (seconds); a key that nobody used
    `KEY_LASTS_MIN` minutes after it was made. Only hashes of what opens a session are kept.
    """

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._sessions: dict[bytes, _Session] = {}
        self._keys: dict[bytes, float] = {}  # when each was made

    def key(self) -> str:
        """Return a secret that opens one session, once and soon."""
        secret = secrets.token_urlsafe(24)
        with self._lock:
            self._keys[_digest(secret)] = self._clock()
            while len(self._keys) > _MOST_KEYS:
                del self._keys[next(iter(self._keys))]
        return secret

    def use(self, key: str) -> bool:
        """Return whether *key* is one that nobody has used; nobody can from now on."""
        with self._lock:
            made = self._keys.pop(_digest(key), None)
        return made is not None and self._clock() - made < KEY_LASTS_MIN * 60

    def begin(self, editor: str) -> str:
        """Begin a session of *editor* and return the secret that her browser keeps."""
        secret = secrets.token_urlsafe(32)
        who = Visitor(editor=editor, token=secrets.token_urlsafe(24))
        with self._lock:
            self._sessions[_digest(secret)] = _Session(who, self._clock())
            while len(self._sessions) > _MOST_SESSIONS:
                del self._sessions[next(iter(self._sessions))]
        return secret

    def visitor(self, secret: str) -> Visitor:
        """Return whose session *secret* opens, `NOBODY` if none; it counts as used now."""
        digest, now = _digest(secret), self._clock()
        with self._lock:
            found = self._sessions.pop(digest, None)
            if found is None or now - found.seen >= _IDLE_S:
                return NOBODY
            self._sessions[digest] = replace(found, seen=now)  # the last used stands last
            return found.visitor

    def end(self, secret: str) -> None:
        """End the session that *secret* opens, if there is one."""
        with self._lock:
            self._sessions.pop(_digest(secret), None)

    def end_all(self) -> None:
        """End every session."""
        with self._lock:
            self._sessions.clear()


def _digest(secret: str) -> bytes:
    # A look-up may tell by its time how near a guess came to a hash, which helps nobody.
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()


def fault_of_name(name: str) -> str:
    """Return why *name* cannot stand at what somebody changes, "" if it can."""
    if not name.strip():
        return "Write your name: it stands at what you change"
    if len(name) > MOST_NAME:
        return f"This name has {len(name)} characters; take {MOST_NAME} at most"
    if _TURNING.search(name) or any(
        unicodedata.category(one) in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp") for one in name
    ):
        return "This name has characters that cannot be seen; type it anew"
    return ""
