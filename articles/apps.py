"""The app: its checks, and the one receiver that makes what no migration can keep: groups and triggers."""

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class ArticlesConfig(AppConfig):
    """Articles."""

    name = "articles"
    verbose_name = "Encyclopedia"

    def ready(self):
        """Connect what needs models to be loaded."""
        from . import checks  # noqa: F401 - registers them
        from .groups import make_groups
        from .models.append_only import make_triggers

        def make_what_migrations_cannot_keep(sender, using, **kwargs):
            make_groups(using)
            make_triggers(connections[using])

        post_migrate.connect(make_what_migrations_cannot_keep, sender=self, weak=False)
