"""`lantern doctor`: looks at everything a portal needs, and says what to do about what is not well."""

import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

import click
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from config import ROOT, Config, ConfigError, load_config
from portal.clock import now
from portal.emails.send import MailNotSent, mail_server

STRIPE = "https://api.stripe.com"
WAIT_SECONDS = 5
LARGEST_CLOCK_GAP_SECONDS = 60
FIRST_SANE_YEAR, LAST_SANE_YEAR = 2026, 2100

Level = Literal["ok", "warning", "error"]


@dataclass(frozen=True)
class Finding:
    """What was found out about one thing, and, unless all is well, what to do."""

    level: Level
    what: str
    cure: str = ""

    def __str__(self) -> str:
        return f"{self.level:<8} {self.what}" + (f"\n         -> {self.cure}" if self.cure else "")


@click.command()
def doctor() -> None:
    """Look at settings, database, mail, Stripe and clock; say what is not well and what helps."""
    findings = list(examine())
    for finding in findings:
        click.echo(finding)
    sys.exit(1 if any(finding.level == "error" for finding in findings) else 0)


def examine() -> Iterator[Finding]:
    """Give a finding for each thing that a portal with the settings of the environment needs."""
    try:
        config = load_config()
    except ConfigError as refusal:
        yield Finding("error", "settings: Lantern does not start with them", str(refusal))
        return
    checks: tuple[Callable[[Config], Iterator[Finding]], ...] = (
        look_at_settings,
        look_at_database,
        look_at_mail,
        look_at_stripe,
        look_at_provider,
    )
    for check in checks:
        yield from check(config)


def look_at_settings(config: Config) -> Iterator[Finding]:
    """Tell for whom the portal runs and under which address."""
    running = f"settings: {config.LANTERN_ENV}, at {config.PUBLIC_URL}"
    if config.LANTERN_ENV == "production" and not config.PUBLIC_URL.startswith("https://"):
        cure = "Set PUBLIC_URL to the https address that people open; links in mails are made from it."
        yield Finding("error", f"{running}, which is not https", cure)
    else:
        yield Finding("ok", running)


def look_at_database(config: Config) -> Iterator[Finding]:
    """Tell whether the database answers, and whether its tables are those that this version needs."""
    engine = create_engine(config.SQLALCHEMY_DATABASE_URI)
    shown = engine.url.render_as_string(hide_password=True)
    try:
        if engine.dialect.name == "sqlite" and not Path(engine.url.database or "").exists():
            yield Finding("error", f"database: there is no file yet: {shown}", "Make it: lantern migrate")
            return
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
        yield Finding("ok", f"database: {shown}")
        yield _compare_migrations(engine)
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        yield Finding(
            "error", f"database: {shown} does not answer: {reason}", "Start it, or correct DATABASE_URL."
        )
    finally:
        engine.dispose()


def _compare_migrations(engine: Engine) -> Finding:
    scripts = ScriptDirectory(str(ROOT / "migrations"))
    head = scripts.get_current_head()
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    if current == head:
        return Finding("ok", f"migrations: at {head}, the newest")
    try:
        scripts.get_revision(current or "base")
    except CommandError:
        what = f"migrations: the database is at {current}, which this version does not know"
        return Finding(
            "error", what, "Install the version of Lantern that last ran on this database, or a newer one."
        )
    what = f"migrations: the database is at {current or 'the very start'}, and this version needs {head}"
    return Finding("error", what, "Save a copy of the database, then: lantern migrate")


def look_at_mail(config: Config) -> Iterator[Finding]:
    """Tell whether mails can be handed over, without sending one."""
    parts = urlsplit(config.SMTP_URL)
    if not config.SMTP_URL:
        cure = "Set SMTP_URL, such as smtp+starttls://user:password@mail.example.org:587"
        yield Finding("error", "mail: no server is set, so nobody is thanked", cure)
    elif parts.scheme == "file":
        yield _look_at_mail_folder(config, Path(unquote(parts.path)))
    else:
        shown = f"{parts.scheme}://{parts.hostname}" + (f":{parts.port}" if parts.port else "")
        try:
            with mail_server(config.SMTP_URL):
                yield Finding("ok", f"mail: {shown} answers")
        except MailNotSent as problem:
            cure = "Correct SMTP_URL, or ask whoever runs the mail server."
            yield Finding("error", f"mail: {shown} cannot be used: {problem}", cure)


