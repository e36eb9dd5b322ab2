"""Paths by which a list comes in from Markdown."""

from django.urls import path, re_path

from readinglists.urls.patterns import LIST
from readinglists.views import importing

IMPORT = "lists/import/<int:import_id>/"

urlpatterns = [
    path("lists/import/", importing.new_import, name="import"),
    path(IMPORT, importing.show_import, name="import_preview"),
    path(f"{IMPORT}report.json", importing.report, name="import_report"),
    re_path(rf"^{LIST}import/$", importing.import_again, name="import_again"),
]
