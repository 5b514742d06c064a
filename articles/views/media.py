"""Picture files. What nobody may see answers like what is not there: 404."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from ..models import Image, PublishedImage
from ..permissions import is_staff_reader
from ..pictures import NAME

_TYPES = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "gif": "image/gif",
    "avif": "image/avif",
}
# Readers ask again each time and get 304: the picture of a withdrawn article must be gone at once.
_PUBLISHED = "public, max-age=0, s-maxage=1, must-revalidate"
_STAFF_ONLY = "private, no-store"


@require_safe
def media(request, name):
    """Answer the file ``name`` below the media root.

    Everybody sees pictures of current publications, staff who see unpublished revisions every picture of the library.
    """
    match = NAME.fullmatch(name)
    if not match:
        raise Http404
    # The user is only asked for when it matters: an answer for everybody must not vary by cookie.
    if PublishedImage.objects.filter(name=name).exists():
        caching = _PUBLISHED
    elif is_staff_reader(request.user) and Image.history.filter(name=name).exists():
        caching = _STAFF_ONLY
    else:
        raise Http404
    digest, extension = match.groups()
    response = _file(request, name, _TYPES[extension])
    response["Cache-Control"] = caching
    response["ETag"] = f'"{digest}"'
    response = get_conditional_response(request, etag=response["ETag"], response=response)
    # After the condition: a cache takes the headers of a 304 over, and so must find the same ones there.
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _file(request, name, content_type):
    try:
        if request.method == "HEAD":
            return HttpResponse(content_type=content_type, headers={"Content-Length": default_storage.size(name)})
        return FileResponse(default_storage.open(name), content_type=content_type)
    except FileNotFoundError as error:
        raise Http404 from error
