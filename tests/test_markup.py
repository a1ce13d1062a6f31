"""HTML in, plain text out: the words stay, nothing that runs, hides or steers does."""

import re
import time
import unicodedata
from html.parser import HTMLParser

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pace import slowness

from newsletter.text.markup import html_to_text, one_line, tidy, title_text

ELEMENT = re.compile(r"<[a-zA-Z/!?]")


@pytest.mark.parametrize(
    "dropped",
    [
        "<script>alert(1)</script>",
        "<style>p { color: red }</style>",
        "<figure><img src=x><figcaption>A crane. Photo: Anna Berg</figcaption></figure>",
        "<figcaption>A crane</figcaption>",
        "<form>Your address <input><button>Send</button></form>",
        "<nav>Home News</nav>",
        "<iframe src='https://video.example'>player</iframe>",
        "<noscript>Switch it on</noscript>",
        "<svg><title>Logo</title><script>alert(1)</script></svg>",
        "<video>Your player is old</video>",
        "<template>later</template>",
        "<!-- a note -->",
        "<img src=x onerror=alert(1) alt='a crane'>",
    ],
)
def test_what_is_not_the_article_is_left_out(dropped: str):
    assert html_to_text(f"<p>Rain fell.</p>{dropped}<p>It stopped.</p>") == (
        "Rain fell.\nIt stopped."
    )


@pytest.mark.parametrize(
    "html",
    [
        "<p>One<p>Two", "<div>One</div>Two", "One<br>Two", "<ul><li>One<li>Two</ul>",
        "<h2>One</h2>Two", "<blockquote>One</blockquote>Two",
        "<table><tr><td>One<tr><td>Two</table>", "One<hr>Two",
    ],
)  # fmt: skip
def test_the_end_of_a_block_is_the_end_of_a_line(html: str):
    assert html_to_text(html) == "One\nTwo"


def test_a_line_break_in_the_source_is_only_a_space():
    assert html_to_text("<p>Rain\r\nfell\u2028all <b>d</b>ay &amp;\n<i>night</i>.</p>") == (
        "Rain fell all day & night."
    )


@pytest.mark.parametrize(
    "hostile",
    [
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<svg><p><style><img src=x onerror=alert(1)></style></p></svg>",
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1&gt;'>",
        "<a href='javascript:alert(1)'>rain</a>",
        "<img src=x onerror='a<b'>",
        "<p title='</p><script>alert(1)</script>'>rain",
        "<noscript><p title='</noscript><script>alert(1)</script>'>",
        "<script",
        "<!--><script>alert(1)</script>-->",
        "<![CDATA[<script>alert(1)</script>]]>",
        "<?php echo 1 ?>",
    ],
)
def test_hostile_markup_gets_no_element_through(hostile: str):
    assert not ELEMENT.search(html_to_text(hostile))


def test_text_that_speaks_of_markup_stays_text():
    assert html_to_text("Write &lt;b&gt; if 3 &lt; 4.") == "Write <b> if 3 < 4."


@given(st.text(alphabet="<>/!-ab &;#x3c\"'=\n\u202e\x00", max_size=60))
def test_any_markup_gives_clean_lines(markup: str):
    text = html_to_text(markup)

    assert tidy(text) == text
    assert "\n\n" not in text


@given(st.text(max_size=60))
def test_tidying_twice_changes_nothing_more(text: str):
    once = tidy(text)

    assert tidy(once) == once
    assert unicodedata.is_normalized("NFC", once)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("ra\u202ein\u2066\u2069", "rain"),
        ("ra\x00i\x1bn\x7f\x9b", "rain"),
        ("ra\u200bi\ufeffn\u00ad", "rain"),
        ("rain\ud83d", "rain"),
        ("Cafe\u0301", "Café"),
        ("a\r\nb\rc\u2028d\x85e", "a\nb\nc\nd\ne"),
        (" a \u00a0\u2003 b\t", "a b"),
        ("👩\u200d🚒", "👩\u200d🚒"),
    ],
    ids=["bidi", "controls", "invisible", "half", "composed", "lines", "spaces", "joined emoji"],
)
def test_tidying_takes_out_what_cannot_be_seen(text: str, clean: str):
    assert tidy(text) == clean


def test_one_line_is_one_line():
    assert one_line(" Rain\n\n over\u2029Velsum \x0b again") == "Rain over Velsum again"


@pytest.mark.parametrize(
    ("given_", "title"),
    [
        ("Rain &amp; wind", "Rain & wind"),
        ("<b>Rain</b> <i>again</i>", "Rain again"),
        ("&lt;b&gt;Rain&lt;/b&gt;", "Rain"),
        ("If x < y and z > 3", "If x < y and z > 3"),
        ("Rain <3", "Rain <3"),
        ("Rain <script>alert(1)</script>", "Rain"),
        ("Rain <!-- note -->", "Rain"),
        ("<img src=x onerror='a<b'>Rain", "Rain"),
    ],
)
def test_a_title_is_plain_text(given_: str, title: str):
    assert title_text(given_) == title


def test_a_title_made_to_be_slow_is_not():
    assert title_text("<a" * 200_000).startswith("<a<a")


def test_what_was_escaped_twice_is_read_once_more():
    assert html_to_text("<p>Flour &amp;amp; water,&amp;nbsp;salt</p>") == "Flour & water, salt"


def slowly(markup: str) -> str:
    """The same text by way of a second parser: what is read quickly must equal it."""

    class Reader(HTMLParser):
        text = ""

        def handle_starttag(self, tag: str, attrs: object) -> None:
            self.text += "\n" if tag in BLOCKS else ""

        def handle_endtag(self, tag: str) -> None:
            self.text += "\n" if tag in BLOCKS else ""

        def handle_data(self, data: str) -> None:
            self.text += " ".join(f".{data}.".split())[1:-1]

    reader = Reader()
    reader.feed(nh3.clean(markup, tags={*BLOCKS, "b"}, attributes={"*": set()}))
    reader.close()
    lines = (" ".join(tidy(line).split()) for line in reader.text.split("\n"))
    return "\n".join(line for line in lines if line)


BLOCKS = {"p", "br", "div", "li"}


@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<b>", "</b>", "<br>", "<div>", "</div>", "<li>", "rain", " ", "\n",
             "&lt;", "&eacute;", "&#233;", "e\u0301", "<!-- x -->", "<b title='>'>", ">", "\u202e"]
        ),
        max_size=12,
    ).map("".join)
)  # fmt: skip
def test_text_is_read_quickly_as_it_would_be_slowly(markup: str):
    assert html_to_text(markup) == slowly(markup)


@pytest.mark.parametrize(
    "markup",
    ["<div>" * 100_000, "<ul><li>" * 40_000, "&" * 800_000, "&amp;" * 200_000, "<p>" * 100_000,
     "<table><p>" * 300 + "<p>" * 50_000, "<a b='" * 80_000],
    ids=["divs", "lists", "ampersands", "references", "paragraphs", "tables", "quotes"],
)  # fmt: skip
def test_markup_made_to_be_slow_is_not(markup: str):
    started = time.process_time()

    html_to_text(markup)

    assert time.process_time() - started < 5 * slowness()


def test_half_a_character_costs_itself_alone():
    assert html_to_text("<p>Ra\ud800in</p>") == "Rain"
