"""Whether the site is well, for those who watch it: ``ok``, or 503 and what is wrong in one line."""

import os
import shutil
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from ..disk import can_be_written, nearest

_ROOM = 16 * 1024 * 1024
"""Bytes that must be free: what the largest save and its log take."""


@require_safe
def health(request):
    """Answer ``ok`` when database and pictures can be read and written and no migration is missing.

    Whether the disk of a PostgreSQL has room, nobody knows from here.
    """
    wrong = _wrong()
    response = HttpResponse(wrong or "ok", status=503 if wrong else 200, content_type="text/plain")
    response["Cache-Control"] = "no-store"
    return response


def _wrong():
    if not settings.DATA_DIR.is_dir():
        return "the data directory is gone"
    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"])
        # Asked first: connecting would make a new, empty one in its place.
        if not path.exists():
            return "the database file is gone"
        if connection.is_elsewhere():
            return "the database file, -wal or -shm was taken away or replaced; restart the site"
        if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
            return "the database cannot be written"
    if shutil.disk_usage(settings.DATA_DIR).free < _ROOM:
        return "the disk is full"
    if wrong := _wrong_with_pictures():
        return wrong
    try:
        applied = MigrationRecorder(connection).applied_migrations()
        if connection.vendor == "postgresql" and _is_read_only():
            return "the database cannot be written"
    except DatabaseError:
        return "the database does not answer"
    return "migrations are missing" if known_migrations() - applied.keys() else ""


def _wrong_with_pictures():
    # Their folder may lie on a disk of its own.
    try:
        media = nearest(settings.MEDIA_ROOT)
        if not can_be_written(media):
            return "the folder of the pictures cannot be written"
        return "the disk of the pictures is full" if shutil.disk_usage(media).free < _ROOM else ""
    except OSError:
        return "the folder of the pictures cannot be looked at"


def _is_read_only():
    with connection.cursor() as cursor:
        cursor.execute("SHOW transaction_read_only")
        return cursor.fetchone() == ("on",)


@cache
def known_migrations():
    """Return the migrations of this process's code: files that an upgrade lays beside it are not its own."""
    return frozenset(MigrationLoader(None).graph.nodes)
