"""The check before sending: every rule holds for a sound issue, and each can be broken."""

from collections.abc import Mapping
from typing import Any

import pytest
from checking import findings, known, sample, spoilt
from issues import article, issue, masthead, story

from newsletter.model import Finding, PrintedStory, Sender, Sentence, Sponsor
from newsletter.render.checking import RULES

STORY_1 = r'<table role="presentation"><tr><td>\n<h2 id="story1">.*?</table>\n'
FERRY_0 = "Ferry number 0 sails on its own waste heat"
LACKING = (
    '<p style="display:grid;position:sticky;filter:blur(1px);gap:1em;clip-path:circle();inset:0">'
    "<svg></svg><video></video><dialog></dialog></p>"
)
LINK = 'href="https://theledger.example/2026/11/0"'

# What breaks which rule: a pattern in a file, and what stands there instead.
MAIL = [
    ("doctype", "<!doctype html>", "<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0//EN'>"),
    ("doctype", "<!doctype html>\n", ""),
    ("language", 'html lang="en"', "html"),
    ("language", 'en" dir="ltr">\n<head', 'en">\n<head'),
    ("language-tags", 'html lang="en"', 'html lang="english"'),
    ("language-tags", 'body class="g"', 'body class="g" dir="left"'),
    ("wrapper", '<div lang="en" dir="ltr">', '<div lang="en">'),
    ("wrapper", r'<div lang="en" dir="ltr">(?=\n)', '<div lang="en" dir="ltr"></div><div>'),
    ("title", "<title>.*?</title>", "<title> </title>"),
    ("charset", '<meta charset="utf-8">\n', ""),
    ("charset", '<meta charset="utf-8">', f'<!--{"x" * 1000}--><meta charset="utf-8">'),
    ("viewport", 'name="viewport"', 'name="view"'),
    ("viewport", "initial-scale=1", "user-scalable=no"),
    ("preheader", '<div style="display:none">.*?</div>', ""),
    ("preheader", "The engine warms.*?fell", "Hello"),
    ("preheader", "The engine warms.*?fell", "Hello " * 40),
    ("preheader", "display:none", "display:block"),
    ("one-h1", "<h1", "<h1>Again</h1><h1"),
    ("one-h1", "<h1(.*?)</h1>", "<p>Tideline</p>"),
    ("headings", "</h1>", "</h1><h4>Deep</h4>"),
    ("headings", "</h1>", "</h1><h2></h2>"),
    ("ids", 'id="story1"', 'id="story0"'),
    ("nesting", "</h1>", f"</h1>{'<div>' * 60}x{'</div>' * 60}"),
    ("layout-tables", '<table class="g" role="presentation"', '<table class="g"'),
    ("layout-tables", r'mso\]><table role="presentation"', "mso]><table"),
    ("width", "max-width:600px", "max-width:700px"),
    ("width", ' width="100%" style="max-width:600px;', ' width="720" style="'),
    ("width", "max-width:600px;", ""),
    ("ghost-table", "<!--.if mso..<table.*?-->", ""),
    ("pictures-fit", "width:100%;max-width:560px", "border:0"),
    ("inert", "</h1>", "</h1><script>1</script>"),
    ("inert", "</h1>", '</h1><form action="https://a.example"></form>'),
    ("inert", "</h1>", "</h1><iframe></iframe>"),
    ("inert", "<h1", '<h1 onclick="go()"'),
    ("own-styles", "<title", '<link rel="stylesheet" href="https://a.example/a.css"><title'),
    ("own-styles", "@media", "@import url(https://a.example/a.css);@media"),
    ("own-styles", "@media", '@font-face{font-family:"A";src:url(https://a.example/a.woff)}@media'),
    ("table-rows", "\n<tr>", "<p>A word</p><tr>"),
    ("table-rows", "\n<tr>", "A word<tr>"),
    ("headings-seen", '<h2 id="story0">', '<h2 id="story0" style="display:none">'),
    ("no-vml", "</h1>", "</h1><!--[if mso]><v:roundrect></v:roundrect><![endif]-->"),
    ("reading-order", "<h1 class", "<table role=none dir=rtl><tr><td>A<td>B</table><h1 class"),
    ("reading-order", "<p>Sponsored", '<p style="float: right">Sponsored'),
    ("text-size", "font-size:14px", "font-size:12px"),
    ("text-size", "font-size:14px", "font-size:.8em"),
    ("text-size", "@media", "@media (max-width:480px){p{font-size:11px!important}}@media"),
    ("contrast-light", "color:#222222", "color:#999999"),
    ("contrast-light", "(?<=600px;)background-color:#ffffff", "background:#333 none"),
    ("contrast-light", "@media", "p{color:#aaa!important}@media"),
    ("contrast-dark", "color:#eeeeee", "color:#555555"),
    ("contrast-dark", r"\.g\{background-color:#111111!important\}\n\.i", ".i"),
    ("alt-texts", ' alt="A ferry at night"', ""),
    ("alt-texts", "A ferry at night", "ferry.jpg"),
    ("picture-sizes", ' height="300"', ""),
    ("link-names", ">View in browser<", "><"),
    ("link-texts", ">Write to us<", ">Click here<"),
    ("link-texts", ">Write to us<", ">weiterlesen …<"),
    ("same-words", "</h1>", "</h1><a href=https://a.example/1>A</a> <a href=https://a.example/2>A</a>"),
    ("justified", "padding:20px", "text-align:justify"),
    ("justified", "@media", "p{text-align: justify}@media"),
    ("color-scheme", 'name="color-scheme"', 'name="scheme"'),
    ("color-scheme", 'schemes" content="light dark"', 'schemes" content="light"'),
    ("dark-style", r"\.g\{background-color:#111111!important\}", ""),
    ("dark-style", "prefers-color-scheme:dark", "max-width:480px"),
    ("dark-outlook", r"\[data-ogsc\] .*?\}", ""),
    ("dark-outlook", r"(?<=\[data-ogsc\] \.i\{)color:#eeeeee", "color:#dddddd"),
    ("style-size", "@media", f"{'.abcdefgh{color:red}' * 450}@media"),
    ("style-nesting", r"\.g\{back", "@media print{.x{color:red}}.g{back"),
    ("style-colours", "color:#eeeeee", "color:rgb(238 238 238)"),
    ("style-colours", "color:#222222", "color:rgb(34 34 34 / 1)"),
    ("style-faults", r"(?<=!important\}\n)\}\n", "\n"),
    ("style-faults", "@media", "p >> b{color:red}@media"),
    ("style-place", "</h1>", "</h1><style>p{margin:0}</style>"),
    ("controls", "Write to us", "Write\x85 to us"),
    ("controls", "Write to us", "Write&#x92; to us"),
    ("size", "Write to us", "Write to us" * 9_000),
    ("cuts", STORY_1, ""),
    ("cuts", r"The engine warms the cabins all winter\. ", ""),
    ("unsubscribe", "<p><a[^<]*>Unsubscribe</a></p>", ""),
    ("unsubscribe", "tideline.example/unsubscribe", "tideline.example/elsewhere"),
    ("unsubscribe", "<p>(?=<a[^<]*>Unsubscribe)", '<p style="display:none">'),
    ("postal-address", "14 Quay Street", "14"),
    ("view-in-browser", "archive/2026-W47/index.html", "archive/2026-W46/index.html"),
    ("merge-tags", "Write to us", "Write to {{name}}"),
    ("merge-tags", "Write to us", "Write to *|FNAME|*"),
    ("merge-tags", "Write to us", "Write to <%= name %>"),
    ("merge-tags", "mailto:post", "mailto:%%name%%"),
    ("links-absolute", LINK, 'href="/2026/11/0"'),
    ("links-absolute", LINK, 'href="javascript:alert(1)"'),
    ("links-absolute", LINK, 'href="//theledger.example/2026/11/0"'),
    ("links-absolute", 'src="https://tideline.example/', 'src="'),
    ("anchors", LINK, 'href="#story9"'),
    ("links-https", LINK, 'href="http://theledger.example/2026/11/0"'),
    ("links-direct", LINK, 'href="https://bit.ly/3x"'),
    ("links-direct", LINK, 'href="https://u1.ct.sendgrid.net/ls/click?upn=1"'),
    ("links-untracked", "2026/11/0", "2026/11/0?utm_source=rss"),
    ("links-safe", LINK, 'href="https://me:secret@theledger.example/2026/11/0"'),
    ("links-safe", LINK, 'href="http://192.168.1.4/2026/11/0"'),
    ("links-safe", LINK, 'href="https://localhost:8000/"'),
    ("links-honest", LINK, 'href="https://thel\u0435dger.example/"'),
    ("links-honest", LINK, 'href="https://xn--80ak6aa92e.com/"'),
    ("links-as-said", ">Write to us<", ">https://bank.example/login<"),
    ("links-mail", "mailto:post@tideline.example", "mailto:post"),
    ("links-mail", "mailto:post@tideline.example", "mailto:post@tideline.example?subject=a%0Ab"),
    ("parity-headlines", "Ferry number 1 sails on its own waste heat</a></h2>", "Ferries</a></h2>"),
    ("parity-headlines", STORY_1, ""),
    ("parity-links", '(<h2 id="story0">).*?</table>', f'<h2 id="story0">{FERRY_0}</h2></table>'),
    ("parity-strays", "</h1>", '</h1><a href="https://stranger.example/">A stranger</a>'),
    ("parity-prose", "<p>This week we went.*?</p>", ""),
    ("clients", "</h1>", f"</h1>{LACKING}"),
]  # fmt: skip
OTHERS = [
    ("unsubscribe", "issue.txt", "unsubscribe", "elsewhere"),
    ("postal-address", "issue.txt", "Lowmere 30412", ""),
    ("view-in-browser", "issue.txt", "2026-W47", "2026-W46"),
    ("merge-tags", "issue.txt", "Unsubscribe", "{% if x %}Unsubscribe"),
    ("merge-tags", "issue.md", "# Tideline", "# Tideline {{ name }}"),
    ("merge-tags", "index.html", "<h1>", "<h1>${name}"),
    ("merge-tags", "issue.eml", "Subject: ", "Subject: *|FNAME|* "),
    ("ids", "index.html", 'id="story1"', 'id="story2"'),
    ("anchors", "index.html", "<h1>", '<a href="#nowhere">x</a><h1>'),
    ("links-in-texts", "issue.md", r"\(https://theledger[^)]*\)", "(javascript:alert(1))"),
    ("links-in-texts", "issue.txt", "Unsubscribe:", "https://\nUnsubscribe:"),
    ("files", "issue.md", ".+", ""),
    ("parity-headlines", "issue.md", "Ferry number 1", "Boat 1"),
    ("parity-headlines", "issue.txt", "Ferry number 1", "Boat 1"),
    ("parity-headlines", "index.html", "Ferry number 1", "Boat 1"),
    ("parity-links", "issue.md", "theledger.example/2026/11/0.*?theledger.example", "x.example"),
    ("parity-links", "issue.txt", "https://theledger.example/2026/11/0", ""),
    ("parity-sources", "issue.txt", "https://harbourpost.example/2026/11/3", ""),
    ("parity-sources", "issue.md", "https://harbourpost.example/2026/11/3", "x"),
    ("parity-prose", "issue.txt", "This week we went to sea with the people", "We"),
    ("parity-prose", "issue.md", ", Northwind", ""),
    ("message-parts", "issue.eml", "Unsubscribe", "Subscribe"),
    ("message-reads", "issue.eml", "--=_a1--", ""),
    ("message-reads", "issue.eml", ".+", ""),
    ("message-headers", "issue.eml", "Message-ID: [^\r]*\r\n", ""),
    ("message-headers", "issue.eml", "Subject", "To: a@b.example\r\nSubject"),
    ("message-headers", "issue.eml", "Subject", "Bcc: a@b.example\r\nSubject"),
    ("message-from", "issue.eml", "post@tideline.example", "other@tideline.example"),
    ("message-from", "issue.eml", "<post@tideline.example>", "<a@b.example>, c@d.example"),
    ("sender-named", "issue.eml", "Tideline <post@tideline.example>", "post@tideline.example"),
    ("message-subject", "issue.eml", "Ferries", f"Ferries {'and boats ' * 10}"),
    ("message-subject", "issue.eml", "Tideline: Ferries", ""),
    ("message-subject-safe", "issue.eml", "Ferries", "=?utf-8?q?a=0Abcc=3A_x?="),
    ("message-date", "issue.eml", "Date: Sun, 22", "Date: Sat, 21"),
    ("message-date", "issue.eml", "Date: [^\r]*", "Date: soon"),
    ("message-id", "issue.eml", "a1@tideline.example>", "a1@other.example>"),
    ("message-id", "issue.eml", "Message-ID: <[^>]*>", "Message-ID: a1"),
    ("message-alternatives", "issue.eml", "multipart/alternative", "multipart/mixed"),
    ("message-alternatives", "issue.eml", "text/plain", "text/enriched"),
    ("message-lines", "issue.eml", "Subject: Tideline:", "Subject: T\u00efdeline:"),
    ("message-lines", "issue.eml", "\r\n\r\n", "\r\n\n"),
    ("message-lines", "issue.eml", "Unsubscribe:", "Unsubscribe:" * 90),
]
ISSUES = [
    ("unsubscribe-service", {"masthead": masthead(sender=Sender(name="T", address="a@b.example"))}),
    ("postal-address", {"masthead": masthead(sender=Sender(name="T", address="a@b.example"))}),
    ("view-in-browser", {"masthead": masthead(url=None)}),
    ("sender-named", {"masthead": masthead(sender=None)}),
    ("sender-named", {"masthead": masthead(
        title="Vesper", sender=Sender(name="Hesper", address="a@b.example"))}),
    ("unsubscribe-tag", {"masthead": masthead(
        sender=Sender(name="T", address="a@b.example", unsubscribe="{{ Leave }}"))}),
    ("parity-prose", {"closing": "Until next week, when somebody rows."}),
    ("own-merge-tags", {"intro": "Dear {{ FirstName }}, good morning."}),
    ("prose-length", {"intro": "Long words. " * 200}),
    ("prose-length", {"sponsor": Sponsor(name="Northwind", text="Sails! " * 100)}),
]  # fmt: skip
STORIES = [
    ("parity-order", (story(2), story(1), story(0))),
    ("headlines", (story(0, headline="A ferry " * 12),)),
    ("own-merge-tags", (story(0, headline="Dear {{ FirstName }}", by_hand=("headline",)),)),
    ("own-markup", (story(0, headline="Ferries <b>sail</b>", by_hand=("headline",)),)),
    ("summaries", (story(0, summary=()),)),
    ("enough-stories", ()),
    ("links-known", (story(0, articles=(article(7, lead=True),)),)),
    ("outlets", tuple(story(n, articles=(article(0, lead=True),)) for n in range(4))),
]
KNOWN = [
    ("enough-stories", {"min_stories": 4}),
    ("feeds", {"failing": ("https://a.example/feed: not found (404)",)}),
    ("repeats", {"earlier": {"https://theledger.example/2026/11/0": "2026-W46"}}),
    ("links-answer", {"answers": {"https://theledger.example/2026/11/0": "not found (404)"}}),
    ("links-known", {"hosts": frozenset({"theledger.example"})}),
]


