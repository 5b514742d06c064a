"""``dumparticle SLUG [--revision N] [--to DIR]``: an article as interchange JSON."""

from django.core.management.base import BaseCommand, CommandError

from articles.interchange import as_text, dump, dump_files, find_article


class Command(BaseCommand):
    """Writes the JSON on standard output, pictures by hash; with ``--to`` the JSON and the pictures as files."""

    help = "Write an article as interchange JSON (kalbajar.article/1)."

    # It stores nothing, and is wanted most where a disk fails.
    requires_system_checks = []

    def add_arguments(self, parser):
        """Declare the arguments of the outside contract."""
        parser.add_argument("slug", metavar="SLUG")
        parser.add_argument("--revision", type=int, metavar="N", help="default: the newest")
        parser.add_argument("--to", metavar="DIR", help="write the JSON and the pictures into this folder")

    def handle(self, *args, slug, revision, to, **options):
        """Find the revision and write it."""
        if to == "":
            raise CommandError("Name the folder to write into; . is the current one.")
        article = find_article(slug)
        if article is None:
            raise CommandError(f"No article has or had the slug {slug!r}.")
        found = article.revisions.newest() if revision is None else article.revisions.filter(number=revision).first()
        if found is None:
            raise CommandError(f"{slug} has no revision {revision}; the newest is {article.revisions.newest().number}.")
        if to is None:
            # Of a file that others read, whatever the language of the terminal; tests take what is said in memory.
            if hasattr(self.stdout, "reconfigure"):
                self.stdout.reconfigure(encoding="utf-8")
            self.stdout.write(as_text(dump(found)), ending="")
            return
        try:
            self.stdout.write(str(dump_files(found, to)))
        except OSError as error:
            raise CommandError(f"Cannot write into {to}: {error.strerror}") from error
