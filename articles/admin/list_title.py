"""The title of a list at the desk."""

from django.utils.text import capfirst


class ListTitle:
    """A list is called by what is in it: Django bids everybody select something to change, those who only read too."""

    def changelist_view(self, request, extra_context=None):
        """Show the list under the name of its things."""
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title} | (extra_context or {}))
