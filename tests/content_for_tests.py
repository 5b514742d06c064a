"""What the tests of the content door share: the least article, how it is read, what is refused."""

import pytest

from articles.content import ArticleContent
from articles.problems import REFUSAL, Refused

LEAST = {"format": "kalbajar.article/1", "slug": "a", "title": "A", "body": ""}
INFOBOX_ROW = {"field": "strength", "side": 1, "value": "300"}
FIGURE = {"key": "g", "image": "images/a.png"}


def read(**members):
    return ArticleContent.from_json(LEAST | members)


def refusals(data, **options):
    """Return {place: message} of what is refused; every problem is a refusal that can be printed."""
    with pytest.raises(Refused) as refused:
        ArticleContent.from_json(data, **options)
    for problem in refused.value.problems:
        assert problem.level == REFUSAL
        assert problem.message
        str(problem).encode()
    return {problem.place: problem.message for problem in refused.value.problems}


def source(**members):
    return {"references": [{"key": "a"}, {"key": "b", "source": {"type": "book"} | members}]}
