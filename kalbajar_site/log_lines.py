"""One log record, one line of JSON: nothing that a visitor sends can forge a second line."""

import json
import logging
import traceback
from datetime import UTC, datetime
from pathlib import Path

from django.db import InterfaceError, OperationalError

# What every record carries; the rest was given as ``extra`` and belongs to the event.
STANDARD = set(vars(logging.makeLogRecord({}))) | {"message", "asctime"}
# Django adds these to its own records: whole requests and handlers, too much for a line.
LEFT_OUT = {"request", "server_time", "params", "sql"}
_ROOT = Path(__file__).resolve().parents[1]

REFUSED = "django.security."
"""Loggers of what Django refuses in a request: a wrong Host header, too many fields."""
REFUSAL_MOST = 300


class ShortRefusals(logging.Filter):
    """Makes a refusal a short warning: anybody can cause it, and no fault of ours is in its way."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith(REFUSED):
            record.levelno, record.levelname = logging.WARNING, "WARNING"
            record.msg, record.args, record.exc_info = record.getMessage()[:REFUSAL_MOST], (), None
        return True


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
        # Django tells the way of every refused request too; the event itself says enough.
        if record.exc_info and record.levelno >= logging.ERROR:
            line["exception"] = _of_a_database(record.exc_info[1]) or self.formatException(record.exc_info)
        return json.dumps(line, default=str)


def _of_a_database(error):
    """Return one line on a database that does not answer or takes no more, and who asked it; None of any other error.

    It comes with every request then: with the whole way through the code the log would fill the disk.
    """
    if not isinstance(error, (OperationalError, InterfaceError)):
        return None
    said = str(error).strip().splitlines()
    frames = [(Path(frame.filename), frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    ours = [(path, number) for path, number in frames if path.is_relative_to(_ROOT / "articles")]
    where = f" ({ours[-1][0].relative_to(_ROOT)}, line {ours[-1][1]})" if ours else ""
    return f"{type(error).__name__}: {said[0] if said else 'it says nothing'}{where}"
