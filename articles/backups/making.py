"""Making a backup: the database first, then the pictures, which it may name and which are never changed or deleted."""

import errno
import os
import shutil
import sqlite3
import time
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from ..models import Image
from . import postgresql, sqlite
from .manifest import Damaged, Manifest, copy, digest_of, flush

_OLD = 12 * 60 * 60
"""Seconds after which a backup that is not finished may be one that was killed."""
KINDS = {"sqlite": sqlite, "postgresql": postgresql}


def make_backup(folder, tell):
    """Write a backup to ``folder``, which must not exist; return the pictures that are missing, and those damaged.

    Both are lists of names; a damaged file is in the backup as it is. The folder has its name only when it is whole.
    Raises ``Damaged`` where it cannot be made; nothing is left then.
    """
    folder = Path(folder).absolute()
    # Not ``with_name``: the folder may be the root of all, which has none, and is refused below.
    unfinished = folder.parent / f".{folder.name}.unfinished-{os.getpid()}"
    try:
        if folder.exists():
            raise Damaged(f"{folder} is there already. Name a folder that is not; every backup has its own.")
        if folder.resolve().is_relative_to(Path(settings.MEDIA_ROOT).resolve()):
            raise Damaged(f"{folder} lies among the pictures: later backups would hold it. Name a folder elsewhere.")
        unfinished.mkdir(mode=0o700, parents=True)
        _remove_what_was_killed(folder.parent)
        found = _fill(unfinished, tell)
        _give_name(unfinished, folder)
        flush(folder.parent)
    except (OSError, sqlite3.Error) as error:
        raise Damaged(f"The backup cannot be written: {error}") from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return found


def _give_name(unfinished, folder):
    try:
        unfinished.rename(folder)
    except OSError as error:
        if error.errno in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR):
            raise Damaged(f"{folder} came into being meanwhile: another backup, perhaps. Look at it.") from None
        raise


def _remove_what_was_killed(folder):
    """Remove backups that nobody finishes: hours old, and the process whose number is in their name is gone.

    Another machine, which writes to the same folder, has other processes.
    """
    for path in folder.glob(".*.unfinished-*"):
        number = path.name.rpartition("-")[2]
        old = time.time() - path.stat().st_mtime > _OLD
        if old and number.isdecimal() and not _is_running(int(number)):
            shutil.rmtree(path, ignore_errors=True)


def _is_running(number):
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        pass
    return True


def _fill(folder, tell):
    stored = dict(Image.history.values_list("name", "sha256"))
    kind = KINDS[connection.vendor]
    counts = kind.save(connection, folder, tell)
    database = folder / kind.FILE
    files = {kind.FILE: [digest_of(database), database.stat().st_size]}
    pictures = media_files()
    for number, path in enumerate(pictures, 1):
        tell(f"pictures: {number:,} of {len(pictures):,}")
        name = path.relative_to(settings.MEDIA_ROOT).as_posix()
        files[f"media/{name}"] = copy(path, folder / "media" / name)
    Manifest(connection.vendor, timezone.now().isoformat(), files, counts).write(folder)
    for one in {folder, *(path.parent for path in folder.rglob("*"))}:
        flush(one)
    missing = sorted(name for name in stored if f"media/{name}" not in files)
    return missing, sorted(name for name in stored.keys() - missing if files[f"media/{name}"][0] != stored[name])


def media_files():
    """Return the paths of all pictures that are stored now."""
    media = Path(settings.MEDIA_ROOT)
    # What begins with a point is being written and has no name yet, or is a folder of somebody else's.
    return sorted(
        path
        for path in media.rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(media).parts)
    )
