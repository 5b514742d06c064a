"""Articles for tests: small ones made in a line, and the demo articles."""

from pathlib import Path

from articles.content import ArticleContent
from articles.interchange import load, read_file
from articles.publishing import publish
from articles.revisions import newest_content, record_revision

DEMO = Path(__file__).parent.parent / "articles" / "demo"


def content(slug="battle-of-kalbajar", title="Battle of Kalbajar", body="A battle.", **members):
    """Return the content of a small article; ``members`` are those of the interchange form."""
    head = {"format": "kalbajar.article/1", "slug": slug, "title": title, "body": body}
    return ArticleContent.from_json(head | members)


def make_article(*args, author=None, published=True, **members):
    """Record a small article, publish it by the command line's right, and return it."""
    revision = record_revision(None, content(*args, **members), base=0, author=author, summary="")
    if published:
        publish(revision, user=None)
    return revision.article


def edit(article, *, author=None, summary="", published=False, **members):
    """Record a change of some members as the newest revision and return it."""
    data = newest_content(article).to_json() | members
    base = article.revisions.newest().number
    revision = record_revision(article, ArticleContent.from_json(data), base=base, author=author, summary=summary)
    if published:
        publish(revision, user=None)
    return revision


def load_demo(name="battle-of-kalbajar", *, publishing=True):
    """Load a demo article and return it."""
    return load(read_file(DEMO / f"{name}.json"), folder=DEMO, publishing=publishing).revision.article
