"""Removing: a passage goes from everything that was recorded of an article, for legal reasons, and only for those.

The one act that changes recorded rows. Seals stay as they are and go on binding revision to revision; of each revision
that lost words a ``Removal`` says when, by whom and why, and seals what is left. Refused while the article still says
the passage: it is taken out of the text first, by a revision like any other, and published.
"""

import json
import logging
from collections import Counter
from functools import partial
from urllib.parse import parse_qsl, urlencode

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection, models, transaction
from django.utils import timezone

from ..content import ArticleContent, read_line
from ..models import (
    Article,
    Figure,
    Image,
    Publication,
    ReaderReport,
    Reference,
    Removal,
    ReviewComment,
    ReviewEvent,
    Revision,
    Source,
    Stash,
)
from ..models.append_only import triggers_lifted
from ..plain_text import forbidden, normalise
from ..problems import Refused
from .columns import ROW_KINDS
from .quoting import without_quoted
from .reading import newest_content
from .sealing import content_digests, first_broken

_log = logging.getLogger("security")

REMOVED = "[removed]"
LEAST = 12
"""Characters of the shortest passage: what is shorter stands in many words, and the mark would not fit in its place."""

_SHARED = ((Reference, "source", Source), (Figure, "image", Image))
_CANONICAL = partial(json.dumps, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_NO_WORDS = {"history_type", "history_change_reason", "row_id", "digest", "sha256", "received_sha256", "slug", "state",
             "form_id", "kind", "tags"}  # fmt: skip
_QUOTING = {"summary", "label", "object_repr", "change_message", "excerpt"}
"""Columns that quote texts in few words."""


class NotRemovable(Exception):
    """The passage cannot be removed; nothing was changed. The message says why and what to do first."""


def passage_places(article, passage):
    """Return where ``passage`` stands in what was recorded: {words for a place: how many rows}, in a fixed order."""
    return dict(Counter(what for what, *_ in _found(article, _checked(passage))))


def remove_passage(article, passage, *, user, reason):
    """Put ``[removed]`` in the place of ``passage`` wherever it was recorded; return ``passage_places`` as it was.

    In one transaction: the article's history rows, publications, edit summaries, comments, unsaved texts and the log of
    the desk, and the former versions of sources and pictures that it named, in other articles too. ``user`` None is the
    command line. Raises ``NotRemovable``.
    """
    passage = _checked(passage)
    reason = _read_reason(reason)
    with transaction.atomic():
        _let_writers_wait()
        touched = _lock(_articles_sharing(article))
        for one in touched:
            _refuse_if_still_said(one, passage, _out_of if one == article else _without_in_shared)
        _refuse_if_still_shared(touched, passage)
        for one in touched:
            if broken := first_broken(one.pk):
                raise NotRemovable(f"{one.slug} is broken at revision {broken[0]}: {broken[1]}. Find out why first.")
        found = list(_found(article, passage))
        if not found:
            raise NotRemovable("The passage stands nowhere in what was recorded of this article.")
        before = _digests(touched)
        with triggers_lifted(connection, *{row._meta.model for _, row, _ in found if _is_kept(row)}):
            for _, row, columns in found:
                # Around the guards, which let nobody change these rows.
                models.QuerySet(row._meta.model).filter(pk=row.pk).update(**columns)
        after = _digests(touched)
        numbers = {one.pk: 0 for one in touched}
        for key, digest in after.items():
            if digest != before[key]:
                revision = Revision.objects.get(pk=key)
                Removal.objects.create(revision=revision, user=user, time=timezone.now(), reason=reason, content=digest)
                numbers[revision.article_id] += 1
        _check_readable(touched)
    for one in touched:
        if one != article and not numbers[one.pk]:
            continue
        facts = {"article": one.pk, "revisions": numbers[one.pk], "user": user and user.pk, "reason": reason}
        transaction.on_commit(partial(_log.info, "text removed", extra=facts), robust=True)
    return dict(Counter(what for what, *_ in found))


def _read_reason(reason):
    try:
        reason = read_line(reason, "reason", "summary")
    except Refused as refused:
        raise NotRemovable(f"The reason {refused.problems[0].message}.") from None
    if not reason:
        raise NotRemovable("Say why: who asked for it, and where that can be looked up.")
    return reason


def _checked(passage):
    # In the form in which it would have been recorded, if it was; what never is recorded would be found nowhere.
    passage = normalise(passage).strip()
    if wrong := forbidden(passage):
        raise NotRemovable(f"The passage {wrong}.")
    if len(passage) < LEAST:
        raise NotRemovable(f"The passage must have at least {LEAST} characters; give a longer piece of the text.")
    return passage


# --- Where it stands --------------------------------------------------------------------------------------------------


def _articles_sharing(article):
    """Return the keys of the article and of all that named a source or picture which it named."""
    keys = {article.pk}
    for model, member, _ in _SHARED:
        rows = model.history
        shared = rows.filter(revision__article=article).exclude(**{member: None}).values(f"{member}_id")
        keys |= set(rows.filter(**{f"{member}_id__in": shared}).values_list("article_id", flat=True))
    return keys


def _let_writers_wait():
    """Let everybody who writes an article wait until we are done; readers go on.

    They lock their article first, and hold nothing then of the tables whose triggers we switch off later.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Article._meta.db_table} IN EXCLUSIVE MODE")


def _lock(keys):
    return list(Article.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))


def _found(article, passage):
    """Yield (words for the place, row, the columns that change) for each recorded row that says the passage."""
    for model in (Article, *(kind.model for kind in ROW_KINDS)):
        yield from _changed("history rows", model.history.filter(revision__article=article), passage)
    for _, member, model in _SHARED:
        named = _named(article, member)
        yield from _changed(f"versions of {member}s", model.history.filter(id__in=named), passage)
    yield from _changed("edit summaries", Revision.objects.filter(article=article), passage)
    yield from _changed("words of reviewers", ReviewEvent.objects.filter(article=article), passage)
    yield from _changed("comments", ReviewComment.objects.filter(revision__article=article), passage)
    yield from _changed("reports of readers", ReaderReport.objects.filter(article=article), passage)
    # Those of no article yet too: one may be begun as a copy.
    unsaved = Stash.objects.filter(models.Q(article=article) | models.Q(article=None))
    yield from _changed("unsaved texts", unsaved, passage)
    yield from _in_sessions(passage)
    yield from _changed("log of the desk", _logged(article), passage)
    yield from _changed("publications", Publication.objects.filter(article=article), passage)
    others = _articles_sharing(article) - {article.pk}
    yield from _changed("publications of other articles", Publication.objects.filter(article__in=others), passage,
                        _without_in_shared)  # fmt: skip


def _named(article, member):
    model = next(model for model, name, _ in _SHARED if name == member)
    return model.history.filter(revision__article=article).exclude(**{member: None}).values(f"{member}_id")


def _logged(article):
    """Return the rows by which the desk tells what was done to the article, and to what it named."""
    of_article = models.Q(content_type=ContentType.objects.get_for_model(Article), object_id=str(article.pk))
    return LogEntry.objects.filter(models.Q.create([of_article, *(
        models.Q(
            content_type=ContentType.objects.get_for_model(model),
            object_id__in={str(key) for key in _named(article, member).values_list(f"{member}_id", flat=True)},
        )
        for _, member, model in _SHARED
    )], models.Q.OR))  # fmt: skip


def _in_sessions(passage):
    """Yield the sessions in which it waits to be sent: words of a decision that was refused."""
    for row in Session.objects.iterator(chunk_size=500):
        said = row.get_decoded()
        if said != (left := _out_of(said, passage)):
            yield "unsent words", row, {"session_data": Session.objects.encode(left)}


def _changed(what, rows, passage, without_in_json=None):
    columns = [
        field.attname
        for field in rows.model._meta.concrete_fields
        if isinstance(field, (models.CharField, models.TextField, models.JSONField)) and field.name not in _NO_WORDS
    ]
    for row in rows.iterator(chunk_size=500):
        values = {name: getattr(row, name) for name in columns}
        new = {name: _without(rows.model, name, value, passage, without_in_json) for name, value in values.items()}
        differ = {name: value for name, value in new.items() if value != values[name]}
        if differ:
            yield what, row, differ


def _without(model, name, value, passage, without_in_json):
    """Return a column's value without the passage."""
    if name in _QUOTING:
        # What a reader marked may begin anywhere.
        cut = "…" if name == "excerpt" else ""
        value = without_quoted(cut + _out_of(value, passage), passage, REMOVED, LEAST).removeprefix(cut)
    if model is Stash and name == "fields":
        # A browser sends CR LF, and accents as they were typed.
        pairs = [(key, normalise(text)) for key, text in parse_qsl(value, keep_blank_values=True)]
        left = [(key, _out_of(text, passage)) for key, text in pairs]
        return value if left == pairs else urlencode(left)
    if name in ("content", "csl"):
        said = json.loads(value)
        left = (without_in_json or _out_of)(said, passage)
        return value if left == said else _CANONICAL(left)
    return _out_of(value, passage)


def _out_of(said, passage):
    """Return JSON data, or a text, with the mark in the place of the passage."""
    if isinstance(said, str):
        return said.replace(passage, REMOVED)
    if isinstance(said, list):
        return [_out_of(one, passage) for one in said]
    if isinstance(said, dict):
        return {name: _out_of(one, passage) for name, one in said.items()}
    return said


def _without_in_shared(said, passage):
    """Take the passage out of what an article has of its sources and pictures, and of nothing else."""
    shared = {"references": {"source"}, "figures": {"file", "credit", "licence"}}
    return said | {
        rows: [
            {one: _out_of(text, passage) if one in members else text for one, text in row.items()} for row in said[rows]
        ]
        for rows, members in shared.items()
        if rows in said
    }


# --- Before and after -------------------------------------------------------------------------------------------------


def _refuse_if_still_said(article, passage, without):
    said = newest_content(article).to_json(stored=True)
    if without(said, passage) != said:
        raise NotRemovable(f"The newest revision of {article.slug} still says it. Take it out of the text first.")
    published = Publication.objects.current().filter(article=article).first()
    if published and without(said := json.loads(published.content), passage) != said:
        raise NotRemovable(f"Readers of {article.slug} still see it. Publish a text without it first.")


def _refuse_if_still_shared(articles, passage):
    for model in (Source, Image):
        for row in model.objects.filter(pk__in=_present_shared(articles, model)):
            said = [getattr(row, field.attname) for field in row._meta.concrete_fields]
            if any(isinstance(value, str) and passage in value for value in said):
                raise NotRemovable(f"The {model._meta.verbose_name} “{row}” still says it. Correct it first.")


def _present_shared(articles, model):
    keys = set()
    for owner, member, shared in _SHARED:
        if shared is model:
            rows = owner.history.filter(revision__article__in=articles).exclude(**{member: None})
            keys |= set(rows.values_list(f"{member}_id", flat=True))
    return keys


def _digests(articles):
    """Return the digest of what each revision of the articles wrote, by primary key."""
    digests = {}
    for article in articles:
        digests |= content_digests(list(article.revisions.all()), {"revision__article_id": article.pk})
    return digests


def _is_kept(row):
    return not isinstance(row, (ReviewComment, ReaderReport, Stash, Session, LogEntry))


def _check_readable(articles):
    for publication in Publication.objects.filter(article__in=articles).iterator():
        ArticleContent.from_json(publication.content, stored=True)
