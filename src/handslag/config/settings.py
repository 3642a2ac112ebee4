"""Django's settings, made from the place this installation stands in."""

import os
import sys
from urllib.parse import unquote, urlsplit

from handslag.config.place import ROOT, place

HERE = place()
TESTING = "pytest" in sys.modules
MODE = "test" if TESTING else HERE.mode
DEMO = MODE == "demo" or os.environ.get("HANDSLAG_MODE") == "demo"

SECRET_KEY = "only for tests " * 4 if TESTING else HERE.secret_key
DEBUG = False
ALLOWED_HOSTS = [*HERE.allowed_hosts.split(","), "testserver"] if TESTING else HERE.allowed_hosts.split(",")
ROOT_URLCONF = "handslag.config.urls"
WSGI_APPLICATION = "handslag.config.wsgi.application"
APPEND_SLASH = True
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
USE_I18N = True
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"

CONTEXTS = [
    "foundation",
    "people",
    "casework",
    "income_support",
    "child_protection",
    "adult_support",
    "coordination",
    "analytics",
]
FACES = ["shell", "account", "citizen", "desk", "lead", "wall"]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "procrastinate.contrib.django",
    *[f"handslag.{name}" for name in CONTEXTS if (ROOT / f"src/handslag/{name}/apps.py").exists()],
    *[f"handslag.portal.{name}" for name in FACES if (ROOT / f"src/handslag/portal/{name}/apps.py").exists()],
    "handslag.portal.citizen.concern",
    "handslag.portal.desk.reception",
    "handslag.portal.desk.family",
    "handslag.portal.desk.handbook",
    "handslag.config",
]
MIDDLEWARE = [
    "handslag.portal.shell.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "handslag.portal.shell.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "handslag.portal.shell.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "handslag.portal.shell.context.shell",
            ]
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Values go beside the statement, so that the server plans one that it has met twice only once for each connection.
PREPARED: dict[str, object] = {"server_side_binding": True, "prepare_threshold": 2}


def _database(url: str, *, pool: bool) -> dict[str, object]:
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "handslag",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "127.0.0.1",
        "PORT": str(parts.port or 5432),
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": pool,  # one that died with its server is found before a page or a job meets it
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": PREPARED
        | (
            {"pool": {"min_size": 1, "max_size": HERE.pool, "timeout": 10}}
            if pool
            else {"connect_timeout": 10}
        ),
    }


if TESTING and not HERE.test_database_url:
    from handslag.config.embedded_for_tests import address

    HERE.test_database_url = os.environ["HANDSLAG_TEST_DATABASE_URL"] = address()
_owner = HERE.test_database_url if TESTING else HERE.owner_url
if HERE.database_url and not TESTING:
    DATABASES = {"default": _database(HERE.database_url, pool=True)}
elif _owner:
    DATABASES = {
        "default": _database(HERE.url_of(f"handslag_{HERE.role}", _owner), pool=not TESTING),
        "owner": _database(_owner, pool=False),
    }
else:  # nothing is known yet: the command line fills in the embedded server before Django starts
    DATABASES = {"default": _database("postgresql://nobody@127.0.0.1:1/handslag", pool=False)}
if TESTING and "owner" in DATABASES:
    DATABASES["default"]["TEST"] = {"MIRROR": "owner"}
    DATABASES["owner"]["TEST"] = {"NAME": f"test_{DATABASES['owner']['NAME']}"}
    if "DISABLE_POOL" not in os.environ:
        DATABASES["default"]["CONN_MAX_AGE"] = None

DATABASE_ROUTERS = ["handslag.config.database.OwnerMigrates"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "foundation.Account"
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HERE.secure
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "handslag.portal.shell.views.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
DELEGATION_PERSONS = HERE.delegation_persons
PROXIES = frozenset(address.strip() for address in HERE.proxies.split(",") if address.strip())
if HERE.secure:
    SECURE_HSTS_SECONDS = 31536000
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

STATIC_URL = "/static/"
STATIC_ROOT = HERE.var / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = TESTING
WHITENOISE_AUTOREFRESH = False
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if TESTING
    else [
        "django.contrib.auth.hashers.ScryptPasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
)
# The log-in library is used without its own pages: providers from the settings alone, keys of the second factor encrypted.
SOCIALACCOUNT_ADAPTER = "handslag.portal.account.oidc.Applications"
SOCIALACCOUNT_STORE_TOKENS = False
MFA_ADAPTER = "handslag.portal.account.second_factor.Adapter"
MFA_TOTP_TOLERANCE = 1
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/konto/logga-in/"
LOGIN_REDIRECT_URL = "/"
HANDSLAG_ATTEST_LIMIT_KR = HERE.attest_limit_kr
HANDSLAG_MUNICIPALITY_CODE = HERE.municipality_code
# The demo municipality stands in no county; an installation without its code erases nothing.
HANDSLAG_KEEPS_FOR_RESEARCH = (
    "sample" if (DEMO or TESTING) and HERE.keeps_for_research == "by_code" and not HERE.municipality_code else HERE.keeps_for_research
)
HANDSLAG_ERASURE_APPROVER = HERE.erasure_approver
HANDSLAG_BOOKKEEPING_YEARS = HERE.bookkeeping_years
HANDSLAG_DEBT_COUNSELLING_YEARS = HERE.debt_counselling_years
HANDSLAG_DEBT_COUNSELLING_DECIDES = HERE.debt_counselling_decides
HANDSLAG_LETTER_TRANSLATION = HERE.letter_translation
HANDSLAG_SMALLEST_GROUP = HERE.smallest_group
HANDSLAG_STATS_KEY = "only for tests of statistics" if TESTING else HERE.stats_key
LOCALE_PATHS: list[str] = []
PROCRASTINATE_ON_APP_READY = "handslag.config.jobs.on_app_ready"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
LOGGING_CONFIG = None if TESTING else "handslag.config.logs.configure"
LOGGING: dict[str, object] = {}
TEST_RUNNER = "django.test.runner.DiscoverRunner"
