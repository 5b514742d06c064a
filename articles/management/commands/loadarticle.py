"""``loadarticle FILE… [--publish] [--user NAME] [--summary TEXT] [--base N]``: interchange files into the site."""

from collections import defaultdict
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from articles.interchange import load, read_file
from articles.models import Article
from articles.problems import REFUSAL, Problem, Refused


class Command(BaseCommand):
    """Reads each file as a whole article. Says one line for each file and one for each problem; 1 if any failed."""

    help = "Load articles from interchange files (kalbajar.article/1); each file is a whole article."

    def add_arguments(self, parser):
        """Declare the arguments of the outside contract."""
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--publish", action="store_true", help="publish what was loaded; errors refuse the file")
        parser.add_argument("--user", metavar="NAME", help="the author of the revisions (default: nobody)")
        parser.add_argument("--summary", default="", metavar="TEXT", help="the edit summary")
        parser.add_argument("--base", type=int, metavar="N", help="refuse if a revision newer than N is there")

    def handle(self, *args, files, publish, user, summary, base, **options):
        """Load the files one after the other; a refused one leaves the others alone."""
        # A database that cannot be used at all is told once and with the way out, not of every file.
        Article.objects.exists()
        author = self.author(user)
        contents, failed = self.read(files)
        options = {"user": author, "summary": summary, "base": base, "publishing": publish}
        for file, content in contents:
            try:
                loaded = load(content, folder=Path(file).parent, **options)
            except Refused as refused:
                failed = True
                self.tell(file, refused.problems)
                continue
            except OperationalError as error:
                # A row that somebody holds, for instance: the other files have other rows.
                failed = True
                self.stdout.write(f"{file}: not loaded, the database says: {str(error).splitlines()[0]}")
                continue
            self.stdout.write(f"{file}: revision {loaded.revision.number}" if loaded.changed else f"{file}: unchanged")
            self.tell(file, loaded.problems)
        if failed:
            raise SystemExit(1)

    def author(self, name):
        """Return the user of that name; None for no name."""
        if name is None:
            return None
        user = get_user_model().objects.filter(username=name).first()
        if user is None:
            raise CommandError(f"There is no user {name!r}.")
        return user

    def read(self, files):
        """Return (file, content) for the files that can be loaded, and whether others were refused."""
        contents, by_slug, failed = [], defaultdict(list), False
        for file in files:
            try:
                content = read_file(file)
            except Refused as refused:
                failed = True
                self.tell(file, refused.problems)
                continue
            contents.append((file, content))
            by_slug[content.slug].append(file)
        for same in by_slug.values():
            for file in same if len(same) > 1 else ():
                failed = True
                others = ", ".join(sorted(set(same) - {file})) or "the same file"
                message = f"{others} has the same slug; load one of them"
                self.tell(file, [Problem("slug", "invalid", message, REFUSAL)])
        return [(file, content) for file, content in contents if len(by_slug[content.slug]) == 1], failed

    def tell(self, file, problems):
        """Write one line for each problem."""
        for problem in problems:
            self.stdout.write(f"{file}: {problem}")
