"""Dates and addresses of archived copies that are none: refused at every door, and harmless where they are stored."""

import json

import pytest

from articles.content import source as content_source
from articles.models import Source
from articles.publishing import publish
from articles.revisions import record_revision

from .articles_for_tests import content, edit
from .desk import change_address, open_form, send
from .source_desk import address, make_source, posted
from .test_admin_preview import PREVIEW
from .test_interchange import file, load  # noqa: F401
from .test_source_quick import ask

pytestmark = pytest.mark.django_db
ODD = [
    {"archive-date": {"date-parts": {"1": 1}, "season": "1"}},
    {"archive-date": {"date-parts": 5}},
    {"archive-date": {"date-parts": [["x"]]}},
    {"archive-date": {"date-parts": [[]]}},
    {"archive-date": {"date-parts": [[1994]] * 3}},
    {"archive-date": {"literal": [1]}},
    {"archive-date": 5},
    {"archive-date": [[2010]]},
    {"archive-url": {"a": 1}},
    {"url-status": ["dead"]},
]
ARCHIVED = {"type": "book", "title": "P", "URL": "https://a.b/c"}


@pytest.fixture
def desk(superuser, client_of):
    return client_of(superuser)


def work(custom):
    return ARCHIVED | {"custom": {"archive-url": "https://arch.example/"} | custom}


@pytest.mark.parametrize("custom", ODD)
def test_a_work_with_an_odd_date_is_refused_at_every_door(desk, file, custom):  # noqa: F811
    csl, member = work(custom), f"custom.{next(iter(custom))}"
    assert ask(desk, text=json.dumps(csl))["error"].startswith(member)
    made = ask(desk, create="1", pasted=json.dumps(csl), type="book", title="A title")
    assert "custom" not in Source.objects.get(pk=made["source"]["id"]).content.csl
    lines, status = load(file(references=[{"key": "w", "source": csl}]))
    assert status == 1
    assert f"references[0].source.{member}" in " ".join(lines)


def test_archived_copies_told_as_text_or_as_a_date_are_taken(desk):
    for date in ("", "2010-05-05", "5 May", {"date-parts": [[2010, 5]]}, {"raw": "in May"}):
        assert "html" in ask(desk, text=json.dumps(work({"archive-date": date, "url-status": "dead", "x": [1]})))


@pytest.mark.parametrize("custom", [*ODD, {"x": {"date-parts": 5}}, {"archive-date": "2010-13"}])
def test_what_was_stored_before_it_was_checked_breaks_no_page(desk, client, monkeypatch, custom):
    with monkeypatch.context() as before:
        before.setattr(content_source, "csl_problems", lambda *args, **options: [])
        source = make_source(work(custom) | {"x": [{"literal": 7}]})
        reference = {"key": "w", "source": source.content.csl}
        revision = record_revision(
            None, content(body="A.[@w]", references=[reference]), base=0, author=None, summary=""
        )
    article = revision.article
    fields = open_form(desk, article)
    assert desk.post(f"{PREVIEW}?article={article.pk}", fields).status_code == 200
    publish(revision, user=None)
    send(desk, article, fields, body="B.[@w]")
    assert article.revisions.newest().number == 2
    page = f"/articles/{article.slug}/"
    for one in (page, f"{page}revisions/1/", f"{page}revisions/2/", change_address(article), address(source)):
        assert desk.get(one).status_code == 200, one
    # The source can be mended at its field, and what changed is told.
    posted(desk, source, **{"archive-date": "2010-05-05", "archive-url": "https://b.example/", "url-status": "dead"})
    assert Source.objects.get(pk=source.pk).content.csl["custom"]["archive-date"] == "2010-05-05"
    edit(article, body="C.[@w]", references=[reference | {"source": ARCHIVED}])
    assert desk.get(f"{page}compare/1/{article.revisions.newest().number}/").status_code == 200
