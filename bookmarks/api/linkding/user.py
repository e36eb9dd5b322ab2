"""The operation at `/api/user/profile/`: what a client should know of its person's settings."""

from django.conf import settings
from django.http import HttpResponseBase

from bookmarks.api.linkding.answers import to_json
from bookmarks.api.linkding.operations import Call, operation
from bookmarks.api.linkding.representations import PROFILE


@operation({200: PROFILE})
def profile(_call: Call) -> HttpResponseBase:
    """Show how bookmarks are shown; nobody can change that here."""
    off = {"shared": "off", "unread": "off"}
    return to_json(
        {
            "theme": "auto",
            "bookmark_date_display": "relative",
            "bookmark_link_target": "_self",
            "web_archive_integration": "disabled",
            "tag_search": "strict",
            "enable_sharing": True,
            "enable_public_sharing": True,
            "enable_favicons": False,
            "display_url": False,
            "permanent_notes": False,
            "search_preferences": {"sort": "added_desc", **off},
            "version": settings.LINKDING_LEVEL,
        }
    )
