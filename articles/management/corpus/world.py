"""The world that is copied: one war and its battles, each with infobox, notes, references, links and three revisions.

Every place's name is a stem of its own and the ending of the round: in another round only the ending differs, so that
folded words, slugs, skeletons and the order of everything follow from the first round's by replacing it.
"""

from itertools import islice, product

from articles.content import ArticleContent
from articles.folding import skeleton
from articles.publishing import publish
from articles.revisions import record_revision

FIRST_ENDING = "kuvota"
_STEMS = tuple(
    start + vowel + end
    for vowel, end, start in product("aeo", ("l", "r", "n"), ("B", "D", "F", "Gr", "K", "M", "P", "T"))
)
MOST_ARTICLES = len(_STEMS)
_WEATHER = ("in snow", "before dawn", "in fog", "after a night of rain", "under a clear sky")
_PARTS = (
    "The column of {a} men crossed the river below {place} {weather} and held the road for a day.[@k{at}, p. {b}]",
    "Witnesses told of {b} houses burnt on the first day, the army's own report of {a}.[@k{next}, p. {a}]",
    "Those who fled to [[Battle of {other}|{other}]] crossed the pass on foot; {b} of them were counted.[^n{note}]",
    "By the evening of the {b}th the heights above {place} had changed hands twice, and nobody held them.",
)


def endings():
    """Yield the endings of the rounds, the first one first: as long as it, each of other sounds or other vowels."""
    yield FIRST_ENDING
    for letters in product("bdkmtv", "aeiou", "lnrsp", "aeiou", "bdkmtv", "aeiou"):
        if (ending := "".join(letters)) != FIRST_ENDING:
            yield ending


def sound(ending):
    """Return what stands for ``ending`` in the skeleton of a word that ends with it."""
    return skeleton(f"Bal{ending}").removeprefix("bl")


def _place(number, ending, size):
    return _STEMS[number % size] + ending


def _body(number, ending, size, edits):
    place, other = _place(number, ending, size), _place(number + 1, ending, size)
    blocks = [
        f"The **Battle of {place}** was fought in {1900 + number % 90}.[@k0] "
        f"It belongs to the [[War of {_place(0, ending, size)}]]."
    ]
    for at in range(12):
        if at % 4 == 0:
            blocks.append(f"## {('Background', 'Course', 'Aftermath')[at // 4]}")
        said = [
            part.format(a=100 + number * 7 + at, b=1 + (number + at) % 28, at=at % 6, next=(at + 1) % 6, note=at % 2,
                        place=place, other=other, weather=_WEATHER[(number + at) % len(_WEATHER)])
            for part in _PARTS
        ]  # fmt: skip
        blocks.append(" ".join(said))
    blocks += [f"In {2000 + edit} another report gave {edit * 11} dead.[@k{edit}]" for edit in range(1, edits + 1)]
    return "\n\n".join(blocks)


def _infobox(number, edits):
    values = {
        "combatant": ("First Army", "Second Army"), "commander": (f"General Amos {number}", f"Colonel Boris {number}"),
        "strength": (f"{1000 + number * 10}[@k1]", f"{900 + number * 13}[@k2]"),
        "casualties": (f"{40 + number + edits} killed[@k3]", f"{60 + number} killed[@k4][^n0]"),
    }  # fmt: skip
    rows = [
        {"id": f"{field}{side}", "field": field, "side": side, "value": value}
        for field, both in values.items() for side, value in enumerate(both, 1)
    ]  # fmt: skip
    return {
        "kind": "military-conflict",
        "rows": [*rows, {"id": "result", "field": "result", "value": "Contested[@k5]"}],
    }


def _references(number, place):
    return [
        {"id": f"f{at}", "key": f"k{at}", "pages": str(10 + at), "source": {
            "type": "book", "title": f"The road to {place}, volume {at + 1}", "publisher": "University Press",
            "author": [{"family": f"Author {number}-{at}", "given": "Jane"}],
            "issued": {"date-parts": [[1950 + (number + at) % 70]]},
        }}
        for at in range(6)
    ]  # fmt: skip


def content(number, ending, size, edits=0):
    """Return the content of article ``number`` of ``size`` after so many edits."""
    place = _place(number, ending, size)
    war = number == 0
    parent = "" if war else f"war-of-{_place(0, ending, size).lower()}"
    return ArticleContent.from_json({
        "format": "kalbajar.article/1", "slug": f"{'war' if war else 'battle'}-of-{place.lower()}",
        "title": f"{'War' if war else 'Battle'} of {place}", "short_description": f"A battle near {place}",
        "body": _body(number, ending, size, edits), "part_of": parent,
        "event_date": f"{1900 + number % 90}-{1 + number % 12:02}-{1 + number % 28:02}",
        "coordinates": {"latitude": 39 + number / 50, "longitude": 45 + number / 50},
        "names": [{"id": "m1", "name": f"{place} döyüşü", "language": "az"}],
        "categories": [f"Battles of {1900 + number % 90}", f"Battles of the {place[0]} front"],
        "infobox": _infobox(number, edits),
        "notes": [{"id": f"n{at}", "key": f"n{at}", "text": f"Told otherwise at {place}.[@k{at}]"} for at in range(2)],
        "references": _references(number, place),
    })  # fmt: skip


def write(ending, size, authors):
    """Record three revisions of each of ``size`` articles and publish what readers see: mostly the third."""
    published = []
    for number in range(size):
        article = None
        for edits in range(3):
            author = authors[(number + edits) % len(authors)]
            revision = record_revision(article, content(number, ending, size, edits), base=edits, author=author,
                                       summary=f"Report {edits}" if edits else "First account")  # fmt: skip
            article = revision.article
            # One in ten waits as a draft that was never published, one in ten has a draft on what is published.
            if number % 10 != 9 and edits == (1 if number % 10 == 4 else 2):
                published.append(revision)
    for revision in published:
        publish(revision, user=None)


def rounds(count):
    """Return the endings of so many rounds after the first."""
    return list(islice(endings(), 1, count + 1))
