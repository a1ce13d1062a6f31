"""Rules on where links lead."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from newsletter.model import Place
from newsletter.render.checking.document import Link
from newsletter.render.checking.hosts import (
    HostFault,
    fault_of,
    is_at,
    is_redirector,
    is_shortener,
    readable,
)
from newsletter.render.checking.judging import Judgement, broken, holds, none_of, rule, several
from newsletter.render.checking.matching import markdown_urls, text_urls
from newsletter.render.checking.printed import headline, story_place, urls_of
from newsletter.render.checking.proof import MARKDOWN, TEXT, Proof
from newsletter.render.safe import shortened
from newsletter.render.views import counted
from newsletter.text.urls import registrable_domain

_GROUP = "links"
_SCHEMES = frozenset({"http", "https", "mailto"})
_TRACKING = re.compile(
    r"utm_\w+|mc_[ce]id|fbclid|gclid|dclid|msclkid|yclid|igshid|mkt_tok|_hs(?:enc|mi)|vero_id",
    re.IGNORECASE,
)
# RFC 5321, as people write addresses: what else it allows does not survive a form.
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)


@rule(
    "links-absolute",
    "Every link of the mail is a whole address of a page or a mailbox",
    group=_GROUP,
    way_out="write https://… in the template or the feed: a mail has no place to start from",
)
def links_absolute(proof: Proof) -> Judgement:
    """Judge schemes and hosts of links and pictures; the configured merge tag counts as whole."""
    sender = proof.issue.masthead.sender
    tag = sender.unsubscribe if sender else ""
    wrong = [
        proof.mail.place(one.element, f"{one.url or 'nothing'}: {one.text}")
        for one in proof.links
        if not _is_whole(one.url) and one.url != tag and not one.url.startswith("#")
    ]
    wrong += [
        proof.mail.place(one, one.get("src") or "a picture without src")
        for one in proof.mail.all("img")
        if not _is_whole(one.get("src") or "") or _split(one.get("src") or "").scheme == "mailto"
    ]
    return none_of(wrong, "link is not|links are not", counted(len(proof.links), "link"))


@rule(
    "anchors",
    "Links within a page lead somewhere",
    group=_GROUP,
    way_out="give the id to what the link is to lead to, or take the link out",
    verdict="warning",
)
def anchors(proof: Proof) -> Judgement:
    """Judge links to a fragment of the same page, in the mail and on the web."""
    wrong = []
    for page, links in ((proof.mail, proof.links), (proof.web, proof.web_links)):
        known = {one.get(name) for one in page.elements for name in ("id", "name")}
        wrong += [
            one.place
            for one in links
            if one.url.startswith("#")
            and unquote(one.url[1:]) not in known
            and one.url not in {"#", "#top"}
        ]
    return none_of(wrong, "link does not|links do not")


@rule(
    "links-https",
    "Every link is encrypted (https)",
    group=_GROUP,
    way_out="see whether the page answers under https, and write that into the feed or document",
    verdict="warning",
)
def links_https(proof: Proof) -> Judgement:
    """Judge the schemes of links and pictures."""
    wrong = [one.place for one in proof.links if _split(one.url).scheme == "http"]
    wrong += [
        proof.mail.place(one, one.get("src") or "")
        for one in proof.mail.all("img")
        if _split(one.get("src") or "").scheme == "http"
    ]
    return none_of(wrong, "link is not|links are not")


@rule(
    "links-direct",
    "No link takes a way round over a shortener or a counter",
    group=_GROUP,
    way_out="link to the article itself: spam filters distrust hosts that only forward",
    verdict="warning",
)
def links_direct(proof: Proof) -> Judgement:
    """Judge the hosts of links: those that shorten or forward, by short lists of known ones."""
    wrong = [
        proof.mail.place(one.element, f"{_host(one.url)}: {one.text}")
        for one in proof.links
        if is_shortener(_host(one.url)) or is_redirector(one.url)
    ]
    return none_of(wrong, "link does|links do")


@rule(
    "links-untracked",
    "No link says where its reader came from",
    group=_GROUP,
    way_out="nothing needs to be done; feeds put such parameters (utm_…) into their links",
    verdict="note",
)
def links_untracked(proof: Proof) -> Judgement:
    """Judge the parameters of links."""
    wrong = [one.place for one in proof.links if _tracking(one.url)]
    return none_of(wrong, "link does|links do")


@rule(
    "links-known",
    "Articles stand where the feeds do",
    group=_GROUP,
    way_out="look at these before sending: a feed leads to pages of others",
    verdict="note",
)
def links_known(proof: Proof) -> Judgement | None:
    """Judge registrable domains of the articles against those of the feeds, where known."""
    if not proof.known.hosts:
        return None
    wrong, seen = dict[str, Place](), set[str]()
    for story in proof.issue.stories:
        for url in urls_of(story):
            domain = registrable_domain(url)
            seen.add(domain)
            if domain and domain not in proof.known.hosts:
                told = shortened(f"{domain}: {headline(story)}", 80)
                wrong.setdefault(domain, story_place(proof.mail.file, story, told))
    return none_of(
        wrong.values(),
        "site is not among them|sites are not among them",
        counted(len(seen), "site"),
    )


@rule(
    "links-safe",
    "No link holds a password or leads into a private network",
    group=_GROUP,
    way_out="take the link out of the story: readers cannot open it, or should not",
)
def links_safe(proof: Proof) -> Judgement:
    """Judge user names in addresses (RFC 3986, 3.2.1), localhost and private addresses."""
    return _judged(proof.links, lambda url: fault_of(url, HostFault.UNSAFE))


@rule(
    "links-honest",
    "No link’s host only looks like another",
    group=_GROUP,
    way_out="compare the host as machines read it with the one that it seems to be",
    verdict="warning",
)
def links_honest(proof: Proof) -> Judgement:
    """Judge international hosts that mix scripts or are all look-alikes (Unicode UTS 39)."""
    return _judged(proof.links, lambda url: fault_of(url, HostFault.LOOK_ALIKE))


@rule(
    "links-as-said",
    "A link that shows an address leads to that host",
    group=_GROUP,
    way_out="show the address that the link leads to: filters take such a link for fraud",
    verdict="warning",
)
def links_as_said(proof: Proof) -> Judgement:
    """Judge links whose words are the address of another site."""
    wrong = [
        proof.mail.place(one.element, f"“{one.text}” leads to {readable(_host(one.url))}")
        for one in proof.links
        if re.fullmatch(r"(?:https?://|www\.)[^\s/]+\S*", one.text, re.IGNORECASE)
        and not is_at(one.url, _host(re.sub(r"^www\.", "https://", one.text)))
    ]
    return none_of(wrong, "link does not|links do not")


@rule(
    "links-mail",
    "Mail addresses in links are well-formed",
    group=_GROUP,
    way_out="write mailto:name@example.org?subject=…, spaces as %20",
)
def links_mail(proof: Proof) -> Judgement:
    """Judge mailto links (RFC 6068)."""
    mails = [one for one in proof.links if _split(one.url).scheme == "mailto"]
    wrong = [one.place for one in mails if not _is_mailto(one.url)]
    return none_of(wrong, "address is not|addresses are not", counted(len(mails), "link"))


@rule(
    "links-answer",
    "Every link answers",
    group=_GROUP,
    way_out="open the page in a browser; if it is gone, exclude the story or wait for the feed",
    verdict="warning",
)
def links_answer(proof: Proof) -> Judgement | None:
    """Judge what links answered; None where they were not asked."""
    answers = proof.known.answers
    if answers is None:
        return None
    stories = {url: story for story in proof.issue.stories for url in urls_of(story)}
    wrong = []
    for url, fault in answers.items():
        if not fault:
            continue
        told = shortened(f"{url}: {fault}", 160)
        story = stories.get(url)
        wrong.append(
            story_place(proof.mail.file, story, told)
            if story
            else Place(file=proof.mail.file, text=told)
        )
    return none_of(
        wrong,
        "link does not|links do not",
        counted(len(answers), "link"),
    )


@rule(
    "links-in-texts",
    "Markdown and text link to nothing that runs",
    group=_GROUP,
    way_out="take the link out of the story: only http, https and mailto lead to pages",
)
def links_in_texts(proof: Proof) -> Judgement:
    """Judge the schemes of links in Markdown, and the hosts of those in text."""
    wrong = [
        Place(file=MARKDOWN, text=shortened(url, 80))
        for url in markdown_urls(proof.markdown)
        if _split(url).scheme not in {*_SCHEMES, ""}
    ]
    wrong += [
        Place(file=TEXT, text=shortened(url, 80))
        for url in text_urls(proof.text)
        if not _is_whole(url)
    ]
    return none_of(wrong, "link does|links do")


def _judged(links: Iterable[Link], fault: Callable[[str], str]) -> Judgement:
    found = [(one, said) for one in links if (said := fault(one.url))]
    if not found:
        return holds()
    places = [replace(one.place, text=shortened(f"{said}: {one.text}", 120)) for one, said in found]
    return broken(several(len(places), "link does|links do"), places)


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", "", "", "")


def _host(url: str) -> str:
    try:
        return _split(url).hostname or ""
    except ValueError:
        return ""


def _is_whole(url: str) -> bool:
    parts = _split(url)
    if parts.scheme == "mailto":
        return bool(parts.path)
    return parts.scheme in {"http", "https"} and bool(_host(url)) and not re.search(r"\s", url)


def _tracking(url: str) -> bool:
    try:
        pairs = parse_qsl(_split(url).query, keep_blank_values=True, max_num_fields=100)
    except ValueError:
        return False
    return any(_TRACKING.fullmatch(name) for name, _ in pairs)


def _is_mailto(url: str) -> bool:
    parts = _split(url)
    addresses = unquote(parts.path).split(",")
    decoded = unquote(url)
    return (
        all(_ADDRESS.fullmatch(address) for address in addresses)
        and not re.search(r"[\s<>\"]", url)
        and not re.search(r"[\x00-\x1f]", decoded)
    )


RULES = (
    links_absolute, anchors, links_https, links_direct, links_untracked, links_known, links_safe,
    links_honest, links_as_said, links_mail, links_answer, links_in_texts,
)  # fmt: skip
