"""A mail server that can be made to hang, so that a worker can be caught in the middle of sending."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.foundation.servers import Mailbox
from tests.journeys.waiting import eventually

LOOK_AGAIN_SECONDS = 0.05


class Postbox(Mailbox):
    """A mailbox; while it hangs, mails are taken but not answered for."""

    def __init__(self) -> None:
        super().__init__()
        self.hangs = False
        self.in_hand = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Take one mail, as aiosmtpd asks for it."""
        self.in_hand += 1
        while self.hangs:
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
        self.in_hand -= 1
        return await super().handle_DATA(server, session, envelope)

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """Hang until the block is left."""
        self.hangs = True
        try:
            yield
        finally:
            self.hangs = False

    def has_one_in_hand(self) -> None:
        """Wait until somebody is in the middle of sending."""

        def look() -> None:
            assert self.in_hand

        eventually(look)
