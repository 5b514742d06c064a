"""A page as plain text: what it says, line by line, with the labels that the layout gives on screen."""

from . import words
from .page_words import plain_words


def plain_page(page):
    """Return a ``RenderedArticle`` as plain text; notes and references carry their letters and numbers."""
    parts = [
        "\n".join([page.title, "=" * len(page.title)]),
        page.short_description,
        "\n".join(_infobox(page.infobox)) if page.infobox else "",
        plain_words(page.lead_opening, page.lead_rest).replace("\n", "\n\n"),
        plain_words(page.sections).replace("\n", "\n\n"),
        *("\n".join(_listed(entries)) for entries in (page.notes, page.references)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _infobox(box):
    for fact in (*box.facts, *box.tail):
        yield f"{fact.label}: {_values(fact.values)}"
    for section in box.sections:
        for cell in section.cells:
            if cell.values:
                yield f"{words.SIDE_BEHIND.format(label=section.label, side=cell.side)}: {_values(cell.values)}"
        if section.joint:
            yield f"{section.label}, {section.joint_label.lower()}: {_values(section.joint.values)}"


def _values(values):
    said = (plain_words(one.html) + (f" ({one.attribution})" if one.attribution else "") for one in values)
    return "; ".join(said)


def _listed(entries):
    for entry in entries:
        yield f"[{entry.label}] " + plain_words(entry.html).replace("\n", " ")
