"""The connection. Django looks for it in a module of this name."""

import os
from threading import Lock
from weakref import WeakSet

from django.db import OperationalError
from django.db.backends.sqlite3 import base

_open, _looking = WeakSet(), Lock()
_WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


class DatabaseWrapper(base.DatabaseWrapper):
    """Writes nothing into a file that was taken away, where SQLite goes on until the last who has it open closes it.

    Nor into one that another was put in place of, while pages and texts of it are held in memory. The same holds for
    the files beside it: a log that was taken away ends with who has it open, and the locks lie in the ``-shm``, so that
    two with one each write over what the other has stored.
    """

    _files = None
    """Of an open connection: which files it writes to."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(self._execute_in_place)

    def get_new_connection(self, conn_params):
        """Connect, and remember which files they are; they stay as long as somebody has them open."""
        connection = super().get_new_connection(conn_params)
        # Whoever reads opens the log, and makes it where there is none.
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
        with _looking:
            # The connections of a process share what it opened first, whatever stands in the place of that by now.
            same = (one._files for one in _open if one.settings_dict["NAME"] == self.settings_dict["NAME"])
            self._files = next(filter(None, same), None) or self._files_in_place()
            _open.add(self)
        return connection

    def _close(self):
        with _looking:
            self._files = None
        return super()._close()

    def is_elsewhere(self):
        """Tell whether this connection writes to other files than those that stand in their place."""
        return self.connection is not None and self._files_in_place() != self._files

    def _files_in_place(self):
        return [_identity(f"{self.settings_dict['NAME']}{end}") for end in ("", "-wal", "-shm")]

    def _start_transaction_under_autocommit(self):
        self._refuse_elsewhere()
        super()._start_transaction_under_autocommit()

    def _execute_in_place(self, execute, sql, params, many, context):
        """Execute what is asked; a single write that is a transaction of its own is begun by nothing else."""
        if not self.in_atomic_block and sql.startswith(_WRITES):
            self._refuse_elsewhere()
        return execute(sql, params, many, context)

    def _refuse_elsewhere(self):
        if self.is_elsewhere():
            raise OperationalError("the database file, -wal or -shm was taken away or replaced; restart the site")


def _identity(path):
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino
