"""Rendering takes linear time whatever is written: prose, dense markup and hostile patterns, from 25 to 200 kB.

Prints first what one ordinary article takes (25 rows of the infobox, 1,150 words, 60 citations of 35 references, 6
notes; goal 8 ms), then for each pattern the CPU milliseconds at each size, the ratio of the last doubling, which should
stay below 2.6 (twice and 30 % grace), and how many times as long as plain prose 100 kB of it take.

    python -m tests.benchmarks.bench_render
"""
# ruff: noqa: T201 (printing is its job)

import gc
import sys
import time

from articles.content import ArticleContent, Figure, Infobox, InfoboxRow, Note, Reference, Source
from articles.rendered import Links
from articles.rendering import render

SIZES = (25_000, 50_000, 100_000, 200_000)
GRACE = 2.6
_PROSE = (
    "The offensive began on 27 March from four directions, and within a week the district had fallen.[@a, p. 12] Those "
    "who fled crossed the *Murov* pass on foot, in snow.[^n] See [[Lachin]].\n\n"
)
PATTERNS = {
    "prose": _PROSE,
    "prose in one paragraph": _PROSE.replace("\n\n", "\n"),
    "one word": "a",
    "spaces": " ",
    "line breaks": "a\n",
    "blank lines": "\n",
    "hard breaks": "a  \n",
    "[": "[",
    "]": "]",
    "[ ] nested": "[" * 50 + "]" * 50,
    "[a](": "[a](",
    "[a](<b": "[a](<b",
    "[a](b": "[a](b",
    "[a](b 'c": "[a](b 'c ",
    "![": "![",
    "![[": "![[",
    "![[k]] lines": "![[k]]\n",
    "[[": "[[",
    "[[a": "[[a",
    "[[a]]": "[[a]]",
    "[[a]] different": "[[a{n}]]",
    "[[a|": "[[a|",
    "[@": "[@",
    "[@a": "[@a",
    "[@a,": "[@a,",
    "[@a; closed": "[@a;",
    "[@a, ; @!": "[@a, ; @!",
    "locator of spaces": " ",
    "[@a]": "[@a]",
    "[@undefined]": "[@undefined]",
    "[@a; @a; ...": "; @a",
    "[^": "[^",
    "[^n]": "[^n]",
    "[^undefined]": "[^undefined] ",
    "*": "*",
    "*a **a": "*a **a ",
    "*a_ ": "*a_ ",
    "a**b": "a**b",
    "_a __b": "_a __b ",
    "*a b*": "*a b* ",
    "emphasis nested": "*a " * 10 + "a* " * 10,
    "backticks": "`",
    "backticks of all lengths": "".join("`" * count + " " for count in range(1, 60)),
    "`[": "`[",
    "\\": "\\",
    "\\[": "\\[",
    "&": "&",
    "a & b": "a & b ",
    "&amp;": "&amp;",
    "<": "<",
    "<a": "<a",
    "<a:": "<ab:",
    "<https://a>": "<https://a.b> ",
    ">": ">",
    "> lines": "> a\n",
    "> nested": ">" * 30 + " a\n",
    "> lazy": "> a\nb\nb\nb\n",
    "- lines": "- a\n",
    "- nested": "- " * 30 + "a\n",
    "- deeper and deeper": "".join("  " * depth + "- a\n" for depth in range(40)),
    "1. lines": "1. a\n",
    "* and - in turn": "* a\n- a\n",
    "# lines": "# a\n",
    "## different": "## a{n}\n",
    "setext": "a\n=\n",
    "setext, long": "a\n" * 20 + "=\n",
    "fences": "```\n",
    "indented code": "    a\n",
    "tables": "|a|b|\n|-|-|\n|c|d|\n\n",
    "table, one long": "|a|b|c|d|\n",
    "tables, ragged": "|" + "a|" * 20 + "\n|" + "-|" * 20 + "\n" + "|\n" * 20 + "\n",
    "table, heads only": "|a|b|\n|-|-|\n",
    "table, wide": "|a",
    "definitions": "[d{n}]: https://example.org/\n",
    "definitions, long label": "[d\n",
    "definition used": "[b] ",
    "hr": "***\n",
    "<b>": "<b>",
    "NBSP": "\u00a0",
    "emoji": "🪖",
}
_HEADS = {
    "table, one long": "|a|b|c|d|\n|-|-|-|-|\n",
    "definition used": f"[b]: https://example.org/{'x' * 1_900}\n\n",
    "[@a; @a; ...": "[@a",
    "locator of spaces": "[@a, x",
}
_TAILS = {"[@a; @a; ...": "]", "[@a; closed": "]", "locator of spaces": "y]"}


