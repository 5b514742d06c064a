"""Comparing takes linear time whatever was edited, and little for what is usual.

Prints for the usual article (the demo, all parts, 60 edits) and for a body of 100 kB with 300 edits the CPU
milliseconds of ``compare``, ``summary`` and ``tags``; then for each hostile pair of bodies the milliseconds at each
size and the ratio of the last doubling, which should stay below 2.6 (twice and 30 % grace).

    python -m tests.benchmarks.bench_compare
"""
# ruff: noqa: T201 (printing is its job)

import gc
import random
import sys
import time
from pathlib import Path

from articles.comparison import compare, summary, tags
from articles.content import ArticleContent, Infobox

SIZES = (100_000, 200_000, 400_000)
GRACE = 2.6
_DEMO = Path(__file__).parents[2] / "articles" / "demo" / "battle-of-kalbajar.json"
_LETTERS = "abcdefghijklmnop"


def words(chance, count, vocabulary=3_000):
    """Return ``count`` words of a made-up language."""
    known = ["".join(chance.choices(_LETTERS, k=chance.randint(2, 9))) for _ in range(vocabulary)]
    return chance.choices(known, k=count)


def edited(chance, text, count):
    """Return ``text`` with ``count`` of its words exchanged for others of it."""
    parts = text.split(" ")
    for _ in range(count):
        parts[chance.randrange(len(parts))] = chance.choice(parts)
    return " ".join(parts)


