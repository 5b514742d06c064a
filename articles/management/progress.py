"""How far a long command is: a line every two seconds."""

import time
from contextlib import suppress

_EVERY_SECONDS = 2


def telling(stream):
    """Return a function that writes a line to ``stream`` (of a command), at most one every two seconds.

    It never raises ``OSError``: where a log takes no more, the work is not given up.
    """
    told = time.monotonic()

    def tell(line):
        nonlocal told
        if time.monotonic() - told >= _EVERY_SECONDS:
            told = time.monotonic()
            with suppress(OSError):
                stream.write(line)
                stream.flush()

    return tell
