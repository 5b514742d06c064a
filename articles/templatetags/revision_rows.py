"""``{% revision_rows revisions %}``: the rows of a history.

A tag and not a template, because a page shows fifty: what all of them say is looked up and escaped once.
"""

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.translation import gettext as _

register = template.Library()

_ROW = """<li class="revision{is_published}" data-number="{number}">
<span class="pick"><label><input type="radio" name="old" value="{number}" aria-label="{older}"{old_picked}></label>\
<label><input type="radio" name="new" value="{number}" aria-label="{newer}"{new_picked}></label></span>
<a class="number" href="{address}"><span class="visually-hidden">{revision} </span>{number}</a>
<div class="told">
<p class="facts"><time datetime="{created_iso}">{created}</time> <span class="author">{author}</span>{state}{minor}</p>
{summary}{tags}</div>
<p class="measures">{size}{compare}</p>
</li>
"""
_STATE = ' <span class="state" data-state="{}">{}</span>'
_COMPARE = '<a class="compare-link" href="{}" aria-label="{}">{}</a>'


@register.simple_tag
def revision_rows(revisions):
    """Return the rows of ``revisions`` (dicts of views/history.py); the two newest are picked to be compared."""
    return _Rows(revisions).html()


class _Rows:
    def __init__(self, revisions):
        self.revisions = revisions
        self.words = {
            "revision": conditional_escape(_("Revision")),
            "minor": format_html(' <span class="minor">{}</span>', _("minor")),
            "published": format_html(' <strong class="state" data-state="published">{}</strong>', _("published")),
            "was_published": format_html(_STATE, "published", _("was published")),
            "kind": conditional_escape(_("Kind of change")),
            "what": conditional_escape(_("What changed")),
        }
        self.tags = {}

    def html(self):
        """Return all rows."""
        older = min(1, len(self.revisions) - 1)
        rows = (self._row(one, at == older, at == 0) for at, one in enumerate(self.revisions))
        return format_html_join("", "{}", ((row,) for row in rows))

    def _row(self, told, is_older, is_newer):
        words = self.words
        return format_html(
            _ROW,
            is_published=" is-published" if told["published"] else "",
            number=told["number"],
            older=told["older_label"],
            newer=told["newer_label"],
            old_picked=" checked" if is_older else "",
            new_picked=" checked" if is_newer else "",
            address=told["address"],
            revision=words["revision"],
            created_iso=told["created_iso"],
            created=told["created"],
            author=told["author"],
            state=self._state(told),
            minor=words["minor"] if told["minor"] else "",
            summary=format_html('<p class="summary">{}</p>\n', told["summary"]) if told["summary"] else "",
            tags=self._tags(told["tags"]) if told["tags"] else "",
            size=format_html('<span class="size">{}</span>\n', told["size"]) if told["size"] else "",
            compare=self._compare(told) if told["compare_address"] else "",
        )

    def _state(self, told):
        if told["published"]:
            return self.words["published"]
        if told["verdict"] == "published":
            return self.words["was_published"]
        return format_html(_STATE, told["verdict"], told["verdict_word"]) if told["verdict"] else ""

    def _tags(self, tags):
        """Return the list of tags; most rows have the same few."""
        key = tuple(tags)
        if key not in self.tags:
            items = format_html_join("", "<li>{}</li>", ((tag,) for tag in tags))
            self.tags[key] = format_html('<ul class="tags" aria-label="{}">{}</ul>\n', self.words["kind"], items)
        return self.tags[key]

    def _compare(self, told):
        return format_html(_COMPARE, told["compare_address"], told["compare_label"], self.words["what"])
