"""Storing: the differences between a content and the rows of its article, written inside an open revision."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ..models import ArticleSlug
from ..problems import REFUSAL, Problem, Refused
from .columns import ROW_KINDS, article_columns, row_columns
from .positions import positions


def store_article(article, content):
    """Store the article's own columns if they differ, and keep its slug for it for ever.

    Raises ``Refused`` for a slug that another article has or had.
    """
    moves = article.pk is None or article.slug != content.slug
    differs = _take_over(article, article_columns(content))
    if article.pk and not differs:
        return
    if not moves:
        article.save()
        return
    _refuse_foreign_slug(article)
    try:
        with transaction.atomic():
            article.save()
            ArticleSlug.objects.get_or_create(slug=article.slug, article=article)
    except IntegrityError:
        # Another article took the slug since we looked.
        _refuse_foreign_slug(article)
        raise


def _refuse_foreign_slug(article):
    taken = (
        ArticleSlug.objects.filter(slug=article.slug).exclude(article_id=article.pk).select_related("article").first()
    )
    if taken:
        message = _("belongs to the article “{title}”, which has or had it; choose another").format(
            title=taken.article.title
        )
        raise Refused([Problem("slug", "invalid", message, REFUSAL)])


def store_rows(article, content, stored_content, stored_rows):
    """Store the differences of all lists to ``stored_rows``: deletions, then changes, then additions.

    ``stored_content`` is what those rows say (None: nothing). A list that says the same is not looked at.
    """
    wanted, present = row_columns(content), row_columns(stored_content) if stored_content else {}
    deletions, changes, additions = [], [], []
    for kind in ROW_KINDS:
        if _in_order(wanted, kind) == _in_order(present, kind):
            continue
        stored = {getattr(row, kind.identity): row for row in stored_rows[kind.name]}
        rows = wanted[kind.name]
        deletions += [row for identity, row in stored.items() if identity not in rows]
        places = positions([stored[identity].position if identity in stored else None for identity in rows])
        for (identity, columns), position in zip(rows.items(), places, strict=True):
            row = stored.get(identity) or kind.model(article=article, **{kind.identity: identity})
            if _take_over(row, columns | {"position": position}) or row.pk is None:
                (changes if row.pk else additions).append(row)
    for row in deletions:
        row.delete()
    for row in changes + additions:
        row.save()


def _in_order(lists, kind):
    return list(lists.get(kind.name, {}).items())


def _take_over(row, columns):
    """Give the row new values; tell whether any is another."""
    differs = any(getattr(row, column) != value for column, value in columns.items())
    for column, value in columns.items():
        setattr(row, column, value)
    return differs
