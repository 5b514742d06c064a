"""Finding copies of a work in the library, and works by the numbers printed on them."""

import re
from functools import reduce
from operator import or_

from django.db.models import Q

from ..content import Source as SourceContent
from ..models import Source

_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.[0-9]{4,9}\S*/\S+)\Z", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s‐‑–-]+")
_ISBN = re.compile(r"(?:isbn:?)?((?:97[89])?[0-9]{9}[0-9X])\Z", re.IGNORECASE)


def likely_duplicates(content, pk=None):
    """Return the sources, other than ``pk``, with a DOI or ISBN of ``content``, or with the very same data."""
    same = reduce(or_, (_has(one) for one in content.identifiers), Q(digest=content.digest))
    return Source.objects.filter(same).exclude(pk=pk)


def _has(identifier):
    return Q(identifiers__contains=f"|{identifier}|")


def identifier_query(words):
    """Return the condition that finds sources by a DOI or ISBN, in any spelling; None if ``words`` are neither."""
    words = words.strip()
    if match := _DOI.match(words):
        csl = {"DOI": match[1]}
    elif match := _ISBN.match(_SEPARATORS.sub("", words)):
        csl = {"ISBN": match[1]}
    else:
        return None
    return reduce(or_, (_has(one) for one in SourceContent.of(csl).identifiers))
