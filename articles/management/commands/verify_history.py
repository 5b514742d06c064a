"""``manage.py verify_history``: whether revisions, publications and the files of pictures are what was recorded."""

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from articles.management.progress import telling
from articles.models import Article, Publication, Revision, Seal
from articles.pictures import damaged_pictures
from articles.revisions import content_at, first_broken


class Command(BaseCommand):
    """Walks the seals of every article, then what was published, then the pictures.

    Exit status 1 with a line for each that is broken.
    """

    help = (
        "Check every revision against its seal, every publication against its revision and every picture against its "
        "digest; tell what was changed."
    )

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
        changed = self._tell_changed_publications(tell)
        damaged = list(damaged_pictures())
        for name in damaged:
            self.stderr.write(f"{name}: the file of this picture is not what was stored")
        if broken:
            self.stderr.write(f"{broken:,} of {len(articles):,} articles are not what was recorded.")
        if unsealed or broken or changed or damaged:
            raise SystemExit(1)
        self.stdout.write(f"{len(articles):,} articles: every revision is what was recorded.")

    def _tell_changed_publications(self, tell):
        """Name each publication that is not what its revision holds, and return how many; readers are given these."""
        keys, changed = list(Publication.objects.order_by("pk").values_list("pk", flat=True)), 0
        for number, key in enumerate(keys, 1):
            publication = Publication.objects.select_related("revision").get(pk=key)
            if not _is_as_recorded(publication):
                changed += 1
                self.stderr.write(
                    f"{publication.slug}: what was published of revision {publication.revision.number} is not what it "
                    "holds"
                )
            tell(f"{number:,} of {len(keys):,} publications checked, {changed:,} changed")
        return changed


def _is_as_recorded(publication):
    try:
        content = content_at(publication.revision)
        recorded = content.canonical_json()
        # Read and written anew only where need be: an older release may have left out what is empty, or have let in
        # what is refused today.
        if publication.content != recorded and publication.article_content().canonical_json() != recorded:
            return False
    except (ValueError, LookupError, DatabaseError):
        # LookupError: a row that the revision had, or a version that it names, is not there.
        return False
    return publication.slug == content.slug
