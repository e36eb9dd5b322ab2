"""Paths of reading lists, one module a family (readinglists.paths builds them)."""

from django.urls import include, path

app_name = "readinglists"

urlpatterns = [
    path("", include("readinglists.urls.importing")),
    path("", include("readinglists.urls.editing")),
    path("", include("readinglists.urls.lists")),
    path("", include("readinglists.urls.shelves")),
    path("", include("readinglists.urls.feeds")),
    path("", include("readinglists.urls.forking")),
    path("", include("readinglists.urls.progress")),
    path("", include("readinglists.urls.planning")),
    path("", include("readinglists.urls.sharing")),
    path("", include("readinglists.urls.exporting")),
    path("", include("readinglists.urls.groups")),
    path("", include("readinglists.urls.suggesting")),
]