def test_a_sound_issue_breaks_no_rule() -> None:
    found = findings()

    assert {name: one.detail for name, one in found.items() if one.verdict != "passed"} == {}


@pytest.mark.parametrize(
    ("rule", "old", "new"), MAIL, ids=[f"{c[0]}-{i}" for i, c in enumerate(MAIL)]
)
def test_a_rule_on_the_mail_can_be_broken(rule: str, old: str, new: str) -> None:
    assert rule not in broken_by(findings()), "it must hold before"

    found = findings(spoilt("email.html", old, new))

    assert rule in broken_by(found)


@pytest.mark.parametrize(
    ("rule", "file", "old", "new"), OTHERS, ids=[f"{c[0]}-{i}" for i, c in enumerate(OTHERS)]
)
def test_a_rule_on_other_files_can_be_broken(rule: str, file: str, old: str, new: str) -> None:
    found = findings(spoilt(file, old, new))

    assert rule in broken_by(found)


@pytest.mark.parametrize(
    ("rule", "changes"), ISSUES, ids=[f"{c[0]}-{i}" for i, c in enumerate(ISSUES)]
)
def test_a_rule_on_what_the_issue_is_to_hold_can_be_broken(
    rule: str, changes: dict[str, Any]
) -> None:
    found = findings(issue_=sample(**changes))

    assert rule in broken_by(found)


