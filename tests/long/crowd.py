"""A crowd of givers over HTTP, who behave like patient people: load again, give again, pay once."""

import random
import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html import unescape
from typing import Any

import requests

from tests.sandbox.live import DECLINED_CARD, GOOD_CARD

SLUG = "the-way-out"
AT_ONCE = 6
PATIENCE_SECONDS = 60.0
BREATHE_SECONDS = 0.3
LINK_BACK = re.compile(r'href="([^"]+/donations/[^"]+)"')
FORM_FIELDS = {"frequency": "once", "amount": "", "message": "", "name": ""}


class GaveUp(AssertionError):
    """A giver whose patience ran out: the portal did not come back."""


@dataclass
class Given:
    """What a giver has done, as far as they know."""

    email: str
    minor: int
    public_id: str


class Giver:
    """One person who wants to give one amount once, whatever breaks on the way."""

    def __init__(self, number: int, address: str, seed: int) -> None:
        self.address, self.number = address, number
        self.email = f"crowd-{seed}-{number}@example.org"
        self.minor = 1000 + number * 7
        self.moods = random.Random(f"{seed}:{number}")
        self.http = requests.Session()
        self.http.trust_env = False
        self.deadline = 0.0

    def give(self) -> Given:
        """Go all the way; raises GaveUp when it leads nowhere."""
        self.deadline = time.monotonic() + PATIENCE_SECONDS
        with self.http:
            url = self._choose()
            if self.moods.random() < 0.25:
                url = self._turn_back_and_change(url)
            location = self._pay(url)
            public_id = location.rsplit("/", 1)[1]
            if self.moods.random() < 0.5:
                self._until_it_answers(lambda: self._get(location))
        return Given(self.email, self.minor, public_id)

    def _choose(self) -> str:
        """Send the give form until it leads to a payment page; a click without an answer is clicked again."""

        def click() -> str | None:
            self._get(f"{self.address}/campaigns/{SLUG}")
            form = {**FORM_FIELDS, "own_amount": f"{self.minor / 100:.2f}"}
            answer = self._post(f"{self.address}/campaigns/{SLUG}/give", form)
            return answer.headers["Location"] if answer.status_code == 303 else None

        return self._until_it_answers(click)

    def _turn_back_and_change(self, url: str) -> str:
        """Go back to the portal and choose a little more for the same gift; gives the new payment page."""
        self.minor += 1
        link = self._until_it_answers(lambda: LINK_BACK.search(self._get(url).text))
        back = unescape(link[1])

        def change() -> str | None:
            page = self._get(back)
            token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page.text)
            if token is None:
                raise GaveUp(f"{self.email} finds no form on {back}")
            form = {
                **FORM_FIELDS,
                "own_amount": f"{self.minor / 100:.2f}",
                "csrf_token": unescape(token[1]),
            }
            location = self._post(f"{back}/try-again", form).headers.get("Location", "")
            return location if "/c/pay/" in location else None

        return self._until_it_answers(change)

    def _pay(self, url: str) -> str:
        """Fill in the payment page until it says that it is paid; gives the way back."""
        if self.moods.random() < 0.15:
            self._until_it_answers(lambda: self._send_card(url, DECLINED_CARD))
        return self._until_it_answers(lambda: self._send_card(url, GOOD_CARD))

    def _send_card(self, url: str, card: str) -> str | None:
        page = self._get(url)
        if "Already paid" in page.text:
            return unescape(LINK_BACK.findall(page.text)[0])
        if "has expired" in page.text:
            raise GaveUp(f"{self.email} cannot pay {self.minor} on {url} any more")
        (form,) = re.findall(r'name="form" value="([^"]+)"', page.text)
        entry = {"form": form, "email": self.email, "card_number": card, "expiry": "12 / 40", "cvc": "123"}
        answer = self._post(url, entry)
        return "declined" if answer.status_code == 402 else answer.headers.get("Location")

    def _get(self, url: str) -> requests.Response:
        answer = self.http.get(url, timeout=20, allow_redirects=False)
        if answer.status_code >= 500:
            raise requests.ConnectionError(f"{url} answered {answer.status_code}")
        return answer

    def _post(self, url: str, form: dict[str, str]) -> requests.Response:
        answer = self.http.post(
            url, form, headers={"Sec-Fetch-Site": "same-origin"}, timeout=20, allow_redirects=False
        )
        if answer.status_code >= 500:
            raise requests.ConnectionError(f"{url} answered {answer.status_code}")
        return answer

    def _until_it_answers(self, act: Callable[[], Any]) -> Any:
        """Do something again and again until it gives something, with a breath between."""
        trouble: object = "nothing was there"
        while time.monotonic() < self.deadline:
            try:
                done = act()
                if done:
                    return done
            except requests.RequestException as error:
                trouble = error
            time.sleep(BREATHE_SECONDS * (0.5 + self.moods.random()))
        raise GaveUp(f"{self.email} has waited for {PATIENCE_SECONDS:.0f} seconds: {trouble}")


def give_all(address: str, number: int, seed: int, after_each: Callable[[int], None]) -> list[Given]:
    """Let so many people give, some at a time; `after_each` is told how many have finished."""
    done = 0

    def tell(_: object) -> None:
        nonlocal done
        done += 1
        after_each(done)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        under_way = [pool.submit(Giver(index, address, seed).give) for index in range(number)]
        for one in under_way:
            one.add_done_callback(tell)
        return [one.result() for one in under_way]
