"""What a person did in an issue.json that another run wrote, put into the issue as built."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from newsletter.issue.manuscript_form import one_line
from newsletter.issue.rewording import lead_of
from newsletter.model import Effect, Issue, PrintedArticle, PrintedStory, Section
from newsletter.model.editing import EditKind

_Said = tuple[EditKind, str | None, str]  # what an edit is of, and its text

_PLACED = frozenset(("place", "section", "lead"))


def with_others_hand(
    found: Issue, built: Issue, outside: Mapping[str, PrintedStory], effects: Sequence[Effect]
) -> Issue:
    """Return *built* with what was done by hand in *found*, the same week as another run left it.

    *outside* are the stories that *built* leaves out, by id; *effects* what its own edits came to.
    Only what *found* says to be by hand counts: all else another build may have made otherwise, or
    somebody since. If it is of the same build, a story that it leaves out and that no edit here was
    of was dropped there, too. A text that an edit here had said stays as it was changed since, and
    a story that one was of comes in only for another text. Those in neither are passed over.
    """
    known = {**{story.id: story for story in built.stories}, **outside}
    said = frozenset((one.edit.kind, one.story, one_line(one.edit.text)) for one in effects)
    told = {one.id: _reworded(known[one.id], one, said) for one in found.stories if one.id in known}
    worked_on = _worked_on(effects)
    coming = {
        one.id
        for one in found.stories
        if one.id in told
        and _is_kept(one)
        and (worked_on.isdisjoint(_ids(known[one.id])) or told[one.id] != known[one.id])
    }
    is_same = found.generated_at == built.generated_at
    gone = _left_out(found, built, worked_on) if is_same else frozenset()
    return replace(
        built,
        sections=tuple(
            Section(name=name, stories=tuple(told.get(id_, known[id_]) for id_ in ids))
            for name, ids in _order(found, built, coming, gone).items()
        ),
        intro=built.intro if _is_old("intro", None, found.intro, said) else found.intro,
        closing=built.closing if _is_old("closing", None, found.closing, said) else found.closing,
        note=built.note if _is_old("note", None, found.note, said) else found.note,
        sponsor=found.sponsor or built.sponsor,
    )


def _worked_on(effects: Sequence[Effect]) -> frozenset[str]:
    """Return the ids of all stories and articles that edits were of, taken back or not.

    What there is of them may have come in, gone, or been made of others since.
    """
    return frozenset(
        id_
        for one in effects
        for id_ in (one.story, one.edit.story, *one.edit.ids, *one.edit.articles)
        if id_
    )


def _left_out(found: Issue, built: Issue, worked_on: Collection[str]) -> frozenset[str]:
    """Return the stories of *built*, by id, that were left out of *found* by hand."""
    there = {*worked_on, *(id_ for story in found.stories for id_ in _ids(story))}
    return frozenset(story.id for story in built.stories if there.isdisjoint(_ids(story)))


def _ids(story: PrintedStory) -> tuple[str, ...]:
    return story.id, *(article.id for article in story.articles)


def _is_kept(story: PrintedStory) -> bool:
    """Return whether what an editor did on *story* keeps it in the issue."""
    return not {"members"}.issuperset(story.by_hand)


def _order(
    found: Issue, built: Issue, coming: Collection[str], gone: Collection[str]
) -> Mapping[str, Sequence[str]]:
    """Return the ids of the stories of each section: *built* with what is *coming*, not *gone*.

    What was placed by hand in *found* stands behind what it stands behind there; what else comes
    from there is last.
    """
    order = {part.name: [one.id for one in part.stories] for part in built.sections}
    order = {name: [id_ for id_ in ids if id_ not in gone] for name, ids in order.items()}
    homes = {id_: name for name, ids in order.items() for id_ in ids}
    lead = None
    for part in found.sections:
        there = [story.id for story in part.stories]
        hers = [story for story in part.stories if story.id in homes or story.id in coming]
        placed = [one.id for one in hers if _is_placed(one, part.name, homes.get(one.id))]
        for id_ in placed:
            if id_ in homes:
                order[homes[id_]].remove(id_)
        ids = order.setdefault(part.name, [])
        ids += (one.id for one in hers if one.id not in homes and one.id not in placed)
        for id_ in placed:
            before = there[: there.index(id_)]
            behind = next((one for one in reversed(before) if one in ids), None)
            ids.insert(0 if behind is None else ids.index(behind) + 1, id_)
        lead = next((one.id for one in hers if "lead" in one.by_hand), lead)
    return dict(sorted(order.items(), key=lambda section: lead not in section[1]))


def _is_placed(story: PrintedStory, section: str, home: str | None) -> bool:
    """Return whether *story* was put by hand where it stands in *section*.

    One that was only moved within it stays where it is by now in another, its *home*.
    """
    by_hand = _PLACED.intersection(story.by_hand)
    return bool(by_hand) and ("section" in by_hand or home in {None, section})


def _is_old(kind: EditKind, story: str | None, text: str, said: Collection[_Said]) -> bool:
    """Return whether a text of *story*, or of the issue, is empty or one that edits had *said*."""
    return not text or (kind, story, one_line(text)) in said


def _reworded(story: PrintedStory, hers: PrintedStory, said: Collection[_Said]) -> PrintedStory:
    if "headline" in hers.by_hand and not _is_old("headline", story.id, hers.headline, said):
        story = replace(story, headline=hers.headline)
    summary = " ".join(sentence.text for sentence in hers.summary)
    if "summary" in hers.by_hand and not _is_old("summary", story.id, summary, said):
        story = replace(story, summary=hers.summary)
    if "picture" in hers.by_hand:
        story = replace(story, articles=_pictured(story, hers))
    return story


def _pictured(story: PrintedStory, hers: PrintedStory) -> tuple[PrintedArticle, ...]:
    """Return the articles of *story* with her picture at its lead, with none if she has none."""
    image = next((one.image for one in (lead_of(hers), *hers.articles) if one.image), None)
    lead = lead_of(story)
    return tuple(
        replace(one, image=image, image_width=None, image_height=None)
        if one is lead or image is None
        else one
        for one in story.articles
    )
