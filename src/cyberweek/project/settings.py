"""Settings. Everything that differs between installations comes from the environment; see docs/reference/settings.md."""

from __future__ import annotations

import os
from urllib.parse import unquote, urlsplit

from cyberweek.project import address

ROOT = address.ROOT

DEMO = os.environ.get("CYBERWEEK_DEMO") == "1"
DEBUG = os.environ.get("CYBERWEEK_DEBUG") == "1"
TESTING = os.environ.get("CYBERWEEK_TESTING") == "1"

REHEARSAL = address.rehearsal()
REHEARSALS = address.var() / "rehearsals"

SECRET_KEY = address.secret("CYBERWEEK_SECRET")
TICKET_KEY = address.ticket_key()

VAULT_KEY = address.secret("CYBERWEEK_VAULT")
VAULT_CIPHER = os.environ.get("CYBERWEEK_CIPHER", "aes").upper()
SMS_GATEWAY = os.environ.get("CYBERWEEK_SMS", f"file:{address.var() / 'sms.jsonl'}" if DEMO else "console:")
SMS_KEY = os.environ.get("CYBERWEEK_SMS_KEY", "")
MAIL = os.environ.get("CYBERWEEK_MAIL", "")
SITE = os.environ.get("CYBERWEEK_SITE", "").rstrip("/")
SCANNER = os.environ.get("CYBERWEEK_SCANNER", "")

ALLOWED_HOSTS = os.environ.get("CYBERWEEK_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("CYBERWEEK_ORIGINS", "").split(",") if o]
SECURE = address.is_secure()
BEHIND_PROXY = os.environ.get("CYBERWEEK_PROXY") == "1"
CERTIFICATE_KEY = address.certificate_key()

INSTALLED_APPS = [
    "cyberweek.ui",
    "cyberweek.ledger",
    "cyberweek.units",
    "cyberweek.people",
    "cyberweek.messages",
    "cyberweek.plan",
    "cyberweek.component",
    "cyberweek.questions",
    "cyberweek.activities.quiz",
    "cyberweek.activities.duel",
    "cyberweek.prizes",
    "cyberweek.supervision",
    "cyberweek.duty",
    "cyberweek.report",
    "cyberweek.certificates",
    "cyberweek.portal",
    "cyberweek.console",
    "cyberweek.screen",
    "cyberweek.rehearsal",
    "cyberweek.project",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_vite",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cyberweek.project.middleware.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cyberweek.people.middleware.SessionLimits",
    "cyberweek.people.middleware.SecondFactorRequired",
]

ROOT_URLCONF = "cyberweek.project.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cyberweek.project.context.page",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"


def database(url: str) -> dict:
    """Turn an address into Django's setting: a path for SQLite, or postgresql://user:password@host:port/name."""
    if not url.startswith(("postgresql:", "postgres:")):
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": url,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000;",
            },
        }
    parts = urlsplit(url)
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
    }


DATABASES = {"default": database(address.database_url())}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "lang"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [ROOT / "frontend" / "dist"] if (ROOT / "frontend" / "dist").exists() else []
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
DJANGO_VITE = {
    "default": {
        "dev_mode": False,
        "manifest_path": ROOT / "frontend" / "dist" / ".vite" / "manifest.json",
    }
}

AUTH_USER_MODEL = "people.Staff"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_REDIRECT_URL = "console:today"
LOGIN_URL = "account_login"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "cyberweek.people.sign_in.StaffAdapter"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "20/m/ip,5/5m/key"}  # an office shares one address
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Cyberweek"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG or DEMO or TESTING

SESSION_COOKIE_HTTPONLY = True
IDLE_MINUTES = int(os.environ.get("CYBERWEEK_IDLE_MINUTES", "30"))
SESSION_HOURS = int(os.environ.get("CYBERWEEK_SESSION_HOURS", "10"))
if REHEARSAL:  # its days take seconds, and a second factor's code is good once in half a minute
    IDLE_MINUTES, SESSION_HOURS = 60 * 24 * 60, 60 * 24
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "project_cache",
    }
}
if TESTING:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