def _look_at_mail_folder(config: Config, folder: Path) -> Finding:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        cure = "Let Lantern write there, or name another folder or a mail server in SMTP_URL."
        return Finding("error", f"mail: the folder {folder} cannot be written: {error.strerror}", cure)
    if config.LANTERN_ENV == "production":
        cure = "Set SMTP_URL to a mail server; whoever reads the folder can open other people's links."
        return Finding("warning", f"mail: kept as files in {folder}, sent to nobody", cure)
    return Finding("ok", f"mail: kept as files in {folder}")


def look_at_stripe(config: Config) -> Iterator[Finding]:
    """Tell which kind of payments the key makes, and whether Stripe's news can be told from forged ones."""
    kinds = {
        "stand-in": Finding("ok", "stripe: practice payments on this computer, by the stand-in"),
        "test": Finding("ok", "stripe: practice payments in Stripe's test mode"),
        "live": Finding("ok", "stripe: REAL MONEY moves (a live key, allowed by LANTERN_ALLOW_LIVE)"),
    }
    cure = (
        "Set STRIPE_SECRET_KEY to a key from Stripe's dashboard; one that starts with sk_test_ for practice."
    )
    yield kinds.get(config.STRIPE_KEY_KIND) or Finding("warning", "stripe: no key, so nobody can give", cure)
    if config.STRIPE_KEY_KIND == "none":
        return
    if not config.STRIPE_WEBHOOK_SECRET:
        what = "webhook: no secret, so Stripe's news is refused and gifts show up only when somebody asks"
        cure = "Set STRIPE_WEBHOOK_SECRET; Stripe shows it beside the endpoint for /webhooks/stripe."
        yield Finding("warning", what, cure)
    elif not config.STRIPE_WEBHOOK_SECRET.startswith("whsec_"):
        cure = "Copy the signing secret of the endpoint, not its id and not the key."
        yield Finding("error", "webhook: STRIPE_WEBHOOK_SECRET does not start with whsec_", cure)
    else:
        yield Finding("ok", f"webhook: a secret is set; Stripe must know {config.PUBLIC_URL}/webhooks/stripe")


def look_at_provider(config: Config) -> Iterator[Finding]:
    """Tell whether Stripe or the stand-in can be reached, and whether this computer's clock agrees with its own."""
    if config.STRIPE_KEY_KIND == "none":
        yield judge_clock(now(), None)
        return
    address = f"{config.STRIPE_API_BASE}/_sandbox/health" if config.STRIPE_API_BASE else STRIPE
    who = "the stand-in" if config.STRIPE_API_BASE else "Stripe"
    try:
        said = _ask_date(address)
    except OSError as error:
        starting = "Start it: python3 dev.py run"
        cure = starting if config.STRIPE_API_BASE else "Check this computer's network and its firewall."
        yield Finding("error", f"payments: {who} cannot be reached at {address}: {error}", cure)
        said = None
    else:
        yield Finding("ok", f"payments: {who} answers at {address}")
    yield judge_clock(now(), said)


def _ask_date(address: str) -> datetime | None:
    """Give the time that a server's answer carries; no key is sent. Raises OSError when it does not answer."""
    # Only ever https, or the loopback address that config.py has checked.
    request = urllib.request.Request(address, method="GET")  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=WAIT_SECONDS) as answer:  # noqa: S310
            date = answer.headers.get("Date")
    except urllib.error.HTTPError as error:
        date = error.headers.get("Date")  # a refusal is an answer, too
    return parsedate_to_datetime(date) if date else None


def judge_clock(here: datetime, there: datetime | None) -> Finding:
    """Compare this computer's time with another's; signatures of Stripe's news are good for five minutes."""
    cure = "Let the computer set its clock itself, for example: timedatectl set-ntp true"
    shown = here.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
    if not FIRST_SANE_YEAR <= here.year <= LAST_SANE_YEAR:
        return Finding("error", f"clock: {shown} cannot be right", cure)
    if there is None:
        return Finding("ok", f"clock: {shown}, not compared with another")
    gap = round((here - there).total_seconds())
    if abs(gap) > LARGEST_CLOCK_GAP_SECONDS:
        side = "ahead" if gap > 0 else "behind"
        return Finding(
            "warning", f"clock: {shown}, {abs(gap)} seconds {side} of the payment provider's", cure
        )
    return Finding("ok", f"clock: {shown}, as the payment provider's")
