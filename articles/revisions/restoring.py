"""Restoring: the content of an old revision, with shared text as it stands today."""

from dataclasses import replace

from ..content import Source as SourceContent
from ..models import Image, Source
from .reading import content_at, present_versions


def restored_content(revision):
    """Return the content of ``revision`` with the present text of its sources and images.

    Record it with ``record_revision`` to restore it; rows keep their ids, so a deleted row comes back as itself. No
    version is named: recording takes the newest, even if one is made in between.
    """
    return at_present_versions(content_at(revision))


def at_present_versions(content, present=None):
    """Return ``content`` with the present text of the sources and images that its rows name.

    Rows that stand in the content ``present`` too, and use the same there, take the version that they have there.
    """
    there = {row.id: row for row in (*present.references, *present.figures)} if present else {}
    sources = present_versions(Source, {row.source_id for row in content.references if row.source_id})
    images = present_versions(Image, {row.image_id for row in content.figures})
    return content.replace(
        references=tuple(_reference(row, sources.get(row.source_id), there.get(row.id)) for row in content.references),
        figures=tuple(_figure(row, images[row.image_id], there.get(row.id)) for row in content.figures),
    )


def _reference(row, version, there):
    if row.source_id and getattr(there, "source_id", None) == row.source_id:
        return replace(row, source=there.source, source_version=there.source_version)
    return replace(row, source=SourceContent(version.csl), source_version=None) if version else row


def _figure(row, version, there):
    if getattr(there, "image_id", None) == row.image_id:
        shared = ("image", "credit", "licence", "file", "image_version")
        return replace(row, **{name: getattr(there, name) for name in shared})
    return replace(
        row, image=f"sha256:{version.sha256}", credit=version.credit, licence=version.licence,
        file=version.instance.file_facts(), image_version=None,
    )  # fmt: skip
