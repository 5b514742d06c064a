"""``manage.py makesearchable``: what published pages are found by, made anew from their publications."""

import time

from django.core.management.base import BaseCommand
from django.db.models import Q

from articles.models import RenderedPage
from articles.pages import make_findable

_EVERY_SECONDS = 2


class Command(BaseCommand):
    """Page by page, each in its own transaction; can be interrupted and taken up again at any time."""

    help = "Make names, categories, facts, places and search entries of every published page anew."

    def add_arguments(self, parser):
        parser.add_argument("--missing", action="store_true", help="only pages of which something is missing")
        parser.add_argument("--after", type=int, default=0, metavar="ID", help="go on behind the page with this id")

    def handle(self, *, missing, after, **options):
        """Make them, and say every few seconds how far it is and how to go on from there."""
        pages = RenderedPage.objects.filter(pk__gt=after)
        if missing:
            pages = pages.filter(Q(search_entry=None) | Q(glance=None))
        keys = list(pages.order_by("pk").values_list("pk", flat=True))
        told = time.monotonic()
        for count, key in enumerate(keys, 1):
            make_findable(key)
            if time.monotonic() - told > _EVERY_SECONDS:
                told = time.monotonic()
                self.stdout.write(f"{count:,} of {len(keys):,} pages done; to go on from here: --after {key}")
                self.stdout.flush()
        if keys or not missing:
            self.stdout.write(f"{len(keys):,} pages can be searched.")
