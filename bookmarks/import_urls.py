"""Paths of imports, below `/import/`."""

from django.urls import path

from bookmarks.views import importing

urlpatterns = [
    path("", importing.imports, name="import"),
    path("<int:job_id>/", importing.show, name="import_job"),
    path("<int:job_id>/stop/", importing.stop, name="import_stop"),
    path("<int:job_id>/retry/", importing.retry, name="import_retry"),
    path("<int:job_id>/report.<str:ending>", importing.report, name="import_report"),
]
