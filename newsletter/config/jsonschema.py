"""feeds.yaml as a JSON Schema (2020-12), for editors that complete and check while one types."""

from collections.abc import Iterator, Mapping
from typing import Any

from newsletter.config.schema import Settings

_DIALECT = "https://json-schema.org/draft/2020-12/schema"

# What an editor's tool shows beside a key; the reference in README.md says more.
KEYS: Mapping[str, str] = {
    "title": "The newsletter's name.",
    "description": "One line below the title.",
    "language": "Its language (BCP 47), and that of feeds which name none; default en.",
    "timezone": "IANA name that weeks, schedule and printed dates follow; default UTC.",
    "url": "The address that dist/ is served at; without it the issue stays a draft.",
    "sender": "Who sends; without it the issue stays a draft.",
    "sender.name": "The name in From.",
    "sender.address": "The e-mail address in From.",
    "sender.postal_address": "Mail law asks for it; without it the issue stays a draft.",
    "sender.unsubscribe": "A URL, or the sending service's merge tag, which is left untouched.",
    "sender.one_click": "Whether a bare POST to that URL ends the subscription; default false.",
    "theme": "How it looks: modern (default), broadsheet, briefing, or one in templates/themes/.",
    "images": "Which stories show their article's picture: none (default), lead, all.",
    "intro": "Your words above the stories, in Markdown.",
    "closing": "Your words below the stories, in Markdown.",
    "sponsor": "Who paid for a place in the issue.",
    "sponsor.name": "The sponsor's name.",
    "sponsor.text": "What it says, in Markdown.",
    "sponsor.url": "Where its one link leads.",
    "sponsor.link_text": "The words of that link; default the sponsor's name.",
    "editor": "The name that stands at edits; default git's or the system's user name.",
    "preview": "Who may edit issues in the browser, from other machines.",
    "preview.password": "A hash of the password, made by newsletter preview --set-password.",
    "preview.hosts": "Names by which the preview is asked, behind a proxy with TLS.",
    "smtp": "The server that test mails are handed to.",
    "smtp.host": "Its name.",
    "smtp.port": "Its port; default 587, 465 with tls, 25 with none.",
    "smtp.security": "starttls (default), tls from the first byte, or none.",
    "smtp.username": "Who logs in, if anybody has to.",
    "smtp.password_env": "The environment variable that holds the password, not the password.",
    "smtp.timeout": "For one answer of the server; default 30s.",
    "schedule": "When the newsletter goes out.",
    "schedule.publish": "The weekly instant of publication, local time; default sunday 18:00.",
    "schedule.gather": "How often feeds are asked in between; default 1h.",
    "schedule.catch_up": "How late an issue that was missed is made up; default 36h.",
    "schedule.review": "A person looks at the issue before it is published.",
    "schedule.review.window": "How long before the instant the draft is built; default 12h.",
    "schedule.review.unless_approved": "hold (default) or publish, if nobody has said anything.",
    "notify": "Who is told what the weekly run does; each entry is one way.",
    "notify.email": "An address, through smtp:.",
    "notify.webhook": "A URL that is posted to.",
    "notify.webhook_env": "The environment variable that holds the URL, where that is a secret.",
    "notify.format": "What is posted: json (default), slack, mattermost, discord.",
    "notify.command": "A program and its arguments; it reads the event as JSON on stdin.",
    "notify.events": "The kinds of events that are told; default all.",
    "notify.timeout": "For one message; default 10s.",
    "monitor": "Where newsletter run answers /healthz and /metrics; without it, nowhere.",
    "monitor.host": "The address it listens on; default 127.0.0.1.",
    "monitor.port": "The port; default 9464.",
    "keep": "How long the database keeps what is no longer needed.",
    "keep.articles": "Articles, after they were first seen; default 180d.",
    "keep.issues": "The last issues whose articles are kept in any case; default 26.",
    "issue": "How much an issue holds.",
    "issue.stories": "Stories of an issue; default 12.",
    "issue.per_source": "Stories that one outlet may lead; default 3.",
    "issue.min_stories": "Fewer are called thin: a warning; default 3.",
    "issue.max_age": "Older articles are left out; default 14d.",
    "issue.min_score": "A story that scores less stays out; default 0, which keeps none out.",
    "stories": "How stories are told apart.",
    "stories.embeddings": "A model's sense of likeness beside the words': needs its extra.",
    "stories.model": "The model, or a folder that holds it; default: the library's.",
    "summaries": "How stories are told.",
    "summaries.full": "Stories told in more than one sentence; default two thirds of them.",
    "summaries.headlines": "source (default) as written; sentence without capitals on each word.",
    "summaries.backend": "extractive (default): the sources' own sentences; openai: a model's.",
    "summaries.base_url": "The OpenAI-compatible endpoint that is asked, and no other.",
    "summaries.model": "The model's name at that endpoint.",
    "summaries.api_key_env": "The environment variable that holds the key, not the key.",
    "summaries.timeout": "For one answer; default 60s.",
    "summaries.concurrency": "Questions at a time; default 4.",
    "summaries.budget": "Tokens that one issue may cost; default 200000.",
    "summaries.temperature": "How freely it writes, 0 (default) to 2.",
    "fetch": "Limits of asking feeds.",
    "fetch.timeout": "For one feed, from look-up to last byte; default 30s.",
    "fetch.max_bytes": "For one feed, as sent and as decoded; default 15MB.",
    "fetch.per_host": "Requests at a time to one host; default 4.",
    "fetch.total": "For the whole gather; default 5m.",
    "fetch.allow_private": "host:port pairs that may be asked although they are not public.",
    "database": "A path, or a SQLAlchemy URL; default newsletter.db.",
    "output": "Where issues are written; default dist/.",
    "sections": "The sections, in the order in which they are printed.",
    "sections.name": "The section's heading.",
    "sections.stories": "The most stories of this section.",
    "sections.feeds": "Feeds: URLs, or mappings that say more of them.",
    "sections.feeds.url": "The feed's URL, over https or http.",
    "sections.feeds.name": "The outlet; default the domain. Ranking counts outlets, not feeds.",
    "sections.feeds.weight": "What its voice counts in ranking; default 1.0.",
    "sections.feeds.enabled": "false leaves it out without forgetting it.",
    "sections.feeds.full_text": "Whether articles are read on their own pages: auto where the feed"
    " gives only a teaser (default), always, never.",
    "sections.seeds": "A folder of documents, or a list of folders.",
}
_HOLDERS = {
    "": "",
    "SenderPart": "sender.",
    "SponsorPart": "sponsor.",
    "PreviewPart": "preview.",
    "SmtpPart": "smtp.",
    "SchedulePart": "schedule.",
    "ReviewPart": "schedule.review.",
    "NotifyPart": "notify.",
    "MonitorPart": "monitor.",
    "KeepPart": "keep.",
    "IssuePart": "issue.",
    "StoriesPart": "stories.",
    "SummariesPart": "summaries.",
    "FetchPart": "fetch.",
    "SectionPart": "sections.",
    "FeedPart": "sections.feeds.",
}


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of feeds.yaml; whatever `load` accepts is valid under it.

    It is laxer only where a pattern cannot tell: dates and zones that do not exist, one feed twice.
    """
    schema = Settings.model_json_schema()
    for prefix, mapping in _mappings(schema):
        mapping.pop("title", None)
        for name, value in mapping["properties"].items():
            value.pop("title", None)
            # As pydantic writes it, which is not always as an editor would.
            value.pop("default", None)
            known = KEYS.get(prefix + name)
            if known:
                mapping["properties"][name] = {"description": known, **value}
    return {"$schema": _DIALECT, "title": "feeds.yaml", **schema}


def _mappings(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield _HOLDERS[""], schema
    for name, part in schema["$defs"].items():
        yield _HOLDERS[name], part
