"""Finds caniemail's page on an element, attribute, property, function or unit by its name."""

from collections.abc import Collection, Mapping


def _listed(table: Mapping[str, str]) -> Mapping[str, str]:
    return {name: slug for slug, names in table.items() for name in names.split()}


# Most names are part of their slug: html-table, html-cellpadding, css-padding. These are not.
_ELEMENTS = _listed(
    {
        "html-h1-h6": "h1 h2 h3 h4 h5 h6",
        "html-lists": "ul ol li dl dt dd",
        "html-semantics": "article aside details figcaption figure footer header main mark nav"
        " section summary time",
        "html-image-maps": "map area",
        "html-select": "option optgroup",
        "html-object": "embed",
    }
)
_ATTRIBUTES = _listed(
    {
        "html-srcset": "sizes",
        "html-loading-attribute": "loading",
        "css-inert-attribute": "inert",
        "html-popover": "popovertarget",
        "html-image-maps": "usemap",
    }
)
# Attributes of which caniemail has a page; other names that follow html- are those of elements.
_ATTRIBUTES_BY_NAME = frozenset(
    "align aria-describedby aria-hidden aria-label aria-labelledby aria-live background cellpadding"
    " cellspacing dir height hidden lang popover required role srcset target valign width".split()
)
_SIDES = ("top", "right", "bottom", "left")
_PROPERTIES = _listed(
    {
        "css-animation": " ".join(
            f"animation-{part}"
            for part in "name duration timing-function delay iteration-count direction fill-mode"
            " play-state".split()
        ),
        "css-block-inline-size": "block-size",
        "css-border": " ".join(
            f"border{side}{part}"
            for side in ("", *(f"-{side}" for side in _SIDES))
            for part in ("", "-width", "-style", "-color")
        ),
        "css-border-image": "border-image-source border-image-slice border-image-width"
        " border-image-outset border-image-repeat",
        "css-border-inline-block": "border-inline border-block",
        "css-border-inline-block-individual": " ".join(
            f"border-{axis}-{part}"
            for axis in ("inline", "block")
            for part in ("color", "style", "width", "start", "end")
        ),
        "css-border-inline-block-longhand": " ".join(
            f"border-{axis}-{end}-{part}"
            for axis in ("inline", "block")
            for end in ("start", "end")
            for part in ("color", "style", "width")
        ),
        "css-border-radius": "border-top-left-radius border-top-right-radius"
        " border-bottom-left-radius border-bottom-right-radius",
        "css-border-radius-logical": "border-start-start-radius border-start-end-radius"
        " border-end-start-radius border-end-end-radius",
        "css-column-layout-properties": "columns column-fill column-rule column-rule-color"
        " column-rule-style column-rule-width column-span column-width",
        "css-flex-direction": "flex-flow",
        "css-gap": "row-gap column-gap grid-gap",
        "css-grid-template": "grid-template grid-template-areas grid-template-columns"
        " grid-template-rows",
        "css-inset": "inset-block inset-inline inset-inline-start inset-inline-end"
        " inset-block-start inset-block-end",
        "css-left-right-top-bottom": " ".join(_SIDES),
        "css-margin": " ".join(f"margin-{side}" for side in _SIDES),
        "css-margin-inline-block": "margin-inline margin-block",
        "css-margin-block-start-end": "margin-block-start margin-block-end",
        "css-margin-inline-start-end": "margin-inline-start margin-inline-end",
        "css-outline": "outline-color outline-style outline-width",
        "css-overflow": "overflow-x overflow-y overflow-block overflow-inline",
        "css-padding": " ".join(f"padding-{side}" for side in _SIDES),
        "css-padding-inline-block": "padding-inline padding-block",
        "css-padding-block-start-end": "padding-block-start padding-block-end",
        "css-padding-inline-start-end": "padding-inline-start padding-inline-end",
        "css-scroll-snap": "scroll-snap-type scroll-snap-align scroll-snap-stop",
        "css-text-emphasis": "text-emphasis-color text-emphasis-style",
        "css-transition": "transition-property transition-duration transition-delay"
        " transition-timing-function",
    }
)
_FUNCTIONS = _listed(
    {
        "css-unit-calc": "calc",
        "css-rgb": "rgb",
        "css-rgba": "rgba",
        "css-modern-color": "lch oklch lab oklab",
        "css-linear-gradient": "linear-gradient repeating-linear-gradient",
        "css-radial-gradient": "radial-gradient repeating-radial-gradient",
        "css-conic-gradient": "conic-gradient repeating-conic-gradient",
        "css-variables": "var",
    }
)
_KEYWORDS = _listed(
    {"css-unit-initial": "initial", "css-intrinsic-size": "fit-content min-content max-content"}
)
_DISPLAYS = {"none": "css-display-none", "flex": "css-display-flex", "grid": "css-display-grid"}
_DISPLAYS |= {"inline-flex": "css-display-flex", "inline-grid": "css-display-grid"}
_MEDIA = _listed(
    {
        "css-at-media-device-pixel-ratio": "-webkit-device-pixel-ratio"
        " -webkit-min-device-pixel-ratio -webkit-max-device-pixel-ratio",
        "css-at-media-hover": "hover any-hover",
        "css-at-media-orientation": "orientation",
        "css-at-media-prefers-color-scheme": "prefers-color-scheme",
        "css-at-media-prefers-reduced-motion": "prefers-reduced-motion",
    }
)
_PICTURES = _listed({"image-jpg": "jpeg jpe", "image-tiff": "tif", "image-heif": "heic"})
# Parts of slugs that name something other than a property: css-unit-px, css-at-media.
_NOT_PROPERTIES = ("at-", "display-", "function-", "pseudo-", "selector-", "unit-")
_NO_PROPERTIES = frozenset(
    "comments important inert-attribute intrinsic-size modern-color nesting rgb rgba sytem-ui"
    " variables linear-gradient radial-gradient conic-gradient".split()
)
_INPUTS = frozenset("checkbox hidden radio reset submit text".split())
_TEXT_INPUTS = frozenset("email number password search tel url".split())


