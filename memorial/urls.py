"""Addresses. Everything readable lives under /ru/ and /en/."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path

from cases.views import documents
from donations.views.signed import donate_txt
from memorial.api.urls import page_urlpatterns as api_page
from memorial.api.urls import urlpatterns as api_patterns
from memorial.appeals.urls import urlpatterns as appeals_patterns
from memorial.figures.urls import urlpatterns as figures_patterns
from memorial.letters.urls import urlpatterns as letters_patterns
from memorial.mirror.page import MirrorsView
from memorial.news.urls import urlpatterns as news_patterns
from memorial.package.urls import VERSION
from memorial.package.urls import urlpatterns as data_patterns
from memorial.package.views import package_file
from memorial.pages.urls import last_urlpatterns as site_pages_patterns
from memorial.pages.urls import urlpatterns as pages_patterns
from memorial.search.views import search
from memorial.views import errors, health, home, media, old_addresses, plain, sitemap

handler404 = errors.not_found
handler500 = errors.failed

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.choose_language, name="choose-language"),
    path("robots.txt", plain.robots, name="robots"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemap.sitemap_part, name="sitemap-part"),
    path(".well-known/security.txt", plain.security_txt, name="security-txt"),
    path(".well-known/donate.txt", donate_txt, name="donate-txt"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    # A web server before us may hand these out instead, from MEDIA_ROOT_PUBLIC.
    re_path(rf"^media/(?P<name>{media.PHOTO})$", media.photo, name="photo"),
    # Never by a web server before us: whether a document may be had is asked each time.
    re_path(
        rf"^data/political-prisoners-(?P<version>{VERSION})\.zip$", package_file, name="data-package-file"
    ),
    re_path(r"^media/documents/(?P<stem>[0-9a-f]{24})\.pdf$", documents.document_file, name="document-file"),
    *api_patterns,
]

if settings.EDITORS_PGP_KEY:
    urlpatterns.append(path(".well-known/editors-pgp.asc", plain.editors_key, name="editors-key"))

if settings.SERVES_STAFF:
    from django.contrib import admin

    urlpatterns.append(path(settings.ADMIN_PATH, admin.site.urls))

urlpatterns += i18n_patterns(
    path("", home.HomeView.as_view(), name="home"),
    path("search/", search, name="search"),
    path("mirrors/", MirrorsView.as_view(), name="mirrors"),
    *data_patterns,
    *figures_patterns,
    *news_patterns,
    *letters_patterns,
    *pages_patterns,
    *appeals_patterns,
    *api_page,
    path("", include("prisoners.urls")),
    path("", include("cases.urls")),
    path("", include("assistance.urls")),
    path("", include("donations.urls")),
    path("", include("memorial.agenda.urls")),
    # Last: what matches nothing else may be a page of staff, or an old address.
    *site_pages_patterns,
    path("<path:path>", old_addresses.old_address, name="old-address"),
    prefix_default_language=True,
)
# The site that was here before had no language in its addresses.
urlpatterns.append(path("<path:path>", old_addresses.without_language, name="old-address-without-language"))
