"""Seeds that are no plain text: saved pages, PDFs, Word documents and mails."""

import zipfile
from datetime import UTC, datetime
from io import BytesIO

import pypdf
import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.errors import ParseError
from newsletter.model import Article, DateSource, Document
from newsletter.parse import SeedJob, parse_seed

SEEN = datetime(2026, 11, 16, 6, tzinfo=UTC)
RAIN = (
    "Rain fell over Velsum for nine hours on Friday and the harbour closed its outer gates before "
    "noon, the port said."
)
GATES = (
    "The Northern Courier called it the wettest day since the gates were built, and the town asked "
    "its people to stay at home."
)
HEAD = "<html lang='en-GB'><head><title>Rain over Velsum</title>"
PAGE = f"<body><h1>Rain over Velsum</h1><p>{RAIN}</p><p>{GATES}</p></body></html>"


def parse(content: bytes | str, origin: str) -> Article:
    body = content.encode() if isinstance(content, str) else content
    document = Document(url=origin, content=body)
    return parse_seed(
        SeedJob(document=document, origin=origin, seen_at=SEEN, language="en", zone="UTC")
    )


def pdf(*pages: list[str], info: str = "") -> bytes:
    """A PDF whose pages show these lines, one below the other."""
    kids = " ".join(f"{3 + 2 * number} 0 R" for number in range(len(pages)))
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
    ]
    font = "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    for number, lines in enumerate(pages):
        shown = " ".join(f"({line}) Tj T*" for line in lines)
        stream = f"BT /F1 9 Tf 12 TL 50 800 Td {shown} ET"
        parts += [
            f"<< /Type /Page /Parent 2 0 R {font} /Contents {4 + 2 * number} 0 R >>",
            f"<< /Length {len(stream)} >> stream\n{stream}\nendstream",
        ]
    parts.append(f"<< {info} >>")
    written, places = "%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n{part}\nendobj\n"
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"<< /Size {len(parts) + 1} /Root 1 0 R /Info {len(parts)} 0 R >>"
    table = f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{rows}trailer {trailer}\n"
    return f"{written}{table}startxref\n{len(written)}\n%%EOF".encode("latin-1")


