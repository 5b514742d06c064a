"""The admin app with our own site."""

from importlib import import_module

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Django's admin; its site is the desk."""

    default_site = "kalbajar_site.desk.DeskSite"

    def ready(self):
        """Have it logged who comes in."""
        super().ready()
        import_module("kalbajar_site.sign_ins")
