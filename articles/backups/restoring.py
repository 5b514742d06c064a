"""Restoring a backup: everything is looked at first, the pictures come before the database that names them."""

import shutil
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.db import connection

from .making import KINDS, media_files
from .manifest import Damaged, Manifest, copy, flush


def restore_backup(folder, tell):
    """Fill the empty database and the empty media folder of this site from ``folder``; return the Manifest.

    Raises ``Damaged`` with what is wrong where either is not empty or the backup is not as it was written. What fails
    leaves nothing behind.
    """
    folder = Path(folder).absolute()
    manifest = Manifest.read(folder)
    if manifest.database != connection.vendor:
        raise Damaged(f"This is a backup of a {manifest.database} database; DATABASE_URL names {connection.vendor}.")
    kind = KINDS[manifest.database]
    kind.refuse_full(connection)
    media = Path(settings.MEDIA_ROOT)
    if media_files():
        raise Damaged(f"There are pictures in {media}. Restore into an empty place: set DATA_DIR to a new folder.")
    manifest.check_files(folder, tell)
    try:
        _restore_media(folder, media, manifest, tell)
        kind.restore(connection, folder, manifest, tell)
    except (Damaged, OSError) as error:
        # The place was empty, and is again.
        shutil.rmtree(media, ignore_errors=True)
        if isinstance(error, Damaged):
            raise
        raise Damaged(f"The backup cannot be restored: {error}") from error
    return manifest


def _restore_media(folder, media, manifest, tell):
    """Copy the pictures beside their place and give them their name when all are there."""
    unfinished = media.with_name(media.name + ".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    names = sorted(name for name in manifest.files if name.startswith("media/"))
    for number, name in enumerate(names, 1):
        tell(f"pictures: {number:,} of {len(names):,}")
        # Part by part: what follows the first is never an absolute path.
        if copy(folder / name, unfinished.joinpath(*PurePosixPath(name).parts[1:])) != manifest.files[name]:
            raise Damaged(f"{name}: changed while it was read.")
    # Empty folders may be there.
    shutil.rmtree(media, ignore_errors=True)
    unfinished.rename(media)
    flush(media.parent)
