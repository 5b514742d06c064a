"""The addresses of the readers' and reviewers' site."""

urlpatterns = []
