"""What a first visit costs: gzip bytes of the page, its styles and its scripts, each as ``gzip -9`` makes it.

The article is the ordinary one: 25 infobox rows, 1,150 words, 60 citations of 35 references, 6 notes, in words of the
demo articles. Goal: 20 kB, pictures apart. With an address it is asked of a running server instead. Scripts that a page
loads only when somebody uses them are printed apart.

    python -m tests.benchmarks.bench_first_visit [http://127.0.0.1:8000/articles/battle-of-kalbajar/]
"""
# ruff: noqa: T201 (printing is its job)

import gzip
import json
import os
import re
import sys
from datetime import UTC, datetime
from posixpath import dirname, normpath
from urllib.parse import urljoin
from urllib.request import urlopen

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kalbajar_site.settings")
django.setup()

from django.conf import settings  # noqa: E402 (Django must be set up first)

from articles.content import ArticleContent  # noqa: E402
from articles.models import Publication, Revision  # noqa: E402
from articles.pages.finishing import page_html  # noqa: E402
from articles.rendered import Links  # noqa: E402
from articles.rendering import render  # noqa: E402
from kalbajar_site.static_files import slim  # noqa: E402

GOAL = 20_000
DEMO = settings.BASE_DIR / "articles" / "demo"
WORDS, CITATIONS, REFERENCES, NOTES, ROWS = 1_150, 60, 35, 6, 25
_ASKED = re.compile(r'<link rel="stylesheet" href="([^"]+)"|<script[^>]* src="([^"]+)"')
_IMPORTED = re.compile(r'(?:from|import) ?"(\.[^"]+)";')
_LATER = re.compile(r'import\("(\.[^"]+)"\)')


def ordinary_page():
    """Return the HTML of the ordinary article."""
    battle = json.loads((DEMO / "battle-of-kalbajar.json").read_text())
    others = [json.loads(path.read_text()) for path in sorted(DEMO.glob("*.json"))]
    known = {one["key"]: {"remark": ""} | one for other in others for one in other.get("references", [])}
    references = [{name: text for name, text in one.items() if name != "id"} for one in known.values()]
    references = [one | {"remark": re.sub(r"\[[@^][^\]]*\]", "", one["remark"])} for one in references][:REFERENCES]
    notes = [
        {"key": note["key"], "text": re.sub(r"\[[@^][^\]]*\]", "", note["text"])} for note in battle["notes"][:NOTES]
    ]
    plain = re.sub(r"!\[\[[^\]]*\]\]|\[[@^][^\]]*\]", "", battle["body"])
    words = re.split(r"(?<=\S) ", plain)[:WORDS]
    for count in range(CITATIONS):
        words[(count + 1) * WORDS // CITATIONS - 1] += f"[@{references[count % REFERENCES]['key']}, p. {count + 3}]"
    for count, note in enumerate(notes):
        words[count * 50 + 11] += f"[^{note['key']}]"
    rows = [row | {"value": re.sub(r"\[[@^][^\]]*\]", "", row["value"])} for row in battle["infobox"]["rows"][:ROWS]]
    article = battle | {"body": " ".join(words), "references": references, "notes": notes}
    content = ArticleContent.from_json(article | {"infobox": battle["infobox"] | {"rows": rows}})
    publication = Publication(revision=Revision(number=200), created=datetime.now(UTC), slug=content.slug)
    return page_html(content, publication, render(content, Links()))


def _from_files(address):
    name = re.sub(r"\.[0-9a-f]{12}(?=\.)", "", address.removeprefix(settings.STATIC_URL))
    return slim(name, lambda one: (settings.BASE_DIR / "static" / one).read_text())


def _from_server(page):
    return lambda address: urlopen(urljoin(page, address)).read().decode()


def weigh(html, read):
    """Return [(address, bytes)] of what the page loads at once, and of what it loads when it is used."""
    asked = [style or script for style, script in _ASKED.findall(html)]
    now, later = [("the page", html)], []
    for address, found in ((one, now) for one in asked):
        found.append((address, read(address)))
    for found in (now, later):
        for address, text in found:
            base = dirname(address)
            now_or_later = ((_IMPORTED, found), (_LATER, later)) if address.endswith(".js") else ()
            for pattern, target in now_or_later:
                for name in pattern.findall(text):
                    path = normpath(f"{base}/{name}")
                    if path not in dict(now) and path not in dict(later):
                        target.append((path, read(path)))
    return [[(name, len(gzip.compress(text.encode(), 9))) for name, text in found] for found in (now, later)]


def main():
    """Print the bytes of each file and their sum."""
    address = sys.argv[1] if len(sys.argv) > 1 else ""
    read = _from_server(address) if address else _from_files
    now, later = weigh(read(address) if address else ordinary_page(), read)
    for heading, found in (("at once", now), ("when it is used", later)):
        print(heading)
        for name, size in found:
            print(f"{size:9,}  {name}")
        print(f"{sum(size for _, size in found):9,}  together\n")
    total = sum(size for _, size in now)
    print(f"goal {GOAL:,}: {'met' if total <= GOAL else 'missed'}")
    return 0 if total <= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
