"""``{% change frame shown %}``: one change of a comparison: where, what happened, its words, and what is said of it.

Tags and not templates, because a page shows hundreds: what all of them say is looked up and escaped once, in the
``{% change_frame as frame %}`` of the page. Comments, which are few, are a template.
"""

from django import template
from django.template.defaulttags import CsrfTokenNode
from django.urls import reverse
from django.utils.translation import gettext as _

from ..rendering import filled, filled_each
from .marked_words import marked_words

register = template.Library()

_CHANGE = """<div class="change" id="{anchor}" data-kind="{kind}"{attributes}>
<div class="what">
<h3><a href="#{anchor}">{label}</a></h3>
{happened}<p class="along"><bdi dir="ltr">{number}&hairsp;/&hairsp;{count}</bdi>{next}</p>
</div>
{words}{talk}</div>
"""
_PAIR = """<{0} class="pair"><div class="block{1}" role="group" aria-label="{before}">{2}</div>\
<div class="block{1}" role="group" aria-label="{after}">{3}</div></{0}>"""
_PICTURE = """<{0} class="{1} picture"><img src="{2}" width="{3}" height="{4}" alt="" loading="lazy">\
<span>{5} ({3}\u00a0×\u00a0{4})</span></{0}>"""
_MARKS = {"old": ("del", "deletion"), "new": ("ins", "addition")}
_TALK = """<details class="talk"><summary>{comment}<span class="visually-hidden">: {label}</span></summary>
<form method="post" action="{comment_address}">{csrf}<input type="hidden" name="base" value="{newest}">\
<input type="hidden" name="next" value="{here}#{anchor}"><input type="hidden" name="change" value="{change}">\
<input type="hidden" name="label" value="{label}">
<label>{your_comment} <textarea name="text" rows="2" maxlength="5000" required></textarea></label>\
<button>{store}</button> <button class="quiet" formaction="{undo_address}" formnovalidate>{undo}</button></form>\
</details>
"""


@register.simple_tag(takes_context=True)
def change_frame(context):
    """Return what the changes of a page have in common.

    Context: view, count and pictures (``shown_pictures``); where staff may comment or undo, also what
    articles/compare/_frame.html tells.
    """
    return _Frame(context)


@register.simple_tag(takes_context=True)
def change(context, frame, shown):
    """Return the element of a ``Shown`` (shown_changes.py)."""
    return frame.change(shown, _comments(context, shown))


@register.simple_tag(takes_context=True)
def citation_rows(context, citations):
    """Return an item for what became of each citation, which leads to the change that did it."""
    here = context["views"][0]["address"] if context.get("view") == "rendered" else ""
    linked = '<li data-kind="{}"><a href="{}#change-{}">{}</a></li>\n'
    return filled_each("{}",
        (
            (filled(linked, one["kind"], here, one["where"], one["words"])
             if one["where"] else filled('<li data-kind="{}">{}</li>\n', one["kind"], one["words"]),)
            for one in citations
        ),
    )  # fmt: skip


def _comments(context, shown):
    if not shown.comments and not shown.resolved:
        return ""
    comments = context.template.engine.get_template("articles/compare/_comments.html")
    with context.push(shown=shown):
        return comments.render(context)


