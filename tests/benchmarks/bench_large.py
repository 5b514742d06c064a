"""The largest article that the form takes: 1,000 notes, 700 references, 500 infobox rows; saved, shown and compared.

Goals: saved in under 5 s, shown in under 200 ms, compared in under 1 s (CPU of one process). Printed too is how many
times as long each takes as an empty Django view.

    python -m tests.benchmarks.bench_large
"""
# ruff: noqa: T201, I001 (printing is its job; Django is set up by the first of its own imports)

import time
from functools import partial
from statistics import median
from urllib.parse import urlencode

from .reviewed_site import SLUG, ArticleContent, Client, User, build, measure, publish, record_revision

from articles.models import Article
from tests.desk import change_address, form_fields

_ROUNDS = 5
_URLENCODED = "application/x-www-form-urlencoded"


def _large(edit=0):
    """Return the content of the large article; every ``edit`` rewords some of all parts."""

    def reword(at, text):
        return f"{text} Reworded {edit} times." if edit and at % 50 == edit % 50 else text

    paragraphs = [
        reword(at, f"The {at}th report tells of the road and the pass, and is not believed.")
        + f"[@k{at % 700}, p. {at}][^n{at}]"
        for at in range(1000)
    ]
    return ArticleContent.from_json({
        "format": "kalbajar.article/1", "slug": SLUG, "title": "Usual", "body": "\n\n".join(paragraphs),
        "notes": [{"id": f"n{at}", "key": f"n{at}", "text": reword(at, f"A note on the {at}th report.")}
                  for at in range(1000)],
        "references": [{"id": f"f{at}", "key": f"k{at}", "pages": str(at),
                        "source": {"type": "book", "title": f"Large {at}", "author": [{"family": f"Author {at}"}]}}
                       for at in range(700)],
        "infobox": {"kind": "military-conflict", "rows": [
            {"id": f"r{at}", "field": "casualties", "side": at % 5 + 1, "value": reword(at, f"{at} killed[@k{at}]")}
            for at in range(500)]},
    })  # fmt: skip


def _saved(client, article):
    """Return the CPU milliseconds of a save of the whole form, and of a save with publication, each changing a word."""
    times = {"_continue": [], "_publish": []}
    for number in range(2 * _ROUNDS):
        button = tuple(times)[number % 2]
        fields = form_fields(client.get(change_address(article)))
        body = urlencode(fields | {"body": f"{fields['body']} Word{number}.", button: "1"})
        begun = time.process_time()
        answer = client.post(change_address(article), body, content_type=_URLENCODED)
        times[button].append((time.process_time() - begun) * 1000)
        assert answer.status_code == 302, answer.status_code
    return {name: median(found) for name, found in times.items()}


def main():
    """Measure and print."""
    build(revisions=2)
    article = Article.objects.get(slug=SLUG)
    write = partial(record_revision, article, author=None, summary="")
    publish(write(_large(), base=2), user=None)
    publish(write(_large(edit=7), base=3), user=None)
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.create_superuser("chief"))
    page = f"/articles/{SLUG}/"
    addresses = {"shown": page, "compared": f"{page}compare/3/4/", "form opened": change_address(article)}
    goals = {"shown": 200, "compared": 1000, "_continue": 5000}
    shown = measure(client, addresses, rounds=5)
    empty = shown["shown"][1]
    spent = {name: found for name, (found, _) in shown.items()} | _saved(client, article)
    names = {"_continue": "saved", "_publish": "saved and published"}
    print("1,000 notes, 700 references, 500 infobox rows, 1,000 paragraphs\n")
    print(f"{'CPU milliseconds':22}{'':>8}{'goal':>8}{'× empty view':>14}")
    for name, found in spent.items():
        print(f"{names.get(name, name):22}{found:8.0f}{goals.get(name, ''):>8}{found / empty:14.0f}")


if __name__ == "__main__":
    main()
