"""Settings, read from the environment and from nothing else.

`memorial.environment` says what each variable may be; README.md lists them.
"""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext_lazy as _

from memorial import (
    donation_environment,
    environment,
    logs,
    many_environment,
    mirror_environment,
    operation_environment,
    sealing_environment,
)
from memorial.environment import env
from memorial.languages import CODES

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.str("VAR_DIR", "") or BASE_DIR / "var").resolve()

# --- Who this process is ----------------------------------------------------------------------

SITE_ROLE = environment.site_role()
SERVES_STAFF = SITE_ROLE in {"staff", "both"}
# True in a process that answers requests, false in a command: only pages have deadlines.
WEB_PROCESS = environment.flag("WEB_PROCESS")

_database = environment.database(VAR_DIR, SITE_ROLE)
EMBEDDED_POSTGRES = _database.is_embedded
SECRET_KEY = environment.secret_key(VAR_DIR, is_embedded=EMBEDDED_POSTGRES)
# Keys of the texts that are sealed in the database; the readers' process has none.
FIELD_KEYS = environment.field_keys(VAR_DIR, SITE_ROLE, is_embedded=EMBEDDED_POSTGRES)
DEBUG = environment.only_when_embedded("DEBUG", is_embedded=EMBEDDED_POSTGRES)
# Staff may sign in with a password alone: for trying out only.
DEMO_SIGN_IN = environment.only_when_embedded("DEMO_SIGN_IN", is_embedded=EMBEDDED_POSTGRES)
# Invented people may be loaded: never beside real ones.
DEMO_DATA_ALLOWED = EMBEDDED_POSTGRES

# --- Addresses --------------------------------------------------------------------------------

_local = "http://localhost:8000" if EMBEDDED_POSTGRES else None
PUBLIC_URL = environment.absolute_url("PUBLIC_URL", _local)
STAFF_URL = (
    environment.absolute_url("STAFF_URL", PUBLIC_URL if EMBEDDED_POSTGRES else None) if SERVES_STAFF else ""
)
ADMIN_PATH = environment.admin_path()
SECURITY_CONTACT = environment.security_contact(PUBLIC_URL)
EDITORS_EMAIL = environment.editors_email(PUBLIC_URL)
EDITORS_PGP_KEY = environment.editors_pgp_key()
PROFILE_CHECK_DAYS = environment.profile_check_days()
LINK_CHECK_PROXY = env.str("LINK_CHECK_PROXY", "").strip()
ONION_URL = environment.onion_url()

_served_urls = {"public": [PUBLIC_URL], "staff": [STAFF_URL], "both": [PUBLIC_URL, STAFF_URL]}[SITE_ROLE]
ALLOWED_HOSTS = sorted(
    {*(urlsplit(url).hostname or "" for url in _served_urls), *env.list("ALLOWED_HOSTS", [])}
)
ROOT_URLCONF = "memorial.urls"
WSGI_APPLICATION = "memorial.wsgi.application"
APPEND_SLASH = True
# The proxy's word about the scheme is not believed (one forged header turned a cacheable page into
# a redirect): absolute addresses come from the two settings above.
SECURE_PROXY_SSL_HEADER = None
USE_X_FORWARDED_HOST = False

# --- Applications -----------------------------------------------------------------------------

_PUBLIC_APPS = [
    "modeltranslation",  # before the admin, whose forms it extends
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_countries",
    "memorial.base",
    "prisoners",
    "cases",
    "assistance",
    "donations",
    "memorial.search",
    "memorial.package",
    "memorial.figures",
    "memorial.attention",
    "memorial.due",
    "memorial.news",
    "memorial.translating",
    "memorial.home",
    "memorial.pages",
    "memorial.appeals",
    "memorial",
]
_STAFF_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "memorial.staff.admin_config.StaffAdminConfig",  # the admin, with our own AdminSite
    "django_prose_editor",
    "memorial.staff",
]
INSTALLED_APPS = ["modeltranslation", *(_STAFF_APPS if SERVES_STAFF else []), *_PUBLIC_APPS[1:]]

