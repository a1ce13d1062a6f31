"""What the doctor checks of settings that need something else: variables, programs, libraries."""

from collections.abc import Callable, Collection, Iterator, Sequence

from newsletter.config import Settings
from newsletter.config.running import NotifyPart
from newsletter.pipeline.doctor import Finding

Has = Callable[[str], bool]

DOCUMENTS = {".pdf": "pypdf", ".docx": "mammoth"}  # what reads seeds of that kind


def notifiers(told: Sequence[NotifyPart], *, is_set: Has, is_program: Has) -> Iterator[Finding]:
    """Judge who is told of the run, without telling anybody anything."""
    if not told:
        yield Finding(
            check="notifiers",
            verdict="warning",
            text="nobody is told what the weekly run does, or that it failed",
            remedy="write notify: [{email: you@…}], or a webhook or command, in feeds.yaml",
        )
        return
    found = [
        fault
        for number, one in enumerate(told)
        for fault in _lacks(number, one, is_set, is_program)
    ]
    for text, remedy in found:
        yield Finding(check="notifiers", verdict="fault", text=text, remedy=remedy)
    if not found:
        channels = "1 channel" if len(told) == 1 else f"{len(told)} channels"
        text = f"{channels}; newsletter notify sends a test message to each"
        yield Finding(check="notifiers", verdict="ok", text=text)


def _lacks(number: int, one: NotifyPart, is_set: Has, is_program: Has) -> Iterator[tuple[str, str]]:
    place, variable = f"notify[{number}]", one.webhook_env
    if variable and not is_set(variable):
        remedy = f"set {variable} to the webhook's URL where newsletter runs"
        yield f"{place}.webhook_env: {variable} is not set", remedy
    if one.command and not is_program(one.command[0]):
        remedy = "write its whole path, and make it executable: chmod +x"
        yield f"{place}.command: {one.command[0]!r} is no program that can be run", remedy


def extras(
    settings: Settings, kinds: Collection[str], *, is_set: Has, is_installed: Has
) -> Iterator[Finding]:
    """Judge the optional libraries, and the key, that the settings or the seeds' *kinds* need."""
    summaries = settings.summaries
    wants = [
        (f"{suffix} files among the seeds", library, "documents")
        for suffix, library in sorted(DOCUMENTS.items())
        if suffix in kinds
    ]
    if settings.stories.embeddings != "none":
        model = settings.stories.embeddings
        wants.append((f"stories.embeddings: {model}", model, model))
    if summaries.backend == "openai":
        wants.append(("summaries.backend: openai", "openai", "openai"))
    for what, library, extra in wants:
        there = is_installed(library)
        yield Finding(
            check="extras",
            verdict="ok" if there else "fault",
            text=f"{what}: {library} is {'' if there else 'not '}installed",
            remedy="" if there else f"pip install 'newsletter[{extra}]'",
        )
    variable = summaries.api_key_env if summaries.backend == "openai" else None
    if variable and not is_set(variable):
        text = f"summaries.api_key_env: {variable} is not set"
        remedy = f"set {variable} to the key where newsletter runs"
        yield Finding(check="extras", verdict="fault", text=text, remedy=remedy)
