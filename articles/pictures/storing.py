"""The verb: bytes of an upload to a file in the media storage, named by its content and never overwritten."""

import hashlib
import logging
import os
import re
import tempfile
import unicodedata
from contextlib import suppress
from pathlib import Path

from django.core.files.storage import default_storage
from django.db.models import Q
from PIL.Image import DecompressionBombError

from ..content import ImageFile
from ..models import Image
from ..plain_text import normalise_line
from .decoding import decode
from .encoding import EXTENSIONS, encode
from .rules import NotAPicture, check_bytes, damaged, too_many_pixels

NAME = re.compile(r"images/[0-9a-f]{2}/([0-9a-f]{64})\.(jpg|png|webp|gif|avif)")
"""How stored files are called below the media root: SHA-256 of the file, its first two figures before it."""

_log = logging.getLogger(__name__)


def store_picture(data: bytes, uploaded_as: str) -> ImageFile:
    """Check the bytes of an uploaded picture, store it re-encoded, and return the facts of the file.

    Bytes that came in before, or that are themselves a stored file, are not encoded again. ``uploaded_as`` is only
    kept as text. Raises ``NotAPicture`` with a sentence for the editor, ``OSError`` if the file cannot be written.
    """
    check_bytes(data)
    received = hashlib.sha256(data).hexdigest()
    uploaded_as = _plain_name(uploaded_as)
    known = _stored_before(received)
    if known:
        # The digest of what came in first stays: by it the original bytes find this file.
        return ImageFile(known.sha256, known.received_sha256, known.name, known.width, known.height, uploaded_as)
    encoded, extension, (width, height) = _encode_anew(data)
    stored = hashlib.sha256(encoded).hexdigest()
    name = f"images/{stored[:2]}/{stored}.{extension}"
    _write_once(name, encoded)
    return ImageFile(stored, received, name, width, height, uploaded_as)


def _stored_before(digest):
    """Return the newest history row of an image whose file came from, or is, the bytes with this digest, or None."""
    rows = Image.history.filter(Q(sha256=digest) | Q(received_sha256=digest)).order_by("-history_id")
    return next((row for row in rows if default_storage.exists(row.name)), None)


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


def _write_once(name, data):
    """Write a file below the media root, whole and on the disk, or not at all; one that is there stays.

    The name says the content: two processes that store the same picture at once write the same bytes.
    """
    if default_storage.exists(name):
        return
    path = Path(default_storage.path(name))
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    try:
        with open(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fchmod(file.fileno(), 0o644)
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(temporary)
        raise
    for directory in (path.parent, path.parent.parent):
        _flush_directory(directory)


def _flush_directory(path):
    """Bring the names in a directory to the disk: a file without its name would be lost in a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _plain_name(name):
    """Return the last part of a path of any system as one line of at most 255 visible characters."""
    last = re.split(r"[\\/]", name)[-1]
    visible = "".join(one for one in last if unicodedata.category(one) not in ("Cc", "Cf", "Cs", "Cn", "Zl", "Zp"))
    return normalise_line(visible)[:255].strip()
