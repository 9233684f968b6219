"""E-mail addresses as people type them, read as the library reads them, whichever way is the shorter."""

import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.people.errors import EmailUnreadable
from portal.domain.people.rules import fold_email, read_email

DOMAINS = (
    "example.org", "EXAMPLE.org", "example", "example.org.", "-example.org", "ex ample.org", "예시.한국",
    "xn--9n2bp8q.xn--3e0b707e", "[127.0.0.1]", "localhost", "example.test", "a" * 64 + ".org",
    ".".join(["a" * 60] * 4), "example.org>", "exam\u200bple.org", "",
)  # fmt: skip
MAILBOXES = (
    "mina", "Mina.Kim", "mina+list", "mina..kim", ".mina", "mina.", "m" * 64, "m" * 65, "postmaster", "POSTMASTER",
    "김", '"mina"', '"mi@na"', "mina kim", "Mina <mina", "a@b", "mina-", "m-i_n.a", "mina\n", "",
)  # fmt: skip


@pytest.mark.parametrize("mailbox", MAILBOXES)
def test_an_address_is_read_as_the_library_reads_it(mailbox: str) -> None:
    typed = [f"{mailbox}@{domain}" for domain in DOMAINS]
    assert [_read(one) for one in typed] == [_by_library(one) for one in typed]


@given(st.text(alphabet='ab.+-_@A1é[]"', max_size=90), st.sampled_from(DOMAINS))
def test_any_address_is_read_as_the_library_reads_it(mailbox: str, domain: str) -> None:
    assert _read(f"{mailbox}@{domain}") == _by_library(f"{mailbox}@{domain}")


def _read(typed: str) -> str | None:
    try:
        return read_email(typed)
    except EmailUnreadable:
        return None


def _by_library(typed: str) -> str | None:
    try:
        return fold_email(validate_email(typed.strip(), check_deliverability=False).normalized)
    except EmailNotValidError:
        return None
