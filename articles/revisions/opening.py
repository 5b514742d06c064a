"""Opening a revision: the row itself, and the leave to write the rows of its article while it is open."""

from contextlib import contextmanager

from django.utils import timezone

from ..models import Revision
from ..models.guards import writing
from .sealing import seal


@contextmanager
def open_revision(article, *, author, summary, base, minor=False, shared=False, size=(0, 0), tags=(), newest=None):
    """Make the next revision of ``article``, which the caller has locked, and yield it.

    ``size`` is the number of words added and deleted, ``tags`` are names of ``comparison.TAGS``, ``newest`` is the
    Revision before, where the caller has it. Rows of the article can be written in the ``with`` block, and nowhere
    else; at its end the revision is sealed.
    """
    newest = newest or article.revisions.newest()
    owner = {"article_id": article.pk, "author_id": author and author.pk}
    with writing(**owner):
        revision = Revision.objects.create(
            article=article,
            number=newest.number + 1 if newest else 1,
            author=author,
            created=timezone.now(),
            summary=summary,
            minor=minor,
            base=base,
            shared=shared,
            words_added=size[0],
            words_deleted=size[1],
            tags=f" {' '.join(sorted(tags))} " if tags else "",
        )
    with writing(**owner, revision_id=revision.pk) as write:
        yield revision
    seal(article.pk, revision, write.written)
