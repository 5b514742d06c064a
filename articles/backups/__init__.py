"""Backups: the whole site in one folder, and back into an empty place.

A backup is a folder with the database, ``media/`` and ``manifest.json``, which names every file with its SHA-256 and
every table with its number of rows. ``make_backup`` writes it beside its place and renames it when it is whole;
``restore_backup`` looks at everything before it writes anything. The site may be in use while a backup is made, not
while one is restored. Both tell how far they are through a function that they are given.
"""

from .making import make_backup, media_files
from .manifest import Damaged
from .restoring import restore_backup

__all__ = ["Damaged", "make_backup", "media_files", "restore_backup"]
