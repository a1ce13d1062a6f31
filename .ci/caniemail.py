"""Writes newsletter/data/caniemail.json: which mail clients support which HTML and CSS.

    git clone https://github.com/hteumeuleu/caniemail ../caniemail
    python .ci/caniemail.py ../caniemail

or, without git, from the site's API (https://www.caniemail.com/api/data.json) or the `data/` of the
npm package `caniemail`, which has the same form:

    python .ci/caniemail.py data.json

The same source gives the same bytes. Look at the difference before it is committed: a note whose
words have changed is no longer judged by value (newsletter/render/checking/clients/notes.py), and
tests/test_clients_notes.py names it. The data is Rémi Parmentier's and others', under the MIT
licence, which is written beside it as LICENSE.caniemail.
"""

import argparse
import json
import re
import subprocess
import tarfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from operator import itemgetter
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

FOLDER = Path(__file__).resolve().parent.parent / "newsletter" / "data"
SOURCE = "https://github.com/hteumeuleu/caniemail"
# In the order of the report. Left out: Windows Mail, withdrawn at the end of 2024; Gmail in a
# telephone's browser, which few use for mail; regional mailboxes, tested for half the features.
CLIENTS = {
    "gmail.desktop-webmail": "Gmail web",
    "gmail.ios": "Gmail iOS",
    "gmail.android": "Gmail Android",
    "outlook.windows": "Outlook classic",
    "outlook.outlook-com": "Outlook.com and new",
    "outlook.macos": "Outlook macOS",
    "outlook.ios": "Outlook iOS",
    "outlook.android": "Outlook Android",
    "apple-mail.macos": "Apple Mail macOS",
    "apple-mail.ios": "Apple Mail iOS",
    "yahoo.desktop-webmail": "Yahoo web",
    "yahoo.ios": "Yahoo iOS",
    "yahoo.android": "Yahoo Android",
    "aol.desktop-webmail": "AOL web",
    "aol.ios": "AOL iOS",
    "aol.android": "AOL Android",
    "samsung-email.android": "Samsung Email",
    "thunderbird.macos": "Thunderbird",
    "protonmail.desktop-webmail": "Proton Mail web",
    "protonmail.ios": "Proton Mail iOS",
    "protonmail.android": "Proton Mail Android",
    "fastmail.desktop-webmail": "Fastmail web",
    "hey.desktop-webmail": "HEY web",
}
KINDS = ("html-", "css-", "image-")  # what is left is about the envelope: AMP, BIMI

_FENCE = re.compile(r"^---\s*$", re.MULTILINE)
_MARKDOWN_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


def main() -> None:
    """Read the source named on the command line, write the data and its licence."""
    parser = argparse.ArgumentParser(description="Refresh the data on mail clients.")
    parser.add_argument("source", type=Path, help="a clone of hteumeuleu/caniemail, or data.json")
    source: Path = parser.parse_args().source
    if source.is_dir():
        version, date, features = from_repository(source)
        licence = _git(source, "show", "HEAD:LICENSE")
        (FOLDER / "LICENSE.caniemail").write_bytes(licence)
    else:
        version, date, features = from_api(source)
    data = {
        "source": SOURCE,
        "version": version,
        "date": date,
        "licence": "MIT, Copyright (c) 2019 Rémi Parmentier; LICENSE.caniemail",
        "clients": CLIENTS,
        "features": {slug: small(feature) for slug, feature in sorted(features, key=itemgetter(0))},
    }
    text = json.dumps(data, ensure_ascii=False, indent=0, separators=(",", ":"))
    (FOLDER / "caniemail.json").write_text(text + "\n", encoding="utf-8")


def from_repository(folder: Path) -> tuple[str, str, list[tuple[str, Mapping[str, Any]]]]:
    """Return the commit, its date, and each feature's front matter by its slug."""
    commit, date = _git(folder, "log", "-1", "--format=%H %cs").decode().split()
    archive = _git(folder, "archive", "--format=tar", "HEAD", "_features")
    features = []
    with tarfile.open(fileobj=BytesIO(archive)) as files:
        for member in files:
            file = files.extractfile(member)
            name = Path(member.name)
            if file and name.suffix == ".md" and name.name.startswith(KINDS):
                features.append((name.stem, front_matter(file.read().decode())))
    return commit, date, features


def from_api(file: Path) -> tuple[str, str, list[tuple[str, Mapping[str, Any]]]]:
    """Return the API's version, its date, and each feature by its slug."""
    data = json.loads(file.read_text(encoding="utf-8"))
    features = [(one["slug"], one) for one in data["data"] if one["slug"].startswith(KINDS)]
    return f"API {data['api_version']}", data["last_update_date"][:10], features


def front_matter(text: str) -> Mapping[str, Any]:
    """Return the YAML at the head of a feature's page."""
    reader = YAML(typ="safe", pure=True)
    reader.allow_duplicate_keys = True  # a few pages name a key twice, and hold tabs
    loaded: Mapping[str, Any] = reader.load(_FENCE.split(text)[1].expandtabs(4))
    return loaded


def small(feature: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what the check needs of a feature: title, who lacks it, and the notes on that.

    `support` holds clients by their status (`n` none, `a` partial, `u` unknown; then the numbers of
    notes), in the last version tested. Who has it without a note is left out.
    """
    by_status = defaultdict(list)
    for client in CLIENTS:
        status = last_tested(feature["stats"], client)
        if status != "y":
            by_status[status].append(client)
    texts = {str(key): note for key, note in (feature.get("notes_by_num") or {}).items()}
    return {
        "title": feature["title"].strip(),
        "support": {status: " ".join(who) for status, who in sorted(by_status.items())},
        "notes": {number: words(texts[number]) for number in numbers(by_status) if number in texts},
    }


def last_tested(stats: Mapping[str, Any], client: str) -> str:
    """Return the status of the last version tested, such as `a #1 #2`, `u` where there is none."""
    family, platform = client.split(".")
    versions = (stats.get(family) or {}).get(platform)
    if not isinstance(versions, Mapping) or not versions:
        return "u"
    letter, *rest = re.findall(r"[ynau](?=\b)|#\d+", str(list(versions.values())[-1]).lower())
    return " ".join([letter, *rest])


def numbers(statuses: Iterable[str]) -> Iterator[str]:
    """Yield the numbers of notes that *statuses* name, each once, in order."""
    found = {number for status in statuses for number in re.findall(r"#(\d+)", status)}
    yield from sorted(found, key=int)


def words(note: str) -> str:
    """Return a note on one line, of its links only what they say."""
    return " ".join(_MARKDOWN_LINK.sub(r"\1", note).split())


def _git(folder: Path, *arguments: str) -> bytes:
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, capture_output=True, check=True).stdout  # noqa: S603 fixed words


if __name__ == "__main__":
    main()
