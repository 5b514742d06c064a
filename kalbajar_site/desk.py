"""The admin site: Django's own, with a front page that says what there is to do."""

from django.contrib.admin import AdminSite

from articles.permissions import is_staff_reader
from articles.reviewing import desk_of


class DeskSite(AdminSite):
    """The stock admin; its front page gets what lies on the user's desk."""

    index_template = "admin/desk.html"

    def index(self, request, extra_context=None):
        """Show the front page; without permission to view articles it holds the list of pages alone."""
        desk = desk_of(request.user) if is_staff_reader(request.user) else None
        return super().index(request, {"desk": desk} | (extra_context or {}))
