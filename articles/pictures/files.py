"""Files below the media root: whole and on the disk, or not there at all."""

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from django.core.files.storage import default_storage

BEGINNING, END = ".", ".part"
"""Of the name of a file that is being written."""


def write_once(name, data):
    """Write a file below the media root, whole and on the disk, or not at all; one that is there and whole stays.

    The name says the content: two processes that store the same picture at once write the same bytes.
    """
    path = Path(default_storage.path(name))
    if path.is_file() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=BEGINNING, suffix=END, dir=path.parent)
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


def is_there(name):
    """Tell whether a file is below the media root with something in it; a power cut may leave nothing."""
    path = Path(default_storage.path(name))
    try:
        return path.is_file() and path.stat().st_size > 0
    except FileNotFoundError:
        return False


def digest_of(name):
    """Return the SHA-256 of a file below the media root, in hexadecimal; None where there is none."""
    try:
        with default_storage.open(name) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (FileNotFoundError, IsADirectoryError):
        return None


def _flush_directory(path):
    """Bring the names in a directory to the disk: a file without its name would be lost in a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
