"""What the check lets pass: sound mails that are made otherwise than ours."""

from typing import Any

import pytest
from checking import findings, known, sample, sound, spoilt, whole
from issues import issue, masthead, story, templates, week

from newsletter.model import Edition, Issue, Layout, Sender, Sentence
from newsletter.render import render
from newsletter.render.checking import check

TAG = "{{ UnsubscribeURL }}"
LEAVE = "https://tideline.example/unsubscribe"
THEMES = sorted(name[7:-5] for name in templates() if name.startswith("themes/") and "yaml" in name)

FAIR = [
    ("doctype", "<!doctype html>", "\n<!DOCTYPE HTML>"),
    ("contrast-light", 'style="font-size:24px;color:#222222"', 'style="font-size:24px;color:#888"'),
    ("contrast-light", "<p>Sponsored", '<p style="display:none;color:#fff">x</p><p>Sponsored'),
    ("contrast-light", "@media", "@media print{p{color:#fff}}@media"),
    ("text-size", "font-size:14px", "font-size:10.5pt"),
    ("layout-tables", "</h1>", "</h1><table><tr><th>Week</th></tr><tr><td>47</td></tr></table>"),
    ("headings", "</h1>", "</h1><h2>One</h2><h3>Two</h3><h2>Three</h2>"),
    ("alt-texts", 'alt="A ferry at night"', 'alt=""'),
    ("same-words", "</h1>", "</h1><p><a href=/1>A</a> 1 May, <a href=/2>A</a> 2 May</p>"),
    ("reading-order", "</h1>", '</h1><table role=none dir=rtl><tr><td>שלום</td></tr></table>'),
    ("style-size", "@media", f"/* {'x' * 7_000} */@media"),
    ("merge-tags", "Write to us", "50 % of {all}, 100% [sic]"),
    ("links-honest", "https://theledger.example/2026/11/0", "https://xn--mnchen-3ya.example/"),
    ("links-as-said", "Write to us", "Ferry.example"),
    ("controls", "Write to us", "Write to us \u00a0\u2028"),
    ("language-tags", 'html lang="en"', 'html lang="zh-Hans-CN"'),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "old", "new"), FAIR, ids=[f"{c[0]}-{i}" for i, c in enumerate(FAIR)]
)
def test_what_does_no_harm_breaks_no_rule(rule: str, old: str, new: str) -> None:
    found = findings(spoilt("email.html", old, new))

    assert found[rule].verdict == "passed"


@pytest.mark.parametrize("theme", THEMES)
def test_our_own_mails_have_no_errors_in_any_theme(theme: str) -> None:
    issue_ = week(layout=Layout(theme=theme))

    report = check(issue_, render(issue_, templates()), known())

    assert [f"{one.rule}: {one.detail}" for one in report.errors] == []


def test_a_mail_whose_stories_bear_no_ids_is_measured_by_its_links() -> None:
    texts = {name: text.decode() for name, text in sound().items() if name != "issue.eml"}
    bare = whole({**texts, "email.html": texts["email.html"].replace('id="story', 'class="s')})

    report = check(sample(), Edition(files=bare), known())

    assert [one.shown for one in report.bytes.stories] == ["full", "full", "full"]
    assert report.errors == ()


@pytest.mark.parametrize("tag", [TAG, "*|UNSUB|*", "https://a.example/?reader={{ id }}"])
def test_the_services_tag_goes_through_where_it_belongs(tag: str) -> None:
    found = findings(tagged(tag), tagged_issue(tag))

    assert found["unsubscribe-tag"].verdict == "passed"
    assert found["unsubscribe"].verdict == "passed"
    assert found["merge-tags"].verdict == "passed"


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("email.html", "Write to us", TAG),
        ("email.html", f'href="{TAG}"', 'href="%7B%7B UnsubscribeURL }}"'),
        ("issue.txt", "Tideline", f"Tideline {TAG}"),
    ],
    ids=["beside its link", "escaped", "twice in the text"],
)
def test_the_services_tag_is_refused_elsewhere(file: str, old: str, new: str) -> None:
    texts = {name: text.decode() for name, text in tagged(TAG).items() if name != "issue.eml"}

    found = findings(whole({**texts, file: texts[file].replace(old, new, 1)}), tagged_issue())

    assert found["unsubscribe-tag"].verdict == "error"


def test_another_services_tag_is_a_look_alike() -> None:
    found = findings(tagged("*|UNSUB|*"), tagged_issue())

    assert found["merge-tags"].verdict == "error"