def docx(body: str, **parts: str) -> bytes:
    """A Word document with this body (WordprocessingML), and further parts by name."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(
            "_rels/.rels",
            "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
            f"<Relationship Id='r1' Type='{office}' Target='word/document.xml'/></Relationships>",
        )
        package.writestr(
            "word/document.xml",
            f"<w:document xmlns:w='{word}'><w:body>{body}</w:body></w:document>",
        )
        for name, content in parts.items():
            package.writestr(name.replace("__", "/") + ".xml", content)
    return packed.getvalue()


def paragraph(text: str, style: str = "") -> str:
    return f"<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def mail(body: str, *headers: str, kind: str = "text/plain") -> str:
    given_ = (
        "From: Anna Berg <anna@ledger.example>",
        "Subject: Rain over Velsum",
        "Date: Fri, 13 Nov 2026 18:30:00 +0100",
        "Message-ID: <1@ledger.example>",
        f"Content-Type: {kind}; charset=utf-8",
    )
    return "\n".join((*headers, *given_, "", body))


def test_a_saved_page_names_its_url_source_and_date():
    head = (
        f"{HEAD}<link rel=canonical href='https://ledger.example/rain'>"
        "<meta property='og:site_name' content='The Ledger'>"
        "<meta property='article:published_time' content='2026-11-13T18:30:00+01:00'></head>"
    )

    found = parse(head + PAGE, "seeds/rain.html")

    assert (found.title, found.source) == ("Rain over Velsum", "The Ledger")
    assert found.url == "https://ledger.example/rain"
    assert found.published == datetime(2026, 11, 13, 17, 30, tzinfo=UTC)
    assert found.date_source == DateSource.DOCUMENT
    assert found.text == f"{RAIN}\n{GATES}"


def test_a_page_that_names_no_url_has_the_one_that_the_browser_wrote_on_saving():
    saved = "<!-- saved from url=(0028)https://ledger.example/rain -->\n"

    found = parse(f"<!DOCTYPE html>\n{saved}{HEAD}</head>{PAGE}", "seeds/rain.HTM")

    assert (found.url, found.source) == ("https://ledger.example/rain", "ledger.example")


def test_a_pdfs_lines_become_paragraphs_and_broken_words_whole():
    lines = [
        "Gates closed",
        "Rain fell over Velsum for nine hours on Friday and the har-",
        "bour closed its outer gates before noon, as the port author-",
        "ity said. Ferries stayed in the well-sheltered inner basin.",
        "The town asked its people to stay at home until the well-",
        "sheltered roads were open.",
    ]

    found = parse(pdf(lines), "seeds/rain.pdf")

    assert found.title == "Gates closed"
    assert found.text == (
        "Rain fell over Velsum for nine hours on Friday and the harbour closed its outer gates "
        "before noon, as the port authority said. Ferries stayed in the well-sheltered inner "
        "basin. The town asked its people to stay at home until the well-sheltered roads were open."
    )


def test_running_heads_and_page_numbers_are_no_text():
    pages = [
        ["Port of Velsum, report 2026", f"Day {n}: the gates held against the {n}th tide.", f"{n}"]
        for n in range(11, 16)
    ]

    found = parse(pdf(*pages), "seeds/rain.pdf")

    assert "Port of Velsum" not in found.text
    assert found.text.count("the gates held") == 5
    assert not any(line.isdigit() for line in found.text.split("\n"))


@pytest.mark.parametrize(
    ("named", "title"),
    [
        ("Rain over Velsum", "Rain over Velsum"),
        ("Microsoft Word - rain final2.docx", "Gates closed"),
        ("", "Gates closed"),
    ],
)
def test_a_pdfs_title_is_its_own_unless_it_names_a_file(named: str, title: str):
    lines = ["Gates closed", RAIN, GATES]

    assert parse(pdf(lines, info=f"/Title ({named})"), "a.pdf").title == title


def test_a_pdf_has_an_author_but_no_date():
    found = parse(pdf([RAIN], info="/Author (Anna Berg) /CreationDate (D:20200101)"), "seeds/a.pdf")

    assert (found.author, found.published) == ("Anna Berg", None)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (pdf([]), "is empty"),
        (pdf([]).replace(b"/Font", b"/XObject"), "text recognition"),
        (b"%PDF-1.4\nrain", "is damaged, or no PDF"),
    ],
    ids=["no text", "scanned", "damaged"],
)
def test_a_pdf_without_text_is_told(content: bytes, said: str):
    with pytest.raises(ParseError, match=said):
        parse(content, "seeds/rain.pdf")


def test_a_locked_pdf_is_told():
    locked = BytesIO()
    writer = pypdf.PdfWriter(clone_from=BytesIO(pdf([RAIN])))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(locked)

    with pytest.raises(ParseError, match="is locked with a password; save it without one"):
        parse(locked.getvalue(), "seeds/rain.pdf")


def test_a_word_documents_title_is_the_heading_that_it_begins_with():
    body = paragraph("Rain over Velsum", "Title") + paragraph(RAIN) + paragraph(GATES)
    styles = (
        "<w:styles xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
        "<w:style w:type='paragraph' w:styleId='Title'><w:name w:val='Title'/></w:style></w:styles>"
    )

    found = parse(docx(body, word__styles=styles), "seeds/rain.docx")

    assert (found.title, found.text) == ("Rain over Velsum", f"{RAIN}\n{GATES}")


def test_a_word_document_without_a_heading_has_its_properties_title():
    core = "<cp:coreProperties><dc:title>Rain &amp; gates</dc:title><dc:creator>Anna Berg"
    core += "</dc:creator></cp:coreProperties>"

    found = parse(docx(paragraph(RAIN), docProps__core=core), "seeds/rain.docx")

    assert (found.title, found.author, found.published) == ("Rain & gates", "Anna Berg", None)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"rain", "is damaged, or no Word document"),
        (b"\xd0\xcf\x11\xe0rain", "is locked, or of an old kind"),
        (docx("", word__big="x" * 31_000_000), "unpacks to far more"),
        (docx("", dtd=f"<!--{'x' * 9_000}--><!DOCTYPE x [<!ENTITY a 'b'>]>"), "declares XML"),
        (docx("<w:p>" * 5_000 + "</w:p>" * 5_000), "is damaged"),
        (docx(""), "is empty"),
    ],
    ids=["no zip", "locked", "bomb", "entities", "nested", "empty"],
)
def test_a_word_document_that_cannot_be_read_is_told(content: bytes, said: str):
    with pytest.raises(ParseError, match=said):
        parse(content, "seeds/rain.docx")


def test_a_mail_names_its_subject_sender_and_date():
    found = parse(mail(f"{RAIN}\n\n{GATES}"), "seeds/rain.eml")

    assert (found.title, found.source, found.author) == ("Rain over Velsum", *["Anna Berg"] * 2)
    assert found.published == datetime(2026, 11, 13, 17, 30, tzinfo=UTC)
    assert found.text == f"{RAIN}\n{GATES}"
    assert found.url is None


def test_a_mail_is_the_same_article_under_another_file_name():
    body = mail(RAIN)

    assert parse(body, "seeds/a.eml").id == parse(body + "\n", "seeds/b.eml").id


def test_signatures_and_footers_are_no_text():
    body = (
        f"{RAIN}\n\nYou are receiving this because you signed up. Unsubscribe here.\n\n-- \nAnna\n"
    )

    assert parse(mail(body), "seeds/rain.eml").text == RAIN


@pytest.mark.parametrize(
    "mark", ["---------- Forwarded message ---------", "Begin forwarded message:\n"]
)
def test_a_mail_passed_on_is_its_first_writers(mark: str):
    fields = (
        "> From: Port of Velsum <press@port.example>\n> Date: Thu, 12 Nov 2026 09:00:00 +0000\n"
        "> Subject: Gates closed\n> To: anna@ledger.example\n>"
    )
    body = mail(f"{mark}\n{fields}\n> {RAIN}").replace("Subject: Rain", "Subject: Fwd: Rain")

    found = parse(body, "seeds/rain.eml")

    assert (found.title, found.source) == ("Rain over Velsum", "Port of Velsum")
    assert found.published == datetime(2026, 11, 12, 9, tzinfo=UTC)
    assert found.text == RAIN


def test_of_a_mails_two_versions_the_page_is_read_unless_it_is_a_stub():
    def both(page: str) -> str:
        parts = (
            f"--x\nContent-Type: text/plain\n\nPLAIN {RAIN}\n"
            f"--x\nContent-Type: text/html\n\n{page}\n--x--\n"
        )
        return mail(parts, kind="multipart/alternative; boundary=x")

    page = f"<div><script>alert(1)</script><p>{RAIN}</p></div>"

    assert parse(both(page), "a.eml").text == RAIN
    assert parse(both("<p>See the text.</p>"), "a.eml").text == f"PLAIN {RAIN}"


def test_a_mails_words_are_read_in_their_encodings():
    head = (
        b"From: a@b.example\nSubject: =?iso-8859-1?Q?Caf=E9?=\n"
        b"Content-Type: text/plain; charset=iso-8859-1\n"
        b"Content-Transfer-Encoding: quoted-printable\n\n"
    )

    found = parse(head + b"The caf=E9 closed its doors for the winter.", "a.eml")

    assert (found.title, found.text) == ("Café", "The café closed its doors for the winter.")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "holds no text"),
        ("rain", "holds no text"),
        (mail(""), "holds no text"),
        ("Content-Type: message/rfc822\n\n" * 2_000, "nests more parts"),
        (mail("--x\nContent-Type: text/plain\n\na\n" * 1_001), "holds more parts"),
        (mail("<div>" * 20_000 + "x", kind="text/html"), "nested too deeply"),
        (mail(RAIN, "From: " + "(" * 2_000), "is damaged"),
    ],
    ids=[
        "nothing",
        "no header",
        "no body",
        "nested mails",
        "many parts",
        "nested markup",
        "nested comments",
    ],
)
def test_a_mail_that_cannot_be_read_is_told(content: str, said: str):
    with pytest.raises(ParseError, match=said):
        parse(content, "seeds/rain.eml")


@settings(max_examples=examples(1.5), deadline=None)
@given(
    st.binary(max_size=200)
    | st.lists(
        st.sampled_from(["%PDF-1.4\n", "1 0 obj\n", "<<", ">>", "stream\n", "endstream", "xref\n",
                         "trailer", "startxref\n9", "/Root 1 0 R", "From: ", "=?utf-7?Q?=00?=",
                         "\n\n", "Content-Type: ", "multipart/mixed; boundary=a", "--a\n", "<p>",
                         "text/html; charset=", "zlib", "PK\x03\x04", "\u202e", "é", "Date: "]),
        max_size=20).map(lambda parts: "".join(parts).encode()),
    st.sampled_from(["a.pdf", "a.docx", "a.eml", "a.html"]),
)  # fmt: skip
def test_no_bytes_bring_about_anything_but_a_parse_error(content: bytes, origin: str):
    found, reason = None, "none"
    try:
        found = parse(content, origin)
    except ParseError as error:
        reason = str(error)

    assert reason.isprintable()
    assert str(found).encode()
