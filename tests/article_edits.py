"""Edits of a whole article at random, as editors make them: on the interchange object, text and rows alike."""

import re


def edit_at_random(random, data, times):
    """Change the interchange object ``data`` in place, ``times`` times."""
    for _ in range(times):
        random.choice(_EDITS)(random, data)


def paragraphs(data):
    """Return the blocks of a body, and the places of those that are plain paragraphs."""
    blocks = data["body"].split("\n\n")
    return blocks, [place for place, block in enumerate(blocks) if re.match(r"\w|\*\*", block)]


def _on_paragraphs(edit):
    def change(random, data):
        blocks, plain = paragraphs(data)
        if len(plain) > 2:
            edit(random, blocks, random.choice(plain))
            data["body"] = "\n\n".join(blocks)

    return change


@_on_paragraphs
def _reword(random, blocks, at):
    words = blocks[at].split(" ")
    start = random.randrange(len(words))
    if not re.search(r"[\[\]]", " ".join(words[start : start + 2])):
        words[start : start + 2] = random.choice(["in those days", "(roughly)", "1,250", "soon;", "Kəlbəcər"]).split()
    blocks[at] = " ".join(words)


@_on_paragraphs
def _move(random, blocks, at):
    blocks.insert(random.randrange(len(blocks) - 1), blocks.pop(at))


@_on_paragraphs
def _split(random, blocks, at):
    blocks[at] = ".\n\n".join(blocks[at].split(". ", 1))


@_on_paragraphs
def _delete(random, blocks, at):
    del blocks[at]


@_on_paragraphs
def _add(random, blocks, at):
    number = random.randrange(10_000)
    blocks.insert(at, f"A witness, number {number}, remembered it otherwise.[@hrw1994, p. {number}]")


@_on_paragraphs
def _cut(random, blocks, at):
    first, dot, rest = blocks[at].partition(". ")
    blocks[at] = rest if dot else first


def _change_value(random, data):
    row = random.choice(data["infobox"]["rows"])
    row["value"] = random.choice(["about ", "“so-called” ", "", "Gen. "]) + row["value"]


def _swap_rows(random, data):
    rows = data["infobox"]["rows"]
    rows.insert(random.randrange(len(rows)), rows.pop(random.randrange(len(rows))))


def _delete_row(random, data):
    rows = data["infobox"]["rows"]
    if len(rows) > 5:
        rows.pop(random.randrange(len(rows)))


def _add_row(random, data):
    side = random.choice([1, 2, "all"])
    row = {"field": "casualties", "side": side, "value": f"{random.randrange(999)} lost", "attribution": "per a report"}
    data["infobox"]["rows"].append(row)


def _change_note(random, data):
    random.choice(data["notes"])["text"] += " So it is said; nothing else is known."


def _change_reference(random, data):
    random.choice(data["references"])["pages"] = f"{random.randrange(1, 400)}"


def _add_reference(random, data):
    key = f"late{random.randrange(10_000)}"
    if key not in {one["key"] for one in data["references"]}:
        data["references"].append({"key": key, "text": f"A report of {key}, in private hands."})
        data["body"] += f"\n\nSomething more is in a report.[@{key}]"


_EDITS = [
    *[_reword, _reword, _move, _split, _delete, _add, _cut],
    *[_change_value, _swap_rows, _delete_row, _add_row, _change_note, _change_reference, _add_reference],
]
