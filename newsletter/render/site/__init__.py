"""The pages beside the issues: the archive, the feeds, the map of the site."""

from newsletter.render.site.pages import FULL_TEXT, render_site

__all__ = ["FULL_TEXT", "render_site"]
