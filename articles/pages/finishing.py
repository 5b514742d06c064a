"""Finished pages: what readers get of a publication, made once, kept, and made anew when it is outdated."""

import hashlib
import logging
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import JSONField
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse

from ..dates import starts_key
from ..folding import fold, make_slug
from ..models import (
    Glance,
    PublicationLink,
    PublishedCategory,
    PublishedFact,
    PublishedImage,
    PublishedName,
    PublishedSource,
    RenderedPage,
    SearchEntry,
    prepared,
)
from ..rendering import losses_words, outcome_words, render
from .linked_data import citation_tags, linked_data
from .links import digest, links_for, named_targets, published_names
from .search_entries import search_entry, search_facts

_log = logging.getLogger(__name__)
_EXCERPT = 400
_ARTICLES = Path(__file__).parent.parent


@dataclass(frozen=True)
class Finished:
    """A finished page: the ``columns`` of its ``RenderedPage``, and what it is found by, {model: columns of rows}."""

    columns: dict
    findable: dict


@lru_cache(maxsize=1)
def release():
    """Return a digest of what a page is made with besides its content: code, templates, static files, language."""
    parts = hashlib.sha256(f"{settings.LANGUAGE_CODE} {settings.SITE_URL}".encode())
    made_by = (
        (_ARTICLES / "rendering", "*.py"),
        (_ARTICLES / "content", "renditions.py"),
        (_ARTICLES / "templatetags", "*.py"),
        (settings.BASE_DIR / "templates", "*.html"),
    )
    for folder, pattern in made_by:
        for path in sorted(folder.rglob(pattern)):
            parts.update(path.read_bytes())
    files = settings.BASE_DIR / "static"
    for path in sorted([*files.glob("css/*.css"), *files.glob("js/*.js")]):
        parts.update(static(path.relative_to(files).as_posix()).encode())
        parts.update(path.read_bytes())
    return parts.hexdigest()


def page_html(content, publication, rendered):
    """Return the whole HTML page of a publication (stored or not), the same for every visitor."""
    canonical = settings.SITE_URL + reverse("article", args=[content.slug])
    name = _infobox_image(content)
    image = settings.SITE_URL + settings.MEDIA_URL + name if name else ""
    context = {
        "page": rendered,
        "publication": publication,
        "canonical": canonical,
        "claims": reverse("claims", args=[content.slug]),
        "map": reverse("map", args=[content.slug]),
        "war": reverse("campaign", args=[content.part_of or content.slug]),
        "own_war": reverse("campaign", args=[content.slug]) if content.part_of and rendered.parts else "",
        "image": image,
        "citation_tags": citation_tags(content, publication),
        "linked_data": linked_data(content, publication, canonical, image),
    }
    return render_to_string("articles/article_detail.html", context)


def finish(publication, content, rendered, links):
    """Return the ``Finished`` page of a publication (stored or not). It takes time: call it before the write."""
    return Finished(_columns(publication, content, rendered, links), _findable(content, rendered))


def _columns(publication, content, rendered, links):
    html = page_html(content, publication, rendered)
    return {
        "slug": content.slug,
        "title": content.title,
        "short_description": content.short_description,
        "part_of": content.part_of,
        "event_date": content.event_date,
        "starts": starts_key(content.event_date),
        "image": _infobox_image(content),
        "excerpt": rendered.text.partition("\n")[0][:_EXCERPT],
        "html": html,
        "etag": hashlib.sha256(html.encode()).hexdigest(),
        "links_digest": digest(links),
        "release": release(),
        "outdated": False,
    }


def _infobox_image(content):
    return next((one.file.name for one in content.figures if one.placement == "infobox" and one.file), "")


