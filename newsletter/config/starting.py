"""The files of a fresh workspace: a commented feeds.yaml, and what lies beside it."""

from collections.abc import Mapping

from newsletter.config.scalars import scalar

_FEEDS = """\
# The newsletter, whole: what it is called, when it goes out, what it reads.
# `newsletter config check` tells what is wrong with it, `newsletter config schema` what it may say.
# `newsletter feeds add URL` adds a feed; it writes it here and leaves all else as it is.

title: {title}
# description: One line below the title
# language: en
# timezone: Europe/Berlin

# Without url and sender an issue stays a draft: it can be read, but not sent.
# url: https://news.example.org
# sender:
#   name: {title}
#   address: editor@news.example.org
#   postal_address: 1 Example Street, 10115 Berlin, Germany
#   unsubscribe: https://news.example.org/unsubscribe

# theme: modern      # or broadsheet, briefing: newsletter preview shows them

# schedule:
#   publish: sunday 18:00        # newsletter run publishes then
#   review: {{window: 12h}}        # a draft before, held unless you approve it

# notify:
#   - email: editor@news.example.org      # needs smtp: and sender:

# issue:
#   stories: 12

sections:
  # Sections are printed in this order.
  - name: News
    # A feed is a URL, or a mapping that says more of it:
    # feeds:
    #   - https://example.org/feed.xml
    #   - {{url: "https://example.com/rss", name: The Example, weight: 0.8}}
    #   - {{url: "https://example.net/atom.xml", full_text: always, enabled: false}}
    # Documents laid into this folder are articles like any other.
    seeds: seeds/
"""
_SEEDS = """\
# Seeds

A document laid into this folder is an article of the coming issue like any other; one taken out
leaves it again. This file and hidden ones are not read.

Text (`.txt`) and Markdown (`.md`) may begin with what is known of the article:

    ---
    title: The mill is dry again
    url: https://example.org/mill
    date: 2026-11-20
    source: The Example
    author: Ida Holt
    ---

    The water fell on Sunday. …

`newsletter add URL` puts an article from the web here, `newsletter add FILE` a document.
"""
_IGNORED = """\
newsletter.db*
dist/
*.edit*.md
*.edit*.md.orig
*.found*.json
"""


def fresh_files(title: str) -> Mapping[str, str]:
    """Return the texts of a fresh workspace by their paths below it; feeds.yaml is valid."""
    return {
        "feeds.yaml": _FEEDS.format(title=scalar(title)),
        "seeds/README.md": _SEEDS,
        ".gitignore": _IGNORED,
    }
