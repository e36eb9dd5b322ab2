"""All settings of Softmarks, driven by the environment; docs/running.md lists the variables.

Without any variable: SQLite, the embedded queue and everything else under `var/`.
"""

import ipaddress
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ

from config.environment import Environment, Problem, keep_secret

BASE_DIR = Path(__file__).resolve().parent.parent
ENVIRONMENT = Environment()
VERSION = next(
    heading.split()[1]
    for heading in (BASE_DIR / "CHANGELOG.md").read_text().splitlines()
    if re.match(r"## \d", heading)
)
# The level of linkding's REST API whose clients can talk to us; they refuse below 1.22.0.
LINKDING_LEVEL = "1.46.2"

# Where things are kept
DATA_DIR = Path(ENVIRONMENT.text("DATA_DIR", str(BASE_DIR / "var"))).expanduser().resolve()
# Files that wait to be imported; web processes and workers share it.
IMPORTS_DIR = DATA_DIR / "imports"

# How many serve
WEB_WORKERS = ENVIRONMENT.number("WEB_WORKERS", 2, 1, 64)
WEB_THREADS = ENVIRONMENT.number("WEB_THREADS", 4, 1, 64)

# The address people use
HOST = ENVIRONMENT.text("HOST", "127.0.0.1")
PORT = ENVIRONMENT.number("PORT", 8000, 1, 65535)
_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - compared with, not bound to
_HERE = "127.0.0.1" if HOST in _EVERYWHERE else HOST
BASE_URL = ENVIRONMENT.origin(
    "BASE_URL", f"http://[{_HERE}]:{PORT}" if ":" in _HERE else f"http://{_HERE}:{PORT}"
)
_BASE_HOST = urlsplit(BASE_URL).hostname or ""
ALLOWED_HOSTS = list(
    ENVIRONMENT.hosts("ALLOWED_HOSTS", (_BASE_HOST, "localhost", "127.0.0.1", "[::1]"))
)
SECURE = BASE_URL.startswith("https:")
PROXIES = ENVIRONMENT.number("PROXIES", 0, 0, 5)

DEBUG = ENVIRONMENT.flag("DEBUG", False)
SECRET_KEY = ENVIRONMENT.text("SECRET_KEY")
if not SECRET_KEY:
    try:
        SECRET_KEY = keep_secret(DATA_DIR)
    except OSError as error:
        ENVIRONMENT.problems.append(
            Problem(
                "DATA_DIR",
                f"{DATA_DIR} cannot be written: {error.strerror}.",
                "Set DATA_DIR to a folder of yours, or set SECRET_KEY.",
            )
        )
        SECRET_KEY = "-" * 50  # the check above stops the site from starting with this

# What Softmarks lets people do
REGISTRATION = ENVIRONMENT.choice("REGISTRATION", "open", ("open", "invite", "closed"))
RATE_LIMITS = ENVIRONMENT.flag("RATE_LIMITS", True)
PINBOARD_TAG_COUNTS = ENVIRONMENT.choice("PINBOARD_TAG_COUNTS", "text", ("text", "number"))
FETCH = ENVIRONMENT.flag("FETCH", True)
# Told of changed feeds, if there is one (bookmarks.hub_pings).
WEBSUB_HUB = ENVIRONMENT.address("WEBSUB_HUB")
CHECKS_A_MINUTE = ENVIRONMENT.number("CHECKS_A_MINUTE", 60, 0, 10_000)
FETCH_ALLOW_NETWORKS: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...] = (
    ENVIRONMENT.networks("FETCH_ALLOW_NETWORKS")
)
FETCH_ALLOW_PORTS = ENVIRONMENT.ports("FETCH_ALLOW_PORTS", frozenset({80, 443, 8080, 8443}))

# Django's parts
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.forms",  # the widgets' templates, for FORM_RENDERER
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "taggit",
    "config.apps.ConfigConfig",
    "accounts.apps.AccountsConfig",
    "bookmarks.apps.BookmarksConfig",
    "readinglists.apps.ReadinglistsConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.ContentSecurityPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.middleware.PrivatePages",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
