"""Settings, all from the environment; `docs/architecture.md` says what each decision is for."""

from pathlib import Path

from csp.constants import NONE, SELF

from config import environment as env

BASE_DIR = Path(__file__).resolve().parent.parent

MODE = env.text("YISHI_MODE", "production")  # production | demo | test
DEBUG = False
SECRET_KEY = env.text("YISHI_SECRET_KEY")
ALLOWED_HOSTS = env.words("YISHI_ALLOWED_HOSTS", "127.0.0.1,localhost")
CSRF_TRUSTED_ORIGINS = env.words("YISHI_TRUSTED_ORIGINS")
DATA_DIR = Path(env.text("YISHI_DATA_DIR"))
FILES_DIR = DATA_DIR / "files"
# Demo and tests only: a file with an offset in seconds that web, worker and beat read (common/clock.py).
CLOCK_FILE = env.text("YISHI_CLOCK_FILE", "") if MODE in {"demo", "test"} else ""
# Who may say in X-Forwarded-For for whom he asks; from anybody else the header is not read (common/web/address.py).
TRUSTED_PROXIES = env.networks("YISHI_TRUSTED_PROXIES")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "guardian",
    "axes",
    "csp",
    "common",
    "committee",
    "agenda",
    "decisions",
    "oversight",
    "desk",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "common.web.session.SessionEndMiddleware",
    "common.web.middleware.ActorMiddleware",
    "common.web.uploads.LargeRequestMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "common.web.middleware.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
FORM_RENDERER = "common.web.renderer.Renderer"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "common.web.context.frame",
            ],
            "builtins": ["common.web.templatetags.parts"],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader"],
                )
            ],
        },
    }
]

# The owner migrates, the running program may not: see common/promises.
OWNER_ROLE = env.text("YISHI_DB_OWNER", "yishi_owner")
APP_ROLE = env.text("YISHI_DB_USER", "yishi_app")
AS_OWNER = env.text("YISHI_DB_ROLE", "app") == "owner"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": env.text("YISHI_DB_NAME", "yishi"),
        "HOST": env.text("YISHI_DB_HOST", ""),
        "PORT": env.text("YISHI_DB_PORT", "5432"),
        "USER": OWNER_ROLE if AS_OWNER else APP_ROLE,
        "PASSWORD": env.text("YISHI_DB_OWNER_PASSWORD" if AS_OWNER else "YISHI_DB_PASSWORD"),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        # The ORM begins a join at the rows asked for; to try every order of seven took longer than the query.
        "OPTIONS": {"client_encoding": "UTF8", "options": "-c join_collapse_limit=4"},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.text("YISHI_REDIS_URL", "redis://127.0.0.1:6379")
_SOCKET = REDIS_URL.startswith("unix://")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": f"{REDIS_URL}{'?db=1' if _SOCKET else '/1'}",
        "KEY_PREFIX": "yishi",
    }
}
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://") + ("?virtual_host=0" if _SOCKET else "/0")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 600}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE = {
    "outbox": {"task": "common.outbox.sweep", "schedule": 60.0},
    "mail": {"task": "common.mail.sweep", "schedule": 60.0},
    "documents": {"task": "common.documents.sweep", "schedule": 60.0},
    "files": {"task": "common.files.sweep_orphans", "schedule": 3600.0},
    "grants": {"task": "agenda.items.end_grants", "schedule": 3600.0},
}

AUTH_USER_MODEL = "common.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None
GUARDIAN_RAISE_403 = False
# Tests open many logins; nothing real is protected there.
PASSWORD_HASHERS = [f"django.contrib.auth.hashers.{'MD5' if MODE == 'test' else 'Argon2'}PasswordHasher"]
# What one guess of a scrutineer's code costs: KiB of memory and passes of Argon2id (decisions/ballots/keys.py).
BALLOT_CODE_COST = (64, 1) if MODE == "test" else (64 * 1024, 3)
# The application's key of secret ballots: made with the first ballot, outside the database; leave it out of backups.
BALLOT_KEY_FILE = DATA_DIR / "ballot.key"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "common.identity.passwords.UnlikeTheLogin"},
    {"NAME": "common.identity.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "common.identity.passwords.Uncommon"},
    {"NAME": "common.identity.passwords.NotDigitsAlone"},
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "common.web.address.client_address"
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "common.web.account_views.locked_out"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]

LOGIN_URL = "common:login"
LOGIN_REDIRECT_URL = "/"
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_IDLE_SECONDS = env.number("YISHI_IDLE_MINUTES", 60) * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "common.web.errors.csrf_failure"
HTTPS = env.flag("YISHI_HTTPS", MODE == "production")
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True  # for Django's own messages in Chinese; the project itself has one language and no gettext
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if MODE == "test"
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
MAX_FILE_BYTES = 50 * 1024 * 1024
MAX_REQUEST_BYTES = 5 * MAX_FILE_BYTES

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text("YISHI_SMTP_HOST", "")
EMAIL_PORT = env.number("YISHI_SMTP_PORT", 25)
EMAIL_HOST_USER = env.text("YISHI_SMTP_USER", "")
EMAIL_HOST_PASSWORD = env.text("YISHI_SMTP_PASSWORD", "")
EMAIL_USE_TLS = env.flag("YISHI_SMTP_TLS")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("YISHI_MAIL_FROM", "yishi@localhost")
# The host that stands in Message-IDs and in links of mails.
PUBLIC_URL = env.text("YISHI_PUBLIC_URL", "http://127.0.0.1:8000")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"yishi": {"level": "INFO"}},
}
