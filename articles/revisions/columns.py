"""Content and columns: which member of ArticleContent lies in which model and column. Told here for both directions."""

from dataclasses import dataclass

from ..content import ArticleContent, Coordinates, Figure, Infobox, InfoboxRow, Name, Note, Reference
from ..models import (
    ArticleCategory,
    ArticleName,
    Figure as FigureModel,
    InfoboxField,
    Note as NoteModel,
    Reference as ReferenceModel,
)

ARTICLE = ("slug", "title", "short_description", "body", "part_of", "event_date", "latitude", "longitude",
           "infobox_kind")  # fmt: skip


@dataclass(frozen=True)
class RowKind:
    """A list of an article: its name in the content, its model, its columns, and the column that tells rows apart."""

    name: str
    model: type
    columns: tuple[str, ...]
    identity: str = "row_id"


ROW_KINDS = (
    RowKind("names", ArticleName, ("name", "language", "script")),
    RowKind("categories", ArticleCategory, (), identity="name"),
    RowKind("infobox", InfoboxField, ("field", "side", "value", "attribution")),
    RowKind("notes", NoteModel, ("key", "text")),
    RowKind("references", ReferenceModel,
            ("key", "source_id", "source_version", "text", "pages", "quotation", "translation", "remark")),
    RowKind("figures", FigureModel, ("key", "image_id", "image_version", "alt", "caption", "placement")),
)  # fmt: skip


def article_columns(content):
    """Return the columns of ``Article`` for a content."""
    place = content.coordinates
    return {
        "slug": content.slug,
        "title": content.title,
        "short_description": content.short_description,
        "body": content.body,
        "part_of": content.part_of,
        "event_date": content.event_date,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "infobox_kind": content.infobox.kind,
    }


def row_columns(content):
    """Return for every list of a content (with ids and versions) its rows: list name → identity → columns, in order."""
    lists = {
        "names": content.names,
        "infobox": content.infobox.rows,
        "notes": content.notes,
        "references": content.references,
        "figures": content.figures,
    }
    rows = {
        kind.name: {row.id: {column: _value(row, column) for column in kind.columns} for row in lists[kind.name]}
        for kind in ROW_KINDS
        if kind.name != "categories"
    }
    rows["categories"] = {name: {} for name in content.categories}
    return rows


def _value(row, column):
    value = getattr(row, column)
    return ("" if value is None else str(value)) if column == "side" else value


def content_from(article, rows, sources, images):
    """Make an ArticleContent of model instances or history rows.

    ``rows`` maps list names to rows in order; ``sources`` and ``images`` map history ids to what they say: a
    ``content.Source``, and the history row of an image.
    """
    coordinates = None if article.latitude is None else Coordinates(_degrees(article.latitude),
                                                                    _degrees(article.longitude))  # fmt: skip
    content = ArticleContent(
        slug=article.slug,
        title=article.title,
        body=article.body,
        short_description=article.short_description,
        names=tuple(Name(row.row_id, row.name, row.language, row.script) for row in rows["names"]),
        part_of=article.part_of,
        event_date=article.event_date,
        coordinates=coordinates,
        categories=tuple(row.name for row in rows["categories"]),
        infobox=Infobox(article.infobox_kind, tuple(_infobox_row(row) for row in rows["infobox"])),
        notes=tuple(Note(row.row_id, row.key, row.text) for row in rows["notes"]),
        references=tuple(reference_from(row, sources) for row in rows["references"]),
        figures=tuple(_figure(row, images) for row in rows["figures"]),
    )
    return content.in_display_order()


def _degrees(number):
    return number.normalize() + 0


def _infobox_row(row):
    side = int(row.side) if row.side.isdigit() else row.side or None
    return InfoboxRow(row.row_id, row.field, side, row.value, row.attribution)


def reference_from(row, sources):
    """Make a content Reference of a row; ``sources`` maps history ids to a ``content.Source``."""
    source = sources[row.source_version] if row.source_version else None
    return Reference(row.row_id, row.key, source, row.text, row.pages, row.quotation, row.translation, row.remark,
                     row.source_id, row.source_version)  # fmt: skip


def _figure(row, images):
    image = images[row.image_version]
    return Figure(row.row_id, row.key, f"sha256:{image.sha256}", image.credit, image.licence, row.alt, row.caption,
                  row.placement, image.instance.file_facts(), row.image_id, row.image_version)  # fmt: skip
