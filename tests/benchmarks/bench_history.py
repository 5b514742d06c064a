"""The history page of 50 rows: goal 12 ms of CPU, and at most 1.1 times that with 10,000 revisions.

Prints the CPU milliseconds with 200 and with 10,000 revisions, on the first page, far back and filtered, those of an
empty Django view of the same length, and how many times as long as with 200 it takes.

    python -m tests.benchmarks.bench_history
"""
# ruff: noqa: T201 (printing is its job)

from .reviewed_site import REVISIONS, SLUG, build, lengthen, measure

MANY = 10_000
GRACE = 1.1
_HISTORY = f"/articles/{SLUG}/history/"


def main():
    """Measure and print."""
    client = build()
    few = measure(
        client, {"newest": _HISTORY, "far back": f"{_HISTORY}?before=60", "by author": f"{_HISTORY}?author=1"}
    )
    lengthen(MANY)
    many = measure(
        client, {"newest": _HISTORY, "far back": f"{_HISTORY}?before=5060", "by author": f"{_HISTORY}?author=1"}
    )
    for name, (page, empty) in few.items():
        print(
            f"{name:10} {REVISIONS:6} revisions {page:6.1f} ms   empty view {empty:5.2f} ms   {page / empty:6.1f} times"
        )
        long = many[name][0]
        print(f"{name:10} {MANY:6} revisions {long:6.1f} ms   {long / page:.2f} times as long (at most {GRACE})")


if __name__ == "__main__":
    main()
