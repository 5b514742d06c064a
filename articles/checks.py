"""What must hold before the site may start: system checks with ids and hints. ``serve`` runs them all."""

from pathlib import Path

from django.conf import settings
from django.core import checks
from django.db import connections

from .disk import can_be_written, is_mounted_read_only, nearest
from .models.append_only import missing_triggers

SQLITE_WITHOUT_THE_RESET_BUG = (3, 51, 3)
NETWORK_FILE_SYSTEMS = {
    "9p", "afs", "ceph", "cifs", "fuse.glusterfs", "fuse.sshfs", "gfs2", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4",
    "ocfs2", "smb3", "smbfs",
}  # fmt: skip
"""Types of mounts on which the locks of SQLite cannot be relied on."""
MOUNTS = Path("/proc/self/mounts")


@checks.register(checks.Tags.database)
def check_triggers(databases=None, **kwargs):
    """E001: a table of history that the database does not guard. One not migrated yet has no tables and is no error."""
    found = []
    for alias in databases or ():
        missing = sorted({trigger["table"] for trigger in missing_triggers(connections[alias])})
        if missing:
            found.append(
                checks.Error(
                    f"The database lets recorded history be changed in: {', '.join(missing)}.",
                    hint="Run: python manage.py migrate. It makes the missing triggers anew.",
                    id="articles.E001",
                )
            )
    return found


@checks.register(checks.Tags.database)
def check_sqlite_place(databases=None, **kwargs):
    """E002: SQLite on a network file system, where locks do not hold and two writers spoil the file."""
    found = []
    for alias in databases or ():
        connection = connections[alias]
        if connection.vendor != "sqlite" or connection.is_in_memory_db():
            continue
        path = Path(connection.settings_dict["NAME"]).resolve()
        kind = file_system(path)
        if kind in NETWORK_FILE_SYSTEMS:
            found.append(
                checks.Error(
                    f"The SQLite database {path} lies on a network file system ({kind}), where its locks do not hold.",
                    hint="Set DATA_DIR to a local disk, or DATABASE_URL to PostgreSQL.",
                    id="articles.E002",
                )
            )
    return found


@checks.register(checks.Tags.database)
def check_sqlite_version(databases=None, **kwargs):
    """I001: a SQLite in which a rare reset of the write-ahead log can lose a transaction."""
    sqlite = [connections[alias] for alias in databases or () if connections[alias].vendor == "sqlite"]
    if not sqlite or sqlite[0].Database.sqlite_version_info >= SQLITE_WITHOUT_THE_RESET_BUG:
        return []
    return [
        checks.Info(
            f"SQLite {sqlite[0].Database.sqlite_version} has a rare bug in resetting its write-ahead log.",
            hint="Update SQLite to 3.51.3 or newer where the system offers it, and keep daily backups.",
            id="articles.I001",
        )
    ]


@checks.register(checks.Tags.files)
def check_media_can_be_written(**kwargs):
    """E003: a folder for pictures that the server cannot write."""
    place = Path(settings.MEDIA_ROOT)
    existing = nearest(place)
    if can_be_written(existing):
        return []
    what, hint = "cannot be written", "Let the user that runs the site own DATA_DIR and all in it."
    if is_mounted_read_only(existing):
        what, hint = "is mounted for reading only", "Mount it for writing, or name it under ReadWritePaths in the unit."
    return [
        checks.Error(
            f"Pictures cannot be stored in {place}: {existing} {what}.",
            hint=hint,
            id="articles.E003",
        )
    ]


def file_system(path, mounts=None):
    """Return the type of the file system on which ``path`` lies, or None where the system does not tell."""
    try:
        lines = (mounts or MOUNTS).read_text().splitlines()
    except OSError:
        return None
    kinds = {}
    for line in lines:
        _, place, kind, *_ = line.split(" ")
        # A blank stands as \040 in this file; what is mounted last on a place hides what was there.
        kinds[Path(place.replace("\\040", " "))] = kind
    return next((kinds[folder] for folder in (path, *path.parents) if folder in kinds), None)
