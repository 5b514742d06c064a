"""Pages of long lists: what is asked of the whole list is its keys alone."""

from django.core.paginator import Paginator
from django.utils.functional import cached_property


class KeyPaginator(Paginator):
    """Finds the keys of one page first and then, by ``rows_of(keys)``, their rows.

    Sorting long lists then moves no wide rows about, and nothing is counted up for rows that are not shown. Lists of
    more than ``counted_most`` are not counted to their end, nor paged through: nobody reads them, and both take time.
    """

    counted_most = 10_000

    def __init__(self, object_list, per_page, *arguments, rows_of, **options):
        super().__init__(object_list, per_page, *arguments, **options)
        self._rows_of = rows_of

    @cached_property
    def count(self):
        """The number of rows, at most one more than are counted."""
        return self.object_list.order_by().values("pk")[: self.counted_most + 1].count()

    def page(self, number):
        """Return the page with that number; its list holds the rows."""
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        keys = list(self.object_list.values_list("pk", flat=True)[first : first + self.per_page])
        # By nothing but their keys: what chose and ordered them would be asked of the whole list again.
        found = self._rows_of(keys).in_bulk()
        return self._get_page([found[key] for key in keys if key in found], number, self)
