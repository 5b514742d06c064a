"""What a field of the article's form is called on the page, by the name under which it is sent."""

import re

from django.utils.translation import gettext as _

from .form import ArticleForm
from .rows import LISTS

_ROW = re.compile(r"(?P<list>[a-z]+)-(?P<index>\d+)-(?P<cell>[A-Za-z_]+)\Z")
_ABOUT = ("base_revision", "looked_at")
_ENDS = ("_FORMS", "-row_id", "-ORDER", "-DELETE")


def typed_texts(pairs):
    """Return what somebody typed, of the names and texts of a form, as (label, text, is it the long text)."""
    return [
        (_label(name), text, name == "body")
        for name, text in pairs
        if text.strip() and name not in _ABOUT and not name.endswith(_ENDS)
    ]


def _label(name):
    """Return the label of a field; its bare name where there is no such field."""
    row = _ROW.match(name)
    kind = LISTS.get(row["list"]) if row else None
    cell = kind and kind.cell(row["cell"])
    if cell:
        one, number = kind.one, int(row["index"]) + 1
        return _("%(row)s %(number)s: %(field)s") % {"row": one, "number": number, "field": cell.label}
    field = ArticleForm.base_fields.get(name)
    return str(field.label) if field else name
