"""`newsletter add`: one article for the coming issue, from a file or a page."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from desks import CONFIG, FLOOD_A, FLOOD_B, NOW
from fakes import NOW as MOMENT
from fakes import InlineWorkers, rss
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.cli.app import run
from newsletter.config import load
from newsletter.errors import FetchError, IssueError, ParseError
from newsletter.model import Document, Page, SeedFolder
from newsletter.parse import SeedJob, parse_seed
from newsletter.pipeline.filing import Filing, Wish, draft_of_page, place_for
from newsletter.pipeline.filing import _written as written
from newsletter.sources import SeedFiles

PARAGRAPH = (
    "The ferry to the outer islands sails again from Monday, the harbour master said, after the"
    " storm had kept it in port for eleven days and the islanders had run short of flour and oil."
)
PAGE = f"""\
<!doctype html><html lang="en"><head><title>Ferry sails again</title>
<meta property="og:title" content="Ferry sails again: a &quot;relief&quot;">
<meta property="og:site_name" content="Harbour Post">
<link rel="canonical" href="https://post.example/ferry"></head>
<body><article><h1>Ferry sails again: a "relief"</h1>
<p>{PARAGRAPH}</p><p>{PARAGRAPH.replace("Monday", "Tuesday")}</p></article></body></html>
"""


class ScriptedPages:
    """Pages that answer what they were told to, by URL; what was asked is remembered."""

    def __init__(self, answers: Mapping[str, Document | FetchError]) -> None:
        self.answers = answers
        self.asked: list[str] = []

    def read(self, urls: Sequence[str]) -> Iterator[tuple[str, Document | FetchError]]:
        self.asked += urls
        for url in urls:
            yield url, self.answers[url]


def document(url: str, content: str | bytes = PAGE) -> Document:
    body = content.encode() if isinstance(content, str) else content
    return Document(url=url, content=body, content_type="text/html; charset=utf-8")


def filing(workspace: Path) -> Filing:
    return Filing(
        seeds=SeedFiles(workspace),
        workers=InlineWorkers(),
        folders=[SeedFolder(path="seeds/", section="From our shelf")],
        now=MOMENT,
        language="en",
        zone="UTC",
    )


def test_a_document_is_copied_into_the_seeds(workspace: Path, capsys: pytest.CaptureFixture[str]):
    (workspace / "flood.txt").write_text(FLOOD_A + "One more line that is new.\n")

    assert run(["add", "flood.txt", "--json"]) == 0

    told = json.loads(capsys.readouterr().out)
    assert (told["added"], told["path"]) == (True, "seeds/flood.txt")
    assert told["title"] == "Flood reaches the old mill at Lowmere"
    assert (workspace / "seeds/flood.txt").read_bytes() == (workspace / "flood.txt").read_bytes()


def test_a_document_that_is_there_already_is_not_added_twice(
    workspace: Path, capsys: pytest.CaptureFixture[str]
):
    (workspace / "other.txt").write_text(FLOOD_A)

    assert run(["add", "other.txt"]) == 0

    assert "among the seeds already: seeds/a.txt" in capsys.readouterr().out
    assert not (workspace / "seeds/other.txt").exists()


def test_a_name_that_is_taken_gets_a_number(workspace: Path):
    (workspace / "a.txt").write_text(
        "Night trains\n\nTwo sleepers run to the coast. They are full."
    )

    assert run(["add", "a.txt"]) == 0

    assert (workspace / "seeds/a.txt").read_text() == FLOOD_A
    assert (workspace / "seeds/a-2.txt").exists()


def test_a_text_is_given_title_and_source(workspace: Path):
    (workspace / "n.txt").write_text("Two sleepers run to the coast. They are full.")

    assert run(["add", "n.txt", "--title", 'Trains: "full"', "--source", "The\nRail"]) == 0

    article = parse_seed(
        SeedJob(
            document=document("seeds/n.txt", (workspace / "seeds/n.txt").read_bytes()),
            origin="seeds/n.txt",
            seen_at=MOMENT,
            language="en",
            zone="UTC",
        )
    )
    assert (article.title, article.source) == ('Trains: "full"', "The Rail")


def test_a_folder_or_a_section_that_is_not_there_says_what_was_meant(
    workspace: Path, capsys: pytest.CaptureFixture[str]
):
    (workspace / "n.txt").write_text("Two sleepers run to the coast. They are full.")

    assert run(["add", "seeds"]) == 1
    assert run(["add", "n.txt", "--section", "from our shlef"]) == 1

    err = capsys.readouterr().err
    assert "seeds: is a folder; name a file in it" in err
    assert "did you mean 'From our shelf'?" in err


def test_nothing_is_laid_down_where_the_configuration_may_not_say_so(
    workspace: Path, capsys: pytest.CaptureFixture[str]
):
    (workspace / "n.txt").write_text("Two sleepers run to the coast. They are full.")
    config = workspace / "feeds.yaml"
    config.write_text(config.read_text() + "  - {name: Rail, feeds: [https://r.example/]}\n")
    config.chmod(0o444)

    assert run(["add", "n.txt", "--section", "Rail"]) == 1

    assert "is write-protected" in capsys.readouterr().err
    assert not (workspace / "seeds-rail").exists()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.exe", b"MZ", "is no kind of document"),
        ("x.txt", b"", "is empty"),
        ("none.txt", None, "there is no such file"),
        ("b.md", FLOOD_B.encode() + b"\nMore.", "has front matter already"),
    ],
    ids=["kind", "empty", "missing", "front matter"],
)
def test_a_file_that_cannot_be_filed_says_why(
    workspace: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    content: bytes | None,
    said: str,
):
    if content is not None:
        (workspace / name).write_bytes(content)
    given_ = ["--title", "T"] if name == "b.md" else []

    assert run(["add", name, *given_]) == 1

    assert said in capsys.readouterr().err
    assert sorted(path.name for path in (workspace / "seeds").iterdir()) == ["a.txt", "b.md"]


def test_a_section_without_seeds_gets_a_folder_of_its_own(
    workspace: Path, capsys: pytest.CaptureFixture[str]
):
    (workspace / "feeds.yaml").write_text(
        CONFIG + "  - name: Nächste Häfen\n    feeds: [https://l.example/]\n"
    )
    (workspace / "n.txt").write_text(
        "Night trains\n\nTwo sleepers run to the coast. They are full."
    )

    assert run(["add", "n.txt", "--section", "nächste häfen", "--dry-run"]) == 0
    assert len(load(workspace / "feeds.yaml").seed_folders) == 1
    assert run(["add", "n.txt", "--section", "nächste häfen"]) == 0

    assert (workspace / "seeds-nachste-hafen/n.txt").is_file()
    folders = load(workspace / "feeds.yaml").seed_folders
    assert [folder.path for folder in folders] == ["seeds/", "seeds-nachste-hafen/"]
    assert "gets seeds: seeds-nachste-hafen/" in capsys.readouterr().err


def test_what_was_filed_is_in_the_coming_issue(workspace: Path):
    (workspace / "n.txt").write_text(
        "Night trains return\n\nTwo sleepers run to the coast again. They are full every night."
    )
    run(["add", "n.txt"])

    assert run(["build-issue", "--offline", "--now", NOW]) == 0

    assert "Night trains return" in (workspace / "dist/2026-W47/issue.txt").read_text()


def test_a_new_folder_never_lies_within_another_sections():
    assert place_for("B", {"A": ["seeds/"], "B": []}).folder == "seeds-b/"
    assert place_for("B", {"A": ["seeds-b"], "B": []}).folder == "seeds-b-2/"
    assert place_for("B", {"A": [], "B": []}, taken=["seeds-b"]).folder == "seeds-b-2/"
    with pytest.raises(IssueError, match="a folder of its own"):
        place_for("B", {"A": ["."], "B": []})
    with pytest.raises(IssueError, match="there are: A, B"):
        place_for("C", {"A": ["."], "B": []})


def test_a_page_becomes_a_text_with_front_matter(workspace: Path):
    url = "https://post.example/ferry?utm_source=x"

    draft = draft_of_page(url, ScriptedPages({url: document(url)}), Wish(), filing(workspace))

    assert draft.name == "2026-11-20-ferry-sails-again-a-relief.txt"
    assert draft.url == "https://post.example/ferry"
    head, _, body = draft.content.decode().partition("---\n\n")
    assert 'title: "Ferry sails again: a \\"relief\\""' in head
    assert 'source: "Harbour Post"' in head
    assert PARAGRAPH in body


def test_a_page_that_was_filed_is_not_asked_again(workspace: Path):
    pages = ScriptedPages({})

    draft = draft_of_page("https://harbour.example/flood/", pages, Wish(), filing(workspace))

    assert draft.there == "seeds/b.md"
    assert pages.asked == []


def test_a_page_is_fetched_filed_and_not_filed_twice(
    workspace: Path, feed_server: tuple[Path, str], capsys: pytest.CaptureFixture[str]
):
    folder, url = feed_server
    (folder / "ferry.html").write_text(PAGE)
    address = url.removeprefix("http://")
    (workspace / "feeds.yaml").write_text(CONFIG + f'fetch: {{allow_private: ["{address}"]}}\n')

    assert run(["add", f"{url}/ferry.html", "--now", NOW]) == 0
    assert run(["add", f"{url}/ferry.html", "--now", NOW]) == 0

    assert "already: seeds/2026-11-20-ferry-sails-again-a-relief.txt" in capsys.readouterr().out
    assert len(list((workspace / "seeds").iterdir())) == 3


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (
            document("https://a.example/", rss(("a", "https://a.example/1", "x")).content),
            "feeds add",
        ),
        (document("https://a.example/", "<html><body>Please sign in</body></html>"), "no article"),
        (FetchError("answers 404"), "answers 404"),
        (FetchError("is application/atom+xml, which is not read here", status=200), "feeds add"),
    ],
    ids=["feed", "no article", "no answer", "feed by its type"],
)
def test_a_url_that_is_no_article_says_so(
    workspace: Path, answer: Document | FetchError, said: str
):
    pages = ScriptedPages({"https://a.example/": answer})

    with pytest.raises((FetchError, ParseError), match=said):
        draft_of_page("https://a.example/", pages, Wish(), filing(workspace))


LINES = st.lists(
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1)
    .map(lambda word: f"{word} {word} – a line of *text* # 1. [x]({word}) --- as <b>it</b> stands.")
    .map(lambda line: " ".join(line.split())),
    min_size=1,
    max_size=5,
)


@given(LINES, st.text(min_size=1, max_size=60), st.text(max_size=20))
@settings(deadline=None)
def test_what_a_page_says_is_what_its_seed_says(lines: list[str], title: str, author: str):
    url = "https://post.example/ferry"
    page = Page(url=url, title=title, text="\n".join(lines), author=author, published=MOMENT)

    content = written(page, f"On {title}", url, Wish(source="The Post"))
    article = parse_seed(
        SeedJob(
            document=document("seeds/p.txt", content),
            origin="seeds/p.txt",
            seen_at=MOMENT,
            language="en",
            zone="UTC",
        )
    )

    assert article.text.split("\n") == [line for line in _tidied(lines) if line]
    assert (article.url, article.source, article.published) == (url, "The Post", MOMENT)


def _tidied(lines: list[str]) -> list[str]:
    from newsletter.text.markup import one_line

    return [one_line(line) for line in lines]
