"""Which stored version of a source or an image a row of a content means, and making those that are new.

A row that names a version takes that very one, a row that names only a source or an image its newest. Else the data
are looked for: first among all versions of what the paired stored row uses, then among the newest versions of all
others; data found nowhere make a new source or image.
"""

from collections import defaultdict
from dataclasses import replace

from django.db.models import Q
from django.utils.translation import gettext as _

from ..content import Source as SourceContent
from ..models import Image, Source
from ..problems import REFUSAL, Problem, Refused
from .source_words import store_words


class _Sources:
    """References and the sources that they use."""

    model = Source
    names = ("source_id", "source_version")

    @staticmethod
    def data(row):
        """Return what a version must say to be the one that the row means, None if the row uses nothing."""
        return row.source and row.source.digest

    @staticmethod
    def says(version):
        """Return all that a version says."""
        return (version.digest,)

    @staticmethod
    def like(rows):
        """Return the condition on those rows of the model that may say what ``rows`` mean."""
        return Q(digest__in={row.source.digest for row in rows})

    @staticmethod
    def taken(row, version):
        """Return the row with the version's text and names."""
        source = SourceContent(version.csl)
        return replace(row, source=source, source_id=version.id, source_version=version.history_id)

    @staticmethod
    def made(row, place):
        """Store what the row means and return its first version; ``place`` is the row's, for a refusal."""
        source = Source()
        source.set_content(row.source)
        source.save()
        store_words(source)
        return source.history.latest()


class _Images:
    """Figures and the images that they use. A picture is told by its file as it is stored or as it was received."""

    model = Image
    names = ("image_id", "image_version", "file")

    @staticmethod
    def data(row):
        return _hash(row), row.credit, row.licence

    @staticmethod
    def says(version):
        return tuple((hash_, version.credit, version.licence) for hash_ in (version.sha256, version.received_sha256))

    @staticmethod
    def like(rows):
        hashes = {_hash(row) for row in rows}
        return Q(sha256__in=hashes) | Q(received_sha256__in=hashes)

    @staticmethod
    def taken(row, version):
        return replace(
            row, image=f"sha256:{version.sha256}", credit=version.credit, licence=version.licence,
            file=version.instance.file_facts(), image_id=version.id, image_version=version.history_id,
        )  # fmt: skip

    @staticmethod
    def made(row, place):
        image = Image(credit=row.credit, licence=row.licence)
        image.set_file(row.file or _file_in_library(_hash(row), place))
        image.save()
        return image.history.latest()


def _hash(row):
    return row.image.removeprefix("sha256:")


def _file_in_library(hash_, place):
    known = Image.history.filter(Q(sha256=hash_) | Q(received_sha256=hash_)).order_by("-history_id").first()
    if known:
        return known.instance.file_facts()
    message = _("no picture with this hash is in the library; give the path of a file, or upload it")
    raise Refused([Problem(f"{place}.image", "invalid", message, REFUSAL)])


def with_versions(content, stored):
    """Return ``content`` (with row ids) whose references and figures name versions, those of new things none.

    What is taken up is locked, in order of primary key, before its version is chosen: a change of it that is under way
    is waited for, and a later one finds this article among those that it moves.
    """
    return content.replace(
        references=_with_versions(_Sources, content.references, stored.references if stored else ()),
        figures=_with_versions(_Images, content.figures, stored.figures if stored else ()),
    )


def with_new_shared(content):
    """Make the sources and images that no version was found for; return ``content`` with all versions named.

    Belongs inside an open revision. Raises ``Refused`` for a picture that is not in the library.
    """
    return content.replace(
        references=_with_new(_Sources, content.references, "references"),
        figures=_with_new(_Images, content.figures, "figures"),
    )


def _with_new(uses, rows, place):
    made = {}
    for index, row in enumerate(rows):
        data = uses.data(row)
        if data and getattr(row, uses.names[0]) is None and data not in made:
            made[data] = uses.made(row, f"{place}[{index}]")
    return tuple(uses.taken(row, made[uses.data(row)]) if uses.data(row) in made else row for row in rows)


def _with_versions(uses, rows, stored):
    before = {row.id: row for row in stored}
    kept = {row.id for row in rows if row.id in before and _uses_the_same(uses, row, before[row.id])}
    versions, newest = _versions(uses, [row for row in rows if row.id not in kept and uses.data(row)], before)
    done = []
    for row in rows:
        old = before.get(row.id)
        if row.id in kept:
            done.append(replace(row, **{name: getattr(old, name) for name in uses.names}))
        elif version := uses.data(row) and _version(uses, row, old, versions, newest):
            done.append(uses.taken(row, version))
        else:
            done.append(replace(row, **dict.fromkeys(uses.names[:2])))
    return tuple(done)


def _uses_the_same(uses, row, old):
    name = uses.names[0]
    return uses.data(row) == uses.data(old) and getattr(row, name) in (None, getattr(old, name))


def _versions(uses, rows, before):
    """Lock what the rows may take up; return all versions in question by primary key, oldest first, and the locked."""
    if not rows:
        return {}, ()
    id_ = uses.names[0]
    named = {getattr(row, id_) for row in rows} - {None}
    used = {getattr(before[row.id], id_) for row in rows if row.id in before} - {None}
    may_be_meant = uses.model.objects.select_for_update(no_key=True).filter(Q(pk__in=named) | uses.like(rows))
    locked = [one.pk for one in may_be_meant.order_by("pk").only("pk")]
    versions = defaultdict(list)
    for version in uses.model.history.filter(id__in={*locked, *used}).order_by("history_id"):
        versions[version.id].append(version)
    return versions, locked


def _version(uses, row, old, versions, locked):
    """Return the version that the row means, or None."""
    id_, version = (getattr(row, name) for name in uses.names[:2])
    own = versions.get(id_, ())
    if own and version is None:
        return own[-1]
    present = versions.get(getattr(old, uses.names[0], None), ())
    newest = [versions[pk][-1] for pk in locked]
    candidates = [*(one for one in own if one.history_id == version), *reversed(present), *newest]
    return next((one for one in candidates if uses.data(row) in uses.says(one)), None)
