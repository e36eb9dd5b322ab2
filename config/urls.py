"""The table of contents: which path goes to which app."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path

from accounts.views.staff import staff_door
from config.health import health
from config.manifest import manifest, search_engine
from config.robots import robots
from config.sitemap import sitemap, sitemap_part

urlpatterns: list[URLPattern | URLResolver] = [
    re_path(r"^(?:/+)?health/?$", health),  # clients whose base address ends with a slash send two
    re_path(r"^(?:/+)?api/", include("bookmarks.api.linkding.urls")),
    path("robots.txt", robots),
    path("sitemap.xml", sitemap),
    re_path(
        r"^sitemap-(?P<kind>pages|people|tags|lists)-(?P<number>[0-9]{1,12})\.xml$", sitemap_part
    ),
    path("manifest.webmanifest", manifest, name="manifest"),
    path("opensearch.xml", search_engine, name="opensearch"),
    path("v1/", include("bookmarks.api.pinboard.urls")),
    path("", include("accounts.urls")),
    path("", include("readinglists.urls")),
    path("", include("bookmarks.api.linkding.web_urls")),
    path("", include("bookmarks.urls")),
]
if settings.ADMIN_PATH:
    urlpatterns += [
        path(f"{settings.ADMIN_PATH}/login/", staff_door),
        path(f"{settings.ADMIN_PATH}/", admin.site.urls),
    ]

handler400 = "config.errors.bad_request"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"
