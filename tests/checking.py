"""A small issue whose files were written by hand, sound in every rule, and ways to spoil them."""

import re
from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import cache
from typing import Any

from issues import PUBLISHES, issue, story

from newsletter.model import Edition, Finding, Issue, Sponsor
from newsletter.render.checking import Known, check
from newsletter.workspace import client_support_data

_WEB = "https://tideline.example/archive/2026-W47/index.html"
_LEAVE = "https://tideline.example/unsubscribe"
_ADDRESS = "Tideline, Harbour House, 14 Quay Street, Lowmere 30412"
_SAID = "The engine warms the cabins all winter. Fuel bills fell by a tenth."
_WORDS = "This week we went to sea with the people who build quiet ferries."
_SOURCES = (
    ("The Ledger", "https://theledger.example/2026/11/0"),
    ("Circuit Review", "https://circuitreview.example/2026/11/1"),
    ("Meridian Daily", "https://meridiandaily.example/2026/11/2"),
    ("Harbour Post", "https://harbourpost.example/2026/11/3"),
)

_MAIL = f"""<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>Tideline: Ferries</title>
<style>
@media (prefers-color-scheme:dark){{
.g{{background-color:#111111!important}}
.i{{color:#eeeeee!important}}
}}
[data-ogsb] .g{{background-color:#111111!important}}
[data-ogsc] .i{{color:#eeeeee!important}}
</style>
</head>
<body class="g" style="margin:0;background-color:#ffffff">
<div style="display:none">The engine warms the cabins all winter, and bills fell.</div>
<div lang="en" dir="ltr">
<!--[if mso]><table role="presentation" width="600"><tr><td><![endif]-->
<table class="g" role="presentation" width="100%" style="max-width:600px;background-color:#ffffff">
<tr><td class="i" style="padding:20px;font-size:16px;color:#222222">
<h1 class="i" style="font-size:24px;color:#222222">Tideline</h1>
<p><a class="i" href="{_WEB}" style="color:#222222">View in browser</a></p>
<p>{_WORDS}</p>
<img src="https://tideline.example/ferry.jpg" width="560" height="300" alt="A ferry at night"
 style="width:100%;max-width:560px;height:auto">
STORIES
<p>Sponsored by Northwind:
<a class="i" href="https://northwind.example/sails" style="color:#222222">New sails</a></p>
<p><a class="i" href="mailto:post@tideline.example" style="color:#222222">Write to us</a></p>
<p><a class="i" href="{_LEAVE}" style="color:#222222">Unsubscribe</a></p>
<p>{_ADDRESS}</p>
</td></tr></table>
<!--[if mso]></td></tr></table><![endif]-->
</div>
</body>
</html>
"""


def sample(**changes: Any) -> Issue:
    """Return the issue that the files are of: three stories, a few words, a sponsor."""
    fields: dict[str, Any] = {
        "intro": _WORDS,
        "sponsor": Sponsor(
            name="Northwind", text="", url="https://northwind.example/sails", link_text="New sails"
        ),
    }
    return issue(story(0), story(1), story(2), **fields | changes)


@cache
def sound() -> Mapping[str, bytes]:
    """Return the files of the sample, which break no rule."""
    mail = _MAIL.replace("STORIES", "".join(_mail_story(number) for number in range(3)))
    web = "".join(_web_story(number) for number in range(3))
    markdown = "".join(_markdown_story(number) for number in range(3))
    text = "".join(_text_story(number) for number in range(3))
    links = f"[New sails](https://northwind.example/sails), Northwind\n\n{_WORDS}\n"
    return whole(
        {
            "email.html": mail,
            "index.html": (
                f"<!doctype html><html lang=en><title>Tideline</title><h1>Tideline</h1>"
                f"<p>{_WORDS}</p>{web}<p>Northwind: "
                '<a href="https://northwind.example/sails">New sails</a></p></html>'
            ),
            "issue.md": f"# Tideline\n\n{links}\n{markdown}",
            "issue.txt": (
                f"Tideline\n\nView in browser:\n{_WEB}\n\n{_WORDS}\n\n{text}\n"
                f"Sponsored: Northwind\nhttps://northwind.example/sails\n\nUnsubscribe:\n{_LEAVE}\n\n{_ADDRESS}\n"
            ),
        }
    )


