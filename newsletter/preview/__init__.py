"""The preview: issues as they will look and be read, served to one editor on this machine."""

from newsletter.preview.app import application
from newsletter.preview.desk import Desk, FeedRow, IssueRow, Shown
from newsletter.preview.serving import Server, serve

__all__ = ["Desk", "FeedRow", "IssueRow", "Server", "Shown", "application", "serve"]
