"""ArticleContent to interchange JSON: empty members left out, nothing lost."""

FORMAT = "kalbajar.article/1"
_STORED = ("source_id", "source_version", "image_id", "image_version")


def write_members(content, *, stored):
    """Return the interchange object of an ``ArticleContent``; with ``stored`` also versions and facts of files."""
    return {
        "format": FORMAT,
        "slug": content.slug,
        "title": content.title,
        **_filled(
            short_description=content.short_description,
            names=[_row(name, stored) for name in content.names],
            part_of=content.part_of,
            event_date=content.event_date,
            coordinates=_coordinates(content.coordinates),
            categories=list(content.categories),
            infobox=_infobox(content.infobox, stored),
        ),
        "body": content.body,
        **_filled(
            notes=[_row(note, stored) for note in content.notes],
            references=[_row(reference, stored) for reference in content.references],
            figures=[_row(figure, stored) for figure in content.figures],
        ),
    }


def _filled(**members):
    return {name: value for name, value in members.items() if value not in ("", None, [], {})}


def _coordinates(coordinates):
    if coordinates is None:
        return None
    return {"latitude": float(coordinates.latitude), "longitude": float(coordinates.longitude)}


def _infobox(infobox, stored):
    return _filled(kind=infobox.kind, rows=[_row(row, stored) for row in infobox.rows])


def _row(row, stored):
    members = _filled(**{name: value for name, value in vars(row).items() if stored or name not in _STORED})
    if "source" in members:
        members["source"] = row.source.csl
    if file := members.pop("file", None):
        if stored:
            members["file"] = dict(vars(file))
    return members
