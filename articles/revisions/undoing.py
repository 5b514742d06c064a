"""Undoing: the newest content without one change that an old revision made."""

from ..comparison import undo
from .reading import content_at, newest_content
from .restoring import at_present_versions


def undone_content(old, new, change_id):
    """Return the newest content without the change of that id between two revisions of one article.

    Record it with ``record_revision`` to undo the change. What comes back takes the present text of its sources and
    images; all else keeps the versions that it has. Raises ``comparison.Clash``, with a sentence for the editor, where
    there is no such change or what it made was changed since.
    """
    present = newest_content(new.article)
    content = undo(present, change_id, content_at(old), content_at(new))
    return at_present_versions(content, present)