def test_what_gave_way_to_fit_need_not_stand_in_the_mail() -> None:
    # Of three stories the last is ranked lowest.
    mail = sound()["email.html"].decode()
    start = mail.index('<table role="presentation"><tr><td>\n<h2 id="story2"')
    texts = {name: text.decode() for name, text in sound().items() if name != "issue.eml"}
    short = mail[:start] + mail[mail.index("<p>Sponsored") :]

    found = findings(whole({**texts, "email.html": short}), cuts=("1 story on the web only",))

    assert found["parity-headlines"].verdict == "passed"
    assert found["cuts"].verdict == "note"


def test_only_the_lowest_ranked_may_give_way() -> None:
    mail = sound()["email.html"].decode()
    start = mail.index('<table role="presentation"><tr><td>\n<h2 id="story1"')
    end = mail.index('<table role="presentation"><tr><td>\n<h2 id="story2"')
    texts = {name: text.decode() for name, text in sound().items() if name != "issue.eml"}

    found = findings(
        whole({**texts, "email.html": mail[:start] + mail[end:]}), cuts=("1 story on the web only",)
    )

    assert [place.story_id for place in found["parity-headlines"].places] == ["story1"]


@pytest.mark.parametrize(
    ("rule", "problem", "sender"),
    [
        ("unsubscribe-service", "sender.unsubscribe is missing: …", {}),
        ("postal-address", "sender.postal_address is missing: …", {}),
    ],
    ids=["unsubscribe", "postal address"],
)
def test_what_the_issue_says_itself_is_not_said_twice(
    rule: str, problem: str, sender: dict[str, Any]
) -> None:
    nameless = masthead(sender=Sender(name="Tideline", address="post@tideline.example", **sender))

    found = findings(issue_=sample(masthead=nameless, problems=(problem,)))

    assert rule not in found


def test_an_issue_that_is_built_again_does_not_repeat_itself() -> None:
    earlier = {"https://theledger.example/2026/11/0": "2026-W47"}

    found = findings(known_=known(earlier=earlier))

    assert found["repeats"].verdict == "passed"


def test_links_are_judged_by_their_answers_only_when_they_were_asked() -> None:
    assert "links-answer" not in findings()
    assert (
        findings(known_=known(answers={"https://a.example/": ""}))["links-answer"].detail
        == "1 link"
    )


def test_brackets_that_markdown_escapes_are_no_link() -> None:
    found = findings(spoilt("issue.md", "# Tideline", r"# \[Tideline\](javascript:1)"))

    assert found["links-in-texts"].verdict == "passed"


def test_the_editors_words_may_hold_links() -> None:
    linked = "This week we [went to sea](https://a.example/a/long/way/off) with the people."

    found = findings(issue_=sample(intro=linked))

    assert found["parity-prose"].verdict == "passed"


def test_an_empty_issue_is_judged_too() -> None:
    empty = issue()

    report = check(empty, render(empty, templates()), known())

    assert report.errors == ()
    assert "enough-stories" in {one.rule for one in report.warnings}


def tagged(tag: str) -> dict[str, bytes]:
    texts = {name: text.decode() for name, text in sound().items() if name != "issue.eml"}
    return dict(whole({name: text.replace(LEAVE, tag) for name, text in texts.items()}))


def tagged_issue(tag: str = TAG) -> Issue:
    sender = masthead().sender
    assert sender is not None
    return sample(
        masthead=masthead(
            sender=Sender(
                name=sender.name,
                address=sender.address,
                postal_address=sender.postal_address,
                unsubscribe=tag,
            )
        )
    )


@pytest.mark.parametrize(
    "words",
    ["AT&T; and R&D", "1 < 2 > 0", "f**k and s**t", "5 * 3 * 2", "snake_case and __init",
     "[sic]", "a <3 for ferries", "*Macbeth*", "it costs $5 (or `6')"],
)  # fmt: skip
def test_marks_that_are_words_are_no_markup(words: str) -> None:
    summary = (Sentence(text=words, article_id="", by_hand=True),)

    found = findings(issue_=issue(story(0, summary=summary)))

    assert found["own-markup"].verdict == "passed"


def test_markup_of_the_sources_is_not_the_editors() -> None:
    found = findings(issue_=issue(story(0, headline="The <table> element")))

    assert found["own-markup"].verdict == "passed"
