"""What the tests of shared sources share: the source of an article, others that use it, which version each has."""

import pytest

from articles.models import Reference, Source
from articles.revisions import newest_content

from .making import REPORT, content, record

CORRECTED = REPORT | {"publisher": "Human Rights Watch"}


@pytest.fixture(name="source")
def source_of_article(article):
    return Source.objects.get()


def another(slug, **members):
    """Return another article: with the same source, unless ``members`` say otherwise."""
    return record(None, content(slug=slug, title=slug.title(), **members)).article


def texts(article):
    """Return what the sources of an article's references say, by key."""
    return {row.key: row.source and row.source.csl for row in newest_content(article).references}


def versions(article):
    return {row.key: row.source_version for row in Reference.objects.filter(article=article)}
