#!/usr/bin/env python
"""Django's command line for Kalbajar: ``python manage.py help`` lists what it can do."""

import os
import signal
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import DatabaseError

from articles.problems import Refused
from kalbajar_site.failures import in_a_sentence


def open_standard_streams():
    """Put nothing in the place of streams that were closed, and let messages through in every encoding."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - until the process ends
    sys.stdout.reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    open_standard_streams()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kalbajar_site.settings")
    if sys.argv[1:2] == ["serve"]:
        # Until the server has its own handler, Ctrl-C ends the start at once, wherever it is. Python's exception would
        # wait for threads and could be swallowed. What is left undone, the next start does.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    else:
        # Whoever is told to end takes back what is half done and lets its processes finish, as after Ctrl-C.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted.\n")
        sys.exit(130)
    except ImproperlyConfigured as error:
        sys.exit(f"Wrong setting: {error}")
    except (DatabaseError, OSError, OverflowError, UnicodeError, Refused) as error:
        if "--traceback" in sys.argv:
            raise
        sys.exit(in_a_sentence(error))
