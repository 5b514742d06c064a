"""Trials without a server: random markup through rendering, the sanitizer, comparison and merging; spoiled pictures.

Each process takes a seed of its own and tells it with what it found, so that every finding can be made again.
"""

import json
import os
import random
import time
import traceback
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from articles.comparison import Clash, compare, merge, summary, tags, text_spans, undo
from articles.content import ArticleContent
from articles.pictures import NotAPicture, store_picture
from articles.problems import Refused
from articles.rendered import Links
from articles.rendering import mark_differences, render
from articles.rendering.safe_html import safe
from tests.hostile_text import MANY
from tests.test_pictures_refused import mutated, samples

_PIECES = [
    "[@", "[^", "[[", "![[", "]]", "]", "[", "![", "](", ")", "|", ";", "; @", ",", "@", "^", "`", "``", "\\", "*",
    "**", "_", "<", ">", "&", "&amp;", "\n", "\n\n", "> ", "- ", "1. ", "# ", "## ", "### Same", "    ", "\t", "---",
    "|-|", "|a|\n|-|\n", "```", "  \n", "Losses", "é", "Կ", "🪖", "\u00a0", "\u200b", "\u2028", '"', "'", "(", "p. 12",
    "word ", "[@a]", "[@a, p. 1; @b]", "[^a]", "![[a]]\n", "[[A]]", "[[a|B]]", "[x](/x)", "[r]",
    "\n[r]: https://x.example\n",
]  # fmt: skip
_KEYS = ("a", "b", "c", "A.b:c")
_SLICE = 20
"""Seconds that one process works before it reports."""


class _Chance:
    """Random articles and edits of them, from one seed."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def text(self, most=40):
        pick = self.random.choice
        count = self.random.randrange(most)
        pieces = [pick(MANY) if self.random.random() < 0.1 else pick(_PIECES) for _ in range(count)]
        return "".join(pieces)

    def line(self):
        return " ".join(self.text(12).split())

    def rows(self, **made):
        keys = self.random.sample(_KEYS, self.random.randrange(len(_KEYS)))
        return [{"key": key} | {name: make() for name, make in made.items()} for key in keys]

    def source(self):
        return {"type": "chapter", "title": self.text(8), "container-title": self.text(8), "URL": self.line(),
                "author": [{"family": self.line() or "F"}], "issued": {"literal": self.line()}}  # fmt: skip

    def article(self):
        infobox = [{"field": "casualties", "side": self.random.choice([1, 2, "all"]), "value": self.line() or "x"}
                   for _ in range(self.random.randrange(5))]  # fmt: skip
        return {
            "format": "kalbajar.article/1", "slug": "a", "title": "A", "body": self.text(120),
            "notes": self.rows(text=self.text), "categories": ["One", "Two"][: self.random.randrange(3)],
            "references": self.rows(**({"text": self.text} if self.random.random() < 0.5 else {"source": self.source})),
            "figures": self.rows(image=lambda: "a.png", alt=self.text, caption=self.line),
            "infobox": {"kind": "military-conflict", "rows": infobox} if infobox else {},
        }  # fmt: skip

    def edited(self, article):
        """Return the article with one or two of its parts made anew and its blocks moved about."""
        article, other = json.loads(json.dumps(article)), self.article()
        for name in self.random.sample(sorted(other), 2):
            article[name] = other[name]
        blocks = article["body"].split("\n\n")
        self.random.shuffle(blocks)
        article["body"] = "\n\n".join(blocks + [self.text()] * self.random.randrange(2))
        return article


def _content(article):
    try:
        return ArticleContent.from_json(article)
    except Refused:
        return ArticleContent.from_json({name: article[name] for name in ("format", "slug", "title")} | {"body": "x"})


def _try_one(chance):
    """Send one article and two edits of it through everything."""
    first = chance.article()
    base, mine, theirs = (_content(one) for one in (first, chance.edited(first), chance.edited(first)))
    pages = [render(one, Links()) for one in (base, mine)]
    for page in pages:
        for html in (page.lead_opening, page.lead_rest, page.sections, *(one.html for one in page.references)):
            assert safe(html) == html, "the sanitizer changes what it made"
    mark_differences(*pages, text_spans)
    difference = compare(base, mine)
    summary(difference)
    tags(difference)
    assert not compare(mine, mine), "an article differs from itself"
    merge(base, mine, theirs)
    for change in difference.changes[:3]:
        try:
            undo(mine, change.id, base, mine)
        except Clash:
            pass


def tried(seed, *, articles=10**9, seconds=10**9):
    """Try random articles, so many or for so long; return how many, and a line for each that failed."""
    chance, count, found, until = _Chance(seed), 0, [], time.monotonic() + seconds
    while count < articles and time.monotonic() < until:
        count += 1
        try:
            _try_one(chance)
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            found.append(f"seed {seed}, article {count}: {error!r} at {Path(where.filename).name}:{where.lineno}")
    return count, found


def fuzz(minutes, tell):
    """Try random articles for so many minutes of all processors together."""
    slices = max(1, int(minutes * 60 / _SLICE)) if minutes else 0
    seeds, count, found = random.sample(range(10**9), slices), 0, []
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for number, done in enumerate(as_completed(pool.submit(tried, seed, seconds=_SLICE) for seed in seeds), 1):
            some, wrong = done.result()
            count, found = count + some, found + wrong
            tell(f"fuzzing: {number * _SLICE // 60} of {minutes} minutes, {count} articles")
    return "random markup rendered, sanitized, compared, merged", f"{minutes} minutes, {count:,} articles", found


def uploads(times, tell):
    """Take or refuse so many spoiled pictures."""
    found, taken, seeds = [], 0, samples()
    for number in range(1, times + 1):
        data = mutated(random.choice(seeds))
        try:
            store_picture(data, "x")
            taken += 1
        except NotAPicture:
            pass
        except Exception as error:
            found.append(f"{error!r}: {data[:40].hex()}… of {len(data)} bytes")
        tell(f"uploads: {number} of {times}")
    return "spoiled pictures", f"{times:,} files, {taken:,} taken", found
