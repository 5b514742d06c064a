"""``manage.py hiderevision SLUG N --reason WHY [--show]``: an old publication kept from readers, or shown again."""

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from articles.interchange import find_article
from articles.management.people import person
from articles.permissions import REMOVE_TEXT
from articles.reviewing import NotReviewable, hide, show


class Command(BaseCommand):
    """Hides one published revision; those who work here still see it. Nothing is lost, and the act is recorded."""

    help = "Hide a former publication from readers, or with --show show it to them again."

    def add_arguments(self, parser):
        parser.add_argument("slug", metavar="SLUG")
        parser.add_argument("number", metavar="N", type=int)
        parser.add_argument("--reason", default="", metavar="WHY", help="told to those who work here")
        parser.add_argument("--show", action="store_true", help="show it to readers again")
        parser.add_argument("--user", metavar="NAME", help="who hides it; must have the right to remove text")

    def handle(self, *, slug, number, reason, show: bool, user, **options):
        """Do it, or say why not."""
        article = find_article(slug)
        if article is None:
            raise CommandError(f"No article has or had the slug {slug!r}.")
        revision = article.revisions.filter(number=number).first()
        if revision is None:
            raise CommandError(f"{slug} has no revision {number}; the newest is {article.revisions.newest().number}.")
        verb, done, was = _VERBS[show]
        try:
            event = verb(revision, user=person(user, REMOVE_TEXT), reason=reason)
        except (NotReviewable, PermissionDenied) as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"Revision {number} of {slug} {done if event else was}.")


_VERBS = {
    False: (hide, "is hidden from readers", "was hidden already"),
    True: (show, "is shown to readers again", "was not hidden"),
}
