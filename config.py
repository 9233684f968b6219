"""Settings: the only place that reads the environment, and the refusals that keep a wrong start from happening."""

import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import ClassVar, Literal
from urllib.parse import quote, urlsplit

import limits

ROOT = Path(__file__).resolve().parent
STAND_IN_MARKER = "sk_test_sandbox_"
LOOPBACK_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})
SHORTEST_SECRET_KEY = 32
MAIL_SCHEMES = ("smtp", "smtp+starttls", "smtps", "file")

StripeKeyKind = Literal["none", "stand-in", "test", "live"]


class ConfigError(Exception):
    """A setting that Lantern refuses to start with; its text says what is wrong and what to do."""


def stripe_key_kind(key: str) -> StripeKeyKind:
    """Tell what a Stripe secret key is for: nothing, the stand-in, Stripe's test mode, or real money.

    Raises ConfigError for a text that is no secret (or restricted) key at all.
    """
    if not key:
        return "none"
    if key.startswith(STAND_IN_MARKER):
        return "stand-in"
    if key.startswith(("sk_test_", "rk_test_")):
        return "test"
    if "_live_" in key:
        return "live"
    raise ConfigError(
        "STRIPE_SECRET_KEY does not look like a Stripe secret key. Copy the one that starts with sk_test_ "
        "from Stripe's dashboard, or leave the setting out to run without giving."
    )


