"""Views of an issue and of the archive: all that a template needs, nothing it must work out."""

from newsletter.render.views.archives import archive_view
from newsletter.render.views.issues import issue_view, told_by_model
from newsletter.render.views.naming import counted
from newsletter.render.views.values import IssueView, SectionView, StoryView

__all__ = [
    "IssueView",
    "SectionView",
    "StoryView",
    "archive_view",
    "counted",
    "issue_view",
    "told_by_model",
]
