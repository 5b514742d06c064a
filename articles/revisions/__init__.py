"""Revisions: record, read, restore, and change what articles share.

``record_revision`` is the one way in which an article's rows are written, ``record_shared_change`` the one way for
sources and images; ``content_at`` rebuilds any revision;
``keep_standing`` holds the row true by which lists choose. In and out go ``ArticleContent``; nothing here knows of
forms, pages or HTML. Imports models and the floors below them.
"""

from ..models import WriteOutsideRevision
from .article_words import name_words
from .conflicts import RevisionConflict
from .merging import Recorded, Unmerged, merged_with, record_merged
from .merging_sources import merge_sources, unmerge_source
from .origins import origins
from .pairing import paired
from .reading import content_at, newest_content
from .recording import record_revision
from .remembering import difference, remembered_content, rendered
from .removing import NotRemovable, passage_places, remove_passage
from .restoring import restored_content
from .sealing import first_broken, seal_missing
from .sharing import record_shared_change
from .standing import facts_of, keep_standing, remeasure
from .undoing import undone_content

__all__ = [
    "NotRemovable",
    "Recorded",
    "RevisionConflict",
    "Unmerged",
    "WriteOutsideRevision",
    "content_at",
    "difference",
    "facts_of",
    "first_broken",
    "keep_standing",
    "merge_sources",
    "merged_with",
    "name_words",
    "newest_content",
    "origins",
    "paired",
    "passage_places",
    "record_merged",
    "record_revision",
    "record_shared_change",
    "remeasure",
    "remembered_content",
    "remove_passage",
    "rendered",
    "restored_content",
    "seal_missing",
    "undone_content",
    "unmerge_source",
]
