"""The same issue is the same bytes: twice, elsewhere, in another locale and time zone."""

import os
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parent
RENDER = """
import hashlib
from issues import templates, week
from newsletter.model import Layout, Sponsor
from newsletter.render import render

whole = week(
    layout=Layout(images="all"), intro="Grüße, [here](https://a.example/).", closing="*Bye*",
    sponsor=Sponsor(name="Ä", text="Half price", url="https://b.example/"),
)
for name, content in sorted(render(whole, templates()).files.items()):
    print(name, hashlib.sha256(content).hexdigest())
"""


def rendered(folder: Path, **environment: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", RENDER],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": f"{TESTS}:{TESTS.parent}", **environment},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_folder_locale_time_zone_and_hash_seed_change_nothing(tmp_path: Path) -> None:
    here = rendered(TESTS, LC_ALL="C.UTF-8", TZ="UTC", PYTHONHASHSEED="1")

    there = rendered(tmp_path, LC_ALL="de_DE.UTF-8", TZ="Asia/Kolkata", PYTHONHASHSEED="2")

    assert here == there
    assert here.count("\n") == 5
