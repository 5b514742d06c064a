"""What a command says when database, disk or what it was given fail it: what is wrong, and what to do."""

import errno

from django.conf import settings
from django.db import DatabaseError, DataError

from articles.disk import is_mounted_read_only
from articles.problems import Refused
from kalbajar_site.environment import user

_ROOM = "Make room on the disk and begin again."
_BACKUP = "If it cannot be mended, restore a backup: README.md says how."
_OWN = "Let {user} own DATA_DIR and all in it."
_READ_ONLY = (
    "The disk of DATA_DIR is mounted for reading only: mount it for writing, or copy the folder whole, "
    "with the -wal file, to a place that can be written, and set DATA_DIR there."
)
# Words of SQLite and of PostgreSQL.
_WAYS_OUT_OF_DATABASE = {
    "malformed": _BACKUP,
    "not a database": _BACKUP,
    "invalid page": _BACKUP,
    "no such table": "Run: python manage.py migrate",
    "no such column": "Run: python manage.py migrate",
    "does not exist": "Look at DATABASE_URL, or run: python manage.py migrate",
    "is full": _ROOM,
    "No space left": _ROOM,
    "locked": "Somebody else is writing for long; begin again.",
    "lock timeout": "Somebody else is writing for long; begin again.",
    "readonly": _OWN,
    "unable to open": _OWN,
}
_WAYS_OUT_OF_DISK = {
    errno.ENOSPC: _ROOM,
    errno.EDQUOT: _ROOM,
    errno.EFBIG: _ROOM,
    errno.EACCES: "Let {user} own it.",
    errno.EPERM: "Let {user} own it.",
    errno.EROFS: "The disk is mounted for reading only; mount it for writing, or choose another DATA_DIR.",
}
_WHERE = "With --traceback the command says where it was."
_GIVEN = f"Look at what the command was given. {_WHERE}"


def in_a_sentence(error):
    """Return what is wrong and what to do.

    ``error`` is a ``DatabaseError``, ``OSError``, ``OverflowError``, ``UnicodeError`` or ``Refused``.
    """
    if isinstance(error, Refused):
        return f"Something was refused, and perhaps somebody else wrote meanwhile: {_first_line(error)}. {_WHERE}"
    if isinstance(error, UnicodeError):
        return f"Something is not UTF-8 text: {_first_line(error)}. {_GIVEN}"
    if isinstance(error, (DataError, OverflowError)):
        return f"Something is more than the database takes: {_first_line(error)}. {_GIVEN}"
    if isinstance(error, DatabaseError):
        what = _first_line(error)
        ways = [way for words, way in _WAYS_OUT_OF_DATABASE.items() if words in what]
        way = ways[0] if ways else f"Look at DATABASE_URL, DATA_DIR and the disk. {_WHERE}"
        if way == _OWN and is_mounted_read_only(settings.DATA_DIR):
            way = _READ_ONLY
        return f"The database cannot be used: {what}. {way.format(user=user())}"
    what = ": ".join(str(part) for part in (error.filename, error.strerror) if part) or str(error)
    return f"{what}. {_WAYS_OUT_OF_DISK.get(error.errno, _WHERE).format(user=user())}"


def _first_line(error):
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