def whole(texts: Mapping[str, str]) -> Mapping[str, bytes]:
    """Return files of *texts*, and the message made of them as it should be."""
    message = EmailMessage(policy=SMTP)
    message["From"] = "Tideline <post@tideline.example>"
    message["To"] = "undisclosed-recipients:;"
    message["Subject"] = "Tideline: Ferries"
    message["Date"] = format_datetime(PUBLISHES)
    message["Message-ID"] = "<2026-W47.a1@tideline.example>"
    message.set_content(texts["issue.txt"], cte="quoted-printable")
    message.add_alternative(texts["email.html"], subtype="html", cte="quoted-printable")
    message.set_boundary("=_a1")
    return {**{name: text.encode() for name, text in texts.items()}, "issue.eml": bytes(message)}


def spoilt(file: str, old: str, new: str) -> Mapping[str, bytes]:
    """Return the sound files with the first *old*, a pattern, of *file* made *new*."""
    files = sound()
    before = files[file].decode()
    after = re.sub(old, lambda _: new, before, count=1, flags=re.DOTALL)
    assert after != before, f"{old!r} does not stand in {file}"
    if file == "issue.eml":
        return {**files, file: after.encode()}
    texts = {name: text.decode() for name, text in files.items() if name != "issue.eml"}
    return whole({**texts, file: after})


def known(**changes: Any) -> Known:
    """Return what is known around the sample: its outlets, no earlier issue, no failing feed."""
    hosts = frozenset(url.split("/")[2] for _, url in _SOURCES)
    fields: dict[str, Any] = {"support_data": _support(), "hosts": hosts, "earlier": {}}
    return Known(**fields | changes)


def findings(
    files: Mapping[str, bytes] | None = None,
    issue_: Issue | None = None,
    known_: Known | None = None,
    cuts: tuple[str, ...] = (),
) -> Mapping[str, Finding]:
    """Return what the check finds, by rule; of what is not given, the sound one is taken."""
    edition = Edition(files=sound() if files is None else files, cuts=cuts)
    report = check(issue_ or sample(), edition, known_ or known())
    return {one.rule: one for one in report.findings}


@cache
def _support() -> Mapping[str, Any]:
    return client_support_data()


def _mail_story(number: int) -> str:
    links = ", ".join(
        f'<a class="i" href="{url}" style="color:#222222">{name}</a>'
        for name, url in _SOURCES[number : number + 2]
    )
    return (
        f'<table role="presentation"><tr><td>\n<h2 id="story{number}">'
        f'<a class="i" href="{_SOURCES[number][1]}" style="color:#222222">{_headline(number)}</a>'
        f'</h2>\n<p>{_SAID}</p>\n<p style="font-size:14px">{links}</p>\n</td></tr></table>\n'
    )


def _web_story(number: int) -> str:
    links = " ".join(f'<a href="{url}">{name}</a>' for name, url in _SOURCES[number : number + 2])
    return (
        f'<article id="story{number}"><h2><a href="{_SOURCES[number][1]}">{_headline(number)}</a>'
        f"</h2><p>{_SAID}</p><p>{links}</p></article>\n"
    )


def _markdown_story(number: int) -> str:
    links = ", ".join(f"[{name}]({url})" for name, url in _SOURCES[number : number + 2])
    return f"## [{_headline(number)}]({_SOURCES[number][1]})\n\n{_SAID}\n\n{links}\n\n"


def _text_story(number: int) -> str:
    links = "".join(f"- {name}\n  {url}\n" for name, url in _SOURCES[number : number + 2])
    return f"{_headline(number)}\n\n{_SAID}\n\n{links}\n"


def _headline(number: int) -> str:
    return f"Ferry number {number} sails on its own waste heat"
