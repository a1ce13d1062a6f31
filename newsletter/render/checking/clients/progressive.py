"""Features that may be missing without harm: the mail is read the same, if less finely."""

PROGRESSIVE = frozenset(
    # The box keeps its place and its colours; only its finish is lost.
    "css-border-radius css-border-radius-logical css-box-shadow css-text-shadow css-filter"
    " css-backdrop-filter css-opacity css-mix-blend-mode css-background-blend-mode css-mask-image"
    " css-outline css-outline-offset"
    # Motion and pointers: a mail that is only read has neither.
    " css-animation css-at-keyframes css-transition css-cursor css-user-select css-resize"
    " css-scroll-snap css-accent-color css-pseudo-class-active css-pseudo-class-focus"
    " css-pseudo-class-focus-visible css-pseudo-class-focus-within css-pseudo-class-hover"
    " css-pseudo-class-visited html-target html-loading-attribute"
    # Queries and colour schemes: without them stays the light page at its full width.
    " css-at-media css-at-media-device-pixel-ratio css-at-media-hover css-at-media-orientation"
    " css-at-media-prefers-color-scheme css-at-media-prefers-reduced-motion css-at-supports"
    " css-color-scheme html-meta-color-scheme"
    # Type: a fallback stands behind each font, a line underneath or a letter's breadth away is
    # still the same text, and lines that break elsewhere are still lines.
    " css-at-font-face css-font-kerning css-font-stretch css-font-size-adjust css-letter-spacing"
    " css-word-spacing css-text-decoration-color css-text-decoration-skip-ink"
    " css-text-decoration-style css-text-decoration-thickness css-text-underline-offset"
    " css-text-underline-position css-text-emphasis css-text-emphasis-position css-hyphens"
    " css-hyphenate-character css-hyphenate-limit-chars css-overflow-wrap css-word-break"
    " css-word-wrap css-text-wrap css-text-justify css-orphans css-widows css-tab-size"
    # Tables without their finer measures: the attributes, or the content, give them.
    " css-border-collapse css-border-spacing css-table-layout"
    # What names things for screen readers adds to a text that stands there to be read.
    " html-aria-describedby html-aria-hidden html-aria-label html-aria-labelledby html-aria-live"
    " html-role html-abbr html-acronym html-dfn"
    # The frame of a document: webmail puts a mail into the page that it has already.
    " html-doctype html-body html-comments css-comments".split()
)
# Values of others that may be missing as well: a line less or more under a link, a line that breaks
# somewhere else. A line through words, or a poem's own lines, may not.
_HARMLESS = {
    "text-decoration": ("none", "underline"),
    "text-decoration-line": ("none", "underline"),
    "white-space": ("normal", "nowrap"),
}
_SYSTEM_FONTS = ("system-ui", "ui-serif", "ui-sans-serif", "ui-rounded", "ui-monospace")
# Properties that no page of caniemail is about and that speak to one program only.
_ONE_PROGRAM = ("mso-", "-webkit-", "-ms-", "-moz-", "supported-color-schemes")


def is_harmless_value(name: str, value: str) -> bool:
    """Return whether a value may be missing without harm, though its property may not."""
    return value in _HARMLESS.get(name, ())


def falls_back(families: str) -> bool:
    """Return whether a list of font families ends in one that is known everywhere."""
    return not families.rpartition(",")[2].strip().endswith(_SYSTEM_FONTS)


def is_for_one_program(name: str) -> bool:
    """Return whether a property is one program's own, which the others pass over."""
    return name.startswith(_ONE_PROGRAM)
