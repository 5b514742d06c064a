"""Pages of long lists: what is asked of the whole list is its keys alone."""

from django.core.paginator import Paginator


class KeyPaginator(Paginator):
    """Finds the keys of one page first and then, by ``rows_of(keys)``, their rows.

    Sorting long lists then moves no wide rows about, and nothing is counted up for rows that are not shown.
    """

    def __init__(self, object_list, per_page, *arguments, rows_of, **options):
        super().__init__(object_list, per_page, *arguments, **options)
        self._rows_of = rows_of

    def page(self, number):
        """Return the page with that number; its list holds the rows."""
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        keys = list(self.object_list.values_list("pk", flat=True)[first : first + self.per_page])
        # By nothing but their keys: what chose and ordered them would be asked of the whole list again.
        found = self._rows_of(keys).in_bulk()
        return self._get_page([found[key] for key in keys if key in found], number, self)
