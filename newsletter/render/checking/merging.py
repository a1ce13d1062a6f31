"""Rules on merge tags: what a sending service would fill in, run, or strip."""

import re
from collections.abc import Iterator

from newsletter.model import Place
from newsletter.render.checking.judging import Judgement, broken, holds, none_of, rule
from newsletter.render.checking.proof import MAIL, MARKDOWN, MESSAGE, TEXT, WEB, Proof
from newsletter.render.safe import shortened
from newsletter.render.views import counted

_GROUP = "merge tags"
# What services act on and prose does not contain: {{ }}, {% %}, {# #}, ${ }, *| |*, <% %>, %% %%,
# [[ ]], {$ }, {! }, {a.b}, [unsubscribe], {unsubscribe}, [webversion]; some over several lines.
# (%NAME% is left out: encoded addresses are full of it; a link of Markdown may say "Unsubscribe".)
_TAG = re.compile(
    r"\{\{[^{}]{0,200}\}\}|\{%[^%{}]{0,200}%\}|\*\|[^|*]{0,200}\|\*|<%[^%<>]{0,200}%>"
    r"|%%[^%\s]{1,80}%%|\$\{[^{}\n]{1,200}\}|\{#[^{}#\n]{0,200}#\}|\[\[[^\[\]\n]{1,200}\]\]"
    r"|\{[$!][A-Za-z][^{}\n]{0,200}\}|\{[A-Za-z_]\w{0,60}\.[\w.]{1,60}\}"
    r"|\[(?:un)?subscri\w*\](?!\()|\{(?:un)?subscri\w*\}|\[web ?version\]",
    re.IGNORECASE,
)
_URL = re.compile(r"https?://", re.IGNORECASE)


@rule(
    "merge-tags",
    "Nothing looks like a merge tag but what is meant as one",
    group=_GROUP,
    way_out="break it with a space, {{name}} into { {name} }: the sending service would act on it",
)
def merge_tags(proof: Proof) -> Judgement:
    """Judge all formats and the subject, the configured tag in its place left out."""
    wrong = []
    for file, text in _texts(proof):
        line, read = 1, 0
        for found in _TAG.finditer(text):
            line += text.count("\n", read, found.start())
            read = found.start()
            wrong.append(Place(file=file, line=line, text=shortened(found[0], 80)))
    return none_of(wrong, "thing does|things do")


@rule(
    "unsubscribe-tag",
    "The service’s unsubscribe tag goes out as it was written",
    group=_GROUP,
    way_out="print issue.unsubscribe_url in the footers’ links, once in the text, and nowhere else",
)
def unsubscribe_tag(proof: Proof) -> Judgement | None:
    """Judge where the configured tag stands: in links of the HTML, once in the text.

    None where a URL is configured, or nothing.
    """
    tag = _configured(proof)
    if not tag:
        return None
    linked = _in_links(proof.mail.source, tag)
    in_html = proof.mail.source.count(tag)
    in_text = proof.text.count(tag)
    sent = [
        proof.envelope.part("text/html").count(tag) == in_html,
        proof.envelope.part("text/plain").count(tag) == in_text,
    ]
    if not linked or linked != in_html:
        where = "no link of email.html" if not linked else "email.html beside its links"
        return broken(f"{tag} stands in {where}", [Place(file=MAIL)])
    if in_text != 1:
        return broken(f"{tag} stands {counted(in_text, 'time')} in issue.txt", [Place(file=TEXT)])
    if not all(sent):
        return broken(f"{tag} is another in the message", [Place(file=MESSAGE)])
    return holds(tag)


def _configured(proof: Proof) -> str:
    """Return the merge tag, or the address that holds one, by which readers leave; else ""."""
    sender = proof.issue.masthead.sender
    said = sender.unsubscribe if sender else ""
    return said if _TAG.search(said) or not _URL.match(said) else ""


def _texts(proof: Proof) -> Iterator[tuple[str, str]]:
    tag = _configured(proof)
    mail, text, markdown = proof.mail.source, proof.text, proof.markdown
    if tag:
        mail = _link_with(tag).sub("", mail)
        text, markdown = text.replace(tag, "", 1), markdown.replace(tag, "", 1)
    yield MAIL, mail
    yield TEXT, text
    yield MARKDOWN, markdown
    yield WEB, proof.web.source
    yield MESSAGE, " ".join(proof.envelope.all("Subject"))


def _link_with(tag: str) -> re.Pattern[str]:
    return re.compile(rf"href\s*=\s*([\"']){re.escape(tag)}\1", re.IGNORECASE)


def _in_links(source: str, tag: str) -> int:
    return len(_link_with(tag).findall(source))


RULES = (merge_tags, unsubscribe_tag)
