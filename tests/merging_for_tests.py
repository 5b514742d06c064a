"""The article whose merging, settling and undoing are tested."""

from .comparison_for_tests import written

LONG = [f"Paragraph {number} tells of day {number} of the offensive in the district of {name}." for number, name in
        enumerate(("Kalbajar", "Lachin", "Shusha", "Aghdam", "Fizuli", "Jabrayil", "Zangilan", "Qubadli"))]  # fmt: skip
ROWS = """
box r1 commander 1: Babayan
box r2 commander 1: Melkonian
box r3 casualties 2: 400 killed
ref f1 a: Somebody
ref f2 b: Another
note k1 n: A note about the first days of it and no more.
category: Battles
"""


def article(lines, *paragraphs):
    """Return the content of an article with rows in lines and a body of paragraphs."""
    return written(f"{lines}\nbody:\n" + "\n\n".join(paragraphs))


BASE = article(ROWS, *LONG)
