"""``manage.py loaddemo``: accounts and articles to try the site with, only ever on an empty one."""

import logging
import secrets
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from articles.management.locking import WaitsForOthers
from articles.models import Article

ARTICLES = Path(__file__).resolve().parents[2] / "demo"
ACCOUNTS = {"editor": "Editors", "reviewer": "Reviewers", "admin": "Administrators"}
# Stands in the password field until all is loaded, and fits no password: a demo that was interrupted is known by it.
LOADING = "!demo-loading"


class Command(WaitsForOthers, BaseCommand):
    """Makes the accounts, loads and publishes the articles, and at the very end gives the accounts their passwords."""

    help = "Load demo articles and accounts into an empty site; anything else is left as it is."

    def handle(self, **options):
        begun = User.objects.filter(username__in=ACCOUNTS, password=LOADING).count() == len(ACCOUNTS)
        if not begun and (User.objects.exists() or Article.objects.exists()):
            return
        if not begun:
            make_accounts()
        self.stdout.write("Loading the demo articles …")
        self.load_articles()
        with transaction.atomic():
            passwords = give_passwords()
            # Printed before the commit: passwords that nobody has read must not be kept.
            self.stdout.write("\nDemo accounts:")
            for username, password in passwords.items():
                self.stdout.write(f"  {username:<10} {password}")
            self.stdout.write("")
            self.stdout.flush()

    def load_articles(self):
        """Load and publish what is not there yet; what ``loadarticle`` has to say matters only when it refuses."""
        said = StringIO()
        logging.disable(logging.INFO)
        try:
            call_command(
                "loadarticle", *sorted(map(str, ARTICLES.glob("*.json"))), publish=True, user="admin", stdout=said
            )
        except SystemExit:
            self.stderr.write(said.getvalue())
            raise
        finally:
            logging.disable(logging.NOTSET)


@transaction.atomic
def make_accounts():
    """Make the three demo accounts, which nobody can use yet."""
    for username, group in ACCOUNTS.items():
        user = User.objects.create(username=username, password=LOADING, is_staff=True, is_superuser=username == "admin")
        user.groups.set([Group.objects.get(name=group)])


def give_passwords():
    """Return a fresh password for each demo account, or ``DEMO_PASSWORD`` for all."""
    passwords = {}
    for username in ACCOUNTS:
        user = User.objects.get(username=username)
        passwords[username] = settings.DEMO_PASSWORD or secrets.token_urlsafe(12)
        user.set_password(passwords[username])
        user.save(update_fields=["password"])
    return passwords
