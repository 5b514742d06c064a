"""The app: connects the one receiver that makes the groups."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ArticlesConfig(AppConfig):
    """Articles."""

    name = "articles"
    verbose_name = "Encyclopedia"

    def ready(self):
        """Connect what needs models to be loaded."""
        from .groups import make_groups

        post_migrate.connect(make_groups, sender=self)
