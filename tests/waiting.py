"""Waiting in a browser for what a script brings about."""

import time

from playwright.sync_api import Error

_PATIENCE = 20
_STEP = 25


def until(page, expression, argument=None):
    """Wait until the JavaScript ``expression`` holds on the page.

    Playwright's own ``wait_for_function`` evaluates text inside the page, which our Content-Security-Policy forbids.
    """
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            if page.evaluate(expression, argument):
                return
        except Error:  # a page that is just being left
            if time.monotonic() > deadline:
                raise
        assert time.monotonic() < deadline, f"never came true: {expression}"
        page.wait_for_timeout(_STEP)
