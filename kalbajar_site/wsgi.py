"""The site as a WSGI application, with published pages answered from memory before it waits its turn."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kalbajar_site.settings")

application = get_wsgi_application()
# Views are imported here, before workers are forked, and not by each one's first visitor.
_ = get_resolver().url_patterns
_ = get_resolver().resolve_error_handler(404)

# Models can be imported now that Django is set up.
from articles.views.health import known_migrations  # noqa: E402
from kalbajar_site import unfinished  # noqa: E402, F401 - asked by the worker when it rests, not read from the disk then
from kalbajar_site.concurrency_limit import ConcurrencyLimit  # noqa: E402
from kalbajar_site.kept_pages import KeptPages  # noqa: E402
from kalbajar_site.templates import load_all  # noqa: E402
from kalbajar_site.utf8 import Utf8  # noqa: E402
from kalbajar_site.whole_bodies import WholeBodies  # noqa: E402

# What an upgrade lays into the folder is for the processes that start after it.
load_all()
known_migrations()

application = KeptPages(WholeBodies(ConcurrencyLimit(Utf8(application))))