@pytest.mark.parametrize(("rule", "stories"), STORIES, ids=[case[0] for case in STORIES])
def test_a_rule_on_stories_can_be_broken(rule: str, stories: tuple[PrintedStory, ...]) -> None:
    found = findings(issue_=issue(*stories))

    assert rule in broken_by(found)


@pytest.mark.parametrize(("rule", "changes"), KNOWN, ids=[case[0] for case in KNOWN])
def test_a_rule_on_the_world_around_can_be_broken(rule: str, changes: dict[str, Any]) -> None:
    found = findings(known_=known(**changes))

    assert rule in broken_by(found)


def test_every_rule_has_a_case_that_breaks_it() -> None:
    cases = {case[0] for part in (MAIL, OTHERS, ISSUES, STORIES, KNOWN) for case in part}

    assert cases == {rule.name for rule in RULES}


def test_rules_have_names_of_their_own_and_say_what_to_do() -> None:
    names = [rule.name for rule in RULES]

    assert len(set(names)) == len(names)
    assert all(rule.title and rule.way_out and rule.judge.__doc__ for rule in RULES)
    assert not any(rule.way_out.endswith(".") or rule.title.endswith(".") for rule in RULES)


def broken_by(found: Mapping[str, Finding]) -> set[str]:
    """Return the rules that are broken, each with what was found and a way out."""
    failed = {name for name, one in found.items() if one.verdict != "passed"}
    assert all(found[name].detail and found[name].way_out for name in failed)
    return failed


@pytest.mark.parametrize(
    "tag",
    [
        "{{ x\n}}",
        "*|\nX|*",
        "[UNSUBSCRIBE]",
        "[webversion]",
        "{$name}",
        "{!Name}",
        "{contact.name}",
    ],
)
def test_tags_of_the_rarer_services_are_found_too(tag: str) -> None:
    found = findings(spoilt("email.html", "</h1>", f"</h1><p>{tag}</p>"))

    assert found["merge-tags"].verdict == "error"


@pytest.mark.parametrize(
    "words",
    ["a **big** ferry", "&nbsp;Ferries", "See [here](https://a.example)", "`ls` &#8217;", "<br>",
     "__Ferries__", '<a href="https://a.example">Ferries', "Oil &amp; gas"],
)  # fmt: skip
def test_markup_in_words_by_hand_is_shown_with_the_story(words: str) -> None:
    summary = (Sentence(text=words, article_id="", by_hand=True),)

    found = findings(issue_=issue(story(0, summary=summary)))

    assert found["own-markup"].verdict == "warning"
    assert [place.story_id for place in found["own-markup"].places] == ["story0"]
