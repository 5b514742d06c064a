"""Restoring: the content of an old revision, with shared text as it stands today."""

from dataclasses import replace

from ..content import Source as SourceContent
from ..models import Image, Source
from .reading import content_at


def restored_content(revision):
    """Return the content of ``revision`` with its sources and images at their present versions.

    Record it with ``record_revision`` to restore it; rows keep their ids, so a deleted row comes back as itself.
    """
    content = content_at(revision)
    return content.replace(
        references=tuple(_present_source(row) for row in content.references),
        figures=tuple(_present_image(row) for row in content.figures),
    )


def _newest(model, pk):
    return model.history.filter(id=pk).order_by("-history_id")[0]


def _present_source(row):
    if row.source_id is None:
        return row
    version = _newest(Source, row.source_id)
    return replace(row, source=SourceContent(version.csl), source_version=version.history_id)


def _present_image(row):
    version = _newest(Image, row.image_id)
    return replace(
        row, image=f"sha256:{version.sha256}", credit=version.credit, licence=version.licence,
        file=version.instance.file_facts(), image_version=version.history_id,
    )  # fmt: skip