class Config:
    """Settings as Flask reads them (upper-case names), made from an environment mapping.

    Raises ConfigError when the environment asks for something that must not start.
    """

    LANTERN_ENV: ClassVar[str]
    DEBUG = False
    TESTING = False
    SESSION_COOKIE_HTTPONLY = True
    SESSION_COOKIE_SAMESITE = "Lax"
    MAX_CONTENT_LENGTH = 256 * 1024
    # Every page says `Referrer-Policy: no-referrer`, so Flask-WTF's referrer check could never pass over https.
    WTF_CSRF_SSL_STRICT = False
    WTF_CSRF_TIME_LIMIT = 12 * 3600
    COMPRESS_MIMETYPES: ClassVar[list[str]] = ["text/css", "text/javascript", "image/svg+xml"]
    COMPRESS_ALGORITHM: ClassVar[list[str]] = ["gzip"]
    # Flask-Security signs in, and shows no page and mails nothing by itself. Passwords as they were typed
    # (ASVS 5.0, 6.2.8), hashed by argon2id alone: a pepper from SECRET_KEY would end every account with its key.
    SECURITY_PASSWORD_SINGLE_HASH: ClassVar[list[str]] = ["argon2"]
    SECURITY_PASSWORD_NORMALIZE_FORM = None
    SECURITY_SEND_REGISTER_EMAIL = False
    PERMANENT_SESSION_LIFETIME = timedelta(days=30)
    SESSION_REFRESH_EACH_REQUEST = False
    BABEL_DEFAULT_LOCALE = "en"
    # What a failed statement was to write is somebody's name or message, and does not belong into a log.
    SQLALCHEMY_ENGINE_OPTIONS: ClassVar[dict[str, int]] = {"hide_parameters": True, "pool_size": 16}

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.LANTERN_DATA = Path(environ.get("LANTERN_DATA") or ROOT / "instance").resolve()
        self.SECRET_KEY = self._secret_key(environ)
        self.SQLALCHEMY_DATABASE_URI = self._database_url(environ)
        self.PUBLIC_URL = self._public_url(environ)
        self.SMTP_URL = self._smtp_url(environ)
        self._read_stripe(environ)
        self._read_limits(environ)
        https = self.PUBLIC_URL.startswith("https://")
        self.SESSION_COOKIE_SECURE = https
        self.SESSION_COOKIE_NAME = "__Host-lantern" if https else "lantern"

    def _secret_key(self, environ: Mapping[str, str]) -> str:
        return environ.get("SECRET_KEY") or "development-key-that-production-refuses"

    def _database_url(self, environ: Mapping[str, str]) -> str:
        url = environ.get("DATABASE_URL") or f"sqlite:///{self.LANTERN_DATA / 'lantern.sqlite3'}"
        for spelling in ("postgres://", "postgresql://"):
            if url.startswith(spelling):
                return "postgresql+psycopg://" + url.removeprefix(spelling)
        if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise ConfigError(
                "DATABASE_URL must start with postgresql:// or sqlite:///. Leave it out to keep the database in the "
                "data folder."
            )
        return url

    def _public_url(self, environ: Mapping[str, str]) -> str:
        url = (environ.get("PUBLIC_URL") or "http://127.0.0.1:5000").rstrip("/")
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise ConfigError(
                "PUBLIC_URL must be the address that readers use, such as https://give.example.org: links in mails "
                "are made from it."
            )
        return url

    def _smtp_url(self, environ: Mapping[str, str]) -> str:
        url = environ.get("SMTP_URL") or self._default_smtp_url()
        if url and urlsplit(url).scheme not in MAIL_SCHEMES:
            raise ConfigError(
                f"SMTP_URL must start with one of {', '.join(f'{scheme}://' for scheme in MAIL_SCHEMES)}, for example "
                "smtp+starttls://name:password@mail.example.org:587."
            )
        return url

    def _default_smtp_url(self) -> str:
        return f"file://{quote(str(self.LANTERN_DATA / 'mails'))}"

    def _read_stripe(self, environ: Mapping[str, str]) -> None:
        self.STRIPE_SECRET_KEY = environ.get("STRIPE_SECRET_KEY", "").strip()
        self.STRIPE_WEBHOOK_SECRET = environ.get("STRIPE_WEBHOOK_SECRET", "").strip()
        self.STRIPE_API_BASE = environ.get("STRIPE_API_BASE", "").strip().rstrip("/")
        self.STRIPE_KEY_KIND = stripe_key_kind(self.STRIPE_SECRET_KEY)
        self.LIVEMODE = self.STRIPE_KEY_KIND == "live"
        self._refuse_live_key(environ)
        self._refuse_mixed_stand_in()

    def _refuse_live_key(self, environ: Mapping[str, str]) -> None:
        if self.LIVEMODE and not (
            self.LANTERN_ENV == "production" and environ.get("LANTERN_ALLOW_LIVE") == "1"
        ):
            raise ConfigError(
                "STRIPE_SECRET_KEY is a live key, and this would move real money. Use a key that starts with "
                "sk_test_. To take real gifts, set LANTERN_ENV=production and LANTERN_ALLOW_LIVE=1."
            )

    def _refuse_mixed_stand_in(self) -> None:
        if self.STRIPE_API_BASE:
            parts = urlsplit(self.STRIPE_API_BASE)
            if parts.scheme not in ("http", "https") or parts.hostname not in LOOPBACK_HOSTS:
                raise ConfigError(
                    "STRIPE_API_BASE must be an address of this computer, such as http://127.0.0.1:12111: it is "
                    "for the stand-in only. Leave it out to use Stripe itself."
                )
            if self.STRIPE_KEY_KIND != "stand-in":
                raise ConfigError(
                    f"STRIPE_API_BASE points to the stand-in, so STRIPE_SECRET_KEY must start with {STAND_IN_MARKER}. "
                    "A real key is never sent there. Leave STRIPE_API_BASE out to use Stripe itself."
                )
        elif self.STRIPE_KEY_KIND == "stand-in":
            raise ConfigError(
                "STRIPE_SECRET_KEY is the stand-in's key, which Stripe does not know. Set STRIPE_API_BASE to the "
                "stand-in's address, or use a key from Stripe's dashboard."
            )

    def _read_limits(self, environ: Mapping[str, str]) -> None:
        self.RATELIMIT_STORAGE_URI = environ.get("RATELIMIT_STORAGE_URI") or "memory://"
        self.RATELIMIT_GIVE = self._limit(environ, "RATELIMIT_GIVE", "20 per minute; 120 per hour")
        self.RATELIMIT_GIVE_OVERALL = self._limit(environ, "RATELIMIT_GIVE_OVERALL", "120 per minute")
        self.RATELIMIT_RETURN = self._limit(environ, "RATELIMIT_RETURN", "60 per minute")
        # A hall full of people on one connection signs up at once; one mailbox is not flooded through us.
        self.RATELIMIT_SIGN_UP = self._limit(environ, "RATELIMIT_SIGN_UP", "600 per hour")
        self.RATELIMIT_SIGN_UP_OVERALL = self._limit(environ, "RATELIMIT_SIGN_UP_OVERALL", "6000 per hour")
        self.RATELIMIT_LINK_MAIL = self._limit(environ, "RATELIMIT_LINK_MAIL", "8 per hour")
        # Only tries that failed count.
        self.RATELIMIT_SIGN_IN = self._limit(environ, "RATELIMIT_SIGN_IN", "20 per minute; 100 per hour")
        self.RATELIMIT_SIGN_IN_ADDRESS = self._limit(environ, "RATELIMIT_SIGN_IN_ADDRESS", "20 per hour")
        self.RATELIMIT_LINK = self._limit(environ, "RATELIMIT_LINK", "60 per hour")
        # By account: organizers read each proposal, and each change may be a mail to a hall full of people.
        self.RATELIMIT_PROPOSE = self._limit(environ, "RATELIMIT_PROPOSE", "20 per day")
        self.RATELIMIT_CHANGE = self._limit(environ, "RATELIMIT_CHANGE", "60 per hour")
        # Reading a long article keeps a processor, and whoever else is on it, busy for seconds.
        self.RATELIMIT_READ = self._limit(environ, "RATELIMIT_READ", "6 per minute; 40 per hour")
        self.RATELIMIT_READ_OVERALL = self._limit(
            environ, "RATELIMIT_READ_OVERALL", "12 per minute; 120 per hour"
        )
        self.RATELIMIT_HOST_MAIL = self._limit(environ, "RATELIMIT_HOST_MAIL", "20 per day")

    def _limit(self, environ: Mapping[str, str], name: str, default: str) -> str:
        written = environ.get(name) or default
        try:
            limits.parse_many(written)
        except ValueError as error:
            # Told at the start, and not to the first reader who meets it.
            raise ConfigError(
                f'{name} is {written!r}, which is no limit. Write it like "20 per minute; 120 per hour".'
            ) from error
        return written


