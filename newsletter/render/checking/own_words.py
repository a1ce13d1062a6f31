"""Rules on what the editor wrote herself: words of her own, printed as she meant them."""

import re

from newsletter.model import Place, PrintedStory
from newsletter.render import merge_tags
from newsletter.render.checking.judging import Judgement, none_of, rule
from newsletter.render.checking.printed import story_place
from newsletter.render.checking.proof import MAIL, Proof
from newsletter.render.prose import prose
from newsletter.render.safe import shortened

_GROUP = "content"
_LONGEST = {
    "the introduction": 1_200,
    "the note": 1_200,
    "the closing": 1_200,
    "the sponsor’s text": 500,
}
# HTML's tags and entities; of Markdown what prose does not contain: **strong**, __strong__,
# [words](address), `code`. Single asterisks and underscores are left to those who censor and count.
_MARKUP = re.compile(
    r"</?[A-Za-z][A-Za-z0-9]{0,15}(?:\s[^<>]{0,500})?/?>|&(?:#\d{2,6}|#x[\da-f]{2,6}|[a-z]{2,8});"
    r"|(?<!\w)\*\*[^\s*](?:[^*]{0,300}[^\s*])?\*\*|(?<!\w)__[^\s_](?:[^_]{0,300}[^\s_])?__(?!\w)"
    r"|\[[^\[\]\n]{1,300}\]\([^()\s]{1,500}\)|`[^`\s](?:[^`]{0,300}[^`\s])?`",
    re.IGNORECASE,
)


@rule(
    "own-merge-tags",
    "Your own words go out as you wrote them",
    group=_GROUP,
    way_out="take the merge tags out: sender.unsubscribe is the only one that is left whole",
    verdict="warning",
)
def own_merge_tags(proof: Proof) -> Judgement:
    """Judge the editor's words for merge tags, which were broken by a space."""
    issue = proof.issue
    sponsor = f"{issue.sponsor.name} {issue.sponsor.text}" if issue.sponsor else ""
    own = {"intro": issue.intro, "note": issue.note, "closing": issue.closing, "sponsor": sponsor}
    wrong = [
        Place(file=MAIL, text=key) for key, text in own.items() if merge_tags.broken(text) != text
    ]
    wrong += [
        story_place(MAIL, story)
        for story in issue.stories
        if merge_tags.broken(_by_hand(story)) != _by_hand(story)
    ]
    return none_of(
        wrong, "text holds merge tags, which were broken|texts hold merge tags, which were broken"
    )


@rule(
    "own-markup",
    "Your headlines and summaries are plain words",
    group=_GROUP,
    way_out="take the marks out: readers see them; introduction, note and closing take Markdown",
    verdict="warning",
)
def own_markup(proof: Proof) -> Judgement:
    """Judge headlines and summaries by hand for HTML and Markdown, which are printed as typed."""
    wrong = [
        story_place(MAIL, story, shortened(found[0], 80))
        for story in proof.issue.stories
        if (found := _MARKUP.search(_by_hand(story)))
    ]
    return none_of(wrong, "story has markup that readers see|stories have markup that readers see")


@rule(
    "prose-length",
    "The editor’s and the sponsor’s words are few",
    group=_GROUP,
    way_out="shorten them: what stands above the stories keeps readers from them",
    verdict="note",
)
def prose_length(proof: Proof) -> Judgement | None:
    """Judge introduction, note and closing against 1,200 characters, a sponsor's against 500."""
    issue = proof.issue
    texts = {
        "the introduction": issue.intro,
        "the note": issue.note,
        "the closing": issue.closing,
        "the sponsor’s text": issue.sponsor.text if issue.sponsor else "",
    }
    lengths = {name: len(prose(text).text) for name, text in texts.items() if text.strip()}
    if not lengths:
        return None
    wrong = [
        Place(file=MAIL, text=f"{name}: {length:,} characters")
        for name, length in lengths.items()
        if length > _LONGEST[name]
    ]
    return none_of(
        wrong,
        "text is long|texts are long",
        ", ".join(f"{name} {length:,} characters" for name, length in lengths.items()),
    )


def _by_hand(story: PrintedStory) -> str:
    """Return what an editor wrote of *story* herself."""
    own = [story.headline] if "headline" in story.by_hand else []
    return "\n".join([*own, *(one.text for one in story.summary if one.by_hand)])


RULES = (own_merge_tags, own_markup, prose_length)
