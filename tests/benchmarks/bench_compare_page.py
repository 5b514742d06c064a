"""The page on which far revisions are compared, as a reviewer gets it: goal 35 ms of CPU in the inline view.

Prints for each view the CPU milliseconds, those of an empty Django view of the same length, and how many times as long
the page takes.

    python -m tests.benchmarks.bench_compare_page
"""
# ruff: noqa: T201 (printing is its job)

from .reviewed_site import REVISIONS, SLUG, build, measure

VIEWS = ("inline", "columns", "rendered")


def main():
    """Measure and print."""
    client = build()
    near, far = f"/articles/{SLUG}/compare/{REVISIONS - 1}/{REVISIONS}/", f"/articles/{SLUG}/compare/1/{REVISIONS}/"
    addresses = {f"far, {view}": f"{far}?view={view}" for view in VIEWS} | {"neighbours, inline": near}
    for name, (page, empty) in measure(client, addresses).items():
        print(f"{name:20} {page:7.1f} ms   empty view {empty:5.2f} ms   {page / empty:6.1f} times")


if __name__ == "__main__":
    main()
