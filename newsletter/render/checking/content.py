"""Rules on what the issue says: its headlines, its stories, what it repeats."""

from collections import Counter

from newsletter.model import Place
from newsletter.render.checking.judging import Judgement, broken, holds, none_of, rule
from newsletter.render.checking.printed import headline, lead_of, story_place
from newsletter.render.checking.proof import MAIL, Proof
from newsletter.render.safe import plain, shortened
from newsletter.render.views import counted
from newsletter.text.urls import canonical_url

_GROUP = "content"
_HEADLINE = 70  # characters; longer ones take four lines of a phone
_FEW = 4  # stories, of which one outlet's share says nothing


@rule(
    "headlines",
    "Every headline is short enough for a phone",
    group=_GROUP,
    way_out="write a shorter one: a headline of the issue may differ from that of its source",
    verdict="note",
)
def headlines(proof: Proof) -> Judgement:
    """Judge headlines against 70 characters."""
    stories = proof.issue.stories
    wrong = [
        story_place(MAIL, story, f"{len(headline(story))} characters: {headline(story)}")
        for story in stories
        if len(headline(story)) > _HEADLINE
    ]
    longest = max((len(headline(story)) for story in stories), default=0)
    return none_of(
        wrong,
        "headline has more than 70 characters|headlines have more than 70 characters",
        f"{longest} characters at most",
    )


@rule(
    "summaries",
    "Every story has a summary",
    group=_GROUP,
    way_out="see why: newsletter why STORY; with full_text: always a feed is read on its pages",
    verdict="note",
)
def summaries(proof: Proof) -> Judgement:
    """Judge which stories stand with their headline alone."""
    stories = proof.issue.stories
    wrong = [
        story_place(MAIL, story)
        for story in stories
        if not any(plain(sentence.text) for sentence in story.summary)
    ]
    return none_of(wrong, "story has none|stories have none", counted(len(stories), "story"))


@rule(
    "enough-stories",
    "The issue has enough stories",
    group=_GROUP,
    way_out="wait for more, add feeds, or lower issue.min_stories in feeds.yaml",
    verdict="warning",
)
def enough_stories(proof: Proof) -> Judgement:
    """Judge the number of stories against the least that was asked for."""
    count, least = len(proof.issue.stories), proof.known.min_stories
    if count < least or not count:
        return broken(f"it has {count}, and {max(least, 1)} are asked for")
    return holds(counted(count, "story"))


@rule(
    "feeds",
    "Every feed could be read",
    group=_GROUP,
    way_out="see newsletter feeds; what a feed could not bring is missing in this issue",
    verdict="warning",
)
def feeds(proof: Proof) -> Judgement:
    """Judge the feeds that fail."""
    wrong = [Place(file="", text=line) for line in proof.known.failing]
    return none_of(wrong, "feed could not|feeds could not")


@rule(
    "repeats",
    "No article was in an earlier issue",
    group=_GROUP,
    way_out="exclude the story, unless it is to be told again",
    verdict="warning",
)
def repeats(proof: Proof) -> Judgement:
    """Judge the articles of all stories against those of published issues."""
    wrong = []
    for story in proof.issue.stories:
        for article in story.articles:
            before = proof.known.earlier.get(canonical_url(article.url)) if article.url else None
            if before and before != proof.issue.id:
                told = shortened(f"{plain(article.source)}, in {before}: {headline(story)}", 120)
                wrong.append(story_place(MAIL, story, told))
    return none_of(wrong, "article was|articles were")


@rule(
    "outlets",
    "No outlet leads more than half of the stories",
    group=_GROUP,
    way_out="lower the weight of that feed, or raise that of others, in feeds.yaml",
    verdict="note",
)
def outlets(proof: Proof) -> Judgement:
    """Judge how many stories each outlet leads; of fewer than four it says nothing."""
    stories = proof.issue.stories
    leading = Counter(plain(lead_of(story).source) for story in stories)
    if not leading:
        return holds()
    name, count = leading.most_common(1)[0]
    said = f"{name or 'one without name'} leads {count} of {len(stories)}"
    return broken(said) if count * 2 > len(stories) >= _FEW else holds(said)


RULES = (
    headlines,
    summaries,
    enough_stories,
    feeds,
    repeats,
    outlets,
)
