"""Who keeps the library of sources and pictures, and may see no drafts, learns nothing of drafts there."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from articles.models import Image, Source

from .articles_for_tests import edit
from .making import BOOK, REPORT, content, figure, picture, record
from .source_desk import address, posted

pytestmark = pytest.mark.django_db
SECRET = "Zeppelin"


@pytest.fixture
def article():
    """A draft that cites a source and shows a picture, and says so in secret words."""
    picture("a")
    references = [
        {"id": "f1", "key": "hrw", "source": REPORT, "quotation": f"{SECRET} quotation"},
        {"id": "f2", "key": "dewaal", "source": BOOK},
    ]
    said = content(title=f"{SECRET} title", references=references, figures=[figure("a", caption="A map.")])
    return record(None, said).article


@pytest.fixture
def keeper(make_user, client_of):
    """A client of staff with all rights on sources and images, and none on articles."""
    user = make_user("keeper")
    user.user_permissions.set(Permission.objects.filter(content_type__model__in=["source", "image"]))
    return client_of(user)


def told(client):
    """Return what the pages of a source, of a picture and of a merger say."""
    report, book = (Source.objects.get(title=one["title"]) for one in (REPORT, BOOK))
    image = reverse("admin:articles_image_change", args=[Image.objects.get().pk])
    merger = f"{address(report, 'merge')}?with={book.pk}"
    pages = [client.get(one) for one in (address(report), image, merger)]
    assert {page.status_code for page in pages} == {200}
    return [page.content.decode() for page in pages]


def test_of_a_draft_nothing_is_told(article, keeper, desk):
    assert all(SECRET in page for page in told(desk))
    assert not any(SECRET in page for page in told(keeper))
    corrected = posted(keeper, Source.objects.get(title=REPORT["title"]), publisher="HRW")
    assert corrected.status_code == 302
    assert article.revisions.count() == 2
    assert SECRET not in keeper.get(corrected["Location"]).content.decode()


def test_of_a_published_article_what_readers_see(article, keeper):
    edit(article, title="Battle of Kalbajar", published=True)
    edit(article, title=f"{SECRET} again")
    pages = told(keeper)
    assert not any(SECRET in page for page in pages)
    assert all('<a href="/articles/battle-of-kalbajar/"' in page for page in pages)
