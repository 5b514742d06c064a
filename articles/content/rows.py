"""The rows of an article as editors wrote them: frozen dataclasses, absent members empty."""

from dataclasses import dataclass, field
from decimal import Decimal

from ..infobox_kinds import KINDS
from .source import Source


@dataclass(frozen=True)
class Coordinates:
    """Degrees of WGS 84, at most six decimals."""

    latitude: Decimal
    longitude: Decimal


@dataclass(frozen=True)
class Name:
    """Another spelling: ``language`` as in BCP 47, ``script`` as in ISO 15924."""

    id: str
    name: str
    language: str = ""
    script: str = ""


@dataclass(frozen=True)
class InfoboxRow:
    """One value of a field: ``side`` is 1 to 5, ``"all"``, or None on fields without sides; ``value`` inline markup."""

    id: str
    field: str
    side: int | str | None
    value: str
    attribution: str = ""


@dataclass(frozen=True)
class Infobox:
    """The kind (empty: no infobox) and its rows in any order; within one field and side the order is the editor's."""

    kind: str = ""
    rows: tuple[InfoboxRow, ...] = ()

    def in_display_order(self):
        """Return (index in ``rows``, row) pairs: fields as the kind lists them, side 1 to 5, then *all*."""
        order = KINDS[self.kind].order if self.rows else None
        return sorted(enumerate(self.rows), key=lambda pair: order(pair[1].field, pair[1].side))


@dataclass(frozen=True)
class Note:
    """An explanatory footnote; ``text`` is markup without notes inside."""

    id: str
    key: str
    text: str = ""


@dataclass(frozen=True)
class Reference:
    """A use of a ``source``, or free ``text`` in inline markup; neither makes an *empty reference*.

    ``source_id`` and ``source_version`` name the stored source and its version (a history id) that the row uses; None
    until it is recorded. To record a row with an id and no version takes the newest version, whatever ``source`` says.
    They are no part of what the editor wrote and do not count when contents are compared.
    """

    id: str
    key: str
    source: Source | None = None
    text: str = ""
    pages: str = ""
    quotation: str = ""
    translation: str = ""
    remark: str = ""
    source_id: int | None = field(default=None, compare=False)
    source_version: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class ImageFile:
    """Facts of a stored picture: ``name`` below the media root, pixels after decoding, hashes in lower-case hex.

    ``received_sha256`` is the digest of the bytes that came in, ``sha256`` of the file that was stored from them.
    """

    sha256: str
    received_sha256: str
    name: str
    width: int
    height: int
    uploaded_as: str = ""


@dataclass(frozen=True)
class Figure:
    """A picture with its words. ``image`` is ``sha256:<hex>`` or, in a file not loaded yet, a relative path.

    ``file`` is None until the picture is stored; it and the version do not count when contents are compared.
    """

    id: str
    key: str
    image: str
    credit: str = ""
    licence: str = ""
    alt: str = ""
    caption: str = ""
    placement: str = "body"
    file: ImageFile | None = field(default=None, compare=False)
    image_id: int | None = field(default=None, compare=False)
    image_version: int | None = field(default=None, compare=False)
