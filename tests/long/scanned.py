"""The portal as strangers meet it: served over https by gunicorn, with the demo and something of everybody's in it."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from config import Development
from portal import create_app
from portal.clock import now
from portal.db import db
from portal.domain.accounts.queries import find_user_by_email
from portal.domain.campaigns.models import Campaign
from portal.domain.donations.models import DonationState
from tests.factories.donations import make_donation, make_payment, make_receipt
from tests.factories.events import make_event, make_host, make_shift
from tests.factories.people import make_mail
from tests.factories.volunteers import make_sign_up
from tests.foundation.giving import settings_for
from tests.foundation.requirements import ROOT, missing
from tests.foundation.servers import free_port
from tests.journeys.waiting import eventually
from tests.sandbox.live import StandIn

REQUEST = re.compile(r'"(\w+) (\S+) HTTP/1\.\d" (\d+)')


class Scanned:
    """A running portal, and what it was asked for."""

    def __init__(self, folder: Path, stand_in: StandIn) -> None:
        self.folder, port = folder, free_port()
        self.address, self.log = f"https://127.0.0.1:{port}", folder / "requests.log"
        # A scanner asks for more in a minute than a hundred readers; what limits do is tested elsewhere.
        names = [name for name in vars(Development({})) if name.startswith("RATELIMIT_")]
        limits = {name: "1000000 per minute" for name in names if name != "RATELIMIT_STORAGE_URI"}
        self.settings = settings_for(stand_in) | limits | {
            "LANTERN_DATA": str(folder), "PUBLIC_URL": self.address, "SECRET_KEY": "a-key-for-scans-only" * 2,
        }  # fmt: skip
        self.words = [sys.executable, "-m", "gunicorn", "portal:create_app()", "--bind", f"127.0.0.1:{port}"]
        self.words += ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--no-control-socket"]
        self.words += ["--access-logfile", str(self.log), *_certificate(folder)]

    @contextmanager
    def running(self) -> Iterator["Scanned"]:
        """Run until the block is left."""
        environment = {"PATH": os.environ["PATH"], **self.settings}
        for command in ("migrate", "seed"):
            lantern = [sys.executable, "-m", "portal.cli.main", command]
            subprocess.run(lantern, cwd=ROOT, env=environment, check=True, capture_output=True)
        self._fill()
        with (self.folder / "server.log").open("w") as said:
            server = subprocess.Popen(self.words, cwd=ROOT, env=environment, stdout=said, stderr=said)
        try:
            eventually(self._look_ready, 60)
            yield self
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(30)

    def _look_ready(self) -> None:
        assert "Listening at" in (self.folder / "server.log").read_text()

    def _fill(self) -> None:
        """Add an event of the demo's volunteer with somebody in it, a gift, and a mail that could not be sent."""
        app = create_app(Development(self.settings))
        with app.app_context():
            campaign = db.session.scalars(db.select(Campaign).order_by(Campaign.id)).first()
            volunteer = find_user_by_email("volunteer@demo.invalid")
            assert campaign is not None and volunteer is not None
            for status in ("draft", "proposed", "published"):
                event = make_event(campaign, status=status)
                make_host(event, volunteer.person)
                shift = make_shift(event, now() + timedelta(days=3), vetted=True)
            person = make_sign_up(make_shift(event, now() + timedelta(days=4)), name="Ada").person
            make_sign_up(shift, email=volunteer.email, name="Demo volunteer")
            gift = make_donation(campaign, state=DonationState.PAID, person_id=person.id, paid_at=now())
            make_payment(gift)
            make_receipt(gift)
            make_mail(kind="shift_reminder", person_id=person.id, state="failed", last_error="no such box")
            db.session.commit()
            db.engine.dispose()

    def password_of(self, who: str) -> str:
        """Give the password of one of the demo's accounts."""
        accounts: dict[str, str] = json.loads((self.folder / "demo-accounts.json").read_text())
        return accounts[f"{who}@demo.invalid"]

    def requests(self) -> Counter[tuple[str, str, int]]:
        """Give what was asked for so far: method, path and how it was answered."""
        found = REQUEST.findall(self.log.read_text())
        return Counter((method, target.partition("?")[0], int(status)) for method, target, status in found)


def _certificate(folder: Path) -> list[str]:
    """Make a certificate that nobody trusts; gives gunicorn's words for it."""
    if shutil.which("openssl") is None:
        missing("no openssl on this machine: apt-get install openssl", "LANTERN_REQUIRE_WAPITI")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    words = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1".split()
    words += ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run(words, check=True, capture_output=True)
    return ["--certfile", str(certificate), "--keyfile", str(key)]
