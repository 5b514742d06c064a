"""What can be wrong with an article, and where: the one shape in which every floor speaks of it."""

from dataclasses import dataclass

REFUSAL = "refusal"
"""Never gets in: form and ``loadarticle`` write nothing."""
ERROR = "error"
"""May be saved as a draft, stops publication."""
WARNING = "warning"
"""Stops nothing."""

PICTURE_WORDS = frozenset({"missing_alt", "missing_credit", "missing_licence"})
"""Kinds of what a picture does not say. A load only warns of them; no person publishes a picture without its words."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong.

    ``place`` is a JSON path into the interchange form (``infobox.rows[3].side``), for markup followed by line and
    column from 1 (``body:12:5``). ``kind`` is one of the names of ``citations.md``'s rules 8 and 9, or ``invalid``.
    ``message`` is a sentence for an editor: what is wrong and how to mend it.
    """

    place: str
    kind: str
    message: str
    level: str = ERROR

    @property
    def stops_people(self):
        """Tell whether nobody may publish the article as it is: an error, or a picture without its words."""
        return self.level == ERROR or self.kind in PICTURE_WORDS

    def __str__(self):
        return f"{self.place}: {self.kind}: {self.message}"


class Refused(ValueError):
    """Input that never gets in; ``problems`` lists all that was found, in the order of the input."""

    def __init__(self, problems):
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
