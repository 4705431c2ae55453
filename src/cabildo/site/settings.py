"""All settings. Each is read from the environment; docs/reference/settings.md lists them."""

from pathlib import Path

import dj_database_url
from django.utils.csp import CSP

from cabildo.site import environment as env

ROOT = Path(__file__).resolve().parents[3]
DATA_DIR = env.path("CABILDO_DATA_DIR", ROOT / "var")

DEBUG = env.boolean("CABILDO_DEBUG", default=False)
TESTING = env.boolean("CABILDO_TESTING", default=False)
SECRET_KEY = env.secret("CABILDO_SECRET_KEY", DATA_DIR / "secret_key", otherwise="only-for-tests" if TESTING else None)
ALLOWED_HOSTS = env.words("CABILDO_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("CABILDO_TRUSTED_ORIGINS")
BASE_ADDRESS = env.text("CABILDO_BASE_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
# host name -> municipality slug; a host listed here answers for it without /m/<slug>/
MUNICIPALITY_HOSTS = env.pairs("CABILDO_MUNICIPALITY_HOSTS")
KEY_FILE = env.path("CABILDO_KEY_FILE", DATA_DIR / "keys.json")
CONTENT_DIR = env.path("CABILDO_CONTENT_DIR", ROOT / "content")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "cabildo.db",
    "cabildo.jobs",
    "cabildo.ui",
    "cabildo.audit",
    "cabildo.accounts",
    "cabildo.content",
    "cabildo.territory",
    "cabildo.people",
    "cabildo.documents",
    "cabildo.notifications",
    "cabildo.indicators",
    "cabildo.workflow",
    "cabildo.plans",
    "cabildo.instruments",
    "cabildo.meetings",
    "cabildo.tickets",
    "cabildo.quality",
    "cabildo.dashboards",
    "cabildo.site",
]

MIDDLEWARE = [
    "cabildo.site.logs.ReferenceOfEachRequest",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "cabildo.site.middleware.MunicipalityFromAddress",
    "cabildo.site.middleware.AgencyFromAddress",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "cabildo.accounts.sent_once.SentOnce",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "cabildo.site.urls"
MUNICIPALITY_URLCONF = "cabildo.site.urls_municipality"
AGENCY_URLCONF = "cabildo.site.urls_agency"
WSGI_APPLICATION = "cabildo.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "src" / "cabildo" / "site" / "templates"],  # before the libraries' own pages
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cabildo.site.context.shell",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "cabildo.ui.templatetags.ui"],
        },
    }
]
FORM_RENDERER = "cabildo.ui.renderer.FormRenderer"

# --- databases ---------------------------------------------------------------------------------
DATABASE_URL = env.text("DATABASE_URL", f"sqlite:///{DATA_DIR / 'cabildo.sqlite3'}")
DATABASES = {"default": dj_database_url.parse(DATABASE_URL)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["ENGINE"] = "cabildo.db.backends.sqlite"
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
        "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536",
    }
    DATABASES["default"]["CONN_MAX_AGE"] = 60  # seconds: opening costs as much as three queries
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}
else:
    pool = {"min_size": 1, "max_size": env.integer("CABILDO_DB_POOL", 8)}
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = pool
    # many ask at once, and each question is short: to compile one, or to start several processes for it, costs more
    DATABASES["default"]["OPTIONS"].setdefault("options", "-c jit=off -c max_parallel_workers_per_gather=0")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- background work ---------------------------------------------------------------------------
TASKS = {"default": {"BACKEND": "cabildo.jobs.backend.DatabaseBackend", "QUEUES": []}}

# --- accounts ----------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "cabildo.accounts.key_rules.UnlikeThePerson"},
    {"NAME": "cabildo.accounts.key_rules.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "cabildo.accounts.key_rules.Uncommon"},
    {"NAME": "cabildo.accounts.key_rules.NotOnlyDigits"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home_after_login"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "cabildo.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "cabildo.accounts.entrance_forms.EntranceForm",
    "change_password": "cabildo.accounts.entrance_forms.ChangeKeyForm",
    "set_password": "cabildo.accounts.entrance_forms.SetKeyForm",
    "reset_password_from_key": "cabildo.accounts.entrance_forms.NewKeyForm",
}
SOCIALACCOUNT_ADAPTER = "cabildo.accounts.adapters.SocialAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
# ClaveÚnica, or another OpenID Connect provider with its claims; without a server nobody is offered it.
OIDC_SERVER = env.text("CABILDO_OIDC_SERVER", "")
OIDC_APP = {
    "provider_id": env.text("CABILDO_OIDC_ID", "claveunica"),
    "name": env.text("CABILDO_OIDC_NAME", "ClaveÚnica"),
    "client_id": env.text("CABILDO_OIDC_CLIENT_ID", ""),
    "secret": env.text("CABILDO_OIDC_SECRET", ""),
    "settings": {
        "server_url": OIDC_SERVER,
        "scope": env.words("CABILDO_OIDC_SCOPE", "openid,run,name"),
        "token_auth_method": "client_secret_post",
        "fetch_userinfo": True,
        "oauth_pkce_enabled": True,
    },
}
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "provider_class": "cabildo.accounts.claveunica.ClaveUnica",
        "APPS": [OIDC_APP] if OIDC_SERVER else [],
    }
}
SOCIALACCOUNT_LOGIN_ON_GET = True  # its button is a link; a form would be stopped by form-action
SOCIALACCOUNT_EMAIL_REQUIRED = False
SOCIALACCOUNT_STORE_TOKENS = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG or TESTING
MFA_TOTP_ISSUER = "Cabildo"

