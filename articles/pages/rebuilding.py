"""Making anew what hangs on publications: for a release that keeps more of them, and after a repair."""

from django.db import transaction

from ..models import RenderedPage
from ..rendering import render
from .finishing import finish, store_findable
from .links import links_for


def make_findable(pk):
    """Make all that the page ``pk`` is found by anew, in a transaction of its own; a page that is gone is no error."""
    page = RenderedPage.objects.select_related("publication").defer("html").filter(pk=pk).first()
    if page is None:
        return
    publication = page.publication
    content = publication.article_content()
    links = links_for(content, page.article_id)
    finished = finish(publication, content, render(content, links), links)
    with transaction.atomic():
        if RenderedPage.objects.select_for_update().filter(pk=pk, publication=publication).exists():
            store_findable(page, finished)
