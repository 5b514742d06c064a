"""Clashes: what two sides did to one thing that cannot both hold, and the choices by which an editor settles them."""

import hashlib
from collections import Counter
from typing import NamedTuple

WAYS = MINE, THEIRS, BOTH, EDIT = "mine", "theirs", "both", "edit"


class Clash(ValueError):
    """Two changes of one thing that cannot both hold: ``label`` says of what, the texts what each side has.

    The message is a sentence for an editor. ``ways`` are those in which a merge lets it be settled; by ``key`` the
    choice finds it, and equal clashes of a later merge have equal keys. None of both where nothing can be chosen.
    """

    def __init__(self, message, label="", base="", mine="", theirs="", key="", ways=()):
        super().__init__(message)
        self.label, self.base, self.mine, self.theirs = label, base, mine, theirs
        self.key, self.ways = key, ways

    def to_json(self):
        """Return the clash as an object."""
        return {"message": str(self), **vars(self)}


class Choice(NamedTuple):
    """How a clash is settled: ``way`` is mine, theirs, both or edit; ``text`` is what the editor wrote instead."""

    way: str
    text: str = ""


class Clashes:
    """The clashes of one merge, in the order in which they are met, and the choices that were made before.

    ``met`` has all of them, ``left`` those without a choice that holds.
    """

    def __init__(self, choices=None):
        self.met, self.left = [], []
        self._choices = choices or {}
        self._seen = Counter()

    def settle(self, identity, message, label, texts, ways):
        """Note a clash and return the ``Choice`` that settles it, or None: then *mine* stays.

        ``identity`` are strings that tell the thing from others; with the ``texts`` of base, mine and theirs they make
        the key.
        """
        clash = Clash(message, label, *texts, self._key(*identity, *texts), ways)
        self.met.append(clash)
        choice = self._choices.get(clash.key)
        if choice is None or choice.way not in ways:
            self.left.append(clash)
            return None
        return choice

    def refuse_last(self):
        """Take back the choice that ``settle`` just returned: it cannot hold."""
        self.left.append(self.met[-1])

    def _key(self, *identity):
        digest = hashlib.blake2b(repr(identity).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
        self._seen[digest] += 1
        return digest if self._seen[digest] == 1 else f"{digest}-{self._seen[digest]}"


def picked(choice, mine, theirs, read=None):
    """Return what a choice makes of two values; without one mine. ``read`` makes a value of the editor's words."""
    if choice is None or choice.way == MINE:
        return mine
    return theirs if choice.way == THEIRS else read(choice.text)
