"""Rendering takes linear time whatever is written: prose, dense markup and hostile patterns, from 25 to 200 kB.

Prints for each pattern the CPU milliseconds at each size, the ratio of the last doubling, which should stay below 2.6
(twice and 30 % grace), and how many times as long as plain prose 100 kB of it take.

    python -m tests.benchmarks.bench_render
"""
# ruff: noqa: T201 (printing is its job)

import gc
import sys
import time

from articles.content import ArticleContent, Figure, Note, Reference
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
    "[[a|": "[[a|",
    "[@": "[@",
    "[@a": "[@a",
    "[@a,": "[@a,",
    "[@a, ; @!": "[@a, ; @!",
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
}
_TAILS = {"[@a; @a; ...": "]"}


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


def milliseconds(text, repeats=3):
    """Return the CPU milliseconds that rendering ``text`` takes: the best of ``repeats``."""
    article, times = content(text), []
    for _ in range(repeats):
        gc.collect()
        start = time.process_time()
        render(article, Links())
        times.append(1_000 * (time.process_time() - start))
    return min(times)


def measure(name, sizes=SIZES):
    """Return the milliseconds of a pattern at each size."""
    return [milliseconds(body(name, size)) for size in sizes]


def main():
    """Print the table and how many patterns are within the grace."""
    prose, over = None, []
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
