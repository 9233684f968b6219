"""Settings: what is refused and what the refusal tells to do; what is taken, and how."""

from pathlib import Path

import pytest

from config import ConfigError, Development, Production, load_config, stripe_key_kind

STRONG = "9f1c" * 4 + "a7b2e6d0" * 4
PRODUCTION = {"LANTERN_ENV": "production", "SECRET_KEY": STRONG, "PUBLIC_URL": "https://example.org"}
STAND_IN = {"STRIPE_SECRET_KEY": "sk_test_sandbox_1", "STRIPE_API_BASE": "http://127.0.0.1:12111"}

# Each: the settings, and words of the refusal that tell what to do about it.
REFUSED = {
    "an environment that does not exist": (
        {"LANTERN_ENV": "staging"},
        "must be one of development, test, production",
    ),
    "production without a key": ({"LANTERN_ENV": "production"}, "Make one with"),
    "production with an empty key": (PRODUCTION | {"SECRET_KEY": ""}, "Make one with"),
    "production with a short key": (PRODUCTION | {"SECRET_KEY": STRONG[:31]}, "Make one with"),
    "production with a key of one letter": (PRODUCTION | {"SECRET_KEY": "a" * 64}, "Make one with"),
    "production with the development key": (
        PRODUCTION | {"SECRET_KEY": "development-key-that-production-refuses"},
        "Make one with",
    ),
    "a live key in development": ({"STRIPE_SECRET_KEY": "sk_live_1"}, "Use a key that starts with sk_test_"),
    "a live restricted key": ({"STRIPE_SECRET_KEY": "rk_live_1"}, "Use a key that starts with sk_test_"),
    "a live key in development that is allowed": (
        {"STRIPE_SECRET_KEY": "sk_live_1", "LANTERN_ALLOW_LIVE": "1"},
        "set LANTERN_ENV=production",
    ),
    "a live key in production that is not allowed": (
        PRODUCTION | {"STRIPE_SECRET_KEY": "sk_live_1"},
        "LANTERN_ALLOW_LIVE=1",
    ),
    "a live key in production that is allowed by another word": (
        PRODUCTION | {"STRIPE_SECRET_KEY": "sk_live_1", "LANTERN_ALLOW_LIVE": "yes"},
        "LANTERN_ALLOW_LIVE=1",
    ),
    "a live key sent to the stand-in": (
        PRODUCTION | STAND_IN | {"STRIPE_SECRET_KEY": "sk_live_1", "LANTERN_ALLOW_LIVE": "1"},
        "Leave STRIPE_API_BASE out",
    ),
    "a key that is none": ({"STRIPE_SECRET_KEY": "pk_test_1"}, "Copy the one that starts with sk_test_"),
    "a stand-in elsewhere": (
        STAND_IN | {"STRIPE_API_BASE": "https://stripe.example.org"},
        "Leave it out to use Stripe itself",
    ),
    "a stand-in on every interface": (STAND_IN | {"STRIPE_API_BASE": "http://0.0.0.0:12111"}, "Leave it out"),
    "a stand-in whose name only looks like loopback": (
        STAND_IN | {"STRIPE_API_BASE": "http://127.0.0.1.example.org"},
        "Leave it out",
    ),
    "a stand-in whose host hides behind a name": (
        STAND_IN | {"STRIPE_API_BASE": "http://127.0.0.1@example.org"},
        "Leave it out",
    ),
    "a stand-in without a scheme": (STAND_IN | {"STRIPE_API_BASE": "127.0.0.1:12111"}, "Leave it out"),
    "a stand-in beside a real key": (
        STAND_IN | {"STRIPE_SECRET_KEY": "sk_test_1"},
        "Leave STRIPE_API_BASE out",
    ),
    "a stand-in without a key": (
        {"STRIPE_API_BASE": "http://127.0.0.1:12111"},
        "must start with sk_test_sandbox_",
    ),
    "a database of a kind that is not known": (
        {"DATABASE_URL": "mysql://x/y"},
        "postgresql:// or sqlite:///",
    ),
    "a public address without a scheme": ({"PUBLIC_URL": "give.example.org"}, "such as https://"),
    "a public address that is none": ({"PUBLIC_URL": "https://"}, "such as https://"),
    "a mail server without a scheme": ({"SMTP_URL": "mail.example.org"}, "must start with one of smtp://"),
    "a limit that is none": ({"RATELIMIT_GIVE": "ten a minute"}, "20 per minute"),
    "an overall limit that is none": ({"RATELIMIT_GIVE_OVERALL": "many"}, "20 per minute"),
    "a limit of return pages that is none": ({"RATELIMIT_RETURN": "60 per fortnight!"}, "20 per minute"),
    "the stand-in's key without its address": (
        {"STRIPE_SECRET_KEY": "sk_test_sandbox_1"},
        "Set STRIPE_API_BASE",
    ),
}


