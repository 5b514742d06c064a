"""The disk below a folder: whether it takes anything, and why not."""

import os
from pathlib import Path


def nearest(folder):
    """Return ``folder`` or, while it is not made, the nearest above it that is there."""
    folder = Path(folder)
    return next(place for place in (folder, *folder.parents) if place.exists())


def can_be_written(folder):
    """Tell whether ``folder``, which is there, is one in which this process may make files."""
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)


def is_mounted_read_only(folder):
    """Tell whether nobody can write there: so somebody mounted it, or the system did when the disk failed."""
    return bool(os.statvfs(nearest(folder)).f_flag & os.ST_RDONLY)
