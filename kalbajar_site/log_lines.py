"""One log record, one line of JSON: nothing that a visitor sends can forge a second line."""

import json
import logging
import sqlite3
from datetime import UTC, datetime

from django.db import InterfaceError, OperationalError

# What every record carries; the rest was given as ``extra`` and belongs to the event.
STANDARD = set(vars(logging.makeLogRecord({}))) | {"message", "asctime"}
# Django adds these to its own records: whole requests and handlers, too much for a line.
LEFT_OUT = {"request", "server_time", "params", "sql"}
# What Django refuses in a request. Anybody can cause it, and no fault of ours is in its way: a short warning.
REFUSALS = {
    f"django.security.{name}"
    for name in ("DisallowedHost", "RequestDataTooBig", "TooManyFieldsSent", "TooManyFilesSent", "csrf")
}
REFUSAL_MOST = 300


class JsonLines(logging.Formatter):
    """Formats a record as JSON with time, level, logger, message, the event's own fields and, of an error, its way."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {name: value for name, value in vars(record).items() if name not in STANDARD | LEFT_OUT}
        if record.name in REFUSALS:
            line |= {"level": "warning", "message": line["message"][:REFUSAL_MOST]}
        # Django tells the way of every refused request too; the event itself says enough.
        elif record.exc_info and record.levelno >= logging.ERROR:
            line["exception"] = _of_a_database(record.exc_info[1]) or self.formatException(record.exc_info)
        return json.dumps(line, default=str)


def _of_a_database(error):
    """Return one line on a database that does not answer or takes no more; None of any other error.

    It comes with every request then, and the way through the code tells nothing of it: the log would fill the disk.
    """
    if not isinstance(error, (OperationalError, InterfaceError)):
        return None
    # SQLite says in the same way that there is no such column; only its code tells such a fault of ours apart.
    if getattr(error.__cause__, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR:
        return None
    said = str(error).strip().splitlines()
    return f"{type(error).__name__}: {said[0] if said else 'it says nothing'}"
