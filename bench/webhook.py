"""The webhook beside a bare one: events signed, stored and applied, each of them another gift."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench import bare_webhook
from bench.portals import Gift, add_gifts, signed_request
from bench.rounds import Comparison, Subject
from bench.servers import WEBHOOKS, Server, serving

BAR = 0.5
EVENTS_A_RUN = 500


@contextmanager
def comparisons(
    environment: dict[str, str], folder: Path, rounds: int
) -> Iterator[tuple[list[Comparison], dict[str, Server]]]:
    """Give what is compared, while the servers run, with gifts for one run more than there are rounds."""
    secret = environment["STRIPE_WEBHOOK_SECRET"]
    gifts = iter(add_gifts(environment, EVENTS_A_RUN * (rounds + 1)))
    database = str(folder / "bare-webhook.sqlite3")
    bare_webhook.make_database(database)
    bare_settings = {"BENCH_DATABASE": database, "STRIPE_WEBHOOK_SECRET": secret}
    with ExitStack() as running:
        base = running.enter_context(serving("bench.bare_webhook:create_app()", WEBHOOKS, bare_settings))
        target = running.enter_context(serving("portal:create_app()", WEBHOOKS, environment))
        made_up = [Gift(f"{n:022d}", f"cs_test_{n:058d}", 2_500 + n) for n in range(EVENTS_A_RUN)]

        # Signed just before each run: a signature holds for five minutes.
        def bare_requests() -> list[bytes]:
            return [signed_request(gift, secret) for gift in made_up]

        def portal_requests() -> list[bytes]:
            return [signed_request(next(gifts), secret) for _ in range(EVENTS_A_RUN)]

        bare_hook = Subject("bare webhook", base, bare_requests, seconds=0)
        portal_hook = Subject("webhook", target, portal_requests, seconds=0)
        found = [Comparison("webhook, paid events / bare", bare_hook, portal_hook, BAR)]
        yield found, {"bare webhook": base, "portal, webhook": target}
