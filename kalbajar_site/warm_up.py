"""Does once, before workers are forked, what the first visitors of each would wait for.

Much is made when it is first needed: modules imported late, models related to each other, templates' parts, patterns,
statements. Made before the fork it is made once, every worker shares its memory, and a worker that takes the place of
another is not slow at first.
"""

import logging
from io import BytesIO
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.core.handlers.wsgi import WSGIRequest
from django.db import connections
from django.urls import reverse

from articles.models import Article, RenderedPage

_log = logging.getLogger("server")


def warm_up(application):
    """Answer one visitor of each kind by the WSGI ``application``, without writing anything.

    Return {address: status}. What fails is left to the first visitor, and told in the log.
    """
    try:
        answers = {address: _ask(application, address) for address in _addresses()}
        _open_desk()
        return answers
    except Exception as error:  # whatever it is: one row that cannot be read closes no site
        _log.warning("pages could not be made ahead", extra={"reason": str(error).partition("\n")[0]})
        return {}
    finally:
        # No connection may be shared by the workers that are forked from here.
        connections.close_all()
        caches.close_all()


def _addresses():
    """Return what a reader, a reviewer and a search engine ask for first: each through most of its code."""
    addresses = [reverse("front"), reverse("search"), reverse("admin:login"), reverse("health")]
    pages = RenderedPage.objects.select_related("publication__revision__article").defer("html")
    page = pages.order_by("-publication_id").first()
    if page is None:
        return addresses
    newest = page.publication.revision
    seen = newest.article.revisions.visible_to(None).filter(number__lt=newest.number)
    before = seen.order_by("-number").first() or newest
    return [
        *addresses,
        *(reverse(name, args=[page.slug]) for name in ("article", "history", "claims", "cite")),
        reverse("compare", args=[page.slug, before.number, newest.number]),
        f"{reverse('search')}?q={page.slug.partition('-')[0]}",
    ]


def _environ(address):
    path, _, query = address.partition("?")
    environ = {
        "HTTP_HOST": settings.SITE.netloc,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": settings.SITE.scheme,
        "wsgi.input": BytesIO(),
    }
    setup_testing_defaults(environ)
    return environ


def _ask(application, address):
    """Return the status that the application answers with."""
    said = []
    parts = application(_environ(address), lambda status, headers, error=None: said.append(status))
    try:
        for _ in parts:
            pass
    finally:
        if hasattr(parts, "close"):
            parts.close()
    return int(said[0].partition(" ")[0])


def _open_desk():
    """Make the form of an article as its editor gets it, without signing anybody in."""
    user = get_user_model().objects.filter(is_active=True, is_superuser=True).first()
    article = Article.objects.order_by("-pk").first()
    if user and article:
        request = WSGIRequest(_environ(reverse("admin:articles_article_change", args=[article.pk])))
        request.user, request.session = user, {}
        admin.site.get_model_admin(Article).change_view(request, str(article.pk)).render()