FORM_RENDERER = "config.forms.FormRenderer"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def sqlite(name: str) -> dict[str, Any]:
    """Return the database settings under which concurrent saves on SQLite wait, not fail."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            " PRAGMA cache_size=-16000; PRAGMA mmap_size=134217728;",
        },
    }


def parse_database(address: str) -> dict[str, Any]:
    """Return Django's database settings for a sqlite: or postgres: URL; ValueError for others."""
    if urlsplit(address).scheme not in ("sqlite", "postgres", "postgresql"):
        raise ValueError("it names neither SQLite nor PostgreSQL")
    parsed: dict[str, Any] = environ.Env.db_url_config(address)
    if not parsed["NAME"]:
        raise ValueError("it names no database")
    if parsed["ENGINE"].endswith("sqlite3"):
        return sqlite(parsed["NAME"])
    # pgbouncer in transaction mode keeps no server-side cursors and few idle connections.
    return parsed | {
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
    }


DATABASES = {
    "default": ENVIRONMENT.read(
        "DATABASE_URL",
        sqlite(str(DATA_DIR / "softmarks.sqlite3")),
        parse_database,
        "Write sqlite:////path/to/file or postgres://user:password@host:5432/name.",
    )
}

REDIS_URL = ENVIRONMENT.read(
    "REDIS_URL",
    "",
    lambda text: str(environ.Env.cache_url_config(text)["LOCATION"]),
    "Write redis://host:6379/0.",
)
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_timeout": 0.2, "socket_connect_timeout": 0.2},
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

# Who may come in
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
PASSWORD_RESET_TIMEOUT = 3600
# What other apps do, as functions of a User, before an account and all its rows are deleted.
ACCOUNT_DELETION_STEPS = [
    "readinglists.forgetting.forget_reader",
    "bookmarks.forgetting.forget_owner",
]
# Functions of the ids of two pages, the second of which is about to go.
PAGE_MERGE_STEPS = ["readinglists.merging.move_page"]
# What other apps do with the folders of an imported file (see bookmarks.importing).
IMPORT_LIST_STEPS = ["readinglists.folders.put_on_lists"]
# Functions of a person, the bookmark they just saved by its form, and all that the form said; each
# returns a sentence for them, or "".
SAVE_STEPS = ["readinglists.adding.put_saved"]
# Formats that other apps write bookmarks in, beside those of bookmarks.exporting.
EXPORT_FORMATS = {
    "bibtex": "readinglists.exporting.BIBTEX",
    "biblatex": "readinglists.exporting.BIBLATEX",
    "ris": "readinglists.exporting.RIS",
    "csl-json": "readinglists.exporting.CSL_JSON",
}
# What an account consists of, in the order in which its copy is written and taken in (see
# bookmarks.account_copy).
ACCOUNT_PARTS = {
    "settings": "bookmarks.account_copy.own.SETTINGS",
    "bookmarks": "bookmarks.account_copy.own.BOOKMARKS",
    "tags": "bookmarks.account_copy.own.TAGS",
    "notes": "bookmarks.account_copy.own.NOTES",
    "bundles": "bookmarks.account_copy.own.BUNDLES",
    "lists": "readinglists.account_copy.lists.LISTS",
    "other_lists": "readinglists.account_copy.reading.OTHER_LISTS",
    "progress": "readinglists.account_copy.reading.PROGRESS",
    "citation_keys": "readinglists.account_copy.reading.CITATION_KEYS",
    "groups": "readinglists.account_copy.groups.GROUPS",
    "memberships": "readinglists.account_copy.groups.MEMBERSHIPS",
}
# What other apps add to the sample site: functions of its people, by name, and the time; each
# returns a sentence about it, or "".
SAMPLE_DATA_STEPS = ["readinglists.sample_data.fill_lists"]
# Where Django's admin is, for staff; without it there is none.
ADMIN_PATH = ENVIRONMENT.text("ADMIN_PATH").strip("/")

SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
CSRF_TRUSTED_ORIGINS = [BASE_URL] if SECURE else []
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

# A bookmark of 64 Ki characters with 100 tags, all of it outside ASCII and percent-encoded.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

