"""Making anew what hangs on publications: for a release that makes pages otherwise, and after a repair."""

from django.db import transaction

from ..models import RenderedPage
from ..rendering import render
from .finishing import finish, store_page
from .links import links_for


def make_page(pk):
    """Make the page ``pk`` and all that it is found by anew, in a transaction of its own.

    A page that is gone, or was published anew meanwhile, is no error.
    """
    page = RenderedPage.objects.select_related("publication").defer("html").filter(pk=pk).first()
    if page is None:
        return
    publication = page.publication
    content = publication.article_content()
    links = links_for(content, page.article_id)
    finished = finish(publication, content, render(content, links), links)
    with transaction.atomic():
        if not RenderedPage.objects.select_for_update().filter(pk=pk, publication=publication).exists():
            return
        # Whoever moves a target at the same moment is seen here, or marks the page outdated after us.
        present = links_for(content, page.article_id)
        if present != links:
            finished = finish(publication, content, render(content, present), present)
        store_page(publication, finished)
