"""Dumping: an article's interchange JSON, and its pictures as files."""

import json
from dataclasses import replace
from pathlib import Path

from django.core.files.storage import default_storage

from ..revisions import content_at


def dump(revision):
    """Return the interchange object of a revision: ids, rows in display order, pictures as ``sha256:<hex>``."""
    return content_at(revision).to_json()


def dump_files(revision, folder):
    """Write ``<slug>.json`` and the pictures below ``images/`` into ``folder``; return the path of the JSON file.

    Loading that file changes nothing while the revision is the newest. Raises OSError.
    """
    folder = Path(folder)
    content = content_at(revision)
    (folder / "images").mkdir(parents=True, exist_ok=True)
    figures = []
    for figure in content.figures:
        image = f"images/{Path(figure.file.name).name}"
        with default_storage.open(figure.file.name, "rb") as picture:
            (folder / image).write_bytes(picture.read())
        figures.append(replace(figure, image=image))
    path = folder / f"{content.slug}.json"
    path.write_text(as_text(content.replace(figures=tuple(figures)).to_json()), encoding="utf-8")
    return path


def as_text(data):
    """Return an interchange object as the text of a file."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
