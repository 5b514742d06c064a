"""The app: its checks, what no migration can keep (groups and triggers), and Django's voice for the floors below."""

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils import formats, translation


class ArticlesConfig(AppConfig):
    """Articles."""

    name = "articles"
    verbose_name = translation.gettext_lazy("Encyclopedia")

    def ready(self):
        """Connect what needs models to be loaded."""
        from . import checks, wording  # noqa: F401 - registers them
        from .groups import make_groups
        from .models.append_only import make_triggers

        def make_what_migrations_cannot_keep(sender, using, **kwargs):
            make_groups(using)
            make_triggers(connections[using])

        post_migrate.connect(make_what_migrations_cannot_keep, sender=self, weak=False)
        wording.speak_with(
            gettext=translation.gettext,
            pgettext=translation.pgettext,
            ngettext=translation.ngettext,
            number=lambda number: formats.number_format(number, use_l10n=True, force_grouping=True),
            language=lambda: translation.get_language() or "en",
        )
