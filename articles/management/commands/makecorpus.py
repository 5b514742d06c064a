"""``manage.py makecorpus``: a large base for trials of speed."""

import sys
import time

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from articles.models import Article

from ..corpus import copying, world
from ..locking import WaitsForOthers

_AUTHORS = 5
_BAR = 40


class Command(WaitsForOthers, BaseCommand):
    """Writes into an empty base only, since copies would take the keys of what is there."""

    help = "Fill an empty base with made-up battles: for trials of speed, never beside real articles."

    def add_arguments(self, parser):
        parser.add_argument("--articles", type=int, default=1_000, help="how many (default: %(default)s)")
        sizes = range(2, world.MOST_ARTICLES + 1)
        told = "articles of each war, written one by one; copies follow (default: %(default)s)"
        parser.add_argument("--size", type=int, default=40, choices=sizes, metavar="N", help=told)

    def handle(self, *, articles, size, **options):
        """Write the first war by the ordinary functions, then its copies, and say how far it is."""
        if articles < 2:
            raise CommandError("Ask for 2 articles or more.")
        if Article.objects.exists():
            raise CommandError(
                "There are articles in this base already. Name an empty one by DATA_DIR or DATABASE_URL."
            )
        size = min(size, articles)
        endings = world.rounds(-(-articles // size) - 1)
        if len(endings) < -(-articles // size) - 1:
            raise CommandError(f"There are names for {(len(endings) + 1) * size:,} articles; ask for fewer.")
        started = time.monotonic()
        self.stdout.write(f"Writing the first {size} articles")
        world.write(world.FIRST_ENDING, size, self._authors())
        copying.finish_first_round()
        for done in copying.copy_rounds(endings):
            self._show(size * (done + 1), size * (len(endings) + 1), started)
        copying.settle()
        self.stdout.write(f"{Article.objects.count():,} articles in {time.monotonic() - started:,.0f} seconds.")

    def _authors(self):
        users = get_user_model().objects
        names = [f"corpus-editor-{number}" for number in range(1, _AUTHORS + 1)]
        return [users.filter(username=name).first() or users.create_user(name, is_active=False) for name in names]

    def _show(self, done, wanted, started):
        if not sys.stderr.isatty() and done != wanted:
            return
        left = (time.monotonic() - started) * (wanted - done) / done
        bar = "#" * (_BAR * done // wanted)
        self.stderr.write(f"\r[{bar:{_BAR}}] {done:,} of {wanted:,} articles, {left:,.0f} s left ", ending="")
        if done == wanted:
            self.stderr.write("")
