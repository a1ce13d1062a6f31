"""A local Chromium, asked for pictures of pages."""
