"""What went wrong with a mail server, in an editor's words and the server's own."""

import re
import smtplib
import socket
import ssl
from base64 import b64encode

_LONGEST_WORDS = 300
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\s]+")


def said(code: int, reply: bytes, *, secrets: tuple[str, ...] = ()) -> str:
    """Return a server's reply on one line, without any of *secrets*, should it repeat one."""
    words = reply.decode("utf-8", "replace")
    for secret in secrets:
        words = words.replace(secret, "…")
    words = _CONTROLS.sub(" ", words).strip()
    if len(words) > _LONGEST_WORDS:
        words = words[:_LONGEST_WORDS].rstrip() + "…"
    return f"{code} {words}".strip() if code > 0 else words or "nothing that SMTP knows"


def secrets_of(username: str, password: str) -> tuple[str, ...]:
    """Return the forms in which *password* goes over the wire, longest first."""
    if not password:
        return ()
    plain = f"\0{username}\0{password}".encode()
    forms = {password, *(b64encode(form).decode() for form in (plain, password.encode()))}
    return tuple(sorted(forms, key=len, reverse=True))


def is_late(error: BaseException) -> bool:
    """Tell whether time was up: smtplib hides it behind a lost connection."""
    return isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)


def no_connection(error: Exception, *, timeout_s: float) -> str:
    """Return why there is no connection that could be used, and the way out."""
    match error:
        case ssl.SSLCertVerificationError():
            return (
                f"its TLS certificate cannot be trusted ({error.verify_message}); name the server"
                " in smtp.host as its certificate does, or have the certificate mended"
            )
        case _ if is_late(error):
            return (
                f"no answer within {timeout_s:g} s; check smtp.host, smtp.port and smtp.security,"
                " or raise smtp.timeout"
            )
        case ssl.SSLError():
            return (
                f"cannot agree with us on TLS ({error.reason or error}); security: tls is usual on"
                " port 465, starttls on 587: check smtp.port and smtp.security"
            )
        case socket.gaierror():
            return "there is no server of that name; check smtp.host, and that you are online"
        case smtplib.SMTPServerDisconnected():
            return (
                "hung up without a word; security: tls is usual on port 465, starttls on 587: check"
                " smtp.port and smtp.security"
            )
        case smtplib.SMTPResponseException():
            return (
                f"does not want to talk with us: {said(error.smtp_code, _bytes(error.smtp_error))};"
                " check smtp.host and smtp.port, or ask who runs it"
            )
        case OSError():
            return f"no connection ({error.strerror or error}); check smtp.host and smtp.port"
        case _:
            return "speaks no SMTP that we understand; check smtp.host and smtp.port"


def no_login(error: Exception, *, username: str, secrets: tuple[str, ...]) -> str:
    """Return why the server did not let us in, and the way out."""
    match error:
        case smtplib.SMTPAuthenticationError():
            words = said(error.smtp_code, _bytes(error.smtp_error), secrets=secrets)
            return (
                f"refuses the login of {username!r}: {words}; check smtp.username and the variable"
                " that smtp.password_env names"
            )
        case smtplib.SMTPServerDisconnected():
            return f"hung up at the login of {username!r}; check smtp.security and smtp.port"
        case _:
            return (
                "offers no login that we know (PLAIN, LOGIN or CRAM-MD5); check smtp.port and"
                " smtp.security, or take username and password_env out where it asks for none"
            )


def _bytes(reply: bytes | str) -> bytes:
    return reply if isinstance(reply, bytes) else reply.encode("utf-8", "replace")
