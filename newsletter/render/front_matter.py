"""Takes the front matter off a Markdown page, for programs that would print it."""

_FENCE = "---\n"


def without_front_matter(markdown: str) -> str:
    """Return *markdown* without the YAML between the two lines `---` at its beginning, if any."""
    if not markdown.startswith(_FENCE):
        return markdown
    _, end, body = markdown[len(_FENCE) - 1 :].partition("\n" + _FENCE)
    return body.lstrip("\n") if end else markdown
