"""Sources and images as the article's form needs them: newest versions and labels, many at once."""

from django.db.models import Max

from ..content import Source as SourceContent
from ..models import Image, Source


def newest_sources(pks):
    """Return, for keys given as text, what a reference says that takes up the source.

    No version is named: recording takes the newest, even if one is made in between.
    """
    return {
        str(version.id): {
            "source": SourceContent(version.csl).csl,
            "source_id": version.id,
        }
        for version in _newest_versions(Source, pks)
    }


def newest_images(pks):
    """Return, for keys given as text, what a figure says that takes up the image, as above."""
    return {
        str(version.id): {
            "image": f"sha256:{version.sha256}",
            "credit": version.credit,
            "licence": version.licence,
            "file": dict(vars(version.instance.file_facts())),
            "image_id": version.id,
        }
        for version in _newest_versions(Image, pks)
    }


def _newest_versions(model, pks):
    keys = whole_keys(pks)
    if not keys:
        return ()
    latest = model.history.filter(id__in=keys).order_by().values("id").annotate(latest=Max("history_id"))
    return model.history.filter(history_id__in=latest.values("latest"))


def whole_keys(texts):
    """Return the keys among ``texts`` that can be one."""
    return {int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) < 19}


def rows_by_key(model, texts):
    """Return {key as text: row} of ``model``, in one query."""
    return {str(row.pk): row for row in model.objects.filter(pk__in=whole_keys(texts))}
