"""``manage.py verify_history``: whether every revision is what was recorded."""

from django.core.management.base import BaseCommand

from articles.management.progress import telling
from articles.models import Article
from articles.revisions import first_broken


class Command(BaseCommand):
    """Walks the chain of seals of every article; exit status 1 with a line for each article whose chain is broken."""

    help = "Check every revision against its seal; tell where recorded history was changed."

    def handle(self, **options):
        tell, broken = telling(self.stdout), 0
        articles = list(Article.objects.order_by("pk").values_list("pk", "slug"))
        for number, (key, slug) in enumerate(articles, 1):
            found = first_broken(key)
            if found:
                broken += 1
                self.stderr.write(f"{slug}: broken at revision {found[0]}: {found[1]}")
            tell(f"{number:,} of {len(articles):,} articles checked, {broken:,} broken")
        if broken:
            self.stderr.write(f"{broken:,} of {len(articles):,} articles are not what was recorded.")
            raise SystemExit(1)
        self.stdout.write(f"{len(articles):,} articles: every revision is what was recorded.")
