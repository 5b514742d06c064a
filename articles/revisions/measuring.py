"""Measuring: how large a change is and of what kind, told once, when its revision is made, for lists of revisions."""

import logging

from ..comparison import compare, tags
from ..content import ArticleContent
from ..models import Revision
from ..problems import ERROR
from .pairing import paired
from .problems import counted
from .remembering import remembered_content

_log = logging.getLogger(__name__)


def measured(article, content, base, links=None):
    """Return ``size``, ``tags``, ``problems`` of a change of ``article`` (None: a new one) made on revision ``base``.

    ``links`` are those with which its page is made next, where that is so: then both render once.
    Comparing and rendering take time: call it before the write, which others wait for. A fault in them is logged, and
    nothing is told: it never keeps a text from being saved.
    """
    seen = article and Revision.numbered(article, base)
    before = remembered_content(seen) if seen else ArticleContent(slug=content.slug, title=content.title, body="")
    content = paired(content, before)
    if content == before:
        return {}
    try:
        difference = compare(before, content)
        found = set(tags(difference)) if seen else set()
        problems = counted(content, links)
        if any(level == ERROR for _, level in problems):
            found.add("citation_error")
        return {"size": difference.words, "tags": found, "problems": problems}
    except Exception:
        _log.exception("a change could not be measured")
        return {}


def problems_in(content):
    """Return the problems of a content that ``measured`` did not see, or None where a fault hides them."""
    try:
        return counted(content)
    except Exception:
        _log.exception("problems could not be counted")
        return None
