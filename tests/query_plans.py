"""By what indexes the database answers a question that a page asked."""

from django.db import connection
from django.test.utils import CaptureQueriesContext


def plan_of(visit, *words):
    """Return the plan, as text, of the one query with all ``words`` in it that ``visit()`` makes, and its answer."""
    with CaptureQueriesContext(connection) as asked:
        answer = visit()
    (query,) = [one["sql"] for one in asked if all(word in one["sql"] for word in words)]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # Though the base knows nothing of its own size, as one that has just grown.
            cursor.execute(f"EXPLAIN QUERY PLAN {query}")
        else:
            # For so few rows it would read and sort them all.
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
            cursor.execute(f"EXPLAIN {query}")
        return str(cursor.fetchall()), answer


def is_sorted(plan):
    """Tell whether all rows are sorted, and not only those that are alike in what the index orders by."""
    if connection.vendor == "sqlite":
        return "TEMP B-TREE FOR ORDER BY" in plan
    return "Sort Key" in plan and "Presorted Key" not in plan
