"""The editors' desk under /admin/; everything else is the readers' and reviewers' site."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("articles.urls")),
]

handler404 = "articles.views.errors.not_found"
