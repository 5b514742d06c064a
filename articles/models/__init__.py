"""The rows: articles and what belongs to them, shared sources and images, revisions, publications and their pages.

Rows of an article and of shared things are written inside ``articles.revisions`` only; ``guards`` refuses every other
way. Imports floors 0 and 1.
"""

from .article import Article, ArticleCategory, ArticleName, ArticleSlug
from .article_word import ArticleWord
from .figure import Figure
from .glance import Glance
from .guards import WriteOutsideRevision
from .image import Image
from .infobox import InfoboxField
from .note import Note
from .page import (
    PublicationLink,
    PublishedCategory,
    PublishedImage,
    PublishedName,
    PublishedSource,
    RenderedPage,
)
from .presence import Presence
from .publication import Publication
from .reference import Reference
from .removal import Removal
from .report import ReaderReport
from .review import DeskSeen, ReviewComment, ReviewEvent, ReviewMark, Watch
from .revision import Revision
from .seal import Seal
from .search import PublishedFact, SearchEntry
from .source import Source, SourceWord
from .standing import DraftProblem, Standing
from .stash import Stash

__all__ = [
    "Article",
    "ArticleCategory",
    "ArticleName",
    "ArticleSlug",
    "ArticleWord",
    "DeskSeen",
    "DraftProblem",
    "Figure",
    "Glance",
    "Image",
    "InfoboxField",
    "Note",
    "Presence",
    "Publication",
    "PublicationLink",
    "PublishedCategory",
    "PublishedFact",
    "PublishedImage",
    "PublishedName",
    "PublishedSource",
    "ReaderReport",
    "Reference",
    "Removal",
    "RenderedPage",
    "ReviewComment",
    "ReviewEvent",
    "ReviewMark",
    "Revision",
    "Seal",
    "SearchEntry",
    "Source",
    "SourceWord",
    "Standing",
    "Stash",
    "Watch",
    "WriteOutsideRevision",
]
