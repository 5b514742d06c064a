"""The site as an ASGI application, for servers that speak nothing else; WSGI is what we measure and run."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kalbajar_site.settings")

application = get_asgi_application()
