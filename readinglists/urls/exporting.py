"""Paths of lists and citations as files."""

from django.urls import re_path

from readinglists.urls.patterns import ITEM, LIST, OWNER, SECTION
from readinglists.views import exporting

CITATION = r"(?P<form>bibtex|biblatex|ris|csl-json)"
TAGS = rf"{OWNER}t:(?P<tags>.+?)/"

urlpatterns = [
    re_path(rf"^{LIST}export/$", exporting.offer_list, name="export"),
    re_path(
        rf"^{LIST}export/(?P<form>markdown|json|bibtex|biblatex|ris|csl-json)$",
        exporting.download_list,
        name="export_file",
    ),
    re_path(rf"^{SECTION}export/$", exporting.offer_section, name="export_section"),
    re_path(rf"^{SECTION}export/{CITATION}$", exporting.download_section),
    re_path(rf"^{ITEM}export/$", exporting.offer_item, name="export_item"),
    re_path(rf"^{ITEM}export/{CITATION}$", exporting.download_item),
    re_path(rf"^{TAGS}cite/$", exporting.offer_tags, name="cite_tags"),
    re_path(rf"^{TAGS}cite/{CITATION}$", exporting.download_tags),
]
