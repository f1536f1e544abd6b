"""Every knob of the installation, read from the environment. docs/operate.md lists them."""

import zoneinfo
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlparse

# Zone files of an operating system may be years old; the tzdata package is the one source of dates here.
zoneinfo.reset_tzpath(to=())

import dj_database_url  # noqa: E402
from django.conf.locale import LANG_INFO  # noqa: E402
from django.utils.translation import gettext_lazy as _  # noqa: E402
from environs import env, validate  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(env.str("NAFIDA_DATA", str(ROOT / "var"))).resolve()
FILES = DATA / "files"
BACKUP_MARK = DATA / "last_backup"  # its moment, in ISO format
DEMO = (DATA / "demo").is_file()  # every page says that nothing here is real, and no letter leaves
PACK = env.str("NAFIDA_PACK", "nafida.packs.ma")
PROVINCE = env.str("NAFIDA_PROVINCE", "02.113")

# Absolute links are built from this address, never from the Host header.
SITE_URL = env.url("NAFIDA_URL", urlparse("http://localhost:8000")).geturl().rstrip("/")
_site = urlparse(SITE_URL)
DEBUG = env.bool("NAFIDA_DEBUG", False)
ALLOWED_HOSTS = [_site.hostname, "localhost", "127.0.0.1", "[::1]", *env.list("NAFIDA_HOSTS", [])]
SECRET_KEY = env.str("NAFIDA_SECRET_KEY", "") or (DATA / "secret_key").read_text().strip()

INSTALLED_APPS = [
    "nafida.launch",  # first: its db_worker stands in for the one of django_tasks_db
    "modeltranslation",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tasks_db",
    "nafida.ui",
    "nafida.mail",
    "nafida.territory",
    "nafida.people",
    "nafida.services",
    "nafida.cases",
    "nafida.reports",
    "nafida.desk",
    "nafida.portal",
    "allauth",  # after people, whose templates stand in for its own
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.forms",
]
FORM_RENDERER = "nafida.ui.forms.Renderer"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "nafida.ui.compress.CompressTexts",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "nafida.mail.clicks.LetterClicks",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "nafida.urls"
CASE_REACTIONS = "nafida.reactions.REACTIONS"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "nafida.ui.context.site",
            ],
        },
    }
]

# --- databases: SQLite files in the data folder, or PostgreSQL by DATABASE_URL
_SQLITE = {
    "fair_queue": True,
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA temp_store=MEMORY;"
        "PRAGMA mmap_size=134217728;PRAGMA cache_size=-20000"
    ),
}
_url = env.str("DATABASE_URL", "")
if _url:
    DATABASES = {"default": dj_database_url.parse(_url, conn_max_age=None, conn_health_checks=True)}
    CACHE_DATABASE = "default"
else:
    DATABASES = {
        "default": {
            "ENGINE": "nafida.sqlite",
            "NAME": str(DATA / "nafida.sqlite3"),
            "OPTIONS": _SQLITE,
            "CONN_MAX_AGE": None,
        },
        "cache": {
            "ENGINE": "nafida.sqlite",
            "NAME": str(DATA / "cache.sqlite3"),
            "OPTIONS": {
                **_SQLITE,
                "fair_queue": False,
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=OFF",
            },
            "CONN_MAX_AGE": None,
        },
    }
    CACHE_DATABASE = "cache"
DATABASE_ROUTERS = ["nafida.sqlite.router.CacheRouter"]
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entries",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}

# --- background work: rows of the same database (DESIGN: enqueue is an INSERT of the same transaction)
TASKS = {
    "default": {
        "BACKEND": "nafida.launch.queue.Queue",
        "QUEUES": ["default", "slow"],
    }
}

# Who knows the name of the place that the pages carry: a function without arguments, in the active language.
SITE_NAME_FROM = "nafida.territory.installed.site_place"

