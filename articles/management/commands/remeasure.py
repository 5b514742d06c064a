"""``manage.py remeasure``: what lists of articles show and choose by, made anew for every article."""

import time

from django.core.management.base import BaseCommand
from django.db.models import Q

from articles.models import Article
from articles.revisions import remeasure

_EVERY_SECONDS = 2


class Command(BaseCommand):
    """Measures article by article, each in its own transaction; can be interrupted and taken up again at any time."""

    help = "Count the problems of every article's newest revision anew, and make the rows by which lists choose."

    def add_arguments(self, parser):
        parser.add_argument("--missing", action="store_true", help="only articles that were never measured")
        parser.add_argument("--after", type=int, default=0, metavar="ID", help="go on behind the article with this id")

    def handle(self, *, missing, after, **options):
        """Measure, and say every few seconds how far it is and how to go on from there."""
        articles = Article.objects.filter(pk__gt=after)
        if missing:
            articles = articles.filter(Q(standing=None) | Q(standing__errors=None))
        keys = list(articles.order_by("pk").values_list("pk", flat=True))
        told = time.monotonic()
        for count, key in enumerate(keys, 1):
            remeasure(key)
            if time.monotonic() - told > _EVERY_SECONDS:
                told = time.monotonic()
                self.stdout.write(f"{count:,} of {len(keys):,} articles measured; to go on from here: --after {key}")
                self.stdout.flush()
        if keys or not missing:
            self.stdout.write(f"{len(keys):,} articles measured.")
