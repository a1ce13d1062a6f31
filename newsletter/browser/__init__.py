"""A local Chromium, asked for pictures of pages."""

from newsletter.browser.chromium import Browser, find_chromium, open_browser
from newsletter.browser.shots import Shot, shots

__all__ = ["Browser", "Shot", "find_chromium", "open_browser", "shots"]