def element_feature(tag: str, type_: str, known: Collection[str]) -> str:
    """Return the slug of an element by its tag and its type attribute, "" where there is none."""
    if tag == "input":
        kind = "text" if type_ in _TEXT_INPUTS or not type_ else type_
        return f"html-input-{kind}" if kind in _INPUTS else ""
    if tag == "button":
        return "html-button-reset" if type_ == "reset" else "html-button-submit"
    if tag in _ATTRIBUTES_BY_NAME:
        return ""
    return _ELEMENTS.get(tag) or _if_known(f"html-{tag}", known)


def attribute_feature(name: str, known: Collection[str]) -> str:
    """Return the slug of an attribute, "" where there is none."""
    if name in _ATTRIBUTES_BY_NAME:
        return _if_known(f"html-{name}", known)
    return _if_known(_ATTRIBUTES.get(name, ""), known)


def property_feature(name: str, value: str, known: Collection[str]) -> str:
    """Return the slug of a property, of a display value's own page if it has one, "" if none."""
    if name.startswith("--"):
        return "css-variables"
    if name == "display":
        return _DISPLAYS.get(value, "css-display")
    if name.startswith(_NOT_PROPERTIES) or name in _NO_PROPERTIES:
        return ""
    return _PROPERTIES.get(name) or _if_known(f"css-{name}", known)


def function_feature(name: str, known: Collection[str]) -> str:
    """Return the slug of a function in a value, "" where there is none."""
    return _FUNCTIONS.get(name) or _if_known(f"css-function-{name}", known)


def unit_feature(unit: str, known: Collection[str]) -> str:
    """Return the slug of a unit of length, `%` included, "" where there is none."""
    return _if_known("css-unit-percent" if unit == "%" else f"css-unit-{unit}", known)


def keyword_feature(word: str) -> str:
    """Return the slug of a keyword that fits any property, "" where there is none."""
    return _KEYWORDS.get(word, "")


def media_feature(name: str) -> str:
    """Return the slug of a media feature that has a page of its own, else that of all media."""
    return _MEDIA.get(name, "css-at-media")


def pseudo_feature(name: str, known: Collection[str]) -> str:
    """Return the slug of a pseudo-class or pseudo-element, "" where there is none."""
    return _if_known(f"css-pseudo-class-{name}", known) or _if_known(
        f"css-pseudo-element-{name}", known
    )


def picture_feature(extension: str, known: Collection[str]) -> str:
    """Return the slug of an image format by the end of a file's name, "" where there is none."""
    return _PICTURES.get(extension) or _if_known(f"image-{extension}", known)


def _if_known(slug: str, known: Collection[str]) -> str:
    return slug if slug in known else ""