# All of it acts below ADMIN_PATH only, so that in `both`, too, a public page neither reads nor
# sets a cookie.
_STAFF_MIDDLEWARE = [
    "memorial.staff.middleware.StaffGZipMiddleware",
    "memorial.staff.middleware.StaffSessionMiddleware",
    "memorial.staff.middleware.StaffCsrfMiddleware",
    "memorial.staff.middleware.StaffAuthenticationMiddleware",
    "memorial.staff.middleware.ActingMiddleware",
    "memorial.staff.middleware.StaffMessageMiddleware",
]
MIDDLEWARE = [
    "memorial.metrics.middleware.MetricsMiddleware",
    "memorial.copies.middleware.CopiesMiddleware",
    "memorial.postgres.one_server.OneServerMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "memorial.middleware.SecurityHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "memorial.middleware.WellFormedRequestMiddleware",
    "memorial.middleware.PathLanguageMiddleware",
    *(["memorial.middleware.DatabaseRoleMiddleware"] if SITE_ROLE == "both" else []),
    *(_STAFF_MIDDLEWARE if SERVES_STAFF else []),
    "django.middleware.common.CommonMiddleware",
    "memorial.copies.middleware.MakingMiddleware",
]

_CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.template.context_processors.i18n",
]
_STAFF_CONTEXT_PROCESSORS = [
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "csp.context_processors.nonce",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["memorial.base.tidy_templates.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": _CONTEXT_PROCESSORS + (_STAFF_CONTEXT_PROCESSORS if SERVES_STAFF else []),
        },
    },
]

# --- Database ---------------------------------------------------------------------------------

_IS_POOLED = many_environment.pooled(SITE_ROLE)
# Milliseconds a single statement may take while somebody waits for a page.
_STATEMENT_TIMEOUT = {"public": 8_000, "staff": 60_000, "both": 60_000}[SITE_ROLE] if WEB_PROCESS else 0


def _session_options(timeout: int) -> str:
    """What every session begins with, in libpq's `options`."""
    values = {"statement_timeout": timeout, "idle_in_transaction_session_timeout": 300_000 if timeout else 0}
    return " ".join(f"-c {name}={value}" for name, value in values.items())


