"""Origins: for every row of a revision, the revision that made it what it is."""

from ..models import prepared
from .columns import ROW_KINDS

_KINDS = {kind.model: kind for kind in ROW_KINDS}


def origins(revision):
    """Return {list name: {row id: Revision}} for the rows that stand in ``revision``.

    The origin of a row is the revision since which its words, and the versions of what it shares, have been the same;
    moves do not count. Lists are called as in ``columns.ROW_KINDS``; categories are found by name.
    """
    article = revision.article
    found = {kind.name: _origins(kind, article, revision.number) for kind in ROW_KINDS}
    made = {pk for rows in found.values() for pk in rows.values()}
    revisions = article.revisions.select_related("author").in_bulk(made)
    return {name: {row: revisions[pk] for row, pk in rows.items() if pk in revisions} for name, rows in found.items()}


def _origins(kind, article, number):
    """Return {row id: primary key of the revision}, by walking each row's history from the oldest on."""
    rows, _ = prepared.tuples(_until, kind.model, article=article.pk, number=number)
    made, last = {}, {}
    for row, revision, deleted, *columns in rows:
        if deleted == "-":
            made.pop(row, None)
            last.pop(row, None)
        elif last.get(row) != columns:
            made[row], last[row] = revision, columns
    return made


def _until(model):
    rows = model.history.filter(article_id=prepared.ARTICLE, revision__number__lte=prepared.NUMBER)
    kind = _KINDS[model]
    return rows.order_by("history_id").values_list(kind.identity, "revision_id", "history_type", *kind.columns)
