"""The `lantern` command: what a group's machine does beside answering readers."""

import logging
import sys

import click
from flask import current_app
from flask_migrate import upgrade

from config import ROOT
from portal.cli import events as organizing
from portal.cli.accounts import create_admin, keep_demo_accounts
from portal.cli.articles import import_article
from portal.cli.doctor import doctor
from portal.cli.opening import open_app
from portal.cli.worker import run_until_stopped, sweep_once
from portal.clock import now
from portal.db import db
from portal.domain.campaigns.errors import ContentInvalid
from portal.domain.campaigns.service import seed_demo
from portal.domain.donations import queries, service
from portal.domain.events.service import seed_events
from portal.money import Money, format_money

CONTENT = ROOT / "portal" / "content"


@click.group()
@click.pass_context
def lantern(context: click.Context) -> None:
    """Look after a Lantern portal."""
    if context.invoked_subcommand in (doctor.name, import_article.name):
        # One looks at settings that a portal would not start with; the other needs none to look into a file.
        return
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    context.with_resource(open_app().app_context())


lantern.add_command(doctor)
lantern.add_command(create_admin)
lantern.add_command(import_article)
for command in organizing.COMMANDS:
    lantern.add_command(command)


@lantern.command()
@click.option("--once", is_flag=True, help="Look once at everything that is unsettled, then stop.")
def worker(once: bool) -> None:
    """Send mails, ask about open gifts, fetch fees: whatever is due."""
    if not once:
        run_until_stopped()
        return
    for name, done in sweep_once(everything=True).items():
        click.echo(f"{name}: {done}")


@lantern.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    upgrade()


@lantern.command()
def seed() -> None:
    """Publish the demo group, its campaigns and their next events; what is there already stays as it is."""
    try:
        changed = seed_demo(CONTENT, now())
        events = seed_events(CONTENT, now())
    except ContentInvalid as error:
        raise click.ClickException(str(error)) from error
    db.session.commit()
    if current_app.config["LANTERN_ENV"] == "development":
        # Not on a server: their names are in the manual.
        keep_demo_accounts(current_app.config["LANTERN_DATA"])
        db.session.commit()
    click.echo(f"Published: {', '.join(changed)}" if changed else "Everything was published already.")
    if events:
        click.echo(f"New events: {events}")


@lantern.command("hide-name")
@click.argument("number", type=int)
def hide_name(number: int) -> None:
    """Take the giver's name of donation NUMBER off its campaign's page."""
    donation = queries.find_donation_by_number(number, current_app.config["LIVEMODE"])
    if donation is None:
        raise click.ClickException(f"There is no donation {number}.")
    service.hide_name(donation)
    db.session.commit()
    click.echo(f"The name of donation {number} is no longer shown or kept.")


@lantern.group()
def ledger() -> None:
    """Look into the books."""


@ledger.command()
def check() -> None:
    """Prove that every campaign's total is the sum of its ledger, and name payments that need a look."""
    wrong = queries.list_totals_apart_from_ledger()
    for row in wrong:
        kind = "live" if row.livemode else "test"
        click.echo(
            f"error: campaign {row.campaign_id} ({kind}): total {_amount(row.total_received, row.currency)}, "
            f"ledger {_amount(row.ledger_received, row.currency)}; fees {_amount(row.total_fees, row.currency)}, "
            f"ledger {_amount(row.ledger_fees, row.currency)}"
        )
    for payment in queries.list_payments_to_look_at():
        click.echo(
            f"look: donation {payment.donation.number}: {payment.case.replace('_', ' ')}, "
            f"{_amount(payment.amount_minor, payment.currency)} moved, {payment.provider_id}"
        )
    if wrong:
        sys.exit(1)
    click.echo("ok: every total is the sum of its ledger")


def _amount(minor: int, currency: str) -> str:
    return format_money(Money(minor, currency), "en")


def main() -> None:
    """Run the command."""
    lantern(prog_name="lantern")


if __name__ == "__main__":
    main()
