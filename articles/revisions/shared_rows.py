"""Which stored version of a source or an image a row of a content means, and making those that are new.

A row that names a version takes that one. Else its data are looked for: first among all versions of what the paired
stored row uses, then among the newest versions of all others; data found nowhere make a new source or image.
"""

from dataclasses import replace

from ..models import Image, Source
from ..problems import REFUSAL, Problem, Refused


def with_versions(content, stored):
    """Return ``content`` (with row ids) whose references and figures name versions; rows for new ones are made.

    Runs inside the write of a revision: everything that is taken up is locked, in order of primary key, so that a
    change of it waits until this article is among those it moves. Raises ``Refused`` for a picture not in the library.
    """
    references = {row.id: row for row in stored.references} if stored else {}
    figures = {row.id: row for row in stored.figures} if stored else {}
    return content.replace(
        references=tuple(_reference(row, references.get(row.id)) for row in content.references),
        figures=tuple(_figure(row, figures.get(row.id), index) for index, row in enumerate(content.figures)),
    )


def lock_shared(content):
    """Lock the sources and images whose rows the content is known to use, in order of primary key."""
    for model, ids in (
        (Source, {row.source_id for row in content.references if row.source_id}),
        (Image, {row.image_id for row in content.figures if row.image_id}),
    ):
        list(model.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"))


def _reference(row, before):
    if row.source is None:
        return replace(row, source_id=None, source_version=None)
    if row.source_version is None and before and before.source == row.source:
        return replace(row, source_id=before.source_id, source_version=before.source_version)
    found = (
        _named(Source, row.source_version, digest=row.source.digest)
        or before and before.source_id and _any_version(Source, before.source_id, digest=row.source.digest)
        or _newest_version(Source, digest=row.source.digest)
    )
    if not found:
        source = Source()
        source.set_content(row.source)
        source.save()
        found = source.history.latest()
    return replace(row, source_id=found.id, source_version=found.history_id)


def _figure(row, before, index):
    hash_ = row.image.removeprefix("sha256:")
    words = {"credit": row.credit, "licence": row.licence}
    if row.image_version is None and before and all(getattr(before, name) == getattr(row, name) for name in
                                                    ("image", "credit", "licence")):  # fmt: skip
        return replace(row, file=before.file, image_id=before.image_id, image_version=before.image_version)
    found = (
        _named(Image, row.image_version, sha256=hash_, **words)
        or before and _any_version(Image, before.image_id, sha256=hash_, **words)
        or _newest_version(Image, sha256=hash_, **words)
        or _newest_version(Image, received_sha256=hash_, **words)
    )
    if not found:
        image = Image(**words)
        image.set_file(row.file or _file_in_library(hash_, index))
        image.save()
        found = image.history.latest()
    return replace(row, image=f"sha256:{found.sha256}", image_id=found.id, image_version=found.history_id,
                   file=found.instance.file_facts())  # fmt: skip


def _file_in_library(hash_, index):
    for column in ("sha256", "received_sha256"):
        version = Image.history.filter(**{column: hash_}).order_by("-history_id").first()
        if version:
            return version.instance.file_facts()
    message = "no picture with this hash is in the library; give the path of a file, or upload it"
    raise Refused([Problem(f"figures[{index}].image", "invalid", message, REFUSAL)])


def _named(model, version, **data):
    """Return the version that the row names, if it says what the row says."""
    return model.history.filter(history_id=version, **data).first() if version else None


def _any_version(model, pk, **data):
    return model.history.filter(id=pk, **data).order_by("-history_id").first()


def _newest_version(model, **data):
    """Return the newest version of a row whose present state has these data, the oldest such row first.

    The row is locked before its version is read: a change of it that is under way is waited for, and looked at.
    """
    for row in model.objects.select_for_update(no_key=True).filter(**data).order_by("pk"):
        version = model.history.filter(id=row.pk).order_by("-history_id")[0]
        if all(getattr(version, column) == value for column, value in data.items()):
            return version
    return None
