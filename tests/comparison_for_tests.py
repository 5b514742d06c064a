"""What the tests of comparison share: case files, articles written in lines, differences as lines."""

import re
from pathlib import Path

import pytest

from articles.comparison import compare
from articles.comparison.bodies import compare_bodies
from articles.content import ArticleContent

CASES = Path(__file__).parent / "cases"
_SHOWN = {"same": "{}", "addition": "{{+{}+}}", "deletion": "[-{}-]"}


def cases(name):
    """Return the cases of ``tests/cases/comparison_<name>.txt`` for ``parametrize("old, new, expected", …)``.

    A case is a title, then lines of one full stop around the old, the new and what is expected.
    """
    text = (CASES / f"comparison_{name}.txt").read_text(encoding="utf-8") + "\n"
    parts = [part.removesuffix("\n") for part in re.split(r"^\.\n", text, flags=re.MULTILINE)]
    return [
        pytest.param(*given, id=title.strip())
        for title, *given in zip(parts[:-1:4], parts[1::4], parts[2::4], parts[3::4], strict=True)
    ]


def inline(spans):
    """Return spans in one line of text: ``the {+new+}[-old-] town``."""
    return "".join(_SHOWN[kind].format(text) for kind, text in spans)


def shown(part):
    """Return a body's blocks as text, each with what happened to it in front."""
    return "\n\n".join(_head(block) + inline(block.spans) for block in part.blocks)


def _head(block):
    said = [block.shape, block.moved, "reflow" if block.reflow else ""]
    said = ", ".join(word for word in said if word)
    return f"({said}) " if said else ""


def listed(comparison):
    """Return the changes of rows, facts and categories, a line for each, and those of citations."""
    lines = []
    for change in comparison.changes:
        if change.part != "body":
            members = "".join(f" | {member.name}: {inline(member.spans)}" for member in change.members)
            moved = f", {change.moved}" if change.moved and change.kind != "move" else ""
            what = change.moved if change.kind == "move" else change.kind
            lines.append(f"{change.label}: {what}{moved}{members}")
    for one in comparison.citations:
        words = " → ".join((one.old or "none", one.new or "none")) if one.old or one.new else ""
        lines.append(f"citation {one.kind} {one.key} in {one.label} {words}".rstrip())
    return "\n".join(lines)


def written(lines):
    """Return the content of an article that is written in lines.

    ``box ID FIELD [SIDE]: value | attribution``, ``ref ID KEY: free text``, ``book ID KEY: title``,
    ``note ID KEY: text``, ``figure ID KEY: caption``, ``name ID LANGUAGE: name`` and ``category: name`` make rows,
    ``title: …`` and other facts are set; ``body:`` takes all that follows. An ID of - is none.
    """
    head, _, body = f"\n{lines}".partition("\nbody:")
    data = {"format": "kalbajar.article/1", "slug": "a", "title": "A", "body": body.strip("\n")}
    for line in head.strip().splitlines():
        what, _, text = line.partition(":")
        what, *names = what.split()
        _MAKE.get(what, _fact)(data, what, names, text.strip())
    if "rows" in data:
        data["infobox"] = {"kind": "military-conflict", "rows": data.pop("rows")}
    return ArticleContent.from_json(data)


def _fact(data, what, _names, text):
    data[what] = text


def _row(data, part, identifier, **members):
    data.setdefault(part, []).append(members | ({"id": identifier} if identifier != "-" else {}))


def _box(data, _what, names, text):
    value, _, attribution = text.partition(" | ")
    side = {"side": int(names[2]) if names[2].isdigit() else names[2]} if names[2:] else {}
    _row(data, "rows", names[0], field=names[1], value=value, attribution=attribution, **side)


_MAKE = {
    "box": _box,
    "ref": lambda data, _, names, text: _row(data, "references", names[0], key=names[1], text=text),
    "book": lambda data, _, names, text: _row(
        data, "references", names[0], key=names[1], source={"type": "book", "title": text}
    ),
    "note": lambda data, _, names, text: _row(data, "notes", names[0], key=names[1], text=text),
    "figure": lambda data, _, names, text: _row(
        data, "figures", names[0], key=names[1], image="a.png", caption=text
    ),
    "name": lambda data, _, names, text: _row(data, "names", names[0], language=names[1], name=text),
    "category": lambda data, _, names, text: data.setdefault("categories", []).append(text),
}  # fmt: skip


def differences(old, new):
    """Return the ``Comparison`` of two articles written in lines."""
    return compare(written(old), written(new))


def source(spans, *kinds):
    """Return the text of the spans of some kinds."""
    return "".join(text for kind, text in spans if kind in kinds)


def check_body(old, new):
    """Compare two texts, check what must hold for any, and return the part.

    Every block of both is there once; with the white space between them they are the sources to the letter; equal
    texts have no change; backwards the same words are marked, additions and deletions swapped.
    """
    part = compare_bodies(old, new)
    now = [block for block in part.blocks if block.new]
    then = sorted((block for block in part.blocks if block.old), key=lambda block: block.old)
    assert "".join(block.new_text + block.new_gap for block in now) == new[len(new) - len(_without_lead(new)) :]
    assert "".join(block.old_text + block.old_gap for block in then) == old[len(old) - len(_without_lead(old)) :]
    assert part.changes == tuple(block for block in part.blocks if block.kind != "same")
    backwards = compare_bodies(new, old)
    assert sorted(map(_turned, part.changes)) == sorted(map(_as_told, backwards.changes))
    return part


def _without_lead(text):
    lines = text.split("\n")
    while lines and not lines[0].strip(" \t"):
        lines.pop(0)
    return "\n".join(lines)


def _as_told(block):
    return (
        block.old,
        block.new,
        block.kind,
        block.shape,
        block.reflow,
        block.old_text,
        block.new_text,
        *map(tuple, block.spans),
    )


def _turned(block):
    kinds = {"addition": "deletion", "deletion": "addition"}
    shapes = {"split": "merge", "merge": "split"}
    spans = [(kinds.get(kind, kind), text) for kind, text in block.spans]
    for at in range(len(spans) - 1):
        if spans[at][0] == "addition" and spans[at + 1][0] == "deletion":
            spans[at], spans[at + 1] = spans[at + 1], spans[at]
    return (
        block.new, block.old, kinds.get(block.kind, block.kind), shapes.get(block.shape, ""), block.reflow,
        block.new_text, block.old_text, *spans,
    )  # fmt: skip
