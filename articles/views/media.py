"""Picture files. What nobody may see answers like what is not there: 404."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from ..content import all_renditions
from ..models import Image, PublishedImage
from ..permissions import is_staff_reader
from ..pictures import NAME, is_there, make_renditions

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
    A smaller copy is for whoever may see its picture; one that is not there yet is made.
    """
    match = NAME.fullmatch(name)
    if not match:
        raise Http404
    # A copy may be in another format than its picture.
    names = [f"{match['stem']}.{extension}" for extension in _TYPES] if match["width"] else [name]
    # The user is only asked for when it matters: an answer for everybody must not vary by cookie.
    if PublishedImage.objects.filter(name__in=names).exists():
        caching = _PUBLISHED
    elif is_staff_reader(request.user) and Image.history.filter(sha256=match["digest"], name__in=names).exists():
        caching = _STAFF_ONLY
    else:
        raise Http404
    if match["width"]:
        shown = _copy(name, match["digest"], names)
        if shown != name:
            # The copy is for the next reader; nobody must keep this one under its address.
            caching = _STAFF_ONLY
    else:
        shown = name
    response = _file(request, shown)
    response["Cache-Control"] = caching
    response["ETag"] = f'"{shown.rpartition("/")[2].partition(".")[0]}"'
    response = get_conditional_response(request, etag=response["ETag"], response=response)
    # After the condition: a cache takes the headers of a 304 over, and so must find the same ones there.
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _copy(name, digest, names):
    """Return the name of the copy, made if need be, or of the picture itself where that takes too long or fails."""
    if is_there(name):
        return name
    image = Image.history.filter(sha256=digest, name__in=names).first()
    if image is None or name not in {one.name for one in all_renditions(image.name, image.width)}:
        raise Http404
    make_renditions(image.name, image.width, waiting=False)
    return name if is_there(name) else image.name


def _file(request, name):
    content_type = _TYPES[name.rpartition(".")[2]]
    try:
        file = default_storage.open(name)
    except (FileNotFoundError, IsADirectoryError) as error:
        raise Http404 from error
    if request.method == "HEAD":
        with file:
            return HttpResponse(content_type=content_type, headers={"Content-Length": file.size})
    return FileResponse(file, content_type=content_type)
