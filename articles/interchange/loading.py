"""Loading: a file to a recorded, perhaps published, revision."""

import errno
import os
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from ..content import ArticleContent, identifier_word
from ..models import Article, Revision, Source, SourceWord
from ..pages import links_for
from ..pictures import NotAPicture, make_renditions, store_picture
from ..problems import REFUSAL, WARNING, Problem, Refused
from ..publishing import NotPublishable, publish
from ..rendering import render
from ..revisions import RevisionConflict, record_revision

_MOST_BYTES = 6 * settings.DATA_UPLOAD_MAX_MEMORY_SIZE
"""Of a file: the largest picture, and the longest article that the form takes, with every sign of it escaped as six."""
_MOST_ASKED = 20
"""Numbers of one source by which others are looked for: a book has one or two for each way in which it is bound."""


@dataclass(frozen=True)
class Loaded:
    """What became of a file: the article's newest revision, whether this call made it, and what is to be said."""

    revision: Revision
    changed: bool
    problems: tuple[Problem, ...]


def _refuse(place, message):
    raise Refused([Problem(place, "invalid", message, REFUSAL)])


def find_article(slug):
    """Return the article that has or ever had ``slug``, or None."""
    return Article.objects.filter(slugs__slug=slug).first()


def read_file(path):
    """Return the ArticleContent of an interchange file. Raises ``Refused``, also where the file cannot be read."""
    try:
        data = _read(path)
    except OSError as error:
        _refuse("file", _("cannot be read: {strerror}").format(strerror=error.strerror))
    return ArticleContent.from_json(data)


def _read(path):
    """Return the bytes of a file or a pipe. Raises OSError, also where there are more than we ever take."""
    with open(path, "rb", opener=_open_at_once) as file:
        os.set_blocking(file.fileno(), True)
        data = file.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    return data


def _open_at_once(path, flags):
    """Open a file; a pipe to which nobody writes is an empty one, and not waited for."""
    return os.open(path, flags | os.O_NONBLOCK)


def load(content, *, folder, user=None, summary="", base=None, publishing=False):
    """Record ``content`` as the newest revision of its article, with ``publishing`` publish it; return ``Loaded``.

    Picture paths are relative to ``folder``. ``base`` is the revision on which the file was made (None: the newest).
    Raises ``Refused``, for a conflict and for errors that stop a publication too; nothing is written then, but that
    the files of pictures may lie in the library's folder.
    """
    article = find_article(content.slug)
    content = _with_pictures(content, Path(folder))
    problems = (*render(content, links_for(content, article and article.pk)).problems, *_possible_duplicates(content))
    if publishing and any(problem.level == "error" for problem in problems):
        raise Refused(problems)
    with transaction.atomic():
        newest = article and article.revisions.newest()
        if base is None:
            base = newest.number if newest else 0
        try:
            revision = record_revision(article, content, base=base, author=user, summary=summary)
            if publishing:
                publish(revision or newest, user=user, commanded=True)
        except RevisionConflict as conflict:
            _refuse("base", _("{conflict}; nothing was written").format(conflict=conflict))
        except NotPublishable as refusal:
            _refuse("publish", str(refusal))
    for file in {figure.file for figure in content.figures if figure.file}:
        transaction.on_commit(partial(make_renditions, file.name, file.width), robust=True)
    return Loaded(revision or newest, revision is not None, problems)


def _with_pictures(content, folder):
    """Return ``content`` with every picture that is named by a path stored, and named by its hash."""
    figures, problems = [], []
    for index, figure in enumerate(content.figures):
        try:
            figures.append(figure if figure.image.startswith("sha256:") else _with_picture(figure, folder))
        except NotAPicture as error:
            problems.append(Problem(f"figures[{index}].image", "invalid", str(error), REFUSAL))
        except OSError as error:
            message = _("the picture cannot be read: {strerror}").format(strerror=error.strerror)
            problems.append(Problem(f"figures[{index}].image", "invalid", message, REFUSAL))
    if problems:
        raise Refused(problems)
    return content.replace(figures=tuple(figures))


def _with_picture(figure, folder):
    path = folder / figure.image
    if not path.resolve().is_relative_to(folder.resolve()):
        raise NotAPicture(_("the path leads out of the folder of the file"))
    file = store_picture(_read(path), path.name)
    return replace(figure, image=f"sha256:{file.sha256}", file=file)


def _possible_duplicates(content):
    """Yield a warning for each new source that has a DOI or ISBN which another source has with other data."""
    seen = {}
    for index, reference in enumerate(content.references):
        source = reference.source
        if source is None or Source.history.filter(digest=source.digest).exists():
            continue
        asked = source.identifiers[:_MOST_ASKED]
        stored = _sources_of(asked)
        for identifier in asked:
            other = stored.get(identifier) or seen.get(identifier)
            if other and other != source:
                title = other.title or _("Another source")
                message = _("“{title}” has the same {text}; is it the same work?").format(
                    title=title, text=identifier.replace(":", " ", 1)
                )
                yield Problem(f"references[{index}].source", "possible_duplicate_source", message, WARNING)
                break
            seen[identifier] = source


def _sources_of(identifiers):
    """Return {identifier: Source} for those that a stored source has."""
    words = {identifier_word(one): one for one in identifiers}
    # Backwards, so that of several with one number the oldest is the last that is taken.
    found = SourceWord.objects.filter(word__in=words).select_related("source").order_by("-source") if words else ()
    return {words[bytes(one.word)]: one.source for one in found}
