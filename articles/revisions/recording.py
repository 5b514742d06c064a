"""Recording: the one function that writes articles. Every door makes an ArticleContent and hands it in here."""

from django.db import transaction

from ..content import read_line
from ..models import Article, Revision
from ..models.guards import writing
from .columns import ROW_KINDS
from .conflicts import RevisionConflict, caught_up
from .measuring import measured, problems_in
from .opening import open_revision
from .pairing import paired
from .reading import content_of, stored_rows
from .remembering import known_content, remember_content
from .shared_rows import with_new_shared, with_versions
from .standing import keep_revision
from .storing import store_article, store_rows


def record_revision(article, content, *, base, author, summary, minor=False, links=None, then=None):
    """Write ``content`` as the newest revision of ``article`` and return the Revision, or None if nothing differs.

    ``article`` None makes a new article. ``base`` is the number of the revision that the author worked on (0: none);
    ``author`` a user or None. All is written or nothing. Raises ``RevisionConflict`` when a newer revision than
    ``base`` is there, except when all since only moved source or image versions: those moves are taken over. Raises
    ``Refused`` for content that never gets in, a slug that belongs to another article among it. ``links`` are those of
    its page, if it is published next: it is not rendered again then. ``then`` is called with what is returned, inside
    the transaction: what it writes is there exactly if the revision is.

    Locks are taken in one order everywhere, so that no two writers wait for each other: articles, then sources and
    images, each by primary key, then the slug.
    """
    content = content.as_read().in_display_order()
    facts = {"author": author, "summary": read_line(summary or "", "summary", "summary"), "base": base, "minor": minor}
    measures = measured(article, content, base, links)
    problems = measures.pop("problems", None)
    facts |= measures
    with transaction.atomic():
        revision = (
            _changed(article, content, base, facts, problems) if article else _found(content, base, facts, problems)
        )
        if then:
            then(revision)
        return revision


def _changed(article, content, base, facts, problems):
    """Write the next revision of an article, or return None if nothing differs."""
    article = Article.locked(article.pk)
    newest = Revision.newest_of(article)
    rows = stored_rows(article)
    stored = known_content(newest) or content_of(article, rows)
    present = caught_up(content, stored, newest, base)
    is_as_measured = problems is not None and present is content
    content = with_versions(paired(present, stored), stored)
    if _same(content, stored):
        return None
    with open_revision(article, newest=newest, **facts) as revision:
        store_article(article, content)
        content = with_new_shared(content)
        store_rows(article, content, stored, rows)
    remember_content(revision, content)
    problems = problems if is_as_measured else problems_in(content)
    keep_revision(article, problems, revision, renamed=_said_names(content) != _said_names(stored))
    return revision


def _said_names(content):
    return content.slug, content.title, content.names


def _found(content, base, facts, problems):
    """Write the first revision of a new article.

    The article's row needs a revision for its history, and the revision needs the article's key: the row is stored
    first, its history row with the revision.
    """
    if base:
        raise RevisionConflict(base, None)
    content = with_versions(paired(content, None), None)
    article = Article()
    article.skip_history_when_saving = True
    with writing(founding=True):
        store_article(article, content)
    del article.skip_history_when_saving
    with open_revision(article, **facts | {"base": 0}) as revision:
        article.record_first_history()
        content = with_new_shared(content)
        store_rows(article, content, None, {kind.name: [] for kind in ROW_KINDS})
    remember_content(revision, content)
    keep_revision(article, problems_in(content) if problems is None else problems, revision)
    return revision


def _same(content, stored):
    """Tell whether the content says what is stored, in the same order and of the same sources and images."""
    return content == stored and _shared_ids(content) == _shared_ids(stored)


def _shared_ids(content):
    return [row.source_id for row in content.references], [row.image_id for row in content.figures]
