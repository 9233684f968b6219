"""A portal with very many rows, and one with just enough to fill its pages: made by the database itself, from numbers.

In SQLite's own words: through Python a million gifts, with all that hangs on them, would take an hour.
"""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url, select

from bench.portals import prepare, settings, within
from portal.clock import now
from portal.db import Base, db, table_of
from portal.domain.accounts.models import Role, User, UserRole
from portal.domain.accounts.service import begin_sign_in, open_account
from portal.domain.audit.models import AuditEntry
from portal.domain.donations.models import Donation, DonationWord, LedgerEntry, Payment, Receipt
from portal.domain.events.models import Event, EventHost, EventWord, Shift
from portal.domain.messages.models import OutboxMail
from portal.domain.people.models import Person, PersonWord
from portal.domain.people.words import words_of
from portal.domain.volunteers.models import SignUp

FIRST_NAMES = (
    "Ada Mina Aoife Grace Edsger Barbara Donald Margaret Alan Katherine Zoë Adam Adrian Frances Tim 민아 서준"
)
LAST_NAMES = (
    "Lovelace Hopper Dijkstra Liskov Knuth Hamilton Turing Johnson Kim O’Brien Öberg Park Byron Backus"
)
# Those that are looked for.
OFTEN = ("Ada Lovelace", "민아 Hopper", "Adam Kim", "Grace Byron")
# Below are the rows of the demo.
FIRST = 1_000
CAMPAIGN = "(SELECT min(id) FROM campaign)"
ADMIN = "admin@example.net"
NOBODYS_HASH = "$argon2id$v=19$m=1024,t=1,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAA"


@dataclass(frozen=True)
class Size:
    """How much there is, and how many different names and amounts: few with few rows, so that each fills a page."""

    people: int
    events: int
    gifts: int
    names: int
    amounts: int


FEW = Size(people=250, events=250, gifts=600, names=4, amounts=3)
MANY = Size(people=100_000, events=10_000, gifts=1_000_000, names=238, amounts=200)


@dataclass(frozen=True)
class Crowd:
    """A filled portal: its settings, and what the cookie holds of somebody who may see all of it."""

    environment: dict[str, str]
    database: Path
    size: Size
    uniquifier: str
    secret: str


def make_crowd(folder: Path, size: Size) -> Crowd:
    """Make a portal of this size in a folder of its own."""
    folder.mkdir()
    environment = settings(folder)
    prepare(environment)
    with within(environment):
        person = Person(email=ADMIN, name="Grace Hopper")
        db.session.add(person)
        db.session.flush()
        person_id, roles = person.id, [Role.ADMIN, Role.TREASURER, Role.ORGANIZER]
        user_id = open_account(person_id, NOBODYS_HASH, now(), roles)
        secret = begin_sign_in(user_id, "bench", now())
        uniquifier = db.session.scalars(select(User.fs_uniquifier).where(User.id == user_id)).one()
        db.session.commit()
        file = make_url(str(db.engine.url)).database or ""
    database = sqlite3.connect(file, isolation_level=None)
    Filling(database, size, person_id).run()
    database.close()
    return Crowd(environment, Path(file), size, uniquifier, secret)


