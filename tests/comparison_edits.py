"""Made-up texts and articles for the tests of comparison, and the edits that editors make in them."""

from dataclasses import replace

from hypothesis import strategies as st

from articles.content import (
    ArticleContent,
    Coordinates,
    Figure,
    Infobox,
    InfoboxRow,
    Name,
    Note,
    Reference,
    Source,
)
from articles.infobox_kinds import KINDS

_WORDS = [
    *"the of and in to a was by it army town road pass brigade offensive winter 400 1,900 1993 400–450".split(),
    *"[@hrw1994] [@hrw1994,_p._12] [@a;_@b] [^dates] [[Lachin]] Kəlbəcər Քարվաճառ 山 路 *fell* \\[@x] `[@c]`".split(),
    *"http://x.org/a (so) “No,” he said.".split(),
]
words = st.sampled_from([word.replace("_", " ") for word in _WORDS]) | st.sampled_from(
    [f"{start}{end}" for start in "bdfgklmnprst" for end in "aeiou"]
)
sentence = st.lists(words, min_size=1, max_size=12).map(" ".join)
_starts = st.sampled_from(["", "", "", "", "## ", "- ", "> ", "1. ", "| ", "### "])
block = st.builds("{}{}".format, _starts, sentence)
blocks = st.lists(block, max_size=8)
wild = st.text("ab \n#->[]@^|`!*1.\t", max_size=60)


@st.composite
def edited_bodies(draw):
    """Draw two texts, the second made from the first as editors do it: words and whole blocks, moved, split, merged."""
    old = draw(blocks)
    new = list(old)
    for _ in range(draw(st.integers(0, 4))):
        draw(st.sampled_from(_EDITS))(draw, new)
    return "\n\n".join(old), draw(st.sampled_from(["\n\n", "\n\n", "\n\n\n", "\n"])).join(new)


def _place(draw, new, more=0):
    return draw(st.integers(0, max(0, len(new) - 1 + more)))


def _add(draw, new):
    new.insert(_place(draw, new, 1), draw(block))


def _delete(draw, new):
    if new:
        new.pop(_place(draw, new))


def _move(draw, new):
    if new:
        new.insert(_place(draw, new), new.pop(_place(draw, new)))


def _reword(draw, new):
    if new:
        at = _place(draw, new)
        parts = new[at].split(" ")
        start = draw(st.integers(0, len(parts)))
        parts[start : start + draw(st.integers(0, 2))] = draw(st.lists(words, max_size=3))
        new[at] = " ".join(parts)


def _split(draw, new):
    if new:
        at = _place(draw, new)
        parts = new[at].split(" ")
        middle = draw(st.integers(0, len(parts)))
        new[at : at + 1] = [" ".join(parts[:middle]), " ".join(parts[middle:])]


def _merge(draw, new):
    if len(new) > 1:
        at = draw(st.integers(0, len(new) - 2))
        new[at : at + 2] = [" ".join(new[at : at + 2])]


def _reflow(draw, new):
    if new:
        at = _place(draw, new)
        new[at] = new[at].replace(" ", "\n", draw(st.integers(1, 2)))


_EDITS = [_add, _delete, _move, _reword, _reword, _split, _merge, _reflow]


# --- Whole articles ---------------------------------------------------------------------------------------------------

LISTS = ("names", "notes", "references", "figures")
_KIND = KINDS["military-conflict"]
_ids = st.sampled_from(["", "1", "2", "3"])
_keys = st.sampled_from(["a", "b", "c", "d", "e"])
_text = st.sampled_from(["", "", "Some words of it.", "Other words of it.[@a]", "Wholly different"])
_said = st.sampled_from(["400 killed[@a]", "400–450 killed[@a, p. 1]", "[[Monte Melkonian]]", "Some words of it."])
_fields = st.sampled_from(
    [(field.name, side) for field in _KIND.fields for side in ((1, 2, "all") if field.sided else (None,))]
)
_row = st.builds(lambda i, cell, value, by: InfoboxRow(i, *cell, value, by), _ids, _fields, _said, _text)
_sources = st.sampled_from([
    None, Source.of({"type": "book", "title": "Black Garden", "author": [{"family": "de Waal", "given": "Thomas"}]}),
    Source.of({"type": "book", "author": [{"family": "de Waal"}], "issued": {"date-parts": [[2003, 5]]}}),
    Source.of({"type": "webpage", "title": "News", "custom": {"archive-url": "https://a"}, "x": [1, {"y": None}]}),
])  # fmt: skip
_image = st.sampled_from(["a.png", "b.png"])


def _rows(strategy, key):
    return st.lists(strategy, max_size=3, unique_by=(lambda row: row.id or object(), key)).map(tuple)


contents = st.builds(
    ArticleContent,
    slug=st.sampled_from(["a", "b"]), title=st.sampled_from(["A", "B"]), body=st.just(""), short_description=_text,
    names=_rows(st.builds(Name, _ids, _keys, st.sampled_from(["", "az"])), lambda _: object()),
    part_of=st.sampled_from(["", "war"]), event_date=st.sampled_from(["", "1993"]),
    coordinates=st.sampled_from([None, Coordinates(1, 2)]),
    categories=st.lists(_keys, max_size=4, unique=True).map(tuple),
    infobox=st.builds(Infobox, st.just(_KIND.name), _rows(_row, lambda _: object())),
    notes=_rows(st.builds(Note, _ids, _keys, _said), lambda row: row.key),
    references=_rows(
        st.builds(Reference, _ids, _keys, _sources, _text, _text, _text, _text, _text), lambda row: row.key
    ),
    figures=_rows(st.builds(Figure, _ids, _keys, _image, _text, _text, _text, _text), lambda row: row.key),
)  # fmt: skip


@st.composite
def pairs(draw):
    """Draw two articles; the second often has parts of the first."""
    old, new, bodies = draw(contents), draw(contents), draw(edited_bodies())
    same = draw(st.sets(st.sampled_from(["infobox", "notes", "references", "figures", "names", "categories", "slug"])))
    new = new.replace(**{part: getattr(old, part) for part in same})
    return old.replace(body=bodies[0]), new.replace(body=bodies[1])


def recorded(content, mark):
    """Return an article with an id on every row, as recording gives it; the new ids begin with ``mark``."""

    def named(rows):
        return tuple(row if row.id else replace(row, id=f"{mark}{place}") for place, row in enumerate(rows))

    lists = {part: named(getattr(content, part)) for part in LISTS}
    return content.replace(infobox=Infobox(content.infobox.kind, named(content.infobox.rows)), **lists)


def visible(content):
    """Return an article without what nobody sees: ids, blank lines around the body, the order of cells."""
    content = content.in_display_order()
    bare = {part: tuple(replace(row, id="") for row in getattr(content, part)) for part in LISTS}
    rows = tuple(replace(row, id="") for row in content.infobox.rows)
    return content.replace(body=content.body.strip("\n"), infobox=Infobox(content.infobox.kind, rows), **bare)