_options: dict[str, Any] = {
    **_database.connection.get("OPTIONS", {}),
    "application_name": f"memorial-{SITE_ROLE}",
    "connect_timeout": 5,
    **({} if _IS_POOLED else {"options": _session_options(_STATEMENT_TIMEOUT)}),
}
DATABASES = {
    "default": {
        **_database.connection,
        # Pages do not wait for ever for a database that is frozen; commands may take as long as it takes.
        "ENGINE": "memorial.postgres" if WEB_PROCESS else "django.db.backends.postgresql",
        "CONN_MAX_AGE": 300 if WEB_PROCESS else 0,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": _IS_POOLED,  # and prepared statements (memorial.base.stored_queries)
        "OPTIONS": _options,
        "TEST": {"NAME": env.str("TEST_DATABASE_NAME", "") or None},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Copies of public pages (docs/decisions/0046) -------------------------------------------------

# On where pages are answered. Sizes in bytes: in each process, and on disk for all of one host.
PAGE_COPIES = environment.flag("PAGE_COPIES") if env.str("PAGE_COPIES", "") else WEB_PROCESS
PAGE_COPIES_FOLDER = Path(env.str("PAGE_COPIES_FOLDER", "") or VAR_DIR / "copies")
PAGE_COPIES_SHARED = many_environment.cache_url()
PAGE_COPIES_IN_MEMORY = 48 * 1024 * 1024
PAGE_COPIES_ON_DISK = 512 * 1024 * 1024

# Many machines (docs/deploy-many.md)
DATABASE_REPLICAS = many_environment.replicas(SITE_ROLE, is_web=WEB_PROCESS, page_copies=PAGE_COPIES)
DATABASE_REPLICA_LAG = many_environment.replica_lag()
READERS_ON_PRIMARY = many_environment.readers_on_primary()
CACHES = many_environment.caches(PAGE_COPIES_SHARED)

# --- Seals of the history ---------------------------------------------------------------------

HISTORY_SEAL_KEY = sealing_environment.seal_key(is_web=WEB_PROCESS)
HISTORY_SEAL_PUBLIC_KEY = env.str("HISTORY_SEAL_PUBLIC_KEY", "")
HISTORY_SEALS = sealing_environment.seals_file(VAR_DIR)

# --- Donations (docs/donations.md) --------------------------------------------------------------

DONATE_PUBLIC_KEYS = donation_environment.donate_public_keys(VAR_DIR, is_embedded=EMBEDDED_POSTGRES)
DONATE_LOWEST_SERIAL = donation_environment.donate_lowest_serial()
# Any but the first removes every way to give for people in Russia, at once (donations/safety.py).
LEGAL_STATUS = donation_environment.legal_status()

# --- Mirrors (docs/mirror.md) -------------------------------------------------------------------

MIRROR_KEY = mirror_environment.mirror_key(is_web=WEB_PROCESS)
MIRROR_PUBLIC_KEY = mirror_environment.mirror_public_key()
MIRRORS = mirror_environment.mirror_addresses()
MIRROR_STORE = mirror_environment.mirror_store()
MIRROR_STORE_ENDPOINT = mirror_environment.mirror_store_endpoint()

# --- Retention and backups (docs/backup.md) ---------------------------------------------------

# Days that confidential things live after their end; `manage.py apply_retention` says and does it.
RETENTION = environment.retention(
    {"help": 1825, "drafts": 1095, "leads": 730, "accounts": 730, "sign_ins": 365, "lookings": 366}
)
BACKUP_RECIPIENTS: list[str] = list(filter(None, map(str.strip, env.str("BACKUP_RECIPIENTS", "").split(","))))
PG_BIN = env.str("PG_BIN", "")

# --- Operation (docs/deploy.md) -----------------------------------------------------------------

# What `doctor` and the metrics look at; None where there is none on this host.
BACKUPS_FOLDER = operation_environment.folder("BACKUPS_FOLDER")
MIRROR_FOLDER = operation_environment.folder("MIRROR_FOLDER")
# Where processes that answer requests count them; None: nothing is counted.
METRICS_FOLDER = operation_environment.folder("METRICS_FOLDER")
LOG_FORMAT = operation_environment.log_format()
ALERT_HOURS = operation_environment.alert_hours()
ALERT_MAIL_TO = operation_environment.alert_addresses()
ALERT_SMTP = operation_environment.mail_server()

# --- Languages and time -----------------------------------------------------------------------

# One list for everything; Django itself knows the names.
LANGUAGE_CODE = CODES[0]
LANGUAGES = [(code, _(LANG_INFO[code]["name"])) for code in CODES]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Moscow"
MODELTRANSLATION_DEFAULT_LANGUAGE = CODES[0]
MODELTRANSLATION_LANGUAGES = CODES
MODELTRANSLATION_FALLBACK_LANGUAGES = {
    "default": CODES,
    **{code: tuple(other for other in CODES if other != code) for code in CODES},
}

# --- Files ------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", "") or VAR_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT_PUBLIC, MEDIA_ROOT_CONFIDENTIAL = environment.media_roots(VAR_DIR)
MEDIA_ROOT = MEDIA_ROOT_PUBLIC
MEDIA_URL = "/media/"
# Compressing takes a quarter of a minute, which only readers over a network get back.
_STATIC_STORAGE = (
    "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    if EMBEDDED_POSTGRES
    else "whitenoise.storage.CompressedManifestStaticFilesStorage"
)
STORAGES = {
    "default": many_environment.public_files(MEDIA_ROOT_PUBLIC, MEDIA_URL),
    # No base_url: a confidential file has no address, only a view that checks who asks.
    "confidential": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": MEDIA_ROOT_CONFIDENTIAL,
            "base_url": None,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": _STATIC_STORAGE},
}
WHITENOISE_MAX_AGE = 3600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# Admin forms with many inlines exceed Django's 1,000 fields; a public query never comes near.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000 if SERVES_STAFF else 200

# --- What browsers may do ---------------------------------------------------------------------

_PUBLIC_POLICY: dict[str, list[Any]] = {
    "default-src": [NONE],
    "base-uri": [NONE],
    "connect-src": [SELF],  # without it crawlers cannot read robots.txt
    "font-src": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [NONE],
    "img-src": [SELF],
    "manifest-src": [SELF],
    "script-src": [SELF],
    "style-src": [SELF],
}
CONTENT_SECURITY_POLICY = {"DIRECTIVES": _PUBLIC_POLICY}
# The staff office frames its own previews, and the prose editor's import map carries a nonce.
STAFF_CONTENT_SECURITY_POLICY: dict[str, list[Any]] = {
    **_PUBLIC_POLICY,
    "frame-ancestors": [SELF],
    "frame-src": [SELF],
    "img-src": [SELF, "data:", "blob:"],
    "script-src": [SELF, NONCE],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "no-referrer"
# With no-referrer a browser sends "Origin: null" and cannot sign in.
STAFF_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
STAFF_X_FRAME_OPTIONS = "SAMEORIGIN"
# Seconds; sent by our own middleware, because Django's waits for a proxy header we do not believe.
STRICT_TRANSPORT_SECONDS = 63_072_000

# "example.org" typed into a form means https; the setting goes with Django 6.0, where that is so anyway.
FORMS_URLFIELD_ASSUME_HTTPS = True
warnings.filterwarnings("ignore", "The FORMS_URLFIELD_ASSUME_HTTPS transitional setting is deprecated.")
SILENCED_SYSTEM_CHECKS = [
    "security.W003",  # CSRF protection is there, confined to the office (memorial.staff.middleware)
    "security.W004",  # HSTS is there, sent by memorial.middleware
    "security.W008",  # the redirect to https is the proxy's: believing its header is what we refuse
]

# --- Staff ------------------------------------------------------------------------------------

if SERVES_STAFF:
    _is_secure = urlsplit(STAFF_URL).scheme == "https"
    AUTH_USER_MODEL = "staff.User"
    LOGIN_URL = f"/{ADMIN_PATH}login/"
    LOGIN_REDIRECT_URL = f"/{ADMIN_PATH}"
    # Behind a proxy that ends TLS, Django sees http: the browser's https Origin is named here.
    CSRF_TRUSTED_ORIGINS = [STAFF_URL]
    SESSION_ENGINE = "memorial.staff.session_store"
    # Seconds: a session in all, however busy; unused; and since the last proof, before something grave.
    SESSION_COOKIE_AGE = 8 * 60 * 60
    SESSION_IDLE_AGE = 30 * 60
    FRESH_SIGN_IN_AGE = 5 * 60
    SESSION_EXPIRE_AT_BROWSER_CLOSE = True
    SESSION_COOKIE_NAME = "memorial_session"
    SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
    SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Strict"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _is_secure
    # Cookies of the office are never sent to a public page.
    SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = LANGUAGE_COOKIE_PATH = f"/{ADMIN_PATH}"
    MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
    PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.Argon2PasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
    AUTH_PASSWORD_VALIDATORS = [
        {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
        {
            "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
            "OPTIONS": {"min_length": 12},
        },
        {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    ]

# --- Logs -------------------------------------------------------------------------------------

# Readers leave no trace: paths at most, never an address or a query, and no mail, which carries the whole request.
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": logs.formatter()},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # Any scanner of the network makes these, one traceback for each guess of the host's name.
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
        # runserver's own log prints the address and the query of every request.
        "django.server": {"handlers": ["nowhere"], "level": "CRITICAL", "propagate": False},
        "memorial": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
