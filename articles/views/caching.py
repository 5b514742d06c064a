"""How answers may be kept: said once, for pages that are the same for everybody and for those that are not."""

from django.utils.cache import get_conditional_response, patch_vary_headers

SHARED = "public, max-age=0, s-maxage=1, must-revalidate"


def for_everybody(request, response, etag=None, *, article=None):
    """Let shared caches keep ``response`` for a second; answer 304 where the visitor has it already.

    ``article`` is the key of the one that it tells of: caches that are made to keep longer let go of it by that.
    """
    response["Cache-Control"] = SHARED
    _name_article(response, article)
    if etag:
        response["ETag"] = f'"{etag}"'
        return get_conditional_response(request, etag=response["ETag"], response=response)
    return response


def for_visitor(request, response, *, article=None):
    """Mark ``response`` as one that depends on who asks; nothing is kept for those who are logged in.

    ``article`` as in ``for_everybody``.
    """
    patch_vary_headers(response, ["Cookie"])
    response["Cache-Control"] = "private, no-store" if request.user.is_authenticated else SHARED
    _name_article(response, article)
    return response


def _name_article(response, article):
    if article:
        response["Surrogate-Key"] = f"article-{article}"