# --- languages; the data's languages are fixed in code, another needs a migration
LANG_INFO["zgh"] = {
    "bidi": False,
    "code": "zgh",
    "name": "Standard Moroccan Tamazight",
    "name_local": "ⵜⴰⵎⴰⵣⵉⵖⵜ",
}
LANGUAGE_CODE = "ar"
LANGUAGES = [("ar", _("Arabic")), ("fr", _("French")), ("en", _("English"))]
MODELTRANSLATION_LANGUAGES = ("ar", "fr", "en", "zgh")
MODELTRANSLATION_DEFAULT_LANGUAGE = "ar"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("ar", "fr", "en")
LANGUAGE_COOKIE_NAME = "lang"
LOCALE_PATHS = [ROOT / "locale"]
FORMAT_MODULE_PATH = ["nafida.ui.formats"]
TIME_ZONE = "Africa/Casablanca"

# --- accounts
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "nafida.people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = 2
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8}
# Nobody without account is written to, nor told apart on the page.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_FORMS = {
    "request_login_code": "nafida.people.forms.codes.RequestCodeForm",
    "confirm_login_code": "nafida.people.forms.codes.ConfirmCodeForm",
    "login": "nafida.people.forms.passwords.PasswordSignInForm",
    "set_password": "nafida.people.forms.passwords.NewPasswordForm",
    "change_password": "nafida.people.forms.passwords.AnotherPasswordForm",
    "reauthenticate": "nafida.people.forms.passwords.PasswordAgainForm",
}
AUTH_PASSWORD_VALIDATORS = [{"NAME": f"nafida.people.passwords.{name}"} for name in ("LongEnough", "NotCommon")]
MFA_ADAPTER = "nafida.people.second_step.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an account is made by an invitation to its address, which is proof enough
MFA_TOTP_TOLERANCE = 1  # clocks of telephones go a little wrong
MFA_FORMS = {
    "authenticate": "nafida.people.forms.second.SecondStepForm",
    "reauthenticate": "nafida.people.forms.second.SecondStepAgainForm",
    "activate_totp": "nafida.people.forms.second.AppForm",
    "add_webauthn": "nafida.people.forms.second.PasskeyForm",
    "edit_webauthn": "nafida.people.forms.second.PasskeyNameForm",
    "login_webauthn": "nafida.people.forms.second.PasskeySignInForm",
}
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}  # a whole town hall signs in from one address
# How long a sign-in lasts is settled by people.sessions; this is how long an idle session is kept at most.
ACCOUNT_SESSION_REMEMBER = False
SESSION_COOKIE_AGE = 12 * 3600
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "desk:inbox"
ACCOUNT_LOGOUT_REDIRECT_URL = "portal:home"

# --- letters: everything leaves through the outbox
MAIL_FROM = env.str("NAFIDA_MAIL_FROM", f"Nafida <nafida@{_site.hostname}>")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = MAIL_FROM
MAIL_DOMAIN = parseaddr(MAIL_FROM)[1].rpartition("@")[2]
SMTP_URL = "" if DEMO else env.str("NAFIDA_SMTP_URL", "")
MAIL_FOLDER = DATA / "mail"
# Where letters come back to, each with a mark of its own (bounces+MARK@…), and how they get from there to us.
BOUNCE_ADDRESS = "" if DEMO else env.str("NAFIDA_BOUNCE_ADDRESS", "")
BOUNCE_LISTEN = env.str("NAFIDA_BOUNCE_LISTEN", "")
BOUNCE_IMAP_URL = "" if DEMO else env.str("NAFIDA_BOUNCE_IMAP_URL", "")
MAILERS = {"default": {"BACKEND": "nafida.mail.backend.OutboxBackend"}}

