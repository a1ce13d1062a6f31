"""The seal of issue.json: tells whether the program wrote it as it is, or a person changed it."""

import hashlib
import json
from collections.abc import Mapping

SEAL = "seal"
_CHARACTERS = 32


def seal_of(data: Mapping[str, object]) -> str:
    """Return the seal of issue.json's object, whatever seal it has: 32 hexadecimal digits.

    SHA-256 of its canonical JSON (keys sorted, no blanks, UTF-8) without the seal.
    """
    rest = {key: value for key, value in data.items() if key != SEAL}
    text = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_CHARACTERS]


def sealed(text: str) -> bool:
    """Return whether *text* has a seal that fits all the rest of it, in whatever layout.

    A program wrote it so; without one, or with another, a person may have changed it.
    """
    try:
        data = json.loads(text.removeprefix("\ufeff"))
        return isinstance(data, Mapping) and SEAL in data and data[SEAL] == seal_of(data)
    except (ValueError, RecursionError):
        return False