def body(name, size):
    """Return about ``size`` characters of a pattern."""
    unit = PATTERNS[name]
    if name == "table, wide":
        return unit * (size // 4) + "|\n" + "|-" * (size // 4) + "|\n"
    count = size // len(unit)
    repeated = "".join(unit.replace("{n}", str(n)) for n in range(count)) if "{n}" in unit else unit * count
    return _HEADS.get(name, "") + repeated + _TAILS.get(name, "")


def content(text):
    """Return an article with ``text`` as its body."""
    return ArticleContent(
        slug="a", title="A", body=text, notes=(Note("k1", "n", "A note.[@b]"),),
        references=(Reference("f1", "a", text="A source"), Reference("f2", "b", text="Another")),
        figures=(Figure("g1", "k", "k.png"),),
    )  # fmt: skip


def ordinary_article():
    """Return an article of 25 rows, 1,150 words, 60 citations of 35 references and 6 notes."""
    words = "the column crossed the river below the mill and held the road until the guns came up from the".split()
    paragraphs = []
    for paragraph in range(20):
        text = [words[place % len(words)] for place in range(57)]
        for place in (18, 37, 56):
            text[place] += f".[@r{(paragraph * 3 + place) % 35}, p. {place}]"
        text[30], text[40] = "[[Murov pass]]", "*at dawn*"
        text[10] += f"[^n{paragraph}]" if paragraph < 6 else ""
        heading = f"## Section {paragraph // 3}\n\n" if paragraph and paragraph % 3 == 0 else ""
        paragraphs.append(heading + " ".join(text))
    fields = ("combatant", "commander", "units", "strength", "casualties")
    rows = [InfoboxRow("", field, side, f"{field} of {side}") for field in fields for side in (1, 2, 1, 2, "all")]
    sources = [
        Source.of({
            "type": "book", "title": f"The War, {count}", "author": [{"family": "Doe", "given": "Jane"}],
            "issued": {"date-parts": [[1990 + count]]}, "publisher": "University Press", "ISBN": "0-8147-1944-9",
        })
        for count in range(35)
    ]  # fmt: skip
    return ArticleContent(
        slug="a", title="A", body="\n\n".join(paragraphs), infobox=Infobox("military-conflict", tuple(rows)),
        notes=tuple(Note("", f"n{count}", "Told otherwise elsewhere.") for count in range(6)),
        references=tuple(Reference("", f"r{count}", source) for count, source in enumerate(sources)),
    )  # fmt: skip


def milliseconds(article, repeats=3):
    """Return the CPU milliseconds that rendering ``article`` takes: the best of ``repeats``, without collections of
    garbage, which would look at everything else that the process holds."""
    times = []
    for _ in range(repeats):
        gc.collect()
        gc.disable()
        start = time.process_time()
        render(article, Links())
        times.append(1_000 * (time.process_time() - start))
        gc.enable()
    return min(times)


def measure(name, sizes=SIZES):
    """Return the milliseconds of a pattern at each size."""
    return [milliseconds(content(body(name, size))) for size in sizes]


def main():
    """Print the table and how many patterns are within the grace."""
    prose, over = None, []
    print(f"an ordinary article: {milliseconds(ordinary_article(), 50):.1f} ms\n")
    print(f"{'pattern':26}" + "".join(f"{size // 1000:>7} kB" for size in SIZES) + "   doubling  × prose")
    for name in PATTERNS:
        times = measure(name)
        prose = prose or times[2]
        doubling = times[3] / max(times[2], 0.1)
        if doubling > GRACE:
            over.append(name)
        print(f"{name:26}" + "".join(f"{time:10.1f}" for time in times) + f"{doubling:11.2f}{times[2] / prose:9.2f}")
    print(f"\n{len(PATTERNS) - len(over)} of {len(PATTERNS)} patterns within {GRACE}", *over, sep="\n  over: ")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
