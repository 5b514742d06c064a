"""Measuring: how large a change is and of what kind, told once, when its revision is made, for lists of revisions."""

import logging

from ..comparison import compare, tags
from ..content import ArticleContent
from ..rendered import Links
from ..rendering import render
from .pairing import paired
from .reading import content_at

_log = logging.getLogger(__name__)


def measured(article, content, base):
    """Return the ``size`` and the ``tags`` of a change of ``article`` (None: a new one) made on the revision ``base``.

    Comparing and rendering take time: call it before the write, which others wait for. A fault in them is logged, and
    nothing is told: it never keeps a text from being saved.
    """
    seen = article and article.revisions.filter(number=base).first()
    before = content_at(seen) if seen else ArticleContent(slug=content.slug, title=content.title, body="")
    content = paired(content, before)
    if content == before:
        return {}
    try:
        difference = compare(before, content)
        found = set(tags(difference)) if seen else set()
        if render(content, Links()).errors:
            found.add("citation_error")
        return {"size": difference.words, "tags": found}
    except Exception:
        _log.exception("a change could not be measured")
        return {}