def store_page(publication, finished):
    """Put a publication's page in place of the one before, with everything that it can be found by.

    The caller has locked the article, or the page.
    """
    columns = finished.columns | {"publication": publication}
    keys, _ = prepared.tuples(_key, RenderedPage, article=publication.article_id)
    if keys:
        page = RenderedPage(pk=keys[0][0], article_id=publication.article_id)
        RenderedPage.objects.filter(pk=page.pk).update(**columns)
    else:
        page = RenderedPage.objects.create(article_id=publication.article_id, **columns)
    store_findable(page, finished)


def _key(model):
    return model.objects.filter(article=prepared.ARTICLE).order_by().values_list("pk")


def store_findable(page, finished):
    """Put all that a page is found by in place of what is stored."""
    for model, rows in finished.findable.items():
        wanted = [model(page=page, **row) for row in rows]
        said = [[getattr(row, field.attname) for field in _fields(model)] for row in wanted]
        stored = [_read(model, row) for row in prepared.tuples(_stored, model, page=page.pk)[0]]
        if said == stored:
            continue
        if len(said) == len(stored) == 1:
            model.objects.filter(page=page).update(**{field.name: field.value_from_object(wanted[0])
                                                      for field in _fields(model)})  # fmt: skip
        else:
            model.objects.filter(page=page).delete()
            model.objects.bulk_create(wanted)


def _stored(model):
    return model.objects.filter(page=prepared.PAGE).order_by("id").values_list(
        *(field.attname for field in _fields(model)))  # fmt: skip


def _read(model, row):
    """Return what a row says, raw from the database, as Python has it."""
    pairs = zip(_fields(model), row, strict=True)
    return [field.from_db_value(cell, None, connection) if isinstance(field, JSONField) else cell
            for field, cell in pairs]  # fmt: skip


@cache
def _fields(model):
    """Return the fields in which a row says something: all but its own key."""
    return [field for field in model._meta.concrete_fields if not field.primary_key]


def _findable(content, rendered):
    names = published_names(content)
    return {
        PublishedName: [
            {"name": name, "folded": fold(name), "is_title": name == content.title}
            for name in names
        ],
        PublishedCategory: [{"name": name, "slug": make_slug(name)} for name in content.categories],
        PublishedSource: [
            {"source_id": pk} for pk in sorted({row.source_id for row in content.references if row.source_id})
        ],
        PublishedImage: [
            {"name": name} for name in sorted({row.file.name for row in content.figures if row.file})
        ],
        PublicationLink: [{"target": target} for target in sorted(named_targets(content))],
        SearchEntry: [search_entry(content, rendered)],
        PublishedFact: search_facts(content, rendered.parent),
        Glance: [_glance(content, rendered.infobox)],
    }  # fmt: skip


def _glance(content, box):
    at = content.coordinates
    place = {"latitude": float(at.latitude), "longitude": float(at.longitude)} if at else {}
    return place | {"result": outcome_words(box)[:200], "losses": losses_words(box)}


def up_to_date(page):
    """Return ``page``, rendered anew and stored if it is outdated or of another release.

    Where it cannot be stored, on a full disk for instance, it is returned all the same: readers read on.
    """
    if not page.outdated and page.release == release():
        return page
    content = page.publication.article_content()
    links = links_for(content, page.article_id)
    columns = _columns(page.publication, content, render(content, links), links)
    try:
        return _stored_anew(page, content, links, columns)
    except DatabaseError:
        _log.exception("a page could not be stored")
        return _with(page, columns)


def _stored_anew(page, content, links, columns):
    """Store the ``columns`` of a page and return it.

    The links are resolved once more under the row's lock: whoever moves a target at the same moment either is seen
    here or marks the page outdated after us.
    """
    publication = page.publication
    with transaction.atomic():
        locked = RenderedPage.objects.select_for_update().filter(pk=page.pk, publication=publication).first()
        if locked is None:
            return page
        present = links_for(content, page.article_id)
        if present != links:
            columns = _columns(publication, content, render(content, present), present)
        _with(locked, columns).save()
    return locked


def _with(page, columns):
    for column, value in columns.items():
        setattr(page, column, value)
    return page
