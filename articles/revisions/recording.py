"""Recording: the one function that writes articles. Every door makes an ArticleContent and hands it in here."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from ..content import LIMITS, ArticleContent
from ..models import Article, ArticleSlug, Revision
from ..models.guards import writing
from ..plain_text import forbidden, normalise_line
from ..problems import REFUSAL, Problem, Refused
from .columns import ROW_KINDS, article_columns, row_columns
from .pairing import paired
from .positions import positions
from .reading import content_at, newest_content
from .shared_rows import lock_shared, with_versions


class RevisionConflict(Exception):
    """Somebody recorded a newer revision than the ``base`` that was worked on; nothing was written.

    ``newest`` is that Revision, or None where ``base`` names a revision that the article does not have.
    """

    def __init__(self, base, newest):
        self.base, self.newest = base, newest
        number = newest.number if newest else 0
        super().__init__(f"revision {number} is the newest, the change was made to revision {base}")


def record_revision(article, content, *, base, author, summary, minor=False):
    """Write ``content`` as the newest revision of ``article`` and return the Revision, or None if nothing differs.

    ``article`` None makes a new article. ``base`` is the number of the revision that the author worked on (0: none);
    ``author`` a user or None. All is written or nothing. Raises ``RevisionConflict`` when a newer revision than
    ``base`` is there, except when all since only moved source or image versions: those moves are taken over. Raises
    ``Refused`` for content that never gets in, a slug that belongs to another article among it.
    """
    content = _checked(content)
    summary = _checked_summary(summary)
    with transaction.atomic():
        if article is None:
            if base:
                raise RevisionConflict(base, None)
            return _found(content, author, summary, minor)
        article = Article.objects.select_for_update(no_key=True).get(pk=article.pk)
        newest = article.revisions.newest()
        stored = newest_content(article)
        if base != newest.number:
            content = _moved_along(content, stored, article, base, newest)
        lock_shared(content)
        content = paired(content, stored)
        if _same(content, stored):
            return None
        _claim_slug(content.slug, article)
        revision = _new_revision(article, newest.number + 1, author, summary, minor, base)
        with writing(article_id=article.pk, revision_id=revision.pk, author_id=author and author.pk):
            _write(article, with_versions(content, stored))
        return revision


def _checked(content):
    """Return the content in the one form; raise ``Refused`` if it could not have come through a door."""
    return ArticleContent.from_json(content.to_json(stored=True), stored=True).in_display_order()


def _checked_summary(summary):
    summary = normalise_line(summary or "")
    message = forbidden(summary, one_line=True)
    if len(summary) > LIMITS["summary"]:
        message = f"is {len(summary):,} characters long; at most {LIMITS['summary']:,} fit"
    if message:
        raise Refused([Problem("summary", "invalid", message, REFUSAL)])
    return summary


def _found(content, author, summary, minor):
    """Write the first revision of a new article.

    The article's row needs a revision for its history, and the revision needs the article's key: the row is stored
    first, its history row with the revision.
    """
    content = paired(content, None)
    article = Article(**article_columns(content))
    article.skip_history_when_saving = True
    _refuse_foreign_slug(content.slug, None)
    try:
        with transaction.atomic(), writing(founding=True):
            article.save()
    except IntegrityError:
        _refuse_foreign_slug(content.slug, None)
        raise
    _claim_slug(content.slug, article)
    del article.skip_history_when_saving
    revision = _new_revision(article, 1, author, summary, minor, 0)
    with writing(article_id=article.pk, revision_id=revision.pk, author_id=author and author.pk):
        article.record_first_history()
        _write_rows(article, row_columns(with_versions(content, None)))
    return revision


def _new_revision(article, number, author, summary, minor, base, *, shared=False):
    return Revision.objects.create(
        article=article, number=number, author=author, created=timezone.now(), summary=summary, minor=minor, base=base,
        shared=shared,
    )  # fmt: skip


def _moved_along(content, stored, article, base, newest):
    """Return content made on ``base`` with the versions that shared changes have moved since; else conflict."""
    since = article.revisions.filter(number__gt=base)
    seen = article.revisions.filter(number=base).first()
    if seen is None or since.filter(shared=False).exists():
        raise RevisionConflict(base, newest)
    before = content_at(seen)
    content = paired(content, before)
    references = _moves(before.references, stored.references, ("source", "source_id", "source_version"))
    figures = _moves(before.figures, stored.figures,
                     ("image", "file", "credit", "licence", "image_id", "image_version"))  # fmt: skip
    return content.replace(
        references=tuple(_follow(row, references) for row in content.references),
        figures=tuple(_follow(row, figures) for row in content.figures),
    )


def _moves(before, after, members):
    """Return {row id: (members before, members after)} for the shared parts of rows."""
    present = {row.id: row for row in after}
    return {
        row.id: ({name: getattr(row, name) for name in members},
                 {name: getattr(present[row.id], name) for name in members})
        for row in before
    }  # fmt: skip


def _follow(row, moves):
    """Take the newer shared part over where the author left the older one as it was."""
    before, after = moves.get(row.id, ({}, {}))
    compared = [name for name in before if not name.endswith(("_id", "_version")) and name != "file"]
    if before and all(getattr(row, name) == before[name] for name in compared):
        return type(row)(**(vars(row) | after))
    return row


def _same(content, stored):
    """Tell whether the content says what is stored, in the same order and with the same versions where it names any."""
    if content != stored:
        return False
    return all(
        getattr(new, version) in (None, getattr(old, version))
        for version, pairs in (("source_version", zip(content.references, stored.references, strict=True)),
                               ("image_version", zip(content.figures, stored.figures, strict=True)))
        for new, old in pairs
    )  # fmt: skip


def _refuse_foreign_slug(slug, article):
    owner = ArticleSlug.objects.filter(slug=slug).exclude(article=article).select_related("article").first()
    if owner:
        message = f"belongs to the article “{owner.article.title}”, which has or had it; choose another"
        raise Refused([Problem("slug", "invalid", message, REFUSAL)])


def _claim_slug(slug, article):
    """Keep the slug for this article for ever; raise ``Refused`` if it is another's."""
    _refuse_foreign_slug(slug, article)
    try:
        with transaction.atomic():
            ArticleSlug.objects.get_or_create(slug=slug, article=article)
    except IntegrityError:
        _refuse_foreign_slug(slug, article)
        raise


def _write(article, content):
    wanted = article_columns(content)
    if any(getattr(article, column) != value for column, value in wanted.items()):
        for column, value in wanted.items():
            setattr(article, column, value)
        article.save()
    _write_rows(article, row_columns(content))


def _write_rows(article, wanted):
    """Write the differences of all lists: deletions, then changes, then additions."""
    changes, additions = [], []
    for kind in ROW_KINDS:
        stored = {getattr(row, kind.identity): row for row in kind.model.objects.filter(article=article)}
        rows = wanted[kind.name]
        for identity in stored.keys() - rows.keys():
            stored[identity].delete()
        places = positions([stored[identity].position if identity in stored else None for identity in rows])
        for (identity, columns), position in zip(rows.items(), places, strict=True):
            columns = columns | {"position": position}
            if identity not in stored:
                additions.append(kind.model(article=article, **{kind.identity: identity}, **columns))
            elif any(getattr(stored[identity], column) != value for column, value in columns.items()):
                for column, value in columns.items():
                    setattr(stored[identity], column, value)
                changes.append(stored[identity])
    for row in changes + additions:
        row.save()
