"""Links are asked whether they answer, whatever it is that they lead to."""

from servers import Talk, answer, by_path, serving

from newsletter.net import Fetcher, Limits
from newsletter.sources.links import HttpLinks

PAGE = answer(b"<p>rain</p>", headers="Content-Type: text/html")
PDF = answer(b"%PDF-1.7" + b"0" * 100_000, headers="Content-Type: application/pdf")


def faults(talk: Talk, *paths: str) -> dict[str, str]:
    with serving(talk) as server:
        limits = Limits(timeout_s=60, max_bytes=10_000, allow_private=server.allowed)
        links = HttpLinks(Fetcher(limits, "Newsletter/1"), per_host=4, total_s=60)
        told = dict(links.ask([server.url(path) for path in paths]))
        return {url.removeprefix(server.url("")): fault for url, fault in told.items()}


def test_a_link_that_answers_has_no_fault():
    assert faults(by_path({"/a": PAGE}), "/a") == {"/a": ""}


def test_a_large_document_answers_too():
    assert faults(by_path({"/report.pdf": PDF}), "/report.pdf") == {"/report.pdf": ""}


def test_a_link_that_leads_nowhere_says_what_the_server_said():
    gone = answer(status="404 Not Found")

    assert "404" in faults(by_path({"/gone": gone}), "/gone")["/gone"]


def test_a_link_that_has_moved_for_good_says_whereto():
    moved = answer(status="301 Moved Permanently", headers="Location: /new")

    told = faults(by_path({"/old": moved, "/new": PAGE}), "/old")["/old"]

    assert told.startswith("has moved for good to ")
    assert told.endswith("/new")
