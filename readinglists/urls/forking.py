"""Paths of forks, and of what their upstream did since."""

from django.urls import re_path

from readinglists.urls.patterns import LIST
from readinglists.views import forking

urlpatterns = [
    re_path(rf"^{LIST}fork/$", forking.fork, name="fork"),
    re_path(rf"^{LIST}upstream/$", forking.upstream, name="upstream"),
]
