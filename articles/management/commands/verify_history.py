"""``manage.py verify_history``: whether every revision, and the file of every picture, is what was recorded."""

from django.core.management.base import BaseCommand

from articles.management.progress import telling
from articles.models import Article, Revision, Seal
from articles.pictures import damaged_pictures
from articles.revisions import first_broken


class Command(BaseCommand):
    """Walks the seals of every article and reads every picture; exit status 1 with a line for each that is broken."""

    help = "Check every revision against its seal and every picture against its digest; tell what was changed."

    # It stores nothing, and is wanted most where a disk fails.
    requires_system_checks = []

    def handle(self, **options):
        tell, broken = telling(self.stdout), 0
        articles = list(Article.objects.order_by("pk").values_list("pk", "slug"))
        # Where some are sealed, one that is not was sealed too: somebody took its seals away.
        unsealed = Revision.objects.exists() and not Seal.objects.exists()
        if unsealed:
            self.stderr.write(
                "The history is not sealed yet. If it comes from a release before the seals, run: "
                "python manage.py sealhistory"
            )
        for number, (key, slug) in enumerate([] if unsealed else articles, 1):
            found = first_broken(key)
            if found:
                broken += 1
                self.stderr.write(f"{slug}: broken at revision {found[0]}: {found[1]}")
            tell(f"{number:,} of {len(articles):,} articles checked, {broken:,} broken")
        damaged = list(damaged_pictures())
        for name in damaged:
            self.stderr.write(f"{name}: the file of this picture is not what was stored")
        if broken:
            self.stderr.write(f"{broken:,} of {len(articles):,} articles are not what was recorded.")
        if unsealed or broken or damaged:
            raise SystemExit(1)
        self.stdout.write(f"{len(articles):,} articles: every revision is what was recorded.")
