"""The admin app with our own site."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Django's admin; its site is the desk."""

    default_site = "kalbajar_site.desk.DeskSite"
