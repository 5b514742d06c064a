"""``manage.py sealhistory``: the seals of revisions that an older version recorded without."""

from django.core.management.base import BaseCommand

from articles.management.progress import telling
from articles.models import Revision
from articles.revisions import seal_missing


class Command(BaseCommand):
    """Seals article by article, each in its own transaction; broken off and begun again, it goes on where it was."""

    help = "Seal revisions that have no seal, so that verify_history knows if they are changed later."

    def handle(self, **options):
        tell, count = telling(self.stdout), 0
        unsealed = Revision.objects.filter(seal=None).order_by("article_id")
        keys = list(unsealed.values_list("article_id", flat=True).distinct())
        for number, key in enumerate(keys, 1):
            count += seal_missing(key)
            tell(f"{number:,} of {len(keys):,} articles sealed")
        if count:
            self.stdout.write(f"{count:,} revisions sealed.")
