"""The connection. Django looks for it in a module of this name."""

import os

from django.db import OperationalError
from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Writes nothing into a file that was taken away, where SQLite goes on until the last who has it open closes it.

    Nor into one that another was put in place of, while pages and texts of it are held in memory.
    """

    _file = None

    def get_new_connection(self, conn_params):
        """Connect, and remember which file it is."""
        connection = super().get_new_connection(conn_params)
        self._file = self._file_in_place()
        return connection

    def is_elsewhere(self):
        """Tell whether this connection writes to another file than the one that stands in its place."""
        return self.connection is not None and self._file_in_place() != self._file

    def _file_in_place(self):
        try:
            found = os.stat(self.settings_dict["NAME"])
        except FileNotFoundError:
            return None
        return found.st_dev, found.st_ino

    def _start_transaction_under_autocommit(self):
        if self.is_elsewhere():
            raise OperationalError("the database file was taken away or replaced; restart the site")
        super()._start_transaction_under_autocommit()
