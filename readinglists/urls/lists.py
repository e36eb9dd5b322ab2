"""Paths of lists as pages."""

from django.urls import re_path

from readinglists.urls.patterns import ITEM, LIST, SECTION
from readinglists.views import lists

urlpatterns = [
    re_path(rf"^{LIST}$", lists.show_list, name="list"),
    re_path(rf"^{SECTION}$", lists.show_section, name="section"),
    re_path(rf"^{ITEM}$", lists.show_item, name="item"),
]
