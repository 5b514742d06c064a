"""``manage.py removetext SLUG --reason WHY``: a passage out of everything that was recorded of an article."""

import sys

from django.core.management.base import BaseCommand, CommandError

from articles.interchange import find_article
from articles.management.people import person
from articles.permissions import REMOVE_TEXT
from articles.revisions import NotRemovable, passage_places, remove_passage
from articles.search import forget_deleted_words


class Command(BaseCommand):
    """Reads the passage from standard input, so that it stands in no list of commands; ``--dry-run`` only looks."""

    help = "Remove a passage (from standard input) from the recorded history of an article, for legal reasons."

    def add_arguments(self, parser):
        parser.add_argument("slug", metavar="SLUG")
        parser.add_argument("--reason", default="", metavar="WHY", help="who asked for it, and where to look it up")
        parser.add_argument("--user", metavar="NAME", help="who removes it; must have the right to")
        parser.add_argument("--dry-run", action="store_true", help="only tell where the passage stands")

    def handle(self, *, slug, reason, user, dry_run, **options):
        """Say where the passage stood; nothing is done where anything stands in the way."""
        article = find_article(slug)
        if article is None:
            raise CommandError(f"No article has or had the slug {slug!r}.")
        remover = person(user, REMOVE_TEXT)
        passage = self.passage()
        try:
            if dry_run:
                self.tell(passage_places(article, passage), "It stands in", "Nothing was changed.")
            else:
                self.tell(remove_passage(article, passage, user=remover, reason=reason), "Removed from", _NEXT)
        except NotRemovable as refusal:
            raise CommandError(f"{refusal} Nothing was changed.") from None
        finally:
            # Its words are in the index of pages that said it, though nobody finds them by it; when the command was
            # broken off before, even where nothing else says it any more.
            if not dry_run:
                forget_deleted_words()

    def passage(self):
        """Return what stands on standard input, a file or a pipe."""
        try:
            # Not as the terminal's language has it: words in another encoding would be found nowhere.
            return sys.stdin.buffer.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise CommandError("The passage is not UTF-8 text. Nothing was looked for.") from None

    def tell(self, places, verb, end):
        """Say how often the passage stands where."""
        if not places:
            self.stdout.write("It stands nowhere in what was recorded.")
            return
        self.stdout.write("\n".join(f"{verb} {what}: {count:,}" for what, count in places.items()))
        self.stdout.write(end)


_NEXT = "Two minutes later no server says it any more. Backups that were made before hold it still."
