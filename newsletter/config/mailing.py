"""The parts of feeds.yaml that only an e-mail needs: sender, sponsor, outgoing server."""

import re
from collections.abc import Mapping
from datetime import timedelta
from email.errors import HeaderDefect, HeaderParseError
from email.headerregistry import Address
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from newsletter.config import quantities
from newsletter.config.kinds import Duration, Line, Part, Variable, WebUrl

# The forms in which services that send write what they fill in, one tag and nothing around it:
# {{ }}, {% %}, *| |*, <% %>, %% %%, % %, [ ], ${ }, { }.
_MERGE_TAG = re.compile(
    r"""\{\{[^{}"]+\}\}\}?|\{\{\{[^{}"]+\}\}\}|\{%[^%{}"]+%\}|\*\|[^|*"]+\|\*|<%[^%<>"]+%>
    |%%[^%"\s]+%%|%[A-Za-z_][\w-]*%|\[[A-Za-z_][\w -]*\]|\$?\{[A-Za-z_][\w.-]*\}""",
    re.VERBOSE,
)


def _address(text: object) -> str:
    found = str(text).strip()
    try:
        parsed = Address(addr_spec=found)
        whole = found.isascii() and parsed.addr_spec == found and "." in parsed.domain.strip(".")
    except (HeaderParseError, HeaderDefect, ValueError, IndexError):
        whole = False
    if not whole or re.search(r"\s|\.\.|\.$|[\[\]<>\"]", found):
        raise ValueError(f"{text!r} is no e-mail address; write name@example.org")
    return found


def _unsubscribe(text: object) -> str:
    if isinstance(text, Mapping):
        # pydantic collects ValueErrors alone.
        raise ValueError(  # noqa: TRY004
            'is read as a mapping; put the merge tag in quotes: "{{ … }}"'
        )
    found = str(text).strip()
    if _MERGE_TAG.fullmatch(found):
        return found
    try:
        return quantities.web_url(found)
    except ValueError as error:
        raise ValueError(
            f"{text!r} is neither a URL nor one merge tag; write https://… or, as the service that"
            " sends wants it, such as {{ UnsubscribeURL }} or *|UNSUB|*, in quotes"
        ) from error


EmailAddress = Annotated[str, BeforeValidator(_address)]


class SenderPart(Part):
    """Who sends: the name and address in From, the postal address that mail law asks for.

    And how to leave the list: a URL, or the merge tag of the service that sends; and whether a bare
    POST to that URL is enough.
    """

    name: Line
    address: EmailAddress
    postal_address: str = ""
    unsubscribe: Annotated[str, BeforeValidator(_unsubscribe)] | None = None
    one_click: Annotated[bool, Field(strict=True)] = False

    @model_validator(mode="after")
    def _posted(self) -> "SenderPart":
        if self.one_click and not (self.unsubscribe or "").startswith("https:"):
            raise ValueError("one_click needs unsubscribe to be a URL over https (RFC 8058)")
        return self


class SponsorPart(Part):
    """Who paid for a place in the issue: a name, a text in Markdown, one link."""

    name: Line
    text: str = ""
    url: WebUrl | None = None
    link_text: Line | None = None

    @model_validator(mode="after")
    def _linked(self) -> "SponsorPart":
        if self.link_text and not self.url:
            raise ValueError(
                "link_text has no url to lead to; write url: https://… or leave it out"
            )
        return self


class SmtpPart(Part):
    """The server that mail is handed to; the password stands in an environment variable."""

    host: Line
    port: Annotated[int, Field(strict=True, ge=1, le=65535)] | None = None
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: Line | None = None
    password_env: Variable | None = None
    timeout: Duration = timedelta(seconds=30)

    @property
    def port_or_usual(self) -> int:
        """Return the port, the usual one of `security` where none is given (RFC 8314, 6409)."""
        usual = {"starttls": 587, "tls": 465, "none": 25}
        return self.port or usual[self.security]

    @model_validator(mode="after")
    def _whole(self) -> "SmtpPart":
        if (self.username is None) != (self.password_env is None):
            raise ValueError("username and password_env go together; write both or neither")
        return self
