"""The editors' desk under /admin/; everything else is the readers' and reviewers' site."""

from django.contrib import admin
from django.http import Http404
from django.urls import include, path


def _nothing(request, rest):
    raise Http404


urlpatterns = [
    # The admin's short cut to an object's page tells its address to all staff, those who may not view it included.
    path("admin/r/<path:rest>", _nothing, name="admin_short_cut"),
    path("admin/", admin.site.urls),
    path("", include("articles.urls")),
]

handler400 = "articles.views.errors.bad_request"
handler403 = "articles.views.errors.denied"
handler404 = "articles.views.errors.not_found"
handler500 = "articles.views.errors.broken"