class Development(Config):
    """A developer's or newcomer's computer."""

    LANTERN_ENV = "development"


class Test(Config):
    """The test suite: errors are raised, limits are set by the tests that need them."""

    LANTERN_ENV = "test"
    TESTING = True
    SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS: ClassVar[dict[str, int]] = {
        "argon2__time_cost": 1,
        "argon2__memory_cost": 1024,
        "argon2__parallelism": 1,
    }
    __test__ = False  # Its name would make pytest look for tests in it.


class Production(Config):
    """A server that strangers use."""

    LANTERN_ENV = "production"

    def _secret_key(self, environ: Mapping[str, str]) -> str:
        key = environ.get("SECRET_KEY", "")
        if len(key) < SHORTEST_SECRET_KEY or key.startswith("development-") or len(set(key)) < 8:
            raise ConfigError(
                "SECRET_KEY must be a long random text in production. Make one with "
                'python3 -c "import secrets; print(secrets.token_hex(32))" and keep it out of the repository.'
            )
        return key

    def _default_smtp_url(self) -> str:
        # Readable mails on a server's disk would let whoever reads the folder open other people's links.
        return ""


def load_config(environ: Mapping[str, str] | None = None) -> Config:
    """Give the settings for LANTERN_ENV (development when it is not set), from os.environ by default.

    Raises ConfigError for an unknown LANTERN_ENV or a setting that must not start.
    """
    environ = os.environ if environ is None else environ
    name = environ.get("LANTERN_ENV") or "development"
    kinds = {kind.LANTERN_ENV: kind for kind in (Development, Test, Production)}
    if name not in kinds:
        raise ConfigError(f"LANTERN_ENV is {name!r}; it must be one of {', '.join(kinds)}.")
    return kinds[name](environ)
