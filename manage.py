#!/usr/bin/env python
"""Django's command line for Kalbajar: ``python manage.py help`` lists what it can do."""

import os
import signal
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import DatabaseError

from kalbajar_site.failures import in_a_sentence

if __name__ == "__main__":
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
    except (DatabaseError, OSError) as error:
        if "--traceback" in sys.argv:
            raise
        sys.exit(in_a_sentence(error))
