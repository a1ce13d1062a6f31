"""The part of feeds.yaml that says who may edit issues in the browser, and from where."""

import re
from typing import Annotated

from pydantic import BeforeValidator

from newsletter.config.kinds import Part

_HASH = re.compile(r"scrypt:\d{1,7}:\d{1,3}:\d{1,3}:[A-Za-z0-9+/=_-]{8,}:[A-Za-z0-9+/=_-]{16,}")
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")


def _hash(value: object) -> str:
    found = str(value).strip()
    if not _HASH.fullmatch(found):
        raise ValueError(
            "is no hash of a password; `newsletter preview --set-password` makes one (the password"
            " itself does not belong here)"
        )
    return found


def _host(value: object) -> str:
    found = str(value).strip().casefold()
    if not _HOST.fullmatch(found):
        raise ValueError(
            f"{str(value)[:60]!r} is no name of a host; write it like desk.news.example"
        )
    return found


class PreviewPart(Part):
    """Who may use the preview from elsewhere: the password's hash, and the names it is asked by."""

    password: Annotated[str, BeforeValidator(_hash)] | None = None
    hosts: tuple[Annotated[str, BeforeValidator(_host)], ...] = ()
