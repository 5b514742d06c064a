"""Sealing: what each revision wrote is bound by a digest to all before it; whoever changes an old row breaks the chain.

Of what was removed for legal reasons a ``Removal`` seals what is left; the chain goes on over what was there.

Covered are the revision's own row, every history row that it wrote, and the versions of sources and images that those
rows name. Empty values are left out of the digest, so that a column that is added later changes no old one.
"""

import hashlib
import json
from collections import defaultdict

from django.db import transaction

from ..models import Article, Image, Revision, Seal, Source, prepared
from ..models.guards import writing
from .columns import ROW_KINDS

_MODELS = (Article, *(kind.model for kind in ROW_KINDS))
_NAMED = (("source_version", Source), ("image_version", Image))


def seal(article_id, revision=None, written=_MODELS):
    """Seal the revisions of an article that have none, in order; the caller has locked it. Return how many there were.

    Usually it is ``revision``, just made, which wrote rows of the models ``written``; in an article of an older
    version, all.
    """
    last, _ = prepared.tuples(_last, Seal, article=article_id)
    number, digest = last[0] if last else (0, "")
    if revision and revision.number == number + 1:
        revisions = [revision]
        digests = {revision.pk: _digest_of(revision, written)}
    else:
        revisions = list(Revision.objects.filter(article_id=article_id, number__gt=number).order_by("number"))
        digests = content_digests(revisions, {"revision__article_id": article_id})
    for revision in revisions:
        digest = chained(digest, digests[revision.pk])
        with writing(article_id=article_id, revision_id=revision.pk):
            Seal.objects.create(revision=revision, content=digests[revision.pk], digest=digest)
    return len(revisions)


def _last(model):
    seals = model.objects.filter(revision__article=prepared.ARTICLE).order_by("-revision__number")
    return seals.values_list("revision__number", "digest")[:1]


def _digest_of(revision, models):
    """Return the digest of what one revision wrote, rows of ``models`` alone."""
    rows = [
        (model, {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields})
        for model in _MODELS
        if model in models
        for row in prepared.rows(_written, model, revision=revision.pk)
    ]
    return _digest(revision, rows, _versions(row for _, row in rows))


def _written(model):
    return model.history.filter(revision=prepared.REVISION).order_by("history_id")


def seal_missing(article_id):
    """Seal an article of an older version by itself; return how many revisions had no seal."""
    with transaction.atomic():
        Article.locked(article_id)
        return seal(article_id)


def first_broken(article_id):
    """Return (number, what is wrong) of the first revision that is not what was recorded, or None."""
    revisions = Revision.objects.filter(article_id=article_id).order_by("number").select_related("seal")
    revisions = list(revisions.prefetch_related("removals"))
    digests = content_digests(revisions, {"revision__article_id": article_id})
    before = ""
    for expected, revision in enumerate(revisions, 1):
        kept = getattr(revision, "seal", None)
        if revision.number != expected:
            return expected, "it is missing"
        if kept is None:
            return revision.number, "it has no seal"
        if digests[revision.pk] != _left(revision, kept):
            return revision.number, "what it wrote is not what was recorded"
        if kept.digest != chained(before, kept.content):
            return revision.number, "it does not follow from the revision before it"
        before = kept.digest
    return None


def _left(revision, kept):
    """Return the digest of what a revision wrote, less what was removed of it for legal reasons."""
    removals = list(revision.removals.all())
    return removals[-1].content if removals else kept.content


def chained(before, content):
    """Return the digest that binds ``content`` to the digest ``before`` it."""
    return hashlib.sha256(f"{before}\n{content}".encode()).hexdigest()


def content_digests(revisions, owned):
    """Return the digest of all that each revision wrote, by primary key; ``owned`` chooses their history rows."""
    written = defaultdict(list)
    for model in _MODELS:
        for row in model.history.filter(**owned).order_by("history_id").values():
            written[row["revision_id"]].append((model, row))
    versions = _versions(row for rows in written.values() for _, row in rows)
    return {revision.pk: _digest(revision, written[revision.pk], versions) for revision in revisions}


def _versions(rows):
    """Return the versions that rows name: (member, history id) → row."""
    wanted = defaultdict(set)
    for row in rows:
        for member, _ in _NAMED:
            if row.get(member):
                wanted[member].add(row[member])
    return {
        (member, row["history_id"]): row
        for member, model in _NAMED
        if wanted[member]
        for row in model.history.filter(history_id__in=wanted[member]).values()
    }


def _digest(revision, written, versions):
    own = {field.attname: getattr(revision, field.attname) for field in revision._meta.concrete_fields}
    digest = hashlib.sha256(_line("revision", own))
    for model, row in written:
        digest.update(_line(model._meta.model_name, row))
        for member, _ in _NAMED:
            if row.get(member):
                digest.update(_line(member, versions.get((member, row[member]), {})))
    return digest.hexdigest()


def _line(name, row):
    filled = {column: value for column, value in row.items() if value not in (None, "", 0, False)}
    return (json.dumps([name, filled], sort_keys=True, ensure_ascii=False, default=str) + "\n").encode()