class _Frame:
    def __init__(self, context):
        self.desk, self.count = context.get("desk"), context["count"]
        self.in_columns = context["view"] == "columns"
        # For those who listen: which column is which. Words of their own would be copied and found with the text.
        self.columns = {name: filled("{}", word) for name, word in (("before", _("Before")), ("after", _("After")))}
        self.next = filled(' <a href="#{{}}" aria-label="{}">{}</a>', _("Next change"), _("Next"))
        self.pictures = context.get("pictures", {})
        self.may_talk = bool(self.desk and self.desk["may_comment"])
        self.talk = self._talk(context) if self.may_talk else {}

    def _talk(self, context):
        """Return what the forms for comments have in common, escaped."""
        slug, old, new = context["slug"], context["old"]["number"], context["new"]["number"]
        said = {
            "comment": _("Comment or undo"),
            "comment_address": reverse("comment", args=[slug, new]),
            "csrf": CsrfTokenNode().render(context),
            "newest": self.desk["newest"],
            "here": context["request"].get_full_path(),
            "your_comment": _("Your comment"),
            "store": _("Store the comment"),
            "undo_address": reverse("undo", args=[slug, old, new]),
            "undo": _("Undo this change"),
        }
        return {name: filled("{}", one) for name, one in said.items()}

    def change(self, shown, comments):
        """Return the element of ``shown``; ``comments`` is the HTML of those that hang on it."""
        change = shown.change
        anchor, label = filled("{}", change.anchor), filled("{}", shown.label)
        happened, next_ = ", ".join(shown.happened), shown.next
        return filled(
            _CHANGE,
            anchor=anchor,
            kind=change.kind,
            attributes=_attributes(change),
            label=label,
            happened=filled('<p class="happened">{}</p>\n', happened) if happened else "",
            number=shown.number,
            count=self.count,
            next=filled(self.next, next_) if next_ else "",
            words=self._block(change) if change.part == "body" else self._row(shown),
            talk=self._margin(change.id, anchor, label, comments),
        )

    def _block(self, change):
        """Return the words of a changed block of the body."""
        kind = f" {change.block}"
        if self.in_columns:
            sides = marked_words(change.spans, "old"), marked_words(change.spans, "new")
            return filled(_PAIR + "\n", "div", kind, *sides, **self.columns)
        return filled('<div class="block{}">{}</div>\n', kind, marked_words(change.spans))

    def _row(self, shown):
        """Return the changed members of a fact, row or category, else what it holds."""
        change = shown.change
        if change.members:
            members = filled_each("{}\n", ((self._member(one),) for one in change.members))
            plain = " plain" if shown.is_plain else ""
            return filled('<dl class="members{}">\n{}</dl>\n', plain, members)
        return filled('<p class="block unchanged-text">{}</p>\n', change.text) if change.text else ""

    def _member(self, member):
        if self.in_columns:
            words = filled(_PAIR, "dd", "", *self._sides(member), **self.columns)
        elif member.name == "image":
            words = filled('<dd class="block">{}{}</dd>', *self._sides(member))
        else:
            words = filled('<dd class="block">{}</dd>', marked_words(member.spans))
        return filled("<div><dt>{}</dt>\n{}</div>", member.label, words)

    def _sides(self, member):
        """Return what stood there and what stands there now: words, or for a picture the picture."""
        if member.name == "image":
            return self._picture(member.old, "old"), self._picture(member.new, "new")
        return marked_words(member.spans, "old"), marked_words(member.spans, "new")

    def _picture(self, image, side):
        """Return a picture with its name, marked as taken out or put in; its name in the interchange if it has none."""
        if not image:
            return ""
        element, kind = _MARKS[side]
        shown = self.pictures.get(image)
        if shown is None:
            return filled('<{0} class="{1}">{2}</{0}>', element, kind, image)
        return filled(_PICTURE, element, kind, shown.address, shown.width, shown.height, shown.name)

    def _margin(self, key, anchor, label, comments):
        """Return what was said of a change, and what staff may say."""
        if not self.desk or not (comments or self.may_talk):
            return ""
        form = filled(_TALK, change=key, anchor=anchor, label=label, **self.talk) if self.may_talk else ""
        return filled('<div class="margin">{}{}</div>\n', comments, form)


def _attributes(change):
    """Return by which key, field and side programs find a change, and whether it is of line breaks only."""
    told = {f"data-{name}": getattr(change, name, None) for name in ("key", "field", "side")}
    given = filled_each(' {}="{}"', ((name, value) for name, value in told.items() if value))
    return filled("{}{}", given, " data-reflow" if change.reflow else "")
