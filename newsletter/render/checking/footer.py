"""Rules on what mail law and good manners want at the end of each mail."""

import re

from newsletter.model import Place
from newsletter.render.checking.document import Link
from newsletter.render.checking.judging import Judgement, broken, holds, rule
from newsletter.render.checking.matching import letters
from newsletter.render.checking.proof import MESSAGE, TEXT, Proof
from newsletter.render.checking.vocabulary import LEAVING
from newsletter.render.safe import below, plain

_GROUP = "footer"
_URL = re.compile(r"(?:https?|mailto):\S+")


@rule(
    "unsubscribe",
    "Readers can leave the list, in HTML and text",
    group=_GROUP,
    way_out="set sender in feeds.yaml; keep the footer’s link to it in email.html and issue.txt",
)
def unsubscribe(proof: Proof) -> Judgement:
    """Judge that a way out can be seen in both, and leads where the settings say (CAN-SPAM, 5)."""
    sender = proof.issue.masthead.sender
    wanted = sender.unsubscribe if sender else ""
    missing = []
    seen = [one for one in proof.links if not proof.light[one.element].hidden]
    if not any(_leads_out(one, wanted) for one in seen):
        missing.append(Place(file=proof.mail.file))
    if not _text_leads_out(proof.text, wanted):
        missing.append(Place(file=TEXT))
    if missing:
        return broken(f"not in {' and '.join(place.file for place in missing)}", missing)
    return holds(wanted)


def _leads_out(one: Link, wanted: str) -> bool:
    if wanted:
        return one.url == wanted and bool(one.text)
    return bool(one.url) and bool(LEAVING.search(one.text) or LEAVING.search(one.url))


def _text_leads_out(text: str, wanted: str) -> bool:
    if wanted:
        return wanted in text
    lines = text.splitlines()
    return any(
        LEAVING.search(line) and _URL.search(" ".join(lines[number : number + 3]))
        for number, line in enumerate(lines)
    )


@rule(
    "unsubscribe-service",
    "The way out of the list is a page, not a mail to the sender",
    group=_GROUP,
    way_out="set sender.unsubscribe in feeds.yaml: a URL, or the sending service’s merge tag",
)
def unsubscribe_service(proof: Proof) -> Judgement | None:
    """Judge the setting; None where the issue has said so already."""
    sender = proof.issue.masthead.sender
    if proof.said_already("sender") or proof.said_already("nobody"):
        return None
    if sender is None or not sender.unsubscribe:
        return broken("sender.unsubscribe is not set")
    return holds(sender.unsubscribe)


@rule(
    "postal-address",
    "The sender’s postal address stands in HTML and text",
    group=_GROUP,
    way_out="set sender.postal_address in feeds.yaml, and keep it in the footers of the templates",
)
def postal_address(proof: Proof) -> Judgement | None:
    """Judge that it can be read in both (CAN-SPAM, 5; § 5 DDG); None where the issue said so."""
    sender = proof.issue.masthead.sender
    address = letters(plain(sender.postal_address)) if sender else ""
    if not address:
        said = proof.said_already("sender.postal_address") or proof.said_already("nobody")
        return None if said else broken("none is set")
    missing = []
    if address not in letters(" ".join(run.text for run in proof.shown)):
        missing.append(Place(file=proof.mail.file))
    if address not in letters(proof.text):
        missing.append(Place(file=TEXT))
    if missing:
        return broken(f"not in {' and '.join(place.file for place in missing)}", missing)
    return holds()


@rule(
    "view-in-browser",
    "The mail links to its page on the web",
    group=_GROUP,
    way_out="keep the link to the issue’s page in email.html and issue.txt; set url in feeds.yaml",
    verdict="warning",
)
def view_in_browser(proof: Proof) -> Judgement | None:
    """Judge that both link to the issue's own page; None where the issue said that it has none."""
    page = below(proof.issue.masthead.url, f"{proof.issue.id}/index.html")
    if page is None:
        return None if proof.said_already("url") else broken("the newsletter has no url")
    missing = []
    seen = {one.url for one in proof.links if not proof.light[one.element].hidden}
    if page not in {url.split("#")[0] for url in seen}:
        missing.append(Place(file=proof.mail.file))
    if page not in proof.text:
        missing.append(Place(file=TEXT))
    if missing:
        return broken(f"not in {' and '.join(place.file for place in missing)}", missing)
    return holds(page)


@rule(
    "sender-named",
    "The sender is named as the newsletter knows itself",
    group=_GROUP,
    way_out="set sender.name and sender.address in feeds.yaml",
    verdict="warning",
)
def sender_named(proof: Proof) -> Judgement | None:
    """Judge that From bears a name, and that the mail names the newsletter or its sender."""
    masthead = proof.issue.masthead
    if masthead.sender is None:
        return None if proof.said_already("nobody") else broken("nobody sends it", verdict="error")
    names = {letters(plain(name)) for name in (masthead.sender.name, masthead.title)} - {""}
    shown = letters(" ".join(run.text for run in proof.shown))
    if not any(name in shown for name in names):
        return broken("the mail names neither sender nor newsletter", [Place(file=proof.mail.file)])
    if not any(letters(name) for name, _ in proof.envelope.senders):
        return broken("From has an address and no name", [Place(file=MESSAGE)])
    return holds(masthead.sender.name)


RULES = (unsubscribe, unsubscribe_service, postal_address, view_in_browser, sender_named)