# Mail
EMAIL_CONFIG = ENVIRONMENT.read(
    "EMAIL_URL",
    environ.Env.email_url_config("consolemail://"),
    environ.Env.email_url_config,
    "Write smtp+tls://user:password@host:587, or consolemail:// to print mails.",
)
EMAIL_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"]
EMAIL_HOST = EMAIL_CONFIG.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = EMAIL_CONFIG.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = EMAIL_CONFIG.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = EMAIL_CONFIG.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = bool(EMAIL_CONFIG.get("EMAIL_USE_TLS"))
EMAIL_USE_SSL = bool(EMAIL_CONFIG.get("EMAIL_USE_SSL"))
EMAIL_FILE_PATH = EMAIL_CONFIG.get("EMAIL_FILE_PATH") or None
EMAIL_TIMEOUT = 10
# Where mail for people's secret addresses arrives; without it nobody can save by mail.
MAIL_DOMAIN = ENVIRONMENT.host("MAIL_DOMAIN")
DEFAULT_FROM_EMAIL = ENVIRONMENT.text("EMAIL_FROM", f"softmarks@{_BASE_HOST}")

# Language, time, files
LANGUAGE_CODE = "en"
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = False
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.static_files.StaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600

# The queue: Redis when there is one, else a folder (config/folder_queue.py). Its messages are
# hints; the database knows every job, so a message may get lost or come twice.
CELERY_BROKER_URL = REDIS_URL or "folder://"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = (
    # Longer than the longest task, so that no message is given to a second worker meanwhile.
    {"visibility_timeout": 600, "socket_timeout": 30, "socket_connect_timeout": 5}
    if REDIS_URL
    else {"folder": str(DATA_DIR / "queue")}
)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for its broker as long as it takes
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = CELERY_RESULT_SERIALIZER = "json"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY = False  # see config/celery.py
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_SOFT_TIME_LIMIT, CELERY_TASK_TIME_LIMIT = (
    240,
    300,
)  # for prefork pools; threads have none
CELERY_TASK_SEND_SENT_EVENT = CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_POOL = "threads"
WORKER_THREADS = ENVIRONMENT.number("WORKER_THREADS", 4, 1, 64)
CELERY_WORKER_CONCURRENCY = WORKER_THREADS + 1  # one is left for what is not fetching
CELERY_WORKER_PREFETCH_MULTIPLIER = 16
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 10
CELERY_WORKER_TIMER_PRECISION = 0.25  # stopping waits for the timer
CELERY_WORKER_HIJACK_ROOT_LOGGER = CELERY_WORKER_REDIRECT_STDOUTS = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULER = "config.schedule:Scheduler"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat")
CELERY_BEAT_SCHEDULE = {
    # A message that no worker took before the next one is of no use.
    "sweep": {
        "task": "bookmarks.tasks.sweep_fetch_jobs",
        "schedule": 30,
        "options": {"expires": 30},
    },
    "sweep bookmark imports": {
        "task": "bookmarks.tasks.sweep_imports",
        "schedule": 30,
        "options": {"expires": 30},
    },
    "sweep imports": {
        "task": "readinglists.tasks.sweep_imports",
        "schedule": 30,
        "options": {"expires": 30},
    },
    "check links": {
        "task": "bookmarks.tasks.check_links",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "group mails": {
        "task": "readinglists.tasks.send_group_digests",
        "schedule": 300,
        "options": {"expires": 300},
    },
    "sweep removed items": {
        "task": "readinglists.tasks.sweep_removed_items",
        "schedule": 3600,
        "options": {"expires": 3600},
    },
    **(
        {
            "ping hub": {
                "task": "bookmarks.tasks.ping_hub",
                "schedule": 30,
                "options": {"expires": 30},
            }
        }
        if WEBSUB_HUB
        else {}
    ),
    "clean up": {"task": "bookmarks.tasks.clean_up", "schedule": 86_400},
    "forget": {"task": "accounts.tasks.forget_expired", "schedule": 86_400},
}

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "config.masking.MaskingFormatter",
            "fmt": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO" if DEBUG else "WARNING"},
    "loggers": {
        # What libraries tell programmers, such as what will change in Celery 6.
        "py.warnings": {"level": "WARNING" if DEBUG else "ERROR"},
        # Every 404 with its path: what people look for is nobody's business.
        "django.request": {"level": "WARNING" if DEBUG else "ERROR"},
        # A wrong Host is answered with 400; scanners send it all the time.
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
    },
}
