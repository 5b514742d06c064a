"""Names of those who made a work, as the house style writes them."""

from itertools import islice

from . import words

_MOST = 6
_ALWAYS_LEAD = ("author", "chair", "editor", "editor-translator", "director", "compiler", "translator")


def people(names, *, inverted):
    """Return a list of CSL names as text, beyond six of them five and *et al.*"""
    if not isinstance(names, list):
        return ""
    every = (text for name in names if isinstance(name, dict) and (text := _person(name, inverted)))
    written = list(islice(every, _MOST + 1))
    if len(written) > _MOST:
        return f"{'; '.join(written[: _MOST - 1])}; {words.ET_AL}"
    return "; ".join(written)


def _person(name, inverted):
    literal, family, given = (_text(name, member) for member in ("literal", "family", "given"))
    if literal or not family:
        return literal or given
    family = _joined(" ", _text(name, "non-dropping-particle"), family)
    given = _joined(" ", given, _text(name, "dropping-particle"))
    if inverted:
        return _joined(", ", family, given, _text(name, "suffix"))
    return _joined(" ", given, family, _text(name, "suffix"))


def _text(name, member):
    value = name.get(member)
    return " ".join(value.split()) if isinstance(value, str) else ""


def _joined(separator, *parts):
    return separator.join(part for part in parts if part)


def leading(csl):
    """Return the names that an entry begins with, and the CSL member they are from; two empty texts if none."""
    for member in _ALWAYS_LEAD:
        if written := people(csl.get(member), inverted=True):
            return _with_role(written, member, len(csl[member])), member
    return "", ""


def _with_role(written, member, count):
    role = words.LEADING_ROLES.get(member)
    return f"{written} ({role[count > 1]})" if role else written


def others(csl, leader, *, without=()):
    """Return the phrases for those who made the work besides the leading ones: ``translated by Jane Doe``."""
    phrases = []
    for member in words.ROLES:
        if member in csl and member != leader and member not in without:
            if written := people(csl[member], inverted=False):
                phrases.append(f"{words.ROLES[member]} {written}")
    return phrases
