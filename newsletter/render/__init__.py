"""Renders an issue in every format, the e-mail message, and the site around the issues."""

from collections.abc import Mapping

from jinja2 import Environment
from markupsafe import Markup

from newsletter.model import Edition, Issue
from newsletter.render.front_matter import without_front_matter
from newsletter.render.inline import STYLESHEET, inlined
from newsletter.render.mail import fitted
from newsletter.render.message import message
from newsletter.render.notes import notes
from newsletter.render.site import FULL_TEXT, render_site
from newsletter.render.templating import check_templates, draw, environment
from newsletter.render.themes import theme_named
from newsletter.render.views import IssueView, issue_view

__all__ = ["FULL_TEXT", "check_templates", "render", "render_site", "without_front_matter"]


def render(issue: Issue, templates: Mapping[str, str]) -> Edition:
    """Return the pages, texts and message of *issue*: the same bytes for the same issue for ever.

    Headlines, summaries and links are the same in all of them, but for what `Edition.cuts` names.

    Raises:
        TemplateError: a template, a theme or `email.css` is missing or has a fault.
        IssueError: the e-mail does not fit its budget even without a story, or has no sender that
            could send it.
    """
    env = environment(templates, theme_named(issue.layout.theme, templates))
    view = issue_view(issue)
    html, cuts = fitted(view, lambda shown: _mail(env, shown, templates.get(STYLESHEET, "")))
    text = draw(env, "issue.txt.j2", issue=view, notes=notes(view))
    files = {
        "index.html": draw(env, "web.html.j2", issue=view).encode(),
        "email.html": html.encode(),
        "issue.md": draw(env, "issue.md.j2", issue=view).encode(),
        "issue.txt": text.encode(),
        "issue.eml": message(issue, view, html=html, text=text),
    }
    return Edition(files=files, cuts=cuts)


def _mail(env: Environment, view: IssueView, css: str) -> str:
    html = draw(env, "email.html.j2", issue=view)
    if not css.strip():
        return html
    tag = view.unsubscribe_url if isinstance(view.unsubscribe_url, Markup) else None
    return inlined(html, css, [tag] if tag else [])
