"""What uploads leave that were killed: beginnings of files, and whole ones that no image came to name."""

import time
from pathlib import Path

from django.core.files.storage import default_storage

from .files import BEGINNING, END
from .storing import NAME

_OLD = 24 * 60 * 60
"""Seconds after which nobody is at work on a file any more; an upload takes some."""


def remove_unfinished():
    """Remove the beginnings of files that nobody finishes; return how many there were. A picture is never one."""
    found = _old_files(f"{BEGINNING}*{END}")
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


def unnamed_files(names):
    """Yield the names of stored pictures and copies that belong to none of ``names``, those of all images ever.

    They are left where they are: an upload of the same bytes takes to them.
    """
    stems = {name.rpartition(".")[0] for name in names}
    for path in _old_files("*"):
        name = path.relative_to(default_storage.location).as_posix()
        known = NAME.fullmatch(name)
        if known and known["stem"] not in stems:
            yield name


def _old_files(pattern):
    """Return the paths of the files of a day ago and older in the folders of pictures."""
    until = time.time() - _OLD
    found = sorted(Path(default_storage.location).glob(f"images/[0-9a-f][0-9a-f]/{pattern}"))
    return [path for path in found if _is_older(path, until)]


def _is_older(path, moment):
    try:
        return path.is_file() and path.stat().st_mtime < moment
    except FileNotFoundError:  # an upload has just finished it
        return False
