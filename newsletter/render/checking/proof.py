"""The proof: an edition laid out to be read before it is printed."""

from collections.abc import Mapping
from dataclasses import dataclass

from newsletter.model import Edition, Issue, PrintedStory, StoryBytes, Support
from newsletter.render.checking.clients import support
from newsletter.render.checking.document import Document, Element, Link, Run, links_of, read
from newsletter.render.checking.envelope import Envelope, opened
from newsletter.render.checking.known import Known
from newsletter.render.checking.looks import Look, View, looks
from newsletter.render.checking.portions import portions
from newsletter.render.checking.sheet import Sheet, sheet_of

MAIL = "email.html"
WEB = "index.html"
MARKDOWN = "issue.md"
TEXT = "issue.txt"
MESSAGE = "issue.eml"
FILES = (WEB, MAIL, MARKDOWN, TEXT, MESSAGE)

_WIDE = 800  # px of a window on a desk; a phone's are 375
_PHONE = 375


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """All that the rules look at: the issue, its files as they are read, how the mail looks."""

    issue: Issue
    known: Known
    files: Mapping[str, bytes]
    cuts: tuple[str, ...]
    mail: Document
    web: Document
    sheet: Sheet
    light: Mapping[Element, Look]
    dark: Mapping[Element, Look]
    phone: Mapping[Element, Look]
    links: tuple[Link, ...]
    web_links: tuple[Link, ...]
    markdown: str
    text: str
    envelope: Envelope
    portions: Mapping[str, StoryBytes]
    support: Support

    @property
    def shown(self) -> tuple[Run, ...]:
        """Return the text of the mail that readers see, in reading order."""
        return tuple(run for run in self.mail.runs if not self.light[run.element].hidden)

    @property
    def due(self) -> tuple[PrintedStory, ...]:
        """Return the stories that the mail must show: all but those that had to give way.

        Where something had to, the lowest-ranked are the first that may be missing.
        """
        if not self.cuts:
            return self.issue.stories
        lead = self.issue.stories[:1]
        low_first = sorted(
            self.issue.stories, key=lambda story: (story in lead, story.score, story.id)
        )
        gone = set()
        for story in low_first:
            if self.portions[story.id].shown != "web only":
                break
            gone.add(story.id)
        return tuple(story for story in self.issue.stories if story.id not in gone)

    def said_already(self, key: str) -> bool:
        """Tell whether the issue itself names *key* of feeds.yaml among its problems."""
        return any(problem.startswith(key) for problem in self.issue.problems)


def proof_of(issue: Issue, edition: Edition, known: Known) -> Proof:
    """Return *edition* ready to be judged; a file that is missing is read as an empty one."""
    ids = frozenset(story.id for story in issue.stories)
    mail = read(MAIL, edition.files.get(MAIL, b""), ids)
    web = read(WEB, edition.files.get(WEB, b""), ids)
    sheet = sheet_of(mail)
    links = links_of(mail)
    light = looks(mail, sheet, View(width=_WIDE))
    return Proof(
        issue=issue,
        known=known,
        files=edition.files,
        cuts=edition.cuts,
        mail=mail,
        web=web,
        sheet=sheet,
        light=light,
        dark=looks(mail, sheet, View(width=_WIDE, dark=True)),
        phone=looks(mail, sheet, View(width=_PHONE)),
        links=links,
        web_links=links_of(web),
        markdown=edition.files.get(MARKDOWN, b"").decode("utf-8", "replace"),
        text=edition.files.get(TEXT, b"").decode("utf-8", "replace"),
        envelope=opened(edition.files.get(MESSAGE, b"")),
        portions=portions(issue, mail, links),
        support=support(mail.source, known.support_data),
    )
