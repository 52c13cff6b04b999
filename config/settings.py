"""Django's settings, from the environment. The defaults are the safe ones."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from config import env, logs
from config.upward import *  # noqa: F403 - settings too

ROOT = Path(__file__).resolve().parents[1]

# --- What this is ---------------------------------------------------------------------------------------

SERVICE_NAME = env.text("SERVICE_NAME", "Waymark")
DEMO = env.flag("DEMO", default=False)
DEBUG = False
SITE_ADDRESS = env.text("SITE_ADDRESS", help="What people type, such as https://waymark.example.org.").rstrip("/")
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS") or [SITE_ADDRESS.split("://")[-1].split(":")[0]]
ON_CALL_TELEPHONE = env.text("ON_CALL_TELEPHONE", help="The number answered day and night when no shift is planned.")
DEAD_MAN_URL = env.text("DEAD_MAN_URL", "")
CLOCKS_AGREE_WITHIN = timedelta(seconds=2)

SECRET_KEY = env.text(
    "SECRET_KEY", help="Fifty random characters: python -c 'import secrets; print(secrets.token_urlsafe(50))'"
)
SECRET_KEY_FALLBACKS = env.names("SECRET_KEY_FALLBACKS")
KEYRING = env.pairs(
    "KEYRING",
    help="The sealing keys, the current one first, as id:key with the key 32 random bytes in base64: "
    "python -c 'import base64, secrets; print(\"k1:\" + base64.b64encode(secrets.token_bytes(32)).decode())'",
)
INDEX_KEY = env.text("INDEX_KEY", help="32 random bytes in base64, made like a key of KEYRING, without the id.")

# --- Parts -----------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "guardian",
    "auditlog",
    "core",
    "accounts",
    "audit",
    "alerts",
    "offenders",
    "volunteers",
    "circles",
    "concerns",
    *(["embedded"] if DEMO else []),
]

MIDDLEWARE = [
    *(["embedded.loopback.LoopbackMiddleware"] if DEMO else []),
    "config.middleware.DatabaseDownMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.HeadersMiddleware",
    "config.middleware.LeadOnMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.middleware.TypedMiddleware",
    "accounts.cookies.CookieMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.SignedInMiddleware",
    "accounts.middleware.SessionLifeMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "audit.middleware.TrailMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "core.forms.Renderer"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.page_context",
                "config.context.alert_context",
            ],
            "builtins": ["core.templatetags.components", "core.templatetags.ui"],
        },
    }
]

# --- Database: one database, two connections, three roles -------------------------------------------------

_database = {
    "ENGINE": "django.db.backends.postgresql",
    **env.database("DATABASE_URL", help="Such as postgresql://waymark_app:password@localhost:5432/waymark."),
    "CONN_MAX_AGE": 60,
    "CONN_HEALTH_CHECKS": True,
    "OPTIONS": {
        "connect_timeout": 3,
        "options": "-c statement_timeout=10000 -c lock_timeout=3000 -c idle_in_transaction_session_timeout=15000",
    },
}
# The second name is not atomic, so that a count of sign-in attempts survives the request that failed.
DATABASES = {"default": {**_database, "ATOMIC_REQUESTS": True}, "cache": {**_database, "ATOMIC_REQUESTS": False}}
DATABASES["cache"]["TEST"] = {"MIRROR": "default"}
# Only `migrate` connects as the owner, and only `make_roles` as an administrator.
OWNER_DATABASE = env.optional_database("OWNER_DATABASE_URL")
ADMIN_DATABASE = env.optional_database("ADMIN_DATABASE_URL")
DATABASE_ROUTERS = ["config.routers.CacheRouter"]

CACHES = {
    "default": {
        "BACKEND": "core.cache.JSONCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000, "CULL_FREQUENCY": 10},
    }
}

# --- Signing in ------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["embedded.hashing.QuickHasher" if DEMO else "django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "full_name", "first_name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"

ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = ACCOUNT_REAUTHENTICATION_REQUIRED = ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_MAX_EMAIL_ADDRESSES = 1
ACCOUNT_CHANGE_EMAIL = ACCOUNT_SESSION_REMEMBER = ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# Wrong passwords and codes: from one place, and from all unknown devices together; and searches for a person.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/5m/key",
    "tried_from_anywhere": "50/h/key",
    "code_failed": "30/m/ip,5/5m/key",
    "code_from_anywhere": "20/h/key",
    "person_sought": "20/h/user",
}
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXIES", 0)
ACCOUNT_FORMS = {
    "login": "accounts.library_forms.LoginForm",
    "reset_password": "accounts.library_forms.ForgottenPasswordForm",
    "reset_password_from_key": "accounts.library_forms.NewPasswordForm",
    "reauthenticate": "accounts.library_forms.PasswordAgainForm",
    "change_password": "accounts.library_forms.ChangePasswordForm",
}
MFA_FORMS = {
    "authenticate": "accounts.library_forms.SecondFactorForm",
    "reauthenticate": "accounts.library_forms.SecondFactorAgainForm",
    "activate_totp": "accounts.library_forms.NewAppForm",
    "add_webauthn": "accounts.library_forms.NewPasskeyForm",
    "edit_webauthn": "accounts.library_forms.PasskeyNameForm",
}
MFA_ADAPTER = "accounts.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = SERVICE_NAME
USERSESSIONS_TRACK_ACTIVITY = False

SESSION_ENGINE = "accounts.store"
SESSION_IDLE = timedelta(minutes=20)
SESSION_WARNING = timedelta(minutes=2)
SESSION_LIFE = timedelta(hours=12)
SESSION_LIFE_STAFF = timedelta(hours=8)
SESSION_COOKIE_AGE = int(SESSION_LIFE.total_seconds())
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

GUARDIAN_MONKEY_PATCH_USER = False
ANONYMOUS_USER_NAME = None
# Nothing calls has_perm for case records (docs/adr/0004), so guardian's backend is not needed.
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]
AUDITLOG_MASK_CALLABLE = "audit.masking.mask_value"

# --- Cookies and headers ----------------------------------------------------------------------------------

# A cookie named __Host- must be Secure; the demo is on loopback without a certificate.
_host = "" if DEMO else "__Host-"
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_host}sessionid", f"{_host}csrftoken"
DEVICE_COOKIE_NAME = f"{_host}device"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMO
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS]
CSRF_FAILURE_VIEW = "config.views.csrf_failure"
SECURE_SSL_REDIRECT = not DEMO
SECURE_REDIRECT_EXEMPT = [r"^healthz"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.number("TRUSTED_PROXIES", 0) else None
SECURE_HSTS_SECONDS = 0 if DEMO else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEMO
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        **{name: [NONE] for name in ("default-src", "frame-ancestors", "base-uri")},
        **{name: [SELF] for name in ("script-src", "style-src", "font-src", "connect-src", "form-action")},
        "img-src": [SELF, "data:"],
    }
}

# --- Words, dates, files ---------------------------------------------------------------------------------

LANGUAGE_CODE, TIME_ZONE, USE_TZ = "en-gb", "Europe/London", True
STATIC_URL = "/static/"
STATIC_ROOT = ROOT / ".waymark" / "static"
STATICFILES_DIRS = [ROOT / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "core.static_files.HashedFiles"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_HANDLERS: list[str] = []

# --- Mail ------------------------------------------------------------------------------------------------

EMAIL_BACKEND = "embedded.mailbox.Mailbox" if DEMO else "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text("EMAIL_HOST", "localhost" if DEMO else None, help="The SMTP server that sends alerts.")
EMAIL_PORT = env.number("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text(
    "EMAIL_FROM", "waymark@example.org" if DEMO else None, help="The neutral sender of alerts."
)
CANARY_ADDRESS = env.text("CANARY_ADDRESS", "")
MAIL_HOST_NAME = DEFAULT_FROM_EMAIL.split("@")[-1].rstrip(">")

# --- Text messages: GOV.UK Notify. Without a key none is sent, and nobody is asked for a number ----------

NOTIFY_API_KEY = env.text("NOTIFY_API_KEY", "")
NOTIFY_TEXT_TEMPLATE = env.text("NOTIFY_TEXT_TEMPLATE", "")
NOTIFY_ADDRESS = env.text("NOTIFY_ADDRESS", "https://api.notifications.service.gov.uk").rstrip("/")
TEXTS_RECEIPTS_TOKEN, MAILS_RECEIPTS_TOKEN = env.text("TEXTS_RECEIPTS_TOKEN", ""), env.text("MAILS_RECEIPTS_TOKEN", "")

# --- The worker. Redis only wakes it; the database holds what is to be done -------------------------------

CELERY_BROKER_URL = env.address("REDIS_URL", help="Such as redis://localhost:6379/0. It holds nothing that matters.")
CELERY_TASK_IGNORE_RESULT = True
CELERY_RESULT_BACKEND = None
CELERY_TASK_ACKS_LATE = CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_TASK_TIME_LIMIT, CELERY_TASK_SOFT_TIME_LIMIT = 120, 90
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0.2}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_timeout": 2,
    "socket_connect_timeout": 2,
    "health_check_interval": 10,
}
CELERY_TASK_SERIALIZER, CELERY_ACCEPT_CONTENT = "json", ["json"]
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# --- Logging: references only, never a name or anybody's words --------------------------------------------

LOGGING = logs.settings_of(env.text("LOG_LEVEL", "INFO"))
env.refuse_missing()
