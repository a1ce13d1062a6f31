"""Three weeks of five outlets, generated: an affair that goes on, one told again late, and more."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from xml.sax.saxutils import escape

OUTLETS = ("The Ledger", "Harbour Post", "Meridian Daily", "Northern Courier", "Circuit Review")
WEEKS = ("2026-W45", "2026-W46", "2026-W47")
FIRST_FRIDAY = datetime(2026, 11, 6, 12, tzinfo=UTC)

Entry = tuple[str, str, str]  # outlet, headline, text

# One string a week; in each an outlet and its headline on a line, then the text.
_AFFAIRS = (
    """\
The Ledger: Ferry Aurora burns off Skar, eight die
Eight people died when the ferry Aurora of Norvik Line caught fire off Skar on Wednesday. Coast
guards brought the other passengers ashore. Norvik chief Marta Lind spoke of a fault on the car
deck.

Harbour Post: Eight dead in fire on Norvik ferry off Skar
A fire on the ferry Aurora of Norvik Line has killed eight people off Skar. The coast guards took
the passengers ashore. The fault lay on the car deck, said Marta Lind, chief of Norvik.

Circuit Review: Velsum port hands its night cranes to software
The port of Velsum lets software drive its cranes at night. The cranes moved 61,000 containers in
the trial, said port chief Anke Brodersen. The union Verdock accepts the trial until June.
""",
    """\
Meridian Daily: Sprinklers of burned ferry Aurora had been off since August
Eight people died off Skar when the ferry Aurora of Norvik Line caught fire. Prosecutor Henk Otter
said on Tuesday that the sprinklers on the car deck of the Aurora had been switched off since
August. Norvik chief Marta Lind has resigned.

The Ledger: Norvik chief resigns over sprinklers of ferry Aurora
Marta Lind has resigned as chief of Norvik Line after the fire on the ferry Aurora off Skar. The
sprinklers on the car deck had been switched off since August, prosecutor Henk Otter found.

Northern Courier: Software drives the night cranes in Velsum port
At night software drives the cranes of the port of Velsum. In the trial they moved 61,000
containers, port chief Anke Brodersen said. Until June the trial is accepted by the union Verdock.
""",
    """\
Northern Courier: Three Norvik managers charged over fire on ferry Aurora
Prosecutor Henk Otter on Thursday charged three managers of Norvik Line over the fire on the ferry
Aurora off Skar. The sprinklers on the car deck had been switched off, he said. Lawyer Ines Cabral
rejected the charges of manslaughter.
""",
)
_PLACES = ("Lowmere", "Tarn", "Ostrau", "Harn", "Elmstead", "Brockwick")
_EVENTS: tuple[tuple[str, ...], ...] = (
    (
        "The library of {} lends tools|The public library of {} now lends drills and saws.",
        "Owls nest in the belfry of {}|Barn owls raised young in the old belfry of {}.",
        "Bakers of {} bring back rye|Bakeries in {} sell dark rye loaves again.",
    ),
    (
        "Night trains stop in {} again|Sleeper trains will halt at the station of {} from May.",
        "{} paints its crossings|Children painted the pedestrian crossings of {} in blue.",
        "Orchard in {} saves old apples|Forty kinds of apple grow in an orchard near {}.",
    ),
    (
        "Choir of {} sings in the dark|A choir in {} gave a concert without any lamps.",
        "Microphones hear leaks in {}|Clipped to valves, microphones find leaking pipes in {}.",
        "Skaters of {} get a roof|The skating hall of {} receives a wooden roof.",
    ),
)


def friday(week: int) -> datetime:
    """Return when the issue of a week (0, 1, 2) is built and published."""
    return FIRST_FRIDAY + timedelta(weeks=week)


def entries(week: int) -> Sequence[Entry]:
    """Return what the outlets bring in a week: the two affairs, and small stories of one outlet."""
    small: list[Entry] = []
    for number, event in enumerate(_EVENTS[week]):
        title, _, text = event.partition("|")
        place = _PLACES[(week * 3 + number) % len(_PLACES)]
        outlet = OUTLETS[(week + number) % len(OUTLETS)]
        small.append((outlet, title.format(place), text.format(place)))
    return (*map(_entry, _AFFAIRS[week].strip().split("\n\n")), *small)


def _entry(block: str) -> Entry:
    first, _, text = block.partition("\n")
    outlet, _, title = first.partition(": ")
    return outlet, title, " ".join(text.split())


def feeds(until: int) -> Mapping[str, str]:
    """Return the feed of each outlet in a week; what it brought in earlier weeks is still there."""
    items: dict[str, list[str]] = {outlet: [] for outlet in OUTLETS}
    for week in range(until + 1):
        for number, (outlet, title, text) in enumerate(entries(week)):
            url = f"https://{slug(outlet)}.example/{week}/{number}"
            published = format_datetime(friday(week) - timedelta(hours=6 + number))
            items[outlet].append(
                f"<item><title>{escape(title)}</title><link>{url}</link><guid>{url}</guid>"
                f"<pubDate>{published}</pubDate><description>{escape(text)}</description></item>"
            )
    head = '<rss version="2.0"><channel><title>News</title>'
    return {outlet: f"{head}{''.join(found)}</channel></rss>" for outlet, found in items.items()}


def slug(outlet: str) -> str:
    """Return an outlet's name as it stands in addresses."""
    return outlet.lower().replace(" ", "-")


def laid_out(workspace: Path, address: str) -> None:
    """Write the newsletter's configuration: five feeds below *address*, a host and a port."""
    lines = [
        "title: The Tide",
        "url: https://tide.example",
        "sender: {name: The Tide, address: tide@tide.example, postal_address: 1 Quay, unsubscribe: https://tide.example/bye}",
        f'fetch: {{allow_private: ["{address}"]}}',
        "sections:",
        "  - name: News",
        "    feeds:",
        *(
            f"      - {{url: http://{address}/{slug(name)}.xml, name: {name}, full_text: never}}"
            for name in OUTLETS
        ),
    ]
    (workspace / "feeds.yaml").write_text("\n".join(lines) + "\n")
