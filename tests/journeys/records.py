"""What the database of a running portal says."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Row, create_engine, text
from sqlalchemy.pool import NullPool


@dataclass(frozen=True)
class Total:
    """What campaigns have received, in minor units."""

    received: int
    fees: int
    gifts: int

    def since(self, before: "Total") -> "Total":
        """Give what came on top of an earlier total."""
        return Total(self.received - before.received, self.fees - before.fees, self.gifts - before.gifts)


@dataclass(frozen=True)
class Gift:
    """All that the database holds about one donation."""

    row: Row[Any]
    checkouts: list[Row[Any]]
    payments: list[Row[Any]]
    entries: list[tuple[str, int]]
    receipts: list[Row[Any]]
    mails: list[Row[Any]]

    @property
    def state(self) -> str:
        """Where the donation stands."""
        return str(self.row.state)


class Records:
    """Reads of the portal's database; every one on a connection of its own, so that it sees what is there now."""

    def __init__(self, url: str) -> None:
        if url.startswith("sqlite:///"):
            url = f"sqlite:///file:{url.removeprefix('sqlite:///')}?mode=ro&uri=true"
        self._engine = create_engine(
            url.replace("postgresql://", "postgresql+psycopg://", 1), poolclass=NullPool
        )

    def rows(self, statement: str, **values: Any) -> list[Row[Any]]:
        """Give what a statement finds."""
        with self._engine.connect() as connection:
            return list(connection.execute(text(statement), values))

    def total(self) -> Total:
        """Give what all campaigns' total rows say together."""
        sums = self.rows("SELECT sum(received_minor), sum(fees_minor), sum(gifts) FROM campaign_total")
        return Total(*(int(value or 0) for value in sums[0]))

    def ledger(self) -> Total:
        """Give the same, summed up from the ledger."""
        rows = self.rows("SELECT kind, count(*), sum(amount_minor) FROM ledger_entry GROUP BY kind")
        by_kind = {kind: (int(count), int(amount)) for kind, count, amount in rows}
        gifts, received = by_kind.get("payment", (0, 0))
        return Total(received, -by_kind.get("fee", (0, 0))[1], gifts)

    def gift(self, public_id: str) -> Gift:
        """Give all that is known of the donation with this public id."""
        (row,) = self.rows("SELECT * FROM donation WHERE public_id = :id", id=public_id)
        own = {"id": row.id}
        entries = self.rows(
            "SELECT e.kind, e.amount_minor FROM ledger_entry e JOIN payment p ON p.id = e.payment_id "
            "WHERE p.donation_id = :id ORDER BY e.id",
            **own,
        )
        about = f"%:donation:{row.id}%"
        return Gift(
            row,
            self.rows("SELECT * FROM checkout WHERE donation_id = :id ORDER BY attempt", **own),
            self.rows("SELECT * FROM payment WHERE donation_id = :id ORDER BY id", **own),
            [(entry.kind, entry.amount_minor) for entry in entries],
            self.rows("SELECT * FROM receipt WHERE donation_id = :id", **own),
            [
                mail
                for mail in self.rows("SELECT * FROM outbox_mail WHERE unique_key LIKE :about", about=about)
                if mail.unique_key.split(":")[2] == str(row.id)
            ],
        )

    def donations_to(self, address: str) -> list[str]:
        """Give the public ids of the donations that a person of this e-mail address has paid."""
        found = self.rows(
            "SELECT d.public_id FROM donation d JOIN person p ON p.id = d.person_id WHERE p.email = :address",
            address=address,
        )
        return [row.public_id for row in found]

    def sign_ups_of(self, address: str) -> list[Row[Any]]:
        """Give the sign-ups of a person of this e-mail address, with their shifts' counts, oldest first."""
        return self.rows(
            "SELECT s.id, s.person_id, s.shift_id, s.state, s.proved_at, s.number, s.name, "
            "s.arrived_at, s.minutes, t.places, t.taken, t.waiting "
            "FROM sign_up s JOIN person p ON p.id = s.person_id JOIN shift t ON t.id = s.shift_id "
            "WHERE p.email = :address ORDER BY s.id",
            address=address,
        )

    def coming_shifts(self) -> list[Row[Any]]:
        """Give the shifts that have not begun, with their events, soonest first."""
        return self.rows(
            "SELECT t.id, t.event_id, t.role, t.starts_at, t.ends_at, t.places, t.taken, t.waiting, t.vetted, "
            "e.title, e.place_hidden, e.exact_place FROM shift t JOIN event e ON e.id = t.event_id "
            "WHERE t.starts_at > CURRENT_TIMESTAMP AND e.status = 'published' ORDER BY t.starts_at, t.id"
        )

    def fresh_shift(self, role: str) -> Row[Any]:
        """Give a shift of this role that nobody signed up for yet, and that can still be given back."""
        soon = str(datetime.now(UTC) + timedelta(days=4))
        return next(
            one
            for one in self.coming_shifts()
            if one.role == role and str(one.starts_at) > soon and not (one.taken or one.waiting)
        )

    def person(self, address: str) -> Row[Any]:
        """Give the one person of this e-mail address, with the account if there is one."""
        (row,) = self.rows(
            'SELECT p.id, p.name, u.id AS user_id FROM person p LEFT JOIN "user" u ON u.person_id = p.id '
            "WHERE lower(p.email) = lower(:address)",
            address=address,
        )
        return row

    def roles_of(self, address: str) -> list[str]:
        """Give the roles that the account of this e-mail address has."""
        found = self.rows(
            'SELECT r.name FROM user_role r JOIN "user" u ON u.id = r.user_id WHERE u.email = :address '
            "ORDER BY r.name",
            address=address,
        )
        return [row.name for row in found]

    def noted(self, subject: str) -> list[tuple[str, str | None]]:
        """Give what the audit log has about something, oldest first: the action, and the address of who did it."""
        found = self.rows(
            "SELECT a.action, p.email FROM audit_entry a LEFT JOIN person p ON p.id = a.person_id "
            "WHERE a.subject = :subject ORDER BY a.id",
            subject=subject,
        )
        return [(row.action, row.email) for row in found]

    def count(self, table: str) -> int:
        """Give how many rows a table has."""
        return int(self.rows(f"SELECT count(*) FROM {table}")[0][0])

    def events_of(self, session_id: str) -> dict[str, str]:
        """Give the state of every stored event of a checkout session, by the event's type."""
        found = self.rows("SELECT type, state FROM provider_event WHERE session_id = :id", id=session_id)
        return {row.type: row.state for row in found}

    def never_said(self) -> list[str]:
        """Give the words that must not leave the portal: what campaigns are called, and what they are about."""
        slugs = [row.slug for row in self.rows("SELECT slug FROM campaign")]
        return [*slugs, *(slug.replace("-", " ") for slug in slugs), "north korea", "dprk", "refugee"]
