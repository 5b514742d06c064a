"""The article's form as a whole: made of a content or of what was posted, and read back into the interchange shape."""

from dataclasses import replace

from django import forms
from django.conf import settings
from django.db.models.functions import Coalesce
from django.utils.translation import gettext, gettext_lazy as _

from ..content import ArticleContent
from ..folding import fold, make_slug
from ..infobox_kinds import KINDS
from ..models import Standing
from ..plain_text import normalise_line
from ..problems import Refused
from .fields import block, choice, hidden, line, tick
from .posted import posted_totals, read_article
from .rows import LISTS, Rows

BLANK_ROWS = 1
_WORDS = {"spellcheck": "true", "lang": settings.LANGUAGE_CODE}
"""Words are checked in the language of the site."""
_CODE = {"spellcheck": "false", "autocapitalize": "none"}


class ArticleForm(forms.Form):
    """What stands once in an article, and the words about the edit itself."""

    title = line(_("Title"), **_WORDS)
    slug = line(_("Address"), _("The end of the page’s address. Left empty, it is made from the title."), **_CODE)
    short_description = line(_("Short description"), _("One line under the title and in lists."), **_WORDS)
    body = block(_("Text"), 24, **{"data-markup": "body"}, **_WORDS)
    part_of = line(_("Part of"), _("Title of the war or campaign; its address if it has no article yet."), **_CODE)
    event_date = line(
        _("Date"),
        _("1993, 1993-04 or 1993-04-03; two dates joined by / for from–to; ~ after a date for about."),
        **_CODE,
    )
    latitude = line(_("Latitude"), inputmode="text", **_CODE)
    longitude = line(_("Longitude"), inputmode="text", **_CODE)
    infobox_kind = choice(_("Kind of infobox"), [("", _("none")), *((one.name, one.label) for one in KINDS.values())])
    summary = line(_("Edit summary"), placeholder=_("What did you change, and why?"), **_WORDS)
    minor = tick(_("Minor edit"))
    base_revision = hidden()

    fieldsets = (
        (None, {"fields": ("title", ("slug", "short_description"), "body")}),
        (_("Facts"), {"fields": (("part_of", "event_date"), ("latitude", "longitude", "infobox_kind"))}),
    )


class WholeForm:
    """The main form and the six lists of rows. ``base`` is the revision whose content the editor worked on, or None."""

    def __init__(self, main, lists, base):
        self.main, self.lists, self.base = main, lists, base

    @classmethod
    def of_content(cls, content, base=None, blank=BLANK_ROWS):
        """Show a content (None: a new article), with ``blank`` rows at the end of each list to be filled."""
        lists = {
            name: Rows.of_content(name, rows_of(content, name) if content else (), blank)
            for name in LISTS
        }  # fmt: skip
        main = ArticleForm(initial=_initial(content, base), label_suffix="")
        if content is None:
            main.fields["title"].widget.attrs["autofocus"] = True
        return cls(main, lists, base)

    @classmethod
    def of_post(cls, data, base, stored):
        """Show what was posted, text and all. A list that the post does not speak of is shown as it is ``stored``."""
        totals = posted_totals(data)
        lists = {
            name: Rows.of_post(name, data, totals[name])
            if name in totals
            else Rows.of_content(name, rows_of(stored, name) if stored else (), 0)
            for name in LISTS
        }
        main = {name: data[name] for name in ArticleForm.base_fields if name in data}
        if base:
            # In a conflict that was looked at, from now on the revision that was looked at.
            main["base_revision"] = str(base.number)
        return cls(ArticleForm(main, label_suffix=""), lists, base)

    def content(self, data, stored):
        """Read what was posted (``data``); return the ArticleContent or raise ``Refused`` with all that is wrong.

        ``stored`` is the content of the base revision: rows whose source or image was not changed keep its version,
        and what the post does not speak of stays as it is there.
        """
        article, problems = read_article(data, self.lists, stored)
        slug_made = not article.get("slug", "").strip()
        if slug_made:
            article["slug"] = make_slug(article.get("title", ""))
        own = {article["slug"], stored.slug if stored else article["slug"]}
        article["part_of"], complaint = _parent(article.get("part_of", ""), own)
        try:
            content = ArticleContent.from_json(article, stored=True)
        except Refused as refused:
            problems += [
                replace(one, message=complaint) if one.place == "part_of" and complaint else one
                for one in refused.problems
            ]
        if problems:
            titled = any(problem.place == "title" for problem in problems)
            raise Refused([one for one in problems if not (one.place == "slug" and slug_made and titled)])
        return content

    def disable(self):
        """Make it a form to be read."""
        for field in self.main.fields.values():
            field.disabled = True


def _parent(text, own):
    """Return the address of the one other article whose title is ``text``, and None. ``own`` has this one's addresses.

    Where none has just this title, it is the one that has it in other capitals or accents, and an address made of it.
    What is no such title is returned as it is, with what is wrong unless it is an address.
    """
    text = normalise_line(text)
    if not text.isprintable() or text == make_slug(text):
        return text, None
    others = Standing.objects.exclude(article__slugs__slug__in=own)
    addressed = others.values_list(Coalesce("article__page__slug", "article__slug"), "title")
    found = addressed.filter(title=text)[:2] or [
        (address, title)
        for address, title in addressed.filter(article__slugs__slug=make_slug(text))
        if fold(title) == fold(text)
    ]
    if len(found) == 1:
        return found[0][0], None
    if found:
        return text, gettext("is the title of several articles; give the address of the one that is meant")
    return text, gettext(
        "must be the title of another article, or an address: small letters a–z and figures, words joined by single "
        "hyphens"
    )


def rows_of(content, name):
    """Return the rows of the list ``name`` of a content."""
    return content.infobox.rows if name == "infobox" else getattr(content, name)


def _initial(content, base):
    if content is None:
        return {"base_revision": "0", "infobox_kind": "military-conflict"}
    place = content.coordinates
    return {name: getattr(content, name) for name in
            ("title", "slug", "short_description", "body", "part_of", "event_date")} | {
        "latitude": f"{place.latitude:f}" if place else "",
        "longitude": f"{place.longitude:f}" if place else "",
        "infobox_kind": content.infobox.kind,
        "base_revision": str(base.number),
    }  # fmt: skip
