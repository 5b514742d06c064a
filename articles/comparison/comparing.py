"""Two contents told apart, part by part in page order."""

from ..wording import gettext
from .bodies import compare_bodies
from .changes import MOVE, Change, Ids, MemberChange
from .citing import citation_changes
from .members import FACTS, fact
from .ordering import Item, arrange, in_words, shift, stays
from .parts import PARTS, Comparison, Part
from .rows import compare_infobox, compare_rows, kind_of
from .words import word_spans


def compare(old, new):
    """Return the ``Comparison`` of two ``ArticleContent``s; it is false where an editor would see no difference."""
    ids = Ids()
    parts = tuple(_compare_part(name, str(label), old, new, ids) for name, label in PARTS.items())
    return Comparison(parts, citation_changes(parts))


def _compare_part(name, label, old, new, ids):
    if name == "facts":
        return Part(name, label, tuple(_compare_facts(old, new, ids)))
    if name == "body":
        return compare_bodies(old.body, new.body)
    if name == "infobox":
        return compare_infobox(label, old.infobox, new.infobox, ids)
    if name == "categories":
        return Part(name, label, tuple(_compare_categories(old.categories, new.categories, ids)))
    return compare_rows(name, label, getattr(old, name), getattr(new, name), ids)


def _compare_facts(old, new, ids):
    for name, label in FACTS.items():
        before, after = fact(old, name), fact(new, name)
        if before != after:
            member = MemberChange(name, str(label), before, after, word_spans(before, after))
            yield Change(
                "facts", kind_of(before, after), str(label), (member,), field=name,
                old_place=name, new_place=name, id=ids.of("facts", name, before, after),
            )  # fmt: skip


def _compare_categories(old, new, ids):
    """Yield what happened to categories, whose names are their identity."""
    places = {name: place for place, name in enumerate(new)}
    items = [Item(place, places.get(name)) for place, name in enumerate(old)]
    items += [Item(None, place) for name, place in places.items() if name not in old]
    staying, shifts = stays(items, turned=old > new), shift(items)
    for item in arrange(items, staying):
        if item in staying:
            continue
        name = old[item.old] if item.new is None else new[item.new]
        before, after = (name if place is not None else "" for place in item[:2])
        member = MemberChange("name", gettext("Name"), before, after, word_spans(before, after))
        kind = MOVE if item.stands_twice else kind_of(before, after)
        label = gettext("Category “{name}”").format(name=name)
        yield Change(
            "categories", kind, label, () if kind == MOVE else (member,), key=name,
            old_place=f"categories[{item.old}]" if before else "", new_place=f"categories[{item.new}]" if after else "",
            moved=in_words(shifts[item]) if kind == MOVE else "", id=ids.of("categories", kind, name),
        )  # fmt: skip
