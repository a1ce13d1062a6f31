"""Judges whether a note of caniemail on partial support speaks of the value that is used."""

from collections.abc import Mapping

from newsletter.render.checking.clients import asking
from newsletter.render.checking.clients.asking import Judge
from newsletter.render.checking.clients.uses import Use


def speaks_of(note: str, use: Use) -> bool | None:
    """Return whether a note is about this use of its feature, None if the note is not judged.

    A zero length asks for nothing that a client could fail to do, nor does what an element is by
    itself; what an attribute says too is done by the attribute.
    """
    judge = JUDGED.get(note)
    return None if judge is None else judge(use)


# The notes by caniemail's own words. One that does not stand here is taken to speak of every use.
JUDGED: Mapping[str, Judge] = {
    # Values of properties
    "Partial. Negative values are not supported.": asking.is_negative,
    "Partial. Hard-coded negative values are not supported, but negative values as a result of"
    " the `calc()` function are supported.": asking.is_negative,
    "Partial. Not supported on `<span>` and `<body>` elements.": asking.is_spanned_margin,
    "Buggy. `background-color` is included inside the `margin`.": asking.is_coloured_margin,
    "Partial. `auto` value is not supported.": asking.is_uncentred,
    "Partial. Only supported on table cells.": asking.is_padded_outside_cells,
    "Buggy. Vertical padding will be the same for all cells of a same row, adopting the biggest"
    " value.": asking.holds("row differs"),
    "Partial. A border can not be bigger than 8px.": asking.is_wide_border,
    "Buggy. Unreliable if used on a `<p>` or a `<div>`.": asking.is_border_of_text,
    "Partial support. Shorthand for setting elliptical borders with the slash `/` notation is not"
    " supported e.g. `border-radius: 27% 73% 70% 30% / 30% 34% 66% 70%;`.": asking.has("/"),
    "Partial. Not supported on `<body>`, `<span>`, `<div>`, `<p>` or `<img>` elements.": (
        asking.is_width_of_block
    ),
    "Partial. Not supported on `<body>`, `<span>`, `<div>` or `<p>` elements.": (
        asking.is_height_of_block
    ),
    "Partial. Only works on `<table>` elements.": asking.is_limit_of_other,
    "Partial. Does not support multiple values. The comma between two values is removed.": (
        asking.has_comma
    ),
    "Partial. Does not support the `/ value` shorthand for `background-size`. But it can be used"
    " in the `background-size` property instead.": asking.is_divided,
    "Partial. Only `background-color` values are supported.": asking.is_picture_or_gradient,
    "Partial. Logical property values `inline-start` and `inline-end` are not supported.": (
        asking.is_one_of("inline-start", "inline-end")
    ),
    "Partial. `overflow-block` & `overflow-inline` not supported.": asking.is_named(
        "overflow-block", "overflow-inline"
    ),
    "Partial. Support for `overflow-block` & `overflow-inline` depends on browser support.": (
        asking.is_named("overflow-block", "overflow-inline")
    ),
    "Buggy. Cannot scroll through to hidden content.": asking.has("auto", "scroll"),
    "Partial. Supports `relative`, `absolute` but not `sticky` and `fixed`.": asking.has(
        "sticky", "fixed"
    ),
    "Buggy. `fixed` is replaced by `absolute`.": asking.has("fixed"),
    "Partial. Supports `sticky` but not `relative`, `absolute` and `fixed`.": asking.has(
        "relative", "absolute", "fixed"
    ),
    "Partial. Supports `relative` but not `absolute`, `sticky` and `fixed`.": asking.has(
        "absolute", "sticky", "fixed"
    ),
    "Partial. Supports `relative` and `sticky` but not `absolute` and `fixed`.": asking.has(
        "absolute", "fixed"
    ),
    "Partial. Percentages values are not supported.": asking.has("%"),
    'Buggy. `visibility:collapse` applied to a `<tr>` only hides content and does not "remove" it'
    " from layout.": asking.is_one_of("collapse"),
    "Partial. `pre` value is not supported.": asking.is_one_of("pre"),
    # display
    "Partial. `flex`, `grid`, `flow-root`, `contents`, `inline flow-root`, `inline flex`, `inline"
    " grid`, `initial`, `revert`, `unset` are not supported with non Google accounts.": (
        asking.is_one_of(
            *"flex grid flow-root contents initial revert unset".split(),
            *("inline flow-root", "inline flex", "inline grid"),
        )
    ),
    "Buggy. `display:none` does not inherit to inner tables.": lambda use: (
        use.value == "none" and "holds a table" in use.facts
    ),
    "Partial. Only supports `display:none` (but not on `<img>`).": asking.is_shown_otherwise,
    "Partial. `flow-root`, `inline-flex`, `inline-grid`, `inline flow`, `contents`, `revert` are"
    " not supported.": asking.is_one_of(
        "flow-root", "inline-flex", "inline-grid", "inline flow", "contents", "revert"
    ),
    "Partial. Two-value syntax are combined into a single one with a dash.": asking.has(" "),
    "Partial. Does not inherit onto nested `<table>` elements.": asking.holds("holds a table"),
    "Partial. Does not work when applied directly to an `<img>` element.": asking.is_on("img"),
    "`display:inline-flex` is not supported.": asking.is_one_of("inline-flex"),
    # Type
    "Partial support. `rem` values are not supported.": asking.has_unit("rem"),
    "Partial support. `relative` and `percentage` size values not supported.": asking.is_relative,
    "Partial support. `<number>` values between 0 and 599 are set as normal font weight. `<number>`"
    " values between 600 and 1000 are set as bold font weight.": asking.is_between_normal_and_bold,
    "Partial support. `<number>` values are not supported as per CSS Fonts Level 4 where any"
    " `<number>` value between 1 and 1000 (inclusive) is a valid value. Only the following numeric"
    " values are supported: 100, 200, 300, 400, 500, 600, 700, 800, and 900.": asking.is_odd_weight,
    "Buggy. `em` and `px` units behave weirdly. Use `mso-line-height-rule:exactly`.": (
        asking.is_loose_line
    ),
    "Partial. Big negative values are rendered differently from CSS standards.": (
        asking.is_far_apart
    ),
    "Buggy. Values set in `em` are smaller than the expected render in CSS. See #192.": (
        asking.has_unit("em")
    ),
    "Does not support `rem` and `ch` values.": asking.has_unit("rem", "ch"),
    "Partial. Flow-relative values `start` and `end` are not supported.": asking.is_one_of(
        "start", "end"
    ),
    "Partial. Doesn't support the `match-parent` value.": asking.is_one_of("match-parent"),
    "Supports the vendor prefixed value `-webkit-match-parent`.": asking.is_one_of("match-parent"),
    "Partial. Not supported with multiple values.": asking.is_several_lines,
    "Partial. `overline` is not supported.": asking.has("overline"),
    "Partial. `lowercase` value is not supported.": asking.is_one_of("lowercase"),
    "Partial. Supports `system-ui` only.": asking.is_partly_other_font,
    "`list-style-image` values are not supported. The entire `list-style` property is removed if"
    " present.": asking.is_picture_or_gradient,
    "Only `list-style-type` values are supported.": asking.is_other_list_style,
    "`list-style-image` values are not supported but the rest of the `list-style` property is"
    " kept.": asking.is_picture_or_gradient,
    "`url()` is transformed into `proton-url()` for `list-style-type` values, invalidating the"
    " entire property.": asking.has("url("),
    # Colours
    "Whitespace syntax is not supported (`rgb(0 128 0 / 1)`).": asking.is_spaced_colour,
    "Alpha value is not supported (`rgb(0, 128, 0, 0.5)`).": asking.has_alpha,
    "whitespace syntax (`rgb(0 128 0)`): when used in the `style` attribute of an element, the"
    " whole attribute is stripped. When used inside `<style>`, the whole `<style>` block is"
    " stripped.": asking.is_spaced_colour,
    "whitespace syntax (`rgba(0 128 0 / 1)`): when used in the `style` attribute of an element, the"
    " whole attribute is stripped. When used inside `<style>`, the whole `<style>` block is"
    " stripped.": asking.is_spaced_colour,
    # Style sheets
    "Partial. Not supported inside the `<body>`.": asking.holds("in body"),
    "Buggy. `<style>` elements need to be declared before their rules are used.": asking.holds(
        "in body"
    ),
    "The size of the `<style>` tag is limited to 16 KB": asking.is_large_style,
    "Partial. Only supported on type selectors.": asking.holds("with class"),
    "Partial. Can not be used with a class selector (`.test[class]`). Must be used solo (`[class]`)"
    " or with an element selector (`td[class]`).": asking.holds("with class"),
    "Partial. Only supports `[attr]`, `[attr=value]`, `[attr~=value]`, `[attr|=value]` syntaxes.": (
        asking.attribute_is_not("", "=", "~=", "|=")
    ),
    'Buggy. A `class="test"` in the HTML is prefixed `class="x_test"`, but an attribute selector'
    ' stays unprefixed `[class="test"]`.': lambda use: use.value.startswith("class"),
    "Partial. Only supports `[attr=value]` syntax.": asking.attribute_is_not("="),
    "Partial. Only supports `[attr~=value]` syntax. Only `class` as an attribute name is known to"
    " be supported.": asking.is_not_class_word,
    "Partial. Does not support nested media queries.": asking.holds("nested"),
    "Partial. Nested media queries are removed.": asking.holds("nested"),
    "Partial. Only supports `screen`, `min-width`, `max-width`, `min-height` and `max-height` based"
    " media queries.": asking.is_other_media,
    "Partial. Does not support height based media queries.": asking.has("height"),
    "Partial. Does not support landscape media query.": asking.has("landscape"),
    "Partial. `orientation:portrait` is not supported.": asking.has("portrait"),
    "Partial. Only supported in lowercase. (See email-bugs#13)": asking.holds("not lower case"),
    "Partial. Only supported in lowercase.": asking.holds("not lower case"),
    "Partial. Only supported if not written in lowercase.": asking.lacks("not lower case"),
    "Partial. Only supported inline when using a Non Gmail Account due to the lack of `<style>`"
    " support.": asking.holds("sheet"),
    "Partial. Only supported inline due to the lack of `<style>` support.": asking.holds("sheet"),
    "Partial. Only supported with a space before.": asking.lacks("spaced"),
    "Partial. Not supported inline. (See email-bugs#31)": asking.holds("inline"),
    "Partial. Removed if there is no space before when used with a `background-image` property."
    " (See email-bugs#16)": asking.is_tight_background,
    # Elements, attributes, links
    "Partial. The `reversed` attribute on `<ol>` is not supported.": asking.is_named("reversed"),
    "Partial. Setting the `value` attribute to an `<li>` within an `<ol>` results in a different"
    ' behaviour in comparison to browsers. The `<ol>` tag is closed before the `<li value="">`. A'
    " new `<ol>` is added with the `start` attribute on it set to the value of the `value`"
    " attribute of the `<li>`.": asking.is_named("value"),
    "Buggy on anchor `<a>` tags.": asking.is_on("a"),
    "Not supported on `<td>` elements.": asking.is_on("td"),
    "Partial. Only works on the `<table>` tag.": lambda use: use.tag != "table",
    "Partial. Only supported on the `<body>` element.": lambda use: use.tag != "body",
    "Partial. `left` and `right` do not work on `<table>` elements. Use `float:left` or"
    " `float:right` styles instead.": lambda use: (
        use.tag == "table" and use.value in ("left", "right")
    ),
    "Partial. Not supported on `<img>` elements.": asking.is_on("img"),
    "Partial. `<img>` elements are wrapped in a `<span>` so `left` and `right` values have no"
    " effect.": lambda use: use.tag == "img" and use.value in ("left", "right"),
    "Buggy. Percentage width on `<img>` elements are based on the physical file's width, not on the"
    " parent element's width.": asking.is_percentage_of_picture,
    "Buggy. Sizes set in attributes don't scale in 120 dpi mode.": asking.is_unscaled,
    "Partial. Replaced by a `<div>` with supported attributes.": lambda use: False,
    "Partial. Only `<time>` is supported.": lambda use: use.tag != "time",
    "Unsupported opening and closing tags are stripped.": lambda use: use.tag != "time",
    "Partial. `<details>`, `<main>`, `<nav>` and `<summary>` are not supported. Opening and closing"
    " tags are replaced by `<u></u>`.": asking.is_on("details", "main", "nav", "summary"),
    "Partial. `<article>`, `<aside>`, `<header>`, `<main>` `<nav>`, `<section>`, `<summary>` are"
    " not supported.": asking.is_on(
        "article", "aside", "header", "main", "nav", "section", "summary"
    ),
    "Partial. Works when targeting an empty anchor with the corresponding `name` attribute, but not"
    " with `id` attributes.": asking.lacks("by name"),
    "Partial. `bcc` is not supported.": asking.has("bcc"),
    "Partial. The `title` attribute is removed.": lambda use: False,
    # Pictures: what is turned into another format is still seen.
    "Partial: Converts file to jpg.": lambda use: False,
    "Partial. Does not support animation.": lambda use: False,
    "Converts still AVIF into a jpg and animated AVIF into a gif.": lambda use: False,
    "Partial: Does not render Base 64 gif format.": asking.is_one_of("image/gif"),
}
