"""Settings of the site. What differs between machines comes from the environment; README.md lists the variables.

https://docs.djangoproject.com/en/5.2/ref/settings/
"""

import os
import warnings
from datetime import timedelta
from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from kalbajar_site import environment

# --- Where things are -------------------------------------------------------------------------------------------------

BASE_DIR = Path(__file__).resolve().parent.parent
# Everything the site writes: database, media, collected static files, secret key. The checkout itself can be read-only.
DATA_DIR = environment.folder("DATA_DIR", BASE_DIR / "var")

HOST = environment.host("HOST", "127.0.0.1")
PORT = environment.number("PORT", 8000, least=1, most=65535)
# The host as it stands in an address: 0.0.0.0 and :: can be listened on but not visited.
VISIBLE_HOST = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(HOST, f"[{HOST}]" if ":" in HOST else HOST)  # noqa: S104
SITE = environment.origin("SITE_URL", f"http://{VISIBLE_HOST}:{PORT}")
SITE_URL = SITE.geturl()
# Processes that answer, of each server.
WORKERS = environment.number("WEB_CONCURRENCY", min(max(2, os.cpu_count() or 2), 8), least=1, most=64)

# --- Application ------------------------------------------------------------------------------------------------------

DEBUG = environment.flag("DEBUG")
SECRET_KEY = environment.secret("SECRET_KEY", DATA_DIR / "secret_key")

INSTALLED_APPS = [
    "kalbajar_site.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "simple_history",
    "axes",
    "csp",
    "articles",
]

MIDDLEWARE = [
    "kalbajar_site.middleware.ClientAddressMiddleware",
    "kalbajar_site.middleware.NoKeptRefusalsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "kalbajar_site.static_files.StaticFilesMiddleware",
    "kalbajar_site.middleware.CookieLengthMiddleware",
    "kalbajar_site.middleware.NoNulMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "kalbajar_site.urls"
WSGI_APPLICATION = "kalbajar_site.wsgi.application"

TEMPLATES = [
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
    },
]

# --- Database ---------------------------------------------------------------------------------------------------------

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": environment.database("DATABASE_URL", DATA_DIR / "database.sqlite3")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"] |= {
        "ENGINE": "kalbajar_site.sqlite",
        # A write takes its lock when it begins: one that read first could not wait for another writer any more.
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # What is deleted is overwritten, as in Debian's SQLite without being asked: `removetext` has to mean it.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            "PRAGMA secure_delete=ON",
        },
        "CONN_HEALTH_CHECKS": False,
        # A file, since threads that share a database in memory lose writes.
        "TEST": {"NAME": str(DATA_DIR / "test.sqlite3")},
    }

CACHES = {"default": environment.cache(os.environ.get("CACHE_URL", ""))}

# Memory of each process for finished pages; one takes about 100 kB with what is compressed of it.
KEPT_PAGES_BYTES = environment.number("PAGES_MIB", 16, least=0, most=4096) * 1024 * 1024

# EMAIL_HOST and its kin; empty where the site sends no mail.
globals().update(environment.mail(os.environ.get("EMAIL_URL", "")))
EMAIL_BACKEND = "kalbajar_site.mail_server.MailServer"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = environment.sender("EMAIL_FROM", f"kalbajar@{SITE.hostname}")

# --- Who may come in --------------------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "kalbajar_site.permission_lookup.PermissionLookup",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
SESSION_COOKIE_AGE = int(timedelta(days=7).total_seconds())

# Pairs: a stranger who guesses passwords locks himself out, not the editor whose name he tries.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
# Of IPv6 the network: one visitor has all addresses of it, and a fresh one for each guess.
AXES_CLIENT_IP_CALLABLE = "articles.allowance.network_of"
AXES_USERNAME_CALLABLE = "kalbajar_site.sign_ins.name_tried"
AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
# Successes are in the log; a table of them would only grow.
AXES_DISABLE_ACCESS_LOG = True
AXES_LOCKOUT_TEMPLATE = "locked_out.html"
# The log tells who was locked out, and the cool-off lets them in again: nothing to do at the desk.
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
# Addresses stand in the log; names do not, since people type their password there by mistake.
AXES_SENSITIVE_PARAMETERS = ["username"]

REVIEW_OWN_WORK = environment.flag("REVIEW_OWN_WORK")
DEMO_PASSWORD = os.environ.get("DEMO_PASSWORD", "")

# --- HTTP and HTTPS ---------------------------------------------------------------------------------------------------

SECURE = environment.flag("SECURE")
# How many proxies of ours stand in front; HTTPS ends at one.
PROXIES = environment.number("PROXIES", int(SECURE), least=0, most=9)

ALLOWED_HOSTS = environment.hosts("ALLOWED_HOSTS") or list(
    dict.fromkeys(["localhost", "127.0.0.1", "[::1]", VISIBLE_HOST, SITE.hostname])
)
CSRF_TRUSTED_ORIGINS = environment.origins("CSRF_TRUSTED_ORIGINS") or [SITE_URL]

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
if SECURE:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^health/$"]
    SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds())
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        # The nonce stands only in answers of pages that ask for one: the article's form, for its editor.
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# The largest article that the form takes has 500 infobox rows, 1,000 notes and 1,000 references of up to ten inputs,
# and some hundred names and figures. Django's stock limit of 1,000 fields refuses it and loses the text.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 40_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024

# --- Static files and media -------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "kalbajar_site.static_files.StaticFiles"},
}

# --- Language and time ------------------------------------------------------------------------------------------------

# The language is the site's, not the visitor's: a page is rendered once, for everybody.
LANGUAGE_CODE = environment.language("LANGUAGE_CODE", "en")
USE_I18N = True
LOCALE_PATHS = [BASE_DIR / "articles" / "locale"]
FORMAT_MODULE_PATH = ["kalbajar_site.formats"]
TIME_ZONE = "UTC"
USE_TZ = True

# --- History ----------------------------------------------------------------------------------------------------------

SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
SIMPLE_HISTORY_DATE_INDEX = False
SIMPLE_HISTORY_REVERT_DISABLED = True

# --- Log --------------------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "kalbajar_site.log_lines.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        # Who came in or was kept out; what was published, restored, removed, or refused to somebody.
        "security": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        # Where and when the server began and ended.
        "server": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "axes": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        # They tell every oddity of what somebody pastes or uploads, thousands of lines for one text.
        **{name: {"level": "CRITICAL"} for name in ("PIL", "bibtexparser", "pylatexenc")},
    },
}
warnings.filterwarnings("ignore", module=r"PIL\.")  # as much of a file's metadata, past the log
