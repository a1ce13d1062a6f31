"""Names what an edit is of and what it did, in an editor's words."""

from collections.abc import Sequence

from newsletter.issue.finding import Stories, stories_in
from newsletter.model import Edit, Edited, Effect, PrintedStory

_SHOWN = 80  # characters of a text
KEPT = 120  # characters of a headline by which a trail names its story
_IN_A_LIST = 3


def told(edit: Edit, edited: Edited) -> str:
    """Return one line that tells what *edit* is: 'headline of “Harbour shut”: “Port closed”'.

    Its story is named by the headline that it had when the edit was made; where the edit does not
    know that, by the one that it has in *edited*, by its id where it is not there.
    """
    stories = stories_in(edited)
    own, *others = edit.name.split("\n")
    name = f"“{shortened(own)}”" if own.strip() else _name(edit, stories)
    match edit.kind:
        case "pin":
            return f"pinned {name}"
        case "drop":
            return f"dropped {name}"
        case "lead":
            return f"{name} leads the issue"
        case "move" | "section":
            return f"put {name} {_where(edit)}"
        case "headline" | "summary" | "picture":
            text = edit.text if edit.kind == "picture" else f"“{shortened(edit.text)}”"
            return f"{edit.kind} of {name}: {text if edit.text else 'none'}"
        case "intro" | "closing" | "note":
            return f"{edit.kind}: “{shortened(edit.text)}”" if edit.text else f"no {edit.kind}"
        case "sponsor":
            return f"sponsor: {edit.sponsor.name}" if edit.sponsor else "no sponsor"
        case "merge":
            return f"merged {name} with {_all(edit.ids, stories, others)}"
        case "split":
            return f"split {_all(edit.ids, stories)} off {name}"


def told_as_it_stands(effect: Effect, edited: Edited) -> str:
    """Return what `told` does, and where a story that was put in a place stands if not there."""
    edit, line = effect.edit, told(effect.edit, edited)
    if effect.state != "applied" or edit.story not in edit.order:
        return line
    there = [part.stories for part in edited.issue.sections if part.name == edit.section]
    ids = [story.id for stories in there for story in stories]
    place = ids.index(effect.story) + 1 if effect.story in ids else 0
    if place in {0, edit.order.index(edit.story) + 1}:
        return line
    return f"{line}; stands at {place} now"


def thing(edit: Edit, edited: Edited) -> str:
    """Return what *edit* is of: 'the headline of “Harbour shut”', 'the intro'."""
    name = _name(edit, stories_in(edited))
    match edit.kind:
        case "pin" | "drop":
            return f"whether {name} is in the issue"
        case "move" | "section":
            return f"the place of {name}"
        case "lead":
            return "the story that leads the issue"
        case "merge" | "split":
            return f"what belongs to {name}"
        case "headline" | "summary" | "picture":
            return f"the {edit.kind} of {name}"
        case _:
            return f"the {edit.kind}"


def called(story: PrintedStory) -> str:
    """Return how a story is named in a sentence: its headline in quotation marks."""
    first = story.articles[0]
    name = story.headline.strip() or first.title.strip() or first.source.strip()
    return f"“{shortened(name)}”" if name else f"story {story.id}"


def name_of(story: PrintedStory) -> str:
    """Return the headline of a story, its lead's title if it has none, in at most 120 characters.

    It is on one line, and "" where there is neither.
    """
    name = story.headline.strip() or story.articles[0].title
    return " ".join(name.split())[:KEPT].rstrip()


def shortened(text: str) -> str:
    """Return *text* on one line, in at most 80 characters."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1].rstrip()}…"


def _name(edit: Edit, stories: Stories) -> str:
    story = stories.of(edit)
    if story is None:
        return f"story {edit.story}"
    if edit.kind == "headline" and story.headline == edit.text:
        # Named by what the editor made of it, it would be named by itself.
        title = " ".join(story.articles[0].title.split())
        return f"“{shortened(title)}”" if title else f"story {story.id}"
    return called(story)


def _where(edit: Edit) -> str:
    if not edit.order or edit.story not in edit.order:
        return f"into {edit.section}"
    return f"at place {edit.order.index(edit.story) + 1} of {edit.section}"


def _all(ids: tuple[str, ...], stories: Stories, names: Sequence[str] = ()) -> str:
    """Return what *ids* are called, the first of them: by their *names* if these are known."""
    known = names if len(names) == len(ids) else ("",) * len(ids)
    named = [
        f"“{shortened(name)}”" if name.strip() else _article(id_, stories)
        for id_, name in list(zip(ids, known, strict=True))[:_IN_A_LIST]
    ]
    more = len(ids) - len(named)
    return ", ".join(named) + (f" and {more} more" if more else "")


def _article(id_: str, stories: Stories) -> str:
    """Return the name of a story or article of that id, whatever story it stands in now."""
    story = stories.named(id_)
    if story is None:
        return id_
    article = next((one for one in story.articles if one.id == id_), None)
    if article is None or (story.id == id_ and len(story.articles) == 1):
        return called(story)
    return f"“{shortened(article.title)}”" if article.title.strip() else article.source or id_
