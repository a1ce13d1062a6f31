"""What a theme must say, and what is refused before anybody has to read it."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from issues import templates

from newsletter.errors import TemplateError
from newsletter.render.theme_faults import contrast
from newsletter.render.themes import Theme, theme_named, themes_in

COLOURS = st.from_regex(r"#[0-9A-F]{6}", fullmatch=True)
OURS = ("briefing", "broadsheet", "modern")


def with_own(text: str, **others: str) -> Mapping[str, str]:
    """Return the templates of a workspace that has a theme of its own."""
    files = {f"themes/{name}.yaml": content for name, content in others.items()}
    return {**templates(), "themes/own.yaml": text, **files}


def own(text: str, **others: str) -> Theme:
    return theme_named("own", with_own(text, **others))


def refused(text: str, **others: str) -> list[str]:
    with pytest.raises(TemplateError) as caught:
        own(text, **others)
    return str(caught.value).splitlines()


def test_three_themes_come_with_the_package() -> None:
    assert themes_in(templates()) == OURS


@pytest.mark.parametrize("name", OURS)
def test_a_theme_of_ours_has_no_faults(name: str) -> None:
    theme = theme_named(name, templates())

    assert theme.name == name
    assert theme.width == 600
    assert min(size.font for size in theme.sizes.values()) >= 14


def test_a_theme_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(TemplateError) as caught:
        theme_named("moden", templates())

    assert str(caught.value) == (
        "templates/themes/moden.yaml: there is no such theme;"
        " there are briefing, broadsheet, modern"
    )


def test_a_theme_takes_from_another_what_it_does_not_set() -> None:
    theme = own("extends: modern\ntitle: Ours\nlight:\n  accent: '#8C1D18'\n")

    modern = theme_named("modern", templates())
    assert theme.title == "Ours"
    assert theme.light == {**modern.light, "accent": "#8C1D18"}
    assert theme.dark == modern.dark
    assert theme.form == modern.form


def test_a_theme_that_replaces_one_of_ours_can_extend_it() -> None:
    shipped = templates()["themes/modern.yaml"]
    changed = {
        **templates(),
        "themes/modern.yaml": "extends: modern\nradius: 0\n",
        "package/themes/modern.yaml": shipped,
    }

    assert theme_named("modern", changed).radius == 0
    assert themes_in(changed) == OURS


@pytest.mark.parametrize(
    ("text", "others"),
    [("extends: own\n", {}), ("extends: two\n", {"two": "extends: own\n"})],
    ids=["at once", "in a circle"],
)
def test_a_theme_cannot_extend_itself(text: str, others: dict[str, str]) -> None:
    assert any("extends itself; there are briefing" in line for line in refused(text, **others))


def test_text_that_cannot_be_read_is_refused_with_the_pair_and_its_ratio() -> None:
    faults = refused("extends: modern\nlight:\n  muted: '#8A8A8A'\n")

    assert faults[0] == (
        "templates/themes/own.yaml:3: light.muted: #8A8A8A on light.background #FFFFFF has a"
        " contrast of 3.45:1, it needs 4.5:1; take colours that are further apart"
    )
    assert [line.split(" on ")[1].split(" ")[0] for line in faults] == [
        "light.background", "light.mail-background", "light.surface",
    ]  # fmt: skip


def test_a_ground_of_ones_own_is_named_by_its_own_line() -> None:
    faults = refused("extends: modern\ndark:\n  surface: '#77808C'\n")

    assert {line.split(": ")[0] for line in faults} == {"templates/themes/own.yaml:3"}


def test_a_contrast_that_just_fails_is_not_told_as_if_it_held() -> None:
    faults = refused("extends: modern\nlight:\n  accent: '#777777'\n  surface: '#FFFFFF'\n")

    assert "has a contrast of 4.47:1, it needs 4.5:1" in faults[0]


@pytest.mark.parametrize(
    ("key", "ink", "ground"),
    [("band", "band-ink", "band"), ("mark", "mark-ink", "mark")],
)
def test_text_on_what_is_filled_is_measured_too(key: str, ink: str, ground: str) -> None:
    faults = refused(f"extends: briefing\nlight:\n  {key}: '#231D14'\n")

    assert f"light.{ink}: #231D12 on light.{ground} #231D14 has a contrast of 1.00:1" in faults[0]


def test_lines_that_mark_something_need_less_than_text() -> None:
    assert own("extends: modern\nlight:\n  line-strong: '#8A8A8A'\n").light["line-strong"]
    assert "it needs 3.0:1" in refused("extends: modern\nlight:\n  focus: '#C0C0C0'\n")[0]


def test_all_faults_are_told_at_once_each_with_its_line() -> None:
    faults = refused(
        "extends: modern\ntitel: Ours\nradius: round\nlight:\n  ink: black\n  back-ground: red\n"
        "form:\n  masthead: middle\nsizes:\n  meta: 12/16\n  body: 16\n  lead: 30/20\n"
    )

    assert [line.removeprefix("templates/themes/own.yaml:") for line in faults] == [
        "2: titel: unknown key; did you mean title?",
        "3: radius: 'round' is no whole number of pixels from 0 to 32",
        "5: light.ink: 'black' is no colour; write “#RRGGBB”",
        "6: light.back-ground: unknown key; did you mean light.background?",
        "8: form.masthead: 'middle' is none of left, centred, band",
        "10: sizes.meta: letters of 12 px; take 14 to 96 px",
        "11: sizes.body: '16' is no size; write “16/25”, letters and line in pixels",
        "12: sizes.lead: lines of 20 px under letters of 30; take 30 to 60 px",
    ]


def test_what_a_theme_lacks_is_named_with_a_way_to_have_it() -> None:
    faults = refused("title: Ours\n")

    assert faults[0].startswith("templates/themes/own.yaml: lacks font.text, font.meta, radius, ")
    assert faults[0].endswith(
        "“extends: NAME” to take from another theme what this one does not set"
    )


def test_a_band_and_numbers_ask_for_their_colours() -> None:
    faults = refused("extends: modern\nform:\n  masthead: band\n  numbers: true\n")

    wanted = "light.band, light.band-ink, light.mark, light.mark-ink, dark.band, dark.band-ink"
    assert f"lacks {wanted}, dark.mark, dark.mark-ink;" in faults[0]


def test_a_colour_lost_in_a_comment_is_explained() -> None:
    faults = refused("extends: modern\nlight:\n  ink: #101010\n")

    assert faults[0].endswith("write “#RRGGBB” in quotes: a # outside of them begins a comment")


@pytest.mark.parametrize(
    "font",
    [
        'Comic "Sans, serif',
        "A; color: red, serif",
        "</style>, serif",
        "a{b}, serif",
        "url(x), serif",
    ],
)
def test_a_font_that_could_leave_its_place_is_refused(font: str) -> None:
    assert "is no font; write letters" in refused(f"extends: modern\nfont:\n  text: {font!r}\n")[0]


def test_a_list_of_fonts_ends_with_one_that_every_program_has() -> None:
    faults = refused("extends: modern\nfont:\n  text: Charter\n")

    assert "ends with Charter; end it with one of sans-serif, serif, monospace" in faults[0]


def test_fonts_fit_an_attribute_however_they_were_quoted() -> None:
    theme = own("extends: modern\nfont:\n  text: 'Sitka Text, \"Gill Sans\", Cambria, serif'\n")

    assert theme.font["text"] == "'Sitka Text','Gill Sans',Cambria,serif"
    assert theme.outlook["text"] == "Cambria"


@pytest.mark.parametrize("url", ["http://a.example/l.png", "javascript:x", 'https://a/"onload'])
def test_a_logo_is_a_picture_on_the_web(url: str) -> None:
    logo = f"logo:\n  url: {url!r}\n  width: 120\n  height: 40\n"

    assert "is no address of a picture; write https://…" in refused("extends: modern\n" + logo)[0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("title: [unclosed\n", "own.yaml:2: is not YAML"),
        ("- a list\n", "own.yaml:1: is no theme; write keys"),
        ("", "own.yaml:1: is no theme; write keys"),
        ("extends: modern\ntitle: [a]\n", "own.yaml:2: title: takes a single value"),
        ("extends: modern\nradius: 1\nradius: 2\n", "own.yaml:3: radius: is written twice"),
        ("extends: moden\n", "own.yaml:1: extends: 'moden' is no theme; there are"),
        ("a: " + "[" * 1000, "own.yaml: is no theme; its lists are nested"),
    ],
)
def test_what_is_no_theme_is_told_with_its_line(text: str, told: str) -> None:
    assert refused(text)[0].startswith(f"templates/themes/{told}")


@given(st.text() | st.text("aeilnst:{}[]'\"#,-.0 \n", max_size=80).map("extends: modern\n".__add__))
def test_any_text_is_a_theme_or_is_refused_line_by_line(text: str) -> None:
    told = []
    try:
        own(text)
    except TemplateError as error:
        told = str(error).splitlines()

    assert all(line.startswith("templates/themes/") for line in told)


def test_black_on_white_has_the_greatest_contrast() -> None:
    assert round(contrast("#000000", "#FFFFFF"), 6) == 21.0


@given(COLOURS, COLOURS)
def test_contrast_does_not_care_which_is_the_text(one: str, other: str) -> None:
    assert contrast(one, other) == contrast(other, one)
    assert 1.0 <= contrast(one, other) <= 21.0 + 1e-9
    assert contrast(one, one) == 1.0
