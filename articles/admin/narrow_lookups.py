"""Lists of the desk are narrowed by their own filters alone."""

_TOO_MUCH = 2**63
_LONGEST = 200


class NarrowLookups:
    """Before ``ModelAdmin``: an address may ask for nothing but what the list offers.

    Django lets staff put any lookup on the model's own columns into the address, regular expressions among them, which
    SQLite evaluates in Python while the whole process waits.
    """

    def lookup_allowed(self, lookup, value, request=None):
        """Tell whether ``lookup`` is one that a filter of the list writes into its links."""
        if lookup in {getattr(one, "parameter_name", None) for one in self.list_filter}:
            return True
        name, _, kind = lookup.partition("__")
        fields = [one[0] if isinstance(one, tuple) else one for one in self.list_filter]
        return name in fields and kind in ("exact", "id__exact", "isnull") and _fits(value)


def _fits(value):
    """Tell whether a database can hold ``value``, should it be a number."""
    try:
        return abs(int(value)) < _TOO_MUCH
    except ValueError:
        # No number, or one that is too long to be read.
        return len(value) <= _LONGEST
