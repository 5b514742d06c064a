"""The editors' door: the desk under /admin/.

An article is one form: what was typed becomes an ``ArticleContent`` and goes into ``revisions.record_revision``.
Sources and images are changed on their own pages by ``revisions.record_shared_change``. No form writes a row itself.
Imports the verbs' floor and below, no views.

    article.py listing.py outcome.py   the article's page, the list, what follows a save
    filters.py narrow_lookups.py list_title.py   what the list is narrowed by, and how lists are called
    form.py rows.py widgets.py row_html.py   the form: once in an article, its rows, and how they are written
    posted.py shared.py                what was posted, read; sources and images looked up
    places.py conflict.py              problems at their fields; two texts side by side
    keeping.py sent.py given_back.py sign_in.py stash.py   what is typed outlives whatever happens to its post
    reviewers_words.py   what reviewers said, above the form
    preview.py   the unsaved form as readers would see it
    upload.py   pictures dropped onto a page
    editor_words.py completing.py      the editor of marked-up text: its words, and titles and names for links
    source.py image.py accounts.py     the other pages
    shared_admin.py shared_form.py shared_saving.py uses.py versions.py   what sources and images have in common
    source_*.py contributors.py partial_dates.py identifiers.py pasted/  CSL data as fields, and back; finding; pasting
"""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from . import accounts, article, image, source
from .sign_in import SignInForm

__all__ = ["accounts", "article", "image", "source"]

admin.site.login_form = SignInForm
admin.site.site_header = _("Kalbajar desk")
admin.site.site_title = _("Kalbajar desk")
admin.site.index_title = _("The desk")
