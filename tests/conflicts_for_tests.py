"""The article that two editors change at one time, and Anna, who saves hers first."""

import pytest

from .making import content, record

PARAGRAPHS = ["The first day of the battle was quiet.", "The second day of the battle was loud."]
BODY = "\n\n".join(PARAGRAPHS)
LOSSES = {"id": "r2", "field": "casualties", "side": 2, "value": "400 killed"}


def boxed(*rows):
    return {"infobox": {"kind": "military-conflict", "rows": [{"id": "r1", "field": "combatant", "side": 1,
                                                               "value": "Armenia"}, *rows]}}  # fmt: skip


def written(**members):
    return content(**{"body": BODY} | boxed(LOSSES) | members)


@pytest.fixture(name="article")
def disputed_article(db):
    return record(None, written()).article


@pytest.fixture(name="anna")
def user_anna(make_user):
    return make_user("anna", "Editors", first_name="Anna", last_name="Petrosyan")


@pytest.fixture(name="other_saves")
def saves_of_anna(article, anna):
    """Return a function by which Anna records the article anew."""

    def save(**members):
        return record(article, written(**members), author=anna, summary="Theirs")

    return save
