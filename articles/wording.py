"""The words of the interface in the site's language, for the floors that run without Django.

A sentence is marked with ``gettext`` and its kin, under the names that ``makemessages`` looks for. They say it as it
is written, in English, until the app is ready and ``speak_with`` hands them Django's. Text that an editor wrote is
never given to them, nor are words by which figures in such a text are understood.
"""

from types import SimpleNamespace

from django.utils.functional import lazy

_tongue = SimpleNamespace(
    gettext=lambda message: message,
    pgettext=lambda context, message: message,
    ngettext=lambda one, many, count: one if count == 1 else many,
    number=lambda number: f"{number:,}",
    language=lambda: "en",
)


def speak_with(*, gettext, pgettext, ngettext, number, language):
    """Say everything with these functions from now on; ``number`` writes a whole number with its separators."""
    vars(_tongue).update(gettext=gettext, pgettext=pgettext, ngettext=ngettext, number=number, language=language)


def gettext(message):
    """Return a sentence in the site's language."""
    return _tongue.gettext(message)


def pgettext(context, message):
    """Return words in the site's language; ``context`` tells apart what is one word in English."""
    return _tongue.pgettext(context, message)


def ngettext(one, many, count):
    """Return the sentence that fits the number of things."""
    return _tongue.ngettext(one, many, count)


def number(count):
    """Return a whole number as the language writes it: 60,000."""
    return _tongue.number(count)


def language():
    """Return the tag of the site's language, as ``lang`` has it."""
    return _tongue.language()


gettext_lazy = lazy(gettext, str)
"""For constants: a text that is said anew wherever it is used."""
pgettext_lazy = lazy(pgettext, str)
