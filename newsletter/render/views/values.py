"""What templates print: an issue and the archive, in words and links that are ready to be shown."""

from dataclasses import dataclass

from newsletter.render.columns import cells
from newsletter.render.past import PointView
from newsletter.render.prose import Prose
from newsletter.render.sentences import PieceView


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """One source of a story; `date` is "" where the article has none.

    `is_copy` marks one that repeats another source's text: it does not count as an outlet.
    """

    name: str
    url: str | None
    date: str
    is_copy: bool

    @property
    def note(self) -> str:
        """Return both as they are printed, " (29 Jan, copy)", "" where there is nothing to say."""
        said = ", ".join(word for word in (self.date, "copy" if self.is_copy else "") if word)
        return f" ({said})" if said else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureView:
    """A story's picture: its size in pixels as it is, and what it stands for in words."""

    url: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView:
    """A story as it is printed; `direction` is None where it is that of the page, `page_direction`.

    `begun` is where a story that goes on was first told, None of a new one; `timeline` are its
    points from three issues on, the last of them this one. `differing` says where sources differ:
    "Sources differ on …"; `difference` is what follows these two words, the space before it too.
    `pieces` are the summary once more, its dates set apart; `label` is "Review", "Opinion",
    "Feature" or "". A story `is_brief` that has one sentence or none; `run_in` is its headline's
    end where the summary goes on behind it, "" or a full stop. `by_model` marks a summary that a
    language model wrote. `number` counts through the issue from 1; `short` is the headline cut to a
    line of the contents.
    """

    id: str
    number: int
    headline: str
    short: str
    url: str | None
    summary: str
    count: str
    sources: tuple[SourceView, ...]
    direction: str | None
    score: float
    begun: PointView | None = None
    timeline: tuple[PointView, ...] = ()
    differing: str = ""
    difference: str = ""
    pieces: tuple[PieceView, ...] = ()
    label: str = ""
    is_brief: bool = False
    run_in: str = ""
    by_model: bool = False
    picture: PictureView | None = None
    page_direction: str = "ltr"


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """A section with its stories; `anchor` is where a link to it leads."""

    name: str
    anchor: str
    stories: tuple[StoryView, ...]

    @property
    def cells(self) -> tuple[tuple[StoryView, ...], ...]:
        """Return the stories as a page of two columns places them, brief ones one below another."""
        return cells(self.stories)


@dataclass(frozen=True, slots=True, kw_only=True)
class Nameplate:
    """What every page says of the newsletter itself; `web_url` is below what its issues stand.

    `atom_url` and `json_url` are those of its feeds, None where it has no URL.
    """

    title: str
    description: str
    language: str
    direction: str
    postal_address: str
    home_url: str | None
    web_url: str | None = None
    atom_url: str | None = None
    json_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SponsorView:
    """The sponsor's place; `link_text` is "" where there is no link."""

    name: str
    text: Prose
    url: str | None
    link_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueView:
    """An issue as it is printed.

    `lead` is the first story of the first section that has one; `below_lead` are the sections
    without it, none of them empty. `left_out` says what a mail had no room for. `reading_time` is
    that of the whole issue, "" of one without stories; `by_model` says how to know summaries that a
    language model wrote, "" where there are none. `preheader` has 30 to 150 characters.
    `unsubscribe_url` is a URL, or Markup that goes out as it is: a merge tag, without double quotes
    and line breaks. `sections` and `sponsor` follow `intro` and `note`; `closing` comes last.
    """

    plate: Nameplate
    line: str
    date: str
    subject: str
    preheader: str
    description: str
    web_url: str | None
    unsubscribe_url: str | None
    made_from: str
    lead: StoryView | None
    lead_section: str
    sections: tuple[SectionView, ...]
    below_lead: tuple[SectionView, ...]
    story_count: str
    many: bool
    left_out: str = ""
    reading_time: str = ""
    by_model: str = ""
    intro: Prose = Prose()
    note: Prose = Prose()
    closing: Prose = Prose()
    sponsor: SponsorView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """One issue in the archive; `is_draft` marks one that is not published."""

    path: str
    week: str
    day: str
    headline: str
    also: str
    story_count: str
    is_draft: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthView:
    """The issues of one month, newest first."""

    name: str
    entries: tuple[EntryView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveView:
    """All issues, newest first; `newest` is the path of the latest.

    `has_feeds` says whether feed.xml and feed.json lie beside it.
    """

    plate: Nameplate
    months: tuple[MonthView, ...]
    newest: str
    total: str
    has_feeds: bool = False
