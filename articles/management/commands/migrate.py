"""``manage.py migrate``: Django's own. That the database does not guard its history yet is what it mends."""

from django.core.management.commands.migrate import Command as Migrate


class Command(Migrate):
    """Looks into no database beforehand: one from before the triggers, or without them, would be refused."""

    def get_check_kwargs(self, options):
        return super().get_check_kwargs(options) | {"databases": []}