@pytest.mark.parametrize(("environ", "cure"), REFUSED.values(), ids=REFUSED.keys())
def test_a_wrong_start_is_refused_and_told_what_to_do(environ: dict[str, str], cure: str) -> None:
    with pytest.raises(ConfigError) as refusal:
        load_config(environ)
    assert cure in str(refusal.value)


@pytest.mark.parametrize(("environ", "cure"), REFUSED.values(), ids=REFUSED.keys())
def test_a_refusal_never_repeats_a_secret(environ: dict[str, str], cure: str) -> None:
    with pytest.raises(ConfigError) as refusal:
        load_config(environ)
    for name in ("SECRET_KEY", "STRIPE_SECRET_KEY"):
        assert not environ.get(name) or environ[name] not in str(refusal.value)


def test_nothing_set_is_a_development_portal_that_takes_no_gifts() -> None:
    config = load_config({})
    assert isinstance(config, Development)
    assert (config.STRIPE_KEY_KIND, config.LIVEMODE) == ("none", False)
    assert config.PUBLIC_URL == "http://127.0.0.1:5000"


def test_production_starts_with_a_real_key() -> None:
    config = load_config(PRODUCTION)
    assert isinstance(config, Production)
    assert config.SECRET_KEY == STRONG


def test_production_keeps_no_readable_mails_unless_told_so() -> None:
    assert load_config(PRODUCTION).SMTP_URL == ""
    assert load_config({"LANTERN_DATA": "/somewhere"}).SMTP_URL == "file:///somewhere/mails"


def test_real_money_moves_only_when_asked_for_twice() -> None:
    config = load_config(PRODUCTION | {"STRIPE_SECRET_KEY": "sk_live_1", "LANTERN_ALLOW_LIVE": "1"})
    assert config.LIVEMODE is True


@pytest.mark.parametrize("host", ["127.0.0.1:12111", "localhost:12111", "[::1]:12111"])
def test_the_stand_in_is_taken_on_this_computer(host: str) -> None:
    config = load_config(STAND_IN | {"STRIPE_API_BASE": f"http://{host}/"})
    assert (config.STRIPE_KEY_KIND, config.STRIPE_API_BASE) == ("stand-in", f"http://{host}")


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("", "none"),
        ("sk_test_sandbox_1", "stand-in"),
        ("sk_test_1", "test"),
        ("rk_test_1", "test"),
        ("sk_live_1", "live"),
        ("rk_live_1", "live"),
    ],
)
def test_a_key_tells_what_it_is_for(key: str, kind: str) -> None:
    assert stripe_key_kind(key) == kind


@pytest.mark.parametrize("spelling", ["postgres://", "postgresql://", "postgresql+psycopg://"])
def test_every_spelling_of_a_postgresql_address_is_taken(spelling: str) -> None:
    config = load_config({"DATABASE_URL": f"{spelling}lantern@localhost/lantern"})
    assert config.SQLALCHEMY_DATABASE_URI == "postgresql+psycopg://lantern@localhost/lantern"


def test_the_database_is_a_file_in_the_data_folder_by_default(tmp_path: Path) -> None:
    config = load_config({"LANTERN_DATA": str(tmp_path)})
    assert config.SQLALCHEMY_DATABASE_URI == f"sqlite:///{tmp_path / 'lantern.sqlite3'}"


@pytest.mark.parametrize(
    ("url", "secure", "name"),
    [("https://example.org", True, "__Host-lantern"), ("http://127.0.0.1:5000", False, "lantern")],
)
def test_cookies_are_bound_to_https_where_there_is_https(url: str, secure: bool, name: str) -> None:
    config = load_config({"PUBLIC_URL": url})
    assert (config.SESSION_COOKIE_SECURE, config.SESSION_COOKIE_NAME) == (secure, name)


def test_limits_can_be_set() -> None:
    assert load_config({"RATELIMIT_GIVE": "2 per minute"}).RATELIMIT_GIVE == "2 per minute"
    assert load_config({}).RATELIMIT_GIVE