def _paragraphs(chance, size, length=60):
    text = words(chance, size // 7)
    return [" ".join(text[start : start + length]) for start in range(0, len(text), length)]


def _prose(chance, size):
    return "\n\n".join(_paragraphs(chance, size))


def _shuffled(chance, text):
    blocks = text.split("\n\n")
    chance.shuffle(blocks)
    return "\n\n".join(blocks)


def _halves(text):
    blocks = (block.partition(" " + block.split(" ")[len(block.split(" ")) // 2]) for block in text.split("\n\n"))
    return "\n\n".join(f"{head}\n\n{middle.strip()}{tail}" for head, middle, tail in blocks)


def _spliced(text, unit, every):
    parts = text.split(unit)
    return unit.join(f"{part}!" if at % every == 0 else part for at, part in enumerate(parts))


def _repeated(unit, size):
    return unit * (size // len(unit))


PAIRS = {
    "prose, an edit in every tenth paragraph": lambda c, n: (t := _prose(c, n), edited(c, t, n // 4_000)),
    "prose, an edit in every paragraph": lambda c, n: (t := _prose(c, n), edited(c, t, n // 300)),
    "prose, every third word edited": lambda c, n: (t := _prose(c, n), edited(c, t, n // 20)),
    "all different": lambda c, n: (_prose(c, n), _prose(c, n)),
    "all deleted": lambda c, n: (_prose(c, n), ""),
    "all paragraphs shuffled": lambda c, n: (t := _prose(c, n), _shuffled(c, t)),
    "all shuffled and edited": lambda c, n: (t := _prose(c, n), edited(c, _shuffled(c, t), n // 400)),
    "all paragraphs split": lambda c, n: (t := _prose(c, n), _halves(t)),
    "all paragraphs merged": lambda c, n: (t := _prose(c, n), t.replace("\n\n", " ")),
    "all lines broken anew": lambda c, n: (t := _prose(c, n), t.replace(" ", "\n")),
    "one paragraph, edited": lambda c, n: (t := " ".join(words(c, n // 7)), edited(c, t, n // 1_000)),
    "one paragraph, another": lambda c, n: (" ".join(words(c, n // 7)), " ".join(words(c, n // 7))),
    "one paragraph of two words": lambda c, n: tuple(" ".join(c.choices("ab", k=n // 2)) for _ in "12"),
    "one word": lambda _, n: ("a" * n, "b" + "a" * n),
    "numbers in a row": lambda _, n: (f"{'1,' * (n // 2)}1a", f"{'1,' * (n // 2)}1b"),
    "Chinese without a space": lambda c, n: tuple("".join(c.choices("山路战役", k=n // 3)) for _ in "12"),
    "equal paragraphs, some edited": lambda _, n: (t := _repeated("x y z\n\n", n), _spliced(t, "\n\n", 9)),
    "equal paragraphs, fewer": lambda _, n: (_repeated("x y z\n\n", n), _repeated("x y z\n\n", n * 9 // 10) + "x y"),
    "lines in turn": lambda _, n: (_repeated("x y z\n\na b c\n\n", n), _repeated("a b c\n\nx y z\n\n", n * 9 // 10)),
    "every second line another": lambda _, n: (_repeated("x y z\n\na b c\n\n", n), _repeated("x y z\n\nd e f\n\n", n)),
    "one word a paragraph, sorted": lambda c, n: ("\n\n".join(w := words(c, n // 8)), "\n\n".join(sorted(w))),
    "paragraphs that differ in a number": lambda _, n: tuple(
        "\n\n".join(f"On day {day * step} the army went on" for day in range(n // 30)) for step in (1, 7)
    ),
    "one paragraph in pieces of eight words": lambda c, n: (
        " ".join(w := words(c, n // 7)), "\n\n".join(" ".join(w[at : at + 8]) for at in range(0, len(w), 8))
    ),
    "list items": lambda c, n: (t := _prose(c, n).replace(" ", "\n- "), _spliced(t, "\n", 5)),
    "citation marks": lambda _, n: (_repeated("[@a, p. 1] ", n), _repeated("[@a, p. 2] ", n)),
    "citations of another source": lambda _, n: tuple(
        "".join(f"w{count}[@{key},{count}] " for count in range(n // 14)) for key in "ab"
    ),
    "brackets": lambda _, n: ("[" * n, "[" * (n // 2) + "]" * (n // 2)),
    "signs": lambda _, n: (_repeated("*-_ ", n), _repeated("-*_ ", n)),
    "spaces": lambda _, n: ("a" + " " * n + "b", "a" + " " * (n - 1) + "c"),
    "heading of spaces": lambda _, n: (f"# a{' ' * n}b", f"# a{' ' * n}c"),
    "line breaks": lambda _, n: ("a" + "\n" * n + "b", "a" + "\n" * (n // 2) + "c"),
}  # fmt: skip


def body(text):
    """Return an article with ``text`` as its body."""
    return ArticleContent(slug="a", title="A", body=text)


def milliseconds(old, new, repeats=3):
    """Return the CPU milliseconds of comparing two contents, with summary and tags: the best of ``repeats``."""
    times = []
    # As in the server, the collector looks at what is new alone: the rest of a long run of tests took it longer than
    # the comparison takes.
    gc.collect()
    gc.freeze()
    try:
        for _ in range(repeats):
            gc.collect()
            start = time.process_time()
            comparison = compare(old, new)
            summary(comparison)
            tags(comparison)
            times.append(1_000 * (time.process_time() - start))
    finally:
        gc.unfreeze()
    return min(times)


def measure(name, sizes=SIZES):
    """Return the milliseconds of a pair at each size."""
    return [milliseconds(*map(body, PAIRS[name](random.Random(1), size)), repeats=2) for size in sizes]


def usual():
    """Return (name, milliseconds) of what editors do."""
    chance = random.Random(1)
    demo = ArticleContent.from_json(_DEMO.read_text(encoding="utf-8"))
    infobox = Infobox(demo.infobox.kind, demo.infobox.rows[::-1][2:])
    far = demo.replace(
        body=edited(chance, demo.body, 60), infobox=infobox, references=demo.references[3:], notes=demo.notes[1:]
    )  # fmt: skip
    long = "\n\n".join([demo.body] * 10)[:100_000]
    yield "the demo, one word", milliseconds(demo, demo.replace(body=demo.body.replace("week", "month", 1)))
    yield "the demo, all parts, 60 edits", milliseconds(demo, far)
    yield "100 kB, 300 edits", milliseconds(body(long), body(edited(chance, long, 300)))


def main():
    """Print the tables and how many pairs are within the grace."""
    for name, time_taken in usual():
        print(f"{name:40}{time_taken:8.1f} ms")
    over = []
    print(f"\n{'pair of bodies':40}" + "".join(f"{size // 1000:>5} kB" for size in SIZES) + "   doubling")
    for name in PAIRS:
        times = measure(name)
        doubling = times[-1] / max(times[-2], 1)
        if doubling > GRACE:
            over.append(name)
        print(f"{name:40}" + "".join(f"{one:8.0f}" for one in times) + f"{doubling:11.2f}")
    print(f"\n{len(PAIRS) - len(over)} of {len(PAIRS)} pairs within {GRACE}", *over, sep="\n  over: ")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
