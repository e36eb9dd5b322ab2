"""What can be done where. Import `ROUTES`; `urls` and `openapi` are made of it."""

from collections.abc import Mapping

from bookmarks.api.linkding import assets, bookmarks, bundles, tags, user
from bookmarks.api.linkding.operations import Operation

BOOKMARK = "bookmarks/{id}/"
ASSET = f"{BOOKMARK}assets/{{asset}}/"

ROUTES: Mapping[str, Mapping[str, Operation]] = {
    "bookmarks/": {"get": bookmarks.index, "post": bookmarks.create},
    "bookmarks/archived/": {"get": bookmarks.archived},
    "bookmarks/shared/": {"get": bookmarks.shared},
    "bookmarks/check/": {"get": bookmarks.check},
    "bookmarks/singlefile/": {"post": bookmarks.singlefile},
    BOOKMARK: {
        "get": bookmarks.retrieve,
        "put": bookmarks.update,
        "patch": bookmarks.patch,
        "delete": bookmarks.delete,
    },
    f"{BOOKMARK}archive/": {"post": bookmarks.archive},
    f"{BOOKMARK}unarchive/": {"post": bookmarks.unarchive},
    f"{BOOKMARK}assets/": {"get": assets.index},
    f"{BOOKMARK}assets/upload/": {"post": assets.upload},
    ASSET: {"get": assets.retrieve, "delete": assets.delete},
    f"{ASSET}download/": {"get": assets.download},
    "tags/": {"get": tags.index, "post": tags.create},
    "tags/{id}/": {"get": tags.retrieve, "delete": tags.delete},
    "bundles/": {"get": bundles.index, "post": bundles.create},
    "bundles/{id}/": {
        "get": bundles.retrieve,
        "put": bundles.update,
        "patch": bundles.patch,
        "delete": bundles.delete,
    },
    "user/profile/": {"get": user.profile},
}
