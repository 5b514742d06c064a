"""The verb: bytes of an upload to a file in the media storage, named by its content and never overwritten."""

import hashlib
import logging
import re
import unicodedata

from django.db.models import Q
from django.utils.translation import gettext as _
from PIL.Image import DecompressionBombError

from ..content import WIDTHS, ImageFile
from ..models import Image
from ..plain_text import normalise_line
from .decoding import decode
from .encoding import EXTENSIONS, encode
from .files import digest_of, write_once
from .rules import NotAPicture, check_bytes, damaged, too_many_pixels
from .turns import turn

NAME = re.compile(
    rf"(?P<stem>images/[0-9a-f]{{2}}/(?P<digest>[0-9a-f]{{64}}))(?:-(?P<width>{'|'.join(map(str, WIDTHS))}))?"
    r"\.(?P<extension>jpg|png|webp|gif|avif)"
)
"""How stored files are called below the media root: SHA-256 of the file, its first two figures before it; of smaller
copies their width behind it."""

_log = logging.getLogger(__name__)


def store_picture(data: bytes, uploaded_as: str) -> ImageFile:
    """Check the bytes of an uploaded picture, store it re-encoded, and return the facts of the file.

    Bytes that came in before, or that are themselves a stored file, are not encoded again. ``uploaded_as`` is only
    kept as text. Raises ``NotAPicture`` with a sentence for the editor, ``OSError`` if the file cannot be written.
    """
    check_bytes(data)
    received = hashlib.sha256(data).hexdigest()
    uploaded_as = _plain_name(uploaded_as)
    known = _stored_before(received, data)
    if known:
        # The digest of what came in first stays: by it the original bytes find this file.
        return ImageFile(known.sha256, known.received_sha256, known.name, known.width, known.height, uploaded_as)
    with turn() as ours:
        if not ours:
            raise NotAPicture(_("Other pictures are being worked on; send this one again in a moment."))
        encoded, extension, (width, height) = _encode_anew(data)
    stored = hashlib.sha256(encoded).hexdigest()
    name = f"images/{stored[:2]}/{stored}.{extension}"
    write_once(name, encoded)
    return ImageFile(stored, received, name, width, height, uploaded_as)


def damaged_pictures():
    """Yield the name of every file that is not what was stored under it, former versions included; reads them all."""
    for name, digest in Image.history.order_by("name").values_list("name", "sha256").distinct():
        if digest_of(name) not in (None, digest):
            yield name


def _stored_before(digest, data):
    """Return the newest history row of an image whose whole file came from, or is, ``data`` with this digest, or None.

    A file that was lost or damaged and comes back byte for byte, from a backup for instance, is put in its place.
    """
    for row in Image.history.filter(Q(sha256=digest) | Q(received_sha256=digest)).order_by("-history_id"):
        if row.sha256 == digest:
            write_once(row.name, data)
            return row
        if digest_of(row.name) == row.sha256:
            return row
    return None


def _encode_anew(data):
    """Return bytes, file name extension and (width, height) of the picture in ``data``; raise ``NotAPicture``."""
    try:
        picture = decode(data)
        return encode(picture), EXTENSIONS[picture.format], picture.frames[0].size
    except NotAPicture:
        raise
    except DecompressionBombError as error:
        raise too_many_pixels() from error
    except Exception as error:  # Pillow has a dozen exceptions for broken files, and no common one
        _log.warning("A picture could not be read: %s: %s", type(error).__name__, error)
        raise damaged() from error


def _plain_name(name):
    """Return the last part of a path of any system as one line of at most 255 visible characters."""
    last = re.split(r"[\\/]", name)[-1]
    visible = "".join(one for one in last if unicodedata.category(one) not in ("Cc", "Cf", "Cs", "Cn", "Zl", "Zp"))
    return normalise_line(visible)[:255].strip()
