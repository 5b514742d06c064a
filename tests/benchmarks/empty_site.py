"""An empty Django view without middleware, which answers with the bytes of the file ``EMPTY_PAGE``: the floor."""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

_BODY = Path(os.environ["EMPTY_PAGE"]).read_bytes()
settings.configure(ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__, SECRET_KEY="floor")
urlpatterns = [path("", lambda request: HttpResponse(_BODY))]
application = get_wsgi_application()
