"""How far a long command is: a line every two seconds."""

import time

_EVERY_SECONDS = 2


def telling(stream):
    """Return a function that writes a line to ``stream`` (of a command), at most one every two seconds."""
    told = time.monotonic()

    def tell(line):
        nonlocal told
        if time.monotonic() - told >= _EVERY_SECONDS:
            told = time.monotonic()
            stream.write(line)
            stream.flush()

    return tell
