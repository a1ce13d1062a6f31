"""Passwords as feeds.yaml holds them: hashes that a guess takes long to try."""

import base64
import binascii
import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass

from newsletter.errors import ConfigError

LEAST = 10  # characters of a password: what is guessed online is limited, what is stolen is not
_COST, _BLOCK, _LANES = 16_384, 8, 1  # 16 MB and some 50 ms a guess (RFC 7914, 2)
_SALT, _LENGTH = 16, 32  # bytes
_MOST_BYTES = 256_000_000  # of memory for one guess
_MOST_LANES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Hash:
    """A password's hash by scrypt, with what it was made with (RFC 7914)."""

    cost: int
    block: int
    lanes: int
    salt: bytes
    digest: bytes

    def fits(self, password: str) -> bool:
        """Return whether it is that of *password*, in a time that does not tell how near it came.

        Takes some 50 ms of work: not for an event loop.
        """
        return hmac.compare_digest(self._of(password), self.digest)

    def _of(self, password: str) -> bytes:
        return hashlib.scrypt(
            # Keyboards spell an accented letter in one character or in two (RFC 8265, 4.2).
            unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass"),
            salt=self.salt,
            n=self.cost,
            r=self.block,
            p=self.lanes,
            maxmem=2 * _MOST_BYTES,
            dklen=len(self.digest),
        )


def hashed(password: str) -> str:
    """Return *password* as feeds.yaml may hold it: `scrypt:COST:BLOCK:LANES:SALT:HASH`.

    The salt is new each time; salt and hash are base64 (RFC 4648, 4).

    Raises:
        ConfigError: it is shorter than `LEAST` characters.
    """
    if len(unicodedata.normalize("NFC", password)) < LEAST:
        raise ConfigError([f"the password is too short: take {LEAST} characters or more"])
    salt = secrets.token_bytes(_SALT)
    made = Hash(cost=_COST, block=_BLOCK, lanes=_LANES, salt=salt, digest=bytes(_LENGTH))
    digest = made._of(password)
    told = (base64.b64encode(part).decode() for part in (salt, digest))
    return ":".join(("scrypt", str(_COST), str(_BLOCK), str(_LANES), *told))


def read_hash(text: str) -> Hash:
    """Return the hash that `hashed` wrote.

    Raises:
        ConfigError: it is none, or one that could not be reckoned here.
    """
    try:
        kind, cost, block, lanes, salt, digest = text.split(":")
        found = Hash(
            cost=int(cost),
            block=int(block),
            lanes=int(lanes),
            salt=base64.b64decode(salt, validate=True),
            digest=base64.b64decode(digest, validate=True),
        )
    except (ValueError, binascii.Error) as error:
        raise ConfigError([_NO_HASH]) from error
    if kind != "scrypt" or not _is_usable(found):
        raise ConfigError([_NO_HASH])
    return found


def _is_usable(found: Hash) -> bool:
    is_power = found.cost > 1 and found.cost & (found.cost - 1) == 0
    # Both at once: a cost below that of one's own hashes was not made by this program.
    is_dear = found.cost * found.block >= _COST * _BLOCK
    is_bearable = 128 * found.cost * found.block <= _MOST_BYTES and 1 <= found.lanes <= _MOST_LANES
    is_long = len(found.salt) >= _SALT and _LENGTH <= len(found.digest) <= 2 * _LENGTH
    return is_power and is_dear and is_bearable and is_long


_NO_HASH = (
    "preview.password: is no hash that newsletter preview --set-password makes; run it and copy the"
    " line that it prints into feeds.yaml"
)