class Filling:
    """The making of a portal's rows."""

    def __init__(self, database: sqlite3.Connection, size: Size, admin_person_id: int) -> None:
        self.database, self.size, self.admin = database, size, str(admin_person_id)
        self.people, self.events, self.gifts = (
            f"n <= {most}" for most in (size.people, size.events, size.gifts)
        )
        self.giver = f"(n * 7919 % {size.people} + 1)"
        # The last ones, which lists show first, and one in a thousand before them.
        self.odd = f"(n % 1000 = 7 OR n > {size.gifts} - 60)"
        self.paid = f"{self.gifts} AND n % 10 <> 3"

    def run(self) -> None:
        """Make all of them in one transaction."""
        # Nothing here has to outlive a power cut.
        for setting in ("synchronous = OFF", "cache_size = -400000", "temp_store = MEMORY"):
            self.database.execute(f"PRAGMA {setting}")
        self.database.execute("BEGIN")
        self.make_numbers()
        self.add_people()
        self.add_events()
        self.add_gifts()
        self.add_payments()
        self.add_mails_and_notes()
        self.database.execute("COMMIT")
        self.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def make_numbers(self) -> None:
        """Make the numbers that rows are made of, each with somebody's name, and the words of these names."""
        every = (f"{one} {other}" for other in LAST_NAMES.split() for one in FIRST_NAMES.split())
        names = [*OFTEN, *(name for name in every if name not in OFTEN)][: self.size.names]
        execute = self.database.execute
        execute("CREATE TEMP TABLE names (n INTEGER PRIMARY KEY, name TEXT)")
        execute("CREATE TEMP TABLE words (n INTEGER, word TEXT, PRIMARY KEY (n, word)) WITHOUT ROWID")
        execute("CREATE TEMP TABLE numbers (n INTEGER PRIMARY KEY, name_n INTEGER, name TEXT)")
        self.database.executemany("INSERT INTO names VALUES (?, ?)", enumerate(names))
        words = ((n, word) for n, name in enumerate(names) for word in words_of(name))
        self.database.executemany("INSERT INTO words VALUES (?, ?)", words)
        execute(
            "INSERT INTO numbers WITH RECURSIVE up (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up WHERE n < ?) "
            "SELECT up.n, names.n, name FROM up JOIN names ON names.n = up.n % ?",
            [max(self.size.gifts, self.size.people), len(names)],
        )

    def add(self, model: type[Base], wanted: str, **columns: str) -> None:
        """Add a row for each wanted number, its columns told in SQL of `n`; the others have their models' defaults."""
        told = {"id": f"{FIRST} + n"} if "id" in table_of(model).columns else {}
        for column in table_of(model).columns:
            if column.default is not None and column.default.is_scalar:
                default = column.default.arg
                told[column.name] = str(int(default)) if isinstance(default, int) else f"'{default}'"
        told |= columns
        names = ", ".join(f'"{name}"' for name in told)
        self.database.execute(
            f'INSERT INTO "{table_of(model).name}" ({names}) '
            f"SELECT {', '.join(told.values())} FROM numbers WHERE {wanted}"
        )

    def add_words(self, model: type[Base], rows: str) -> None:
        """Add words of rows, in the order of the index that they go into."""
        ident = next(column.name for column in table_of(model).columns if column.name != "word")
        into = f'INSERT INTO "{table_of(model).name}" (word, {ident})'
        self.database.execute(f"{into} {rows} ORDER BY 1, 2")

    def add_people(self) -> None:
        """Add people, each fifth with an account, a few with a role."""
        email = "lower(substr(name, 1, instr(name, ' ') - 1)) || n || '@example.org'"
        self.add(
            Person, self.people, email=email, name="name", proved_at=at("-n"), created_at=at("-n"),
            link_nonce="'l' || n", calendar_nonce="'c' || n",
        )  # fmt: skip
        of_names = (
            "SELECT word, {0} + numbers.n FROM numbers JOIN words ON words.n = name_n WHERE numbers.{1}"
        )
        self.add_words(PersonWord, of_names.format(FIRST, self.people))
        self.add(
            User, f"{self.people} AND n % 5 = 0", person_id=f"{FIRST} + n", email=email, made_at=at("-n"),
            password=f"'{NOBODYS_HASH}'", fs_uniquifier="'u' || n", password_nonce="'p' || n",  # noqa: S106  (of nobody)
        )  # fmt: skip
        few = "n <= 50 AND n % 5 = 0"
        self.add(UserRole, few, user_id=f"{FIRST} + n", name="'organizer'", given_at=at("0"))

    def add_events(self) -> None:
        """Add events, most of them over, with three shifts each and people in them; some wait to be decided on."""
        status = f"CASE WHEN n > {self.size.events} - 60 THEN 'proposed' ELSE 'published' END"
        self.add(
            Event, self.events, campaign_id=CAMPAIGN, status=status, summary="'Talk.'",
            title="'Ada’s language café'", timezone="'Europe/Dublin'", place="'Library ' || n % 20",
            languages="'[]'", created_at=at("-n"), proposed_at=at("-n"), proposed_by=f"{FIRST} + 1",
        )  # fmt: skip
        words = " UNION ALL ".join(f"SELECT '{word}' AS word" for word in words_of("Ada’s language café"))
        self.add_words(EventWord, f"SELECT word, {FIRST} + n FROM numbers, ({words}) WHERE {self.events}")
        for part in range(3):
            ident, begins = (
                f"{FIRST} + n * 3 + {part}",
                f"((n - {self.size.events} + 220) * 3 + {part}) * 3600",
            )
            self.add(
                Shift, self.events, id=ident, event_id=f"{FIRST} + n", role="'Helper'", starts_at=at(begins),
                ends_at=at(f"{begins} + 3600"), places="20", taken="3", last_number="3",
            )  # fmt: skip
            self.add(
                SignUp, self.events, id=ident, uid=f"'u' || ({ident})", shift_id=ident, state="'confirmed'",
                person_id=f"{FIRST} + n % {self.size.people} + 1", number="1", name="name",
                proved_at=at("-n"), prove_by=at("0"),  made_at=at("-n"), changed_at=at("-n"),
            )  # fmt: skip
        hosted = f"{self.events} AND n > {self.size.events} - 200"
        self.add(
            EventHost,
            hosted,
            event_id=f"{FIRST} + n",
            person_id=self.admin,
            made_at=at("0"),
            accepted_at=at("0"),
        )

    def add_gifts(self) -> None:
        """Add gifts, nine of ten paid, every second with the name of its giver on it."""
        created_at, paid = f"(n - {self.size.gifts}) * 60", "n % 10 <> 3"
        name = f"(SELECT givers.name FROM numbers AS givers WHERE givers.n = {self.of_giver('numbers')})"
        self.add(
            Donation, self.gifts, public_id="'gift-' || n", number=f"{FIRST} + n", livemode="0",
            campaign_id=CAMPAIGN, person_id=f"{FIRST} + {self.giver}", currency="'EUR'", show_name="n % 2",
            state=f"CASE WHEN {paid} THEN 'paid' ELSE 'expired' END", link_nonce="'l' || n",
            gift_minor=f"500 + n % {self.size.amounts} * 100", card_costs_minor="n % 2 * 45",
            name=f"CASE n % 2 WHEN 1 THEN {name} ELSE '' END", created_at=at(created_at),
            paid_at=f"CASE WHEN {paid} THEN {at(created_at)} END",
        )  # fmt: skip
        self.add_words(
            DonationWord,
            f"SELECT word, {FIRST} + gifts.n FROM numbers AS gifts "
            f"JOIN numbers AS givers ON givers.n = {self.of_giver('gifts')} "
            f"JOIN words ON words.n = givers.name_n WHERE gifts.{self.gifts} AND gifts.n % 2 = 1",
        )

    def of_giver(self, rows: str) -> str:
        """Give the number of the giver of a gift that stands in these rows."""
        return self.giver.replace("n", f"{rows}.n")

    def add_payments(self) -> None:
        """Add what moved for paid gifts: payment, movements, receipt; some not as asked for."""
        amount, paid_at = (
            f"500 + n % {self.size.amounts} * 100 + n % 2 * 45",
            at(f"(n - {self.size.gifts}) * 60"),
        )
        self.add(
            Payment, self.paid, donation_id=f"{FIRST} + n", provider_id="'pi_' || n", amount_minor=amount,
            case=f"CASE WHEN {self.odd} THEN 'amount_differs' ELSE 'expected' END", currency="'EUR'",
            livemode="0", fee_minor="30", net_minor=f"{amount} - 30", next_fee_try_at=paid_at, paid_at=paid_at,
        )  # fmt: skip
        for place, kind, moved in ((0, "payment", amount), (1, "fee", "-30")):
            self.add(
                LedgerEntry, self.paid, id=f"{FIRST} + n * 2 + {place}", kind=f"'{kind}'", amount_minor=moved,
                unique_key=f"'{kind}:pi_' || n", campaign_id=CAMPAIGN,
                payment_id=f"{FIRST} + n", currency="'EUR'", livemode="0", entered_at=paid_at,
            )  # fmt: skip
        self.add(
            Receipt, self.paid, donation_id=f"{FIRST} + n", series="'TEST-2026'", number=f"{FIRST} + n",
            issued_at=paid_at,
        )  # fmt: skip

    def add_mails_and_notes(self) -> None:
        """Add a mail for each paid gift, mails of other kinds, some that failed, and notes in the log."""
        state = f"CASE WHEN {self.odd} THEN 'failed' ELSE 'sent' END"
        text = "'Thank you. ' || hex(zeroblob(100))"
        told = {"next_try_at": at("0"), "queued_at": at("-n"), "sent_at": at("-n"), "subject": "'Thank you'"}
        for kind, wanted, person, place in (
            ("thank_you", self.paid, self.giver, 0), ("reminder", self.people, "n", 1)
        ):  # fmt: skip
            self.add(
                OutboxMail, wanted, id=f"{FIRST} + n * 2 + {place}", kind=f"'{kind}'",
                of_money=str(int(kind == "thank_you")), unique_key=f"'{kind}:' || n",
                person_id=f"{FIRST} + {person}", about="json_object('donation_id', n)", state=state,
                message_id=f"'{kind}-' || n", masked_text=text, **told,
            )  # fmt: skip
        self.add(
            AuditEntry, self.people, at=at("-n"), person_id=self.admin, kind="'event'",
            action="'event.approved'", subject=f"'event:' || ({FIRST} + n % {self.size.events} + 1)",
            after="json_object('status', 'published')",
        )  # fmt: skip


def at(seconds: str) -> str:
    """Give the SQL of a moment so many seconds from now, as the portal keeps moments."""
    return f"strftime('%Y-%m-%d %H:%M:%S.000000', '{now():%Y-%m-%d %H:%M:%S}', ({seconds}) || ' seconds')"
