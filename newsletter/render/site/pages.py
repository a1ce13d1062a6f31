"""Renders all that lies beside the issues of a site."""

from collections.abc import Iterable, Mapping, Sequence

from newsletter.model import Issue, Status
from newsletter.model.issue import Glance
from newsletter.render.safe import link
from newsletter.render.site.atom import atom
from newsletter.render.site.channels import channel
from newsletter.render.site.json_feed import json_feed
from newsletter.render.site.sitemap import sitemap
from newsletter.render.templating import draw, environment
from newsletter.render.themes import theme_named
from newsletter.render.views import archive_view

FULL_TEXT = 20  # issues in the feeds


def render_site(
    issues: Sequence[Issue], templates: Mapping[str, str], *, older: Sequence[Glance] = ()
) -> Mapping[str, bytes]:
    """Return the pages beside the issues, the same bytes for the same issues in any order.

    `index.html` lists them newest first, `latest.html` forwards to the newest. `feed.xml` (Atom,
    RFC 4287) and `feed.json` (JSON Feed 1.1) have the full text of the newest 20; `sitemap.xml`
    (sitemaps.org 0.9) is there where the newest knows its `url`. *older* are issues that are
    listed only: of those that were published, *issues* must hold the newest 20.

    Drafts are shown, and marked as such, until an issue is published; then only what is. The
    masthead and the theme are those of the newest issue shown. Without issues there are no files.

    Raises:
        TemplateError: a template is missing or has a fault.
    """
    whole = {issue.id: issue for issue in issues}
    listed = {one.id: one for one in (*older, *(issue.at_a_glance for issue in whole.values()))}
    shown = _shown(listed.values())
    if not shown:
        return {}
    newest = shown[0]
    env = environment(templates, theme_named(newest.layout.theme, templates))
    full = [whole[one.id] for one in shown if one.id in whole]
    are_out = newest.status == Status.PUBLISHED and bool(full)
    view = archive_view(shown, has_feeds=are_out)
    pages = {
        "index.html": draw(env, "archive.html.j2", archive=view).encode(),
        "latest.html": draw(env, "latest.html.j2", archive=view).encode(),
    }
    if are_out:
        found = channel(env, full[:FULL_TEXT], first=shown[-1])
        pages |= {"feed.xml": atom(found), "feed.json": json_feed(found)}
        if link(newest.masthead.url):
            pages["sitemap.xml"] = sitemap(shown)
    return pages


def _shown(listed: Iterable[Glance]) -> list[Glance]:
    """Return those that are published, all if none is, newest first."""
    newest_first = sorted(listed, key=lambda one: (one.publishes_at, one.id), reverse=True)
    return [one for one in newest_first if one.status == Status.PUBLISHED] or newest_first
