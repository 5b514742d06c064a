"""``manage.py remeasure``: what lists of articles show and choose by, made anew for every article."""

from django.core.management.base import BaseCommand
from django.db.models import Q

from articles.management import spreading
from articles.models import Article
from articles.revisions import remeasure


class Command(BaseCommand):
    """Measures article by article, each in its own transaction; can be interrupted and taken up again at any time."""

    help = "Count the problems of every article's newest revision anew, and make the rows by which lists choose."

    def add_arguments(self, parser):
        """Add which articles, and those of all work that is spread over the cores."""
        parser.add_argument("--missing", action="store_true", help="only articles that were never measured")
        spreading.add_arguments(parser, "article")

    def handle(self, *, missing, after, jobs, **options):
        """Measure, and say every few seconds how far it is and how to go on from there."""
        articles = Article.objects.filter(pk__gt=after)
        if missing:
            articles = articles.filter(Q(standing=None) | Q(standing__errors=None))
        keys = list(articles.order_by("pk").values_list("pk", flat=True))
        spreading.spread(remeasure, keys, self.stdout, what="articles", jobs=jobs)
        if keys or not missing:
            self.stdout.write(f"{len(keys):,} articles measured.")
