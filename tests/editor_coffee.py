"""A week before the first coffee of its editor: what lies there, what comes later, what stays."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from editor_browsing import come

from newsletter.cli.app import run
from newsletter.cli.assembly_preview import desk_of
from newsletter.issue import load
from newsletter.model import Issue, PrintedStory
from newsletter.preview import Server
from newsletter.preview.login import Access

WEEK = "2026-W47"
EDIT = f"/issues/{WEEK}/edit"
BUILT = datetime.fromisoformat("2026-11-20T12:00:00Z")

CONFIG = """\
title: The Tide
url: https://tide.example
sender: {name: The Tide, address: tide@tide.example, postal_address: 1 Quay Street, unsubscribe: https://tide.example/bye}
issue: {max_age: 400d, stories: 8, per_source: 9, min_stories: 2}
sections:
  - {name: Town, seeds: seeds/town}
  - {name: Coast, seeds: seeds/coast}
  - {name: Power, seeds: seeds/power}
"""
# By section and file; whoever has more to tell ranks higher.
ARTICLES = {
    "town/flood": """\
Flood reaches the old mill at Lowmere | Lowmere Ledger
The river Aar rose by two metres on Friday and reached the old mill at Lowmere. Forty people left \
their houses before midnight. The mayor, Ida Holt, said the dam upstream had held. The water is \
expected to fall on Sunday.
""",
    "town/flood-too": """\
Lowmere leaves its houses as the Aar floods the mill | Harbour Post
Forty residents of Lowmere spent the night in a school after the Aar flooded the old mill. Mayor \
Ida Holt praised the dam, which held. Engineers will look at the bridge on Monday.
""",
    "town/library": """\
Library lends out its old laptops with the seats | Velsum Reader
Borrowers in Velsum keep the machine for a year and bring it back to be mended. Half of the first \
forty came back with a list of wishes. The librarian, Tom Reeve, wants to add screwdrivers to the \
shelf by the door.
""",
    "town/court": """\
Court stops a landlord from scoring tenants | The Docket
A regional court found that 4,100 applicants were ranked by a system nobody could explain. The \
landlord must tell each of them why they were refused. An appeal is possible until January, said \
the clerk, Mona Grieg.
""",
    "town/bridge": """\
Engineers doubt the bridge below the dam | The Span
Cracks run through two of its stones since the water rose. Lorries go by way of Ellery until \
somebody has looked at them from a boat.
""",
    "town/bakery": """\
Bakery robots take the Sunday shift | Crumb & Crust
Machines knead the dough while apprentices stay in bed. Customers noticed nothing for a month.
""",
    "coast/cranes": """\
Port hands its night cranes to software | Korvik Courier
The harbour of Korvik moved 61,000 containers between ten at night and six in the morning with \
staff on call only. Two cranes stopped in fog and waited for daylight. The union accepts the trial \
until June and wants the night supplement kept.
""",
    "coast/ferry": """\
Ferry sails on its own waste heat | Sandholm Mail
The engine of the Sandholm ferry warms the cabins all winter. Fuel bills fell by a tenth, the \
captain, Nils Berg, told passengers. Two sister ships are to be rebuilt in autumn at the yard in \
Ellery.
""",
    "coast/herring": """\
Fishermen land twice as much herring | Rauental News
Boats of Rauental landed twice as much herring in May as in the year before. The quota was raised \
in Brussels in March.
""",
    "power/battery": """\
Salt battery survives a month of frost | Grid & Current
Engineers froze sodium cells for a month in a cold chamber at Brack and charged them four hundred \
times. The cells kept nine tenths of what they hold. A depot in Ellery orders sixty of them for \
its buses.
""",
    "power/depot": """\
Ellery bus depot buys sixty cells without lithium | Ellery Star
Sixty boxes on wheels arrive at the bus depot before Easter. The town council pays half of the \
price. Drivers were asked first, said the head of the works council, Piet Maas.
""",
    "power/wind": """\
Island runs a week on wind alone | Skarn Weekly
Turbines fed every kettle on Skarn since Monday. The diesel engine was painted green meanwhile, \
said the engineer, Runa Vik, and nobody has asked for it.
""",
}
# What comes once the issue is approved: one more to a story that was rewritten, and a new one.
LATER = {
    "coast/ferry-too": """\
Waste heat warms the cabins of the Sandholm ferry | Harbour Post
The engine of the Sandholm ferry warms the cabins all winter on waste heat. Fuel bills fell by a \
tenth, said the captain, Nils Berg. Two sister ships are to be rebuilt in autumn at the yard in \
Ellery.
""",
    "power/dam": """\
Dam turbines rest at night for eels | River Watch
Operators stop the blades at Hollin while young eels migrate to the sea. A sonar counts them above \
the weir. The loss is one part in two hundred of the year's power. The fishermen of Rauental asked \
for it eleven years ago.
""",
}


def written(folder: Path, articles: Mapping[str, str]) -> None:
    """Put *articles* among the seeds of *folder*."""
    for name, text in articles.items():
        head, _, body = text.partition("\n")
        title, source = head.split(" | ")
        path = folder / "seeds" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        host = name.replace("/", "-")
        path.write_text(
            f"---\ntitle: {title}\nsource: {source}\nurl: https://{host}.example/1\n"
            f"date: 2026-11-19\n---\n{body}"
        )


@dataclass
class Coffee:
    """A workspace with its preview, and the clock that both go by."""

    folder: Path
    now: datetime = BUILT

    def ran(self, *arguments: str) -> None:
        """Run a command that must go well."""
        config, now = str(self.folder / "feeds.yaml"), self.now.isoformat()
        assert run([*arguments, "--config", config, "--now", now]) == 0

    @contextmanager
    def served(self) -> Iterator[Server]:
        """Serve its preview on a free port, to Ada, while the block lasts."""
        desk = desk_of(self.folder / "feeds.yaml", None, lambda: self.now)
        server = Server(desk, host="127.0.0.1", port=0, access=Access(editor="Ada"))
        thread = threading.Thread(target=server.run)
        thread.start()
        try:
            yield server
        finally:
            server.stop()
            thread.join(60)

    def pass_by(self, **time: int) -> None:
        """Let time pass."""
        self.now += timedelta(**time)

    @property
    def files(self) -> Mapping[str, str]:
        """The issue in every format, by file."""
        folder = self.folder / "dist" / WEEK
        names = ("issue.json", "index.html", "email.html", "issue.md", "issue.txt")
        return {name: (folder / name).read_text() for name in names}

    @property
    def issue(self) -> Issue:
        return load(self.files["issue.json"])

    def id(self, words: str) -> str:
        """Return the id of the printed story whose headline begins with *words*."""
        return self.story(words).id

    def story(self, words: str) -> PrintedStory:
        return next(one for one in self.issue.stories if one.headline.startswith(words))

    @property
    def told_by(self) -> Mapping[str, set[str]]:
        """Who tells a story, by the first word of its headline."""
        return {
            one.headline.split()[0]: {article.source for article in one.articles}
            for one in self.issue.stories
        }

    @property
    def order(self) -> Mapping[str, list[str]]:
        """The first words of the headlines, by section."""
        return {
            part.name: [one.headline.split()[0] for one in part.stories]
            for part in self.issue.sections
        }


def laid_out(folder: Path) -> Path:
    """Build the week in *folder*."""
    (folder / "feeds.yaml").write_text(CONFIG)
    written(folder, ARTICLES)
    Coffee(folder).ran("build-issue", "--offline", "--quiet")
    return folder


@contextmanager
def opened(coffee: Coffee, page: Any, *, width: int) -> Iterator[Any]:
    """Have *page* show the issue, ready for hands; its console must stay silent."""
    heard: list[str] = []
    ears = {
        "pageerror": lambda error: heard.append(str(error)),
        "console": lambda line: heard.append(line.text) if line.type == "error" else None,
    }
    for event, ear in ears.items():
        page.on(event, ear)
    page.set_viewport_size({"width": width, "height": 900 if width > 800 else 812})
    page.emulate_media(reduced_motion="reduce")
    with coffee.served() as server:
        address = server.address(EDIT)
        come(page, lambda: page.goto(address))
        yield page
        page.goto("about:blank")  # its ear for news is let go before the server ends
    for event, ear in ears.items():
        page.remove_listener(event, ear)
    assert heard == []


HEADLINE = "Warm cabins for nothing"
SUMMARY = (
    "The captain is content. Fuel bills fell by a tenth, the captain, Nils Berg, told passengers."
)
NOTE = "We erred: **Lowmere** lies on the Aar."
COAST = ["Warm", "Port", "Fishermen", "Island"]


def see_that_all_was_done(coffee: Coffee) -> None:
    """See that the issue, as it lies there, holds each edit of the coffee."""
    issue, told_by = coffee.issue, coffee.told_by
    warm = coffee.story("Warm")
    assert coffee.order["Coast"] == COAST
    assert {"Library", "Court"}.isdisjoint(told_by)
    assert told_by["Flood"] == {"Lowmere Ledger", "Harbour Post", "The Span"}
    assert told_by["Salt"] == {"Grid & Current"}
    assert (warm.headline, " ".join(one.text for one in warm.summary)) == (HEADLINE, SUMMARY)
    assert [one.by_hand for one in warm.summary] == [True, False]
    assert issue.note == NOTE


def see_that_every_edition_says_so(coffee: Coffee) -> None:
    """See that web page, mail, Markdown and text hold each edit of the coffee."""
    headlines = [one.headline for one in coffee.issue.stories]
    for name, text in coffee.files.items():
        if name == "issue.json":
            continue
        flat = " ".join(text.split())
        places = [flat.find(headline) for headline in headlines]
        assert -1 not in places, name
        assert places == sorted(places), name
        assert all(words in flat for words in ("The captain is content.", "We erred", "Lowmere"))
        assert "Court stops a landlord" not in flat, name
        assert "Library lends out" not in flat, name
