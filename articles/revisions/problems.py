"""Problems of newest revisions, counted by kind and kept for the lists of the desk."""

from collections import Counter
from dataclasses import replace

from ..content import Source as SourceContent
from ..models import DraftProblem, Image, Source, Standing, prepared
from ..problems import ERROR, PICTURE_WORDS, WARNING
from ..rendered import Links
from ..rendering import kinds_from_image, kinds_from_source
from .columns import reference_from
from .remembering import rendered

_OF_OTHERS = {"missing_link"}
"""Kinds that depend on what else is published: no property of a revision, and so not kept."""


def counted(content, links=None):
    """Return {(kind, level): how often} of the problems in a content; ``links`` are those of its page, if at hand."""
    found = Counter((one.kind, one.level) for one in rendered(content, links or Links()).problems)
    return {key: count for key, count in found.items() if key[0] not in _OF_OTHERS}


def kept(article):
    """Return what ``counted`` gave for the newest revision of the article; None if it was never measured."""
    if not Standing.objects.filter(article=article, errors__isnull=False).exists():
        return None
    rows = DraftProblem.objects.filter(article=article)
    return {(kind, level): count for kind, level, count in rows.values_list("kind", "level", "count")}


def moved(before, rows, version):
    """Return ``before`` (as of ``counted``) after the references ``rows`` moved to a ``version`` of their source."""
    named = {row.source_version for row in rows} | {version}
    versions = {key: SourceContent(one.csl) for key, one in Source.history.in_bulk(named).items()}
    after = Counter(before)
    for row in rows:
        reference = reference_from(row, versions)
        after.subtract(kinds_from_source(reference).items())
        after.update(kinds_from_source(replace(reference, source=versions[version])).items())
    return {key: count for key, count in after.items() if count > 0}


def moved_with_image(before, rows, version):
    """Return ``before`` (as of ``counted``) after the figures ``rows`` moved to a ``version`` of their image."""
    versions = Image.history.in_bulk({row.image_version for row in rows} | {version})
    after = Counter(before)
    for row in rows:
        after.subtract(kinds_from_image(versions[row.image_version]).items())
        after.update(kinds_from_image(versions[version]).items())
    return {key: count for key, count in after.items() if count > 0}


def keep(article, problems):
    """Store {(kind, level): count} as the problems of the newest revision; None: they could not be counted."""
    problems = problems or {}
    rows, _ = prepared.tuples(_of_article, DraftProblem, article=article.pk)
    stored = {(kind, level): (pk, count) for pk, kind, level, count in rows}
    gone = [pk for key, (pk, count) in stored.items() if problems.get(key) != count]
    if gone:
        DraftProblem.objects.filter(pk__in=gone).delete()
    DraftProblem.objects.bulk_create(
        DraftProblem(article=article, kind=kind, level=level, count=count)
        for (kind, level), count in problems.items()
        if (kind, level) not in stored or stored[kind, level][1] != count
    )


def _of_article(model):
    return model.objects.filter(article=prepared.ARTICLE).values_list("pk", "kind", "level", "count")


def totals(problems):
    """Return the numbers of errors and of warnings, as columns of a Standing.

    What keeps people from publishing counts as an error, as it does in the form.
    """
    if problems is None:
        return {"errors": None, "warnings": None}
    sums = {ERROR: 0, WARNING: 0}
    for (kind, level), count in problems.items():
        sums[ERROR if kind in PICTURE_WORDS else level] += count
    return {"errors": sums[ERROR], "warnings": sums[WARNING]}
