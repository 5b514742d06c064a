"""``manage.py makepages``: what readers get of publications and what it is found by, made anew."""

from django.core.management.base import BaseCommand
from django.db.models import Q

from articles.management import spreading
from articles.models import RenderedPage
from articles.pages import make_page, release


class Command(BaseCommand):
    """Page by page, each in its own transaction; can be interrupted and taken up again at any time."""

    help = "Make every published page anew from its publication, with all that it is found by."

    def add_arguments(self, parser):
        """Add which pages, and those of all work that is spread over the cores."""
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--missing", action="store_true", help="only pages that cannot be found by something")
        which.add_argument("--outdated", action="store_true", help="only pages that the next reader would wait for")
        spreading.add_arguments(parser, "page")

    def handle(self, *, missing, outdated, after, jobs, **options):
        """Make them, and say every few seconds how far it is and how to go on from there."""
        pages = RenderedPage.objects.filter(pk__gt=after)
        if missing:
            pages = pages.filter(Q(search_entry=None) | Q(glance=None))
        if outdated:
            pages = pages.filter(Q(outdated=True) | ~Q(release=release()))
        keys = list(pages.order_by("pk").values_list("pk", flat=True))
        spreading.spread(make_page, keys, self.stdout, what="pages", jobs=jobs)
        if keys or not missing:
            self.stdout.write(f"{len(keys):,} pages made.")
