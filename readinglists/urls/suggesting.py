"""Paths of suggestions: making them, deciding on them, one's own."""

from django.urls import path, re_path

from readinglists.urls.patterns import ITEM, LIST
from readinglists.views import suggesting

SUGGESTION = r"(?P<suggestion_id>[0-9]{1,18})/"

urlpatterns = [
    path("suggestions/", suggesting.own, name="own_suggestions"),
    re_path(rf"^suggestions/{SUGGESTION}withdraw/$", suggesting.take_back, name="withdraw"),
    re_path(rf"^{LIST}suggest/$", suggesting.suggest, name="suggest"),
    re_path(rf"^{ITEM}suggest/$", suggesting.suggest_for_item, name="suggest_change"),
    re_path(rf"^{LIST}suggestions/$", suggesting.of_list, name="suggestions"),
    re_path(rf"^{LIST}suggestions/{SUGGESTION}$", suggesting.decide, name="suggestion"),
]
