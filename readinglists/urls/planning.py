"""The path of a list's plan."""

from django.urls import re_path

from readinglists.urls.patterns import LIST
from readinglists.views import planning

urlpatterns = [
    re_path(rf"^{LIST}plan/$", planning.show_plan, name="plan"),
]
