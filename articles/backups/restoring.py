"""Restoring a backup: everything is looked at first, the pictures come before the database that names them."""

import shutil
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.db import connection

from .making import KINDS
from .manifest import NAME, Damaged, Manifest, copy, flush


def restore_backup(folder, tell):
    """Fill the empty database and the empty media folder of this site from ``folder``; return the Manifest.

    Raises ``Damaged`` with what is wrong where either is not empty or the backup is not as it was written. What fails
    or is broken off leaves nothing behind, and leaves alone what others wrote meanwhile. The caller sees to it that no
    other backup is restored here at the same time.
    """
    folder = Path(folder).absolute()
    manifest = Manifest.read(folder)
    if manifest.database != connection.vendor:
        raise Damaged(f"This is a backup of a {manifest.database} database; DATABASE_URL names {connection.vendor}.")
    kind = KINDS[manifest.database]
    media = Path(settings.MEDIA_ROOT)
    kind.refuse_full(connection)
    # The pictures come into their place by a rename, which does neither.
    if media.is_mount() or media.is_symlink():
        raise Damaged(f"{media} is a mount or a link. Restore into a plain folder and move it there afterwards.")
    refuse_pictures(media)
    if kind.FILE not in manifest.files:
        raise Damaged(f"{folder / NAME} is damaged: it does not name {kind.FILE}. Use another backup.")
    manifest.check_files(folder, tell)
    try:
        _restore_media(folder, media, manifest, tell)
        try:
            flush(media.parent)
            kind.restore(connection, folder, manifest, tell)
        except BaseException:
            _take_back(media, kind)
            raise
    except OSError as error:
        raise Damaged(f"The backup cannot be restored: {error}") from error
    return manifest


def refuse_pictures(media):
    """Raise ``Damaged`` if there are pictures in the folder ``media``, or whatever files in folders of it."""
    if any(path.is_file() and not path.name.startswith(".") for path in media.rglob("*")):
        raise Damaged(f"There are pictures in {media}. Restore into an empty place: set DATA_DIR to a new folder.")


def _restore_media(folder, media, manifest, tell):
    """Copy the pictures beside their place and give them their name when all are there."""
    unfinished = media.with_name(media.name + ".unfinished")
    # What a process left that was killed.
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        unfinished.mkdir(parents=True)
        names = sorted(name for name in manifest.files if name.startswith("media/"))
        for number, name in enumerate(names, 1):
            tell(f"pictures: {number:,} of {len(names):,}")
            # Part by part: what follows the first is never an absolute path.
            if copy(folder / name, unfinished.joinpath(*PurePosixPath(name).parts[1:])) != manifest.files[name]:
                raise Damaged(f"{name}: changed while it was read.")
        refuse_pictures(media)
        _empty(media)
        unfinished.rename(media)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _empty(media):
    """Remove empty folders and beginnings of files; with a picture that comes in just now, its folder cannot go."""
    for path in sorted(media.rglob("*"), reverse=True):
        if path.is_dir():
            path.rmdir()
        elif path.name.startswith("."):
            path.unlink()


def _take_back(media, kind):
    """Remove the restored pictures, unless a site came into being here meanwhile: it may have taken to them."""
    try:
        kind.refuse_full(connection)
    except Damaged:
        return
    shutil.rmtree(media, ignore_errors=True)
