"""Jobs that start together in threads, each with a database connection of its own."""

import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connection


def at_once(*jobs):
    """Run all jobs in threads that start together; return what each gave or raised, in order."""
    start = threading.Barrier(len(jobs))

    def run(job):
        try:
            connection.ensure_connection()
            start.wait(20)
            return job()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def errors(results, *expected):
    """Return the results that are errors, but those of the ``expected`` kinds."""
    return [result for result in results if isinstance(result, Exception) and not isinstance(result, expected)]