# --- language, time, numbers -------------------------------------------------------------------
LANGUAGE_CODE = "es-cl"
LANGUAGES = [("es-cl", "Español (Chile)")]
TIME_ZONE = "America/Santiago"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["cabildo.site.formats"]

# --- files -------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = env.path("CABILDO_STATIC_ROOT", DATA_DIR / "static")
MEDIA_ROOT = env.path("CABILDO_FILES_DIR", DATA_DIR / "files")
MEDIA_URL = ""
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"file_permissions_mode": 0o640, "directory_permissions_mode": 0o750},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG or TESTING
WHITENOISE_AUTOREFRESH = DEBUG or TESTING
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640
DOCUMENTS_MAX_BYTES = env.megabytes("CABILDO_DOCUMENTS_MAX_MB", of={"evidence", "photo", "other"})

# --- signatures --------------------------------------------------------------------------------
SIGNATURE_TRUST_ROOTS = env.folder("CABILDO_SIGNATURE_TRUST_ROOTS")  # without it no signature is said to be valid
# The State's signing service is off until it has an address; then it needs what it gave the institution.
FIRMAGOB_ADDRESS = env.https("CABILDO_FIRMAGOB_ADDRESS")
FIRMAGOB = (
    {
        "address": FIRMAGOB_ADDRESS,
        "entity": env.text("CABILDO_FIRMAGOB_ENTITY"),
        "api_token_key": env.text("CABILDO_FIRMAGOB_KEY"),
        "secret": env.text("CABILDO_FIRMAGOB_SECRET"),
        "attended": env.boolean("CABILDO_FIRMAGOB_ATTENDED", default=True),
    }
    if FIRMAGOB_ADDRESS
    else None
)

# --- mail --------------------------------------------------------------------------------------
# Every municipality sets its own server (encrypted); this one serves the installation itself.
DEFAULT_FROM_EMAIL = env.text("CABILDO_MAIL_FROM", "no-responder@cabildo.invalid")
if env.boolean("CABILDO_MAIL_TO_FILES", default=DEBUG):
    MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "OPTIONS": {"file_path": DATA_DIR / "mail"},
        }
    }
else:
    MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {
                "host": env.text("CABILDO_MAIL_HOST", "127.0.0.1"),
                "port": env.integer("CABILDO_MAIL_PORT", 25),
                "username": env.text("CABILDO_MAIL_USER", ""),
                "password": env.text("CABILDO_MAIL_PASSWORD", ""),
                "use_tls": env.boolean("CABILDO_MAIL_TLS", default=False),
                "timeout": 20,
            },
        }
    }

# --- safety ------------------------------------------------------------------------------------
HTTPS = env.boolean("CABILDO_HTTPS", default=False)
SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
ALLAUTH_TRUSTED_PROXY_COUNT = int(HTTPS)  # else all visitors share one count of failed entries, the proxy's
SECURE_REFERRER_POLICY = "same-origin"
SESSION_ENGINE = "cabildo.site.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 8
SESSION_COOKIE_HTTPONLY = True
SESSION_SAVE_EVERY_REQUEST = False
CSRF_FAILURE_VIEW = "cabildo.site.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
TILE_URL = env.text("CABILDO_TILE_URL", "")  # empty: maps draw areas and points on plain paper
TILE_ORIGINS = env.words("CABILDO_TILE_ORIGINS")
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:", "blob:", *TILE_ORIGINS],
    "style-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
METRICS_TOKEN = env.text("CABILDO_METRICS_TOKEN", "")  # empty: /metrics answers to this machine alone
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request": {"()": "cabildo.site.logs.RequestReference"}},
    "formatters": {
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        },
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["request"]}},
    "root": {"handlers": ["stderr"], "level": env.text("CABILDO_LOG_LEVEL", "WARNING")},
    "loggers": {"django.tasks": {"level": "WARNING"}},  # one line per job would drown the rest
}
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # preloading HSTS is for the owner of the domain to decide
# how far validated scores may be from declared ones before they are told apart, as shares of the scale
QUALITY_BIAS_LIMIT = env.text("CABILDO_QUALITY_BIAS_LIMIT", "0.1")
QUALITY_CHANGE_LIMIT = env.text("CABILDO_QUALITY_CHANGE_LIMIT", "0.2")
# over fewer municipalities than these no figure of the programme is shown; three is the least that hides anybody
QUALITY_SMALLEST_GROUP = env.integer("CABILDO_QUALITY_SMALLEST_GROUP", 5, at_least=3)
