"""Structured data about a page, for machines: schema.org in JSON-LD, and the meta tags that reference managers read.

https://schema.org/Article, https://schema.org/Event; https://scholar.google.com/intl/en/scholar/inclusion.html#indexing
"""

import re

from django.conf import settings
from django.urls import reverse

from ..rendering import json_block

LICENCE = "https://creativecommons.org/licenses/by-sa/4.0/"
SITE_NAME = "Kalbajar"
CONTRIBUTORS = "Kalbajar contributors"
_TYPES = {
    "article": "Article",
    "article-journal": "ScholarlyArticle",
    "article-magazine": "Article",
    "article-newspaper": "NewsArticle",
    "book": "Book",
    "chapter": "Chapter",
    "map": "Map",
    "report": "Report",
    "thesis": "Thesis",
    "webpage": "WebPage",
}
_ISO_DATE = re.compile(r"-?\d{4}(-\d{2}(-\d{2})?)?")


def linked_data(content, publication, canonical, image):
    """Return the JSON-LD of a published page as ``Html``, ready to stand in a ``script`` element.

    ``publication`` need not be stored yet; ``image`` is the full address of the infobox picture or empty.
    """
    article = {
        "@type": "Article",
        "@id": canonical,
        "url": canonical,
        "headline": content.title,
        "description": content.short_description,
        "alternateName": [name.name for name in content.names],
        "inLanguage": settings.LANGUAGE_CODE,
        "dateModified": publication.created.isoformat(timespec="seconds"),
        "version": str(publication.revision.number),
        "image": image,
        "license": LICENCE,
        "author": {"@type": "Organization", "name": CONTRIBUTORS},
        "publisher": {"@type": "Organization", "name": SITE_NAME, "url": settings.SITE_URL + "/"},
        "citation": [work for row in content.references if (work := _work(row))],
    }
    event = _event(content, canonical)
    if event:
        article["about"] = {"@id": event["@id"]}
    graph = [_filled(one) for one in (article, event) if one]
    return json_block({"@context": "https://schema.org", "@graph": graph})


def _event(content, canonical):
    """Return the battle as an Event; None for an article that is no event: without a date and of no conflict."""
    if not content.event_date or content.infobox.kind not in ("military-conflict", ""):
        return None
    start, slash, end = content.event_date.partition("/")
    places = [row.value for row in content.infobox.rows if row.field == "place"]
    event = {
        "@type": "Event",
        "@id": f"{canonical}#event",
        "name": content.title,
        "startDate": _iso(start),
        "endDate": _iso(end if slash else start),
        "location": _place(content, places),
    }
    if content.part_of:
        war = settings.SITE_URL + reverse("article", args=[content.part_of])
        event["superEvent"] = {"@type": "Event", "@id": f"{war}#event", "name": content.part_of.replace("-", " ")}
    return event


def _place(content, places):
    if not places and not content.coordinates:
        return None
    place = {"@type": "Place", "name": _plain(places[0]) if places else ""}
    if content.coordinates:
        at = content.coordinates
        place["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": f"{at.latitude:f}",
            "longitude": f"{at.longitude:f}",
        }
    return _filled(place)


def _plain(value):
    """Return a short value of the infobox without its marks, links and emphasis."""
    # No part goes past the next "[": of many that nothing closes each would be followed to the end.
    value = re.sub(r"\[[@^][^\[\]]*\]", "", value)
    value = re.sub(r"\[\[(?:[^\[\]|]*\|)?([^\[\]]*)\]\]|\[([^\[\]]*)\]\([^\[)]*\)", r"\1\2", value)
    return value.replace("*", "").strip()


def _iso(edtf):
    """Return an EDTF date as ISO 8601 where it is one day, month or year, approximate or not; else empty."""
    date = edtf.rstrip("?~%")
    return date if _ISO_DATE.fullmatch(date) else ""


def _work(reference):
    """Return a cited work, in short; free-text references are sentences and no works."""
    csl = reference.source and reference.source.csl
    if not csl or not csl.get("title"):
        return None
    names = [_name(name) for name in csl.get("author", []) if isinstance(name, dict)]
    issued = csl.get("issued")
    parts = issued.get("date-parts") if isinstance(issued, dict) else None
    work = {
        "@type": _TYPES.get(csl.get("type"), "CreativeWork"),
        "name": str(csl["title"]),
        "author": [name for name in names if name],
        "datePublished": str(parts[0][0]) if parts and parts[0] else "",
        "isbn": str(csl.get("ISBN", "")),
        "url": _address(csl),
    }
    return _filled(work)


def _address(csl):
    if csl.get("DOI"):
        return "https://doi.org/" + str(csl["DOI"])
    address = str(csl.get("URL", ""))
    return address if address.startswith(("http://", "https://")) else ""


def _name(name):
    return str(name.get("literal") or " ".join(str(name[part]) for part in ("given", "family") if name.get(part)))


def _filled(members):
    return {name: value for name, value in members.items() if value not in ("", None, [])}


def citation_tags(content, publication):
    """Return (name, content) of the meta tags by which a reference manager takes the page as an entry."""
    permanent = settings.SITE_URL + reverse("revision", args=[content.slug, publication.revision.number])
    return (
        ("citation_title", content.title),
        ("citation_author", CONTRIBUTORS),
        ("citation_encyclopedia_title", SITE_NAME),
        ("citation_publisher", SITE_NAME),
        ("citation_publication_date", f"{publication.created:%Y/%m/%d}"),
        ("citation_language", settings.LANGUAGE_CODE),
        ("citation_public_url", permanent),
    )
