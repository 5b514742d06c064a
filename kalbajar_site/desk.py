"""The admin site: Django's own, with a front page that says what there is to do."""

from django.contrib.admin import AdminSite
from django.views.decorators.cache import never_cache

from articles.permissions import is_staff_reader
from articles.reviewing import desk_of


class DeskSite(AdminSite):
    """The stock admin; its front page gets what lies on the user's desk."""

    index_template = "admin/desk.html"

    def index(self, request, extra_context=None):
        """Show the front page; without permission to view articles it holds the list of pages alone."""
        desk = desk_of(request.user) if is_staff_reader(request.user) else None
        return super().index(request, {"desk": desk} | (extra_context or {}))

    def password_change(self, request, extra_context=None):
        """Answer as Django does, but let nothing keep the page: like every other of the desk it names who is there."""
        return never_cache(super().password_change)(request, extra_context)

    def password_change_done(self, request, extra_context=None):
        """As ``password_change``."""
        return never_cache(super().password_change_done)(request, extra_context)