# --- files of the pages
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "nafida.ui.finders.PackageFilesFinder",
]
DISPLAY_FACE = "ui/display.css"
_READEX = ROOT / "node_modules/@fontsource/readex-pro/files"
PACKAGE_FILES: dict[str, Path] = {}
if _READEX.is_dir():
    PACKAGE_FILES |= {
        DISPLAY_FACE: ROOT / "src/nafida/ui/fonts/display.css",
        "ui/fonts/readex-pro-arabic-600.woff2": _READEX / "readex-pro-arabic-600-normal.woff2",
        "ui/fonts/readex-pro-latin-600.woff2": _READEX / "readex-pro-latin-600-normal.woff2",
    }
_LEAFLET = ROOT / "node_modules/leaflet/dist"
if _LEAFLET.is_dir():
    _images = ("layers.png", "layers-2x.png", "marker-icon.png")  # its style sheet names them
    _parts = ("leaflet.js", "leaflet.js.map", "leaflet.css", *(f"images/{name}" for name in _images))
    PACKAGE_FILES |= {f"ui/leaflet/{name}": _LEAFLET / name for name in _parts}
_HTMX = ROOT / "node_modules/htmx.org/dist"
if _HTMX.is_dir():
    PACKAGE_FILES["ui/htmx.min.js"] = _HTMX / "htmx.min.js"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": FILES}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# What maps lie on: nothing but the land that the boundaries draw, or pictures from `url` ("…/{z}/{x}/{y}.png").
BASEMAP = {
    "kind": env.str("NAFIDA_BASEMAP", "none", validate=validate.OneOf(["none", "raster"])),
    "url": env.str("NAFIDA_BASEMAP_URL", ""),
    "attribution": env.str("NAFIDA_BASEMAP_ATTRIBUTION", ""),
}
_basemap = urlparse(BASEMAP["url"])
_BASEMAP_HOST = [f"{_basemap.scheme}://{_basemap.netloc.replace('{s}', '*')}"] if BASEMAP["kind"] == "raster" else []

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# Above so many an hour the rest waits for an officer's look; from so many shown on somebody's words show at once.
HOLD_ABOVE_NETWORK = env.int("NAFIDA_HOLD_ABOVE_NETWORK", 60, validate=validate.Range(1, 1000))
HOLD_ABOVE_DEVICE = env.int("NAFIDA_HOLD_ABOVE_DEVICE", 10, validate=validate.Range(1, 1000))
TRUSTED_AFTER = env.int("NAFIDA_TRUSTED_AFTER", 3, validate=validate.Range(1, 1000))
# How long after its closing what people told with a case is kept.
KEEP_WORDS_DAYS = env.int("NAFIDA_KEEP_WORDS_DAYS", 365, validate=validate.Range(1, 36500))

# --- what goes wrong is told to whoever runs it, on standard error, where `up` leaves it
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"failure": {"format": "{asctime} {name}: answer {status_code}", "style": "{"}},
    "handlers": {"failures": {"class": "logging.StreamHandler", "formatter": "failure"}},
    "loggers": {"django.request": {"handlers": ["failures"], "level": "ERROR", "propagate": False}},
}

# --- safety of the browser
SECURE_CSP = {
    "default-src": ["'self'"],
    "img-src": ["'self'", "data:", "blob:", *_BASEMAP_HOST],
    "object-src": ["'none'"],
    "base-uri": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
}
# How many proxies stand in front: the visitor's address is that many from the end of X-Forwarded-For.
PROXIES = ALLAUTH_TRUSTED_PROXY_COUNT = env.int("NAFIDA_PROXIES", 0, validate=validate.Range(0, 9))
if PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
TLS_CERT = env.str("NAFIDA_TLS_CERT", "")  # the web server's own
if _site.scheme == "https":
    SECURE_HSTS_SECONDS = 30 * 86400
    SECURE_SSL_REDIRECT, SECURE_SSL_HOST, SECURE_REDIRECT_EXEMPT = bool(PROXIES), _site.netloc, [r"^healthz$"]
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _site.scheme == "https"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008"]
