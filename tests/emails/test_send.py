"""A mail as it goes over the wire: to the very address that was typed, wherever its domain is written."""

import pytest

from portal.clock import now
from portal.emails.render import Email
from portal.emails.send import compose


@pytest.mark.parametrize(
    ("address", "recipient"),
    [
        ("mina@example.org", "mina@example.org"),
        # By the rules of 2003 these would be strasse.de and, in Greek, another owner's name too.
        ("mina@straße.de", "mina@xn--strae-oqa.de"),
        ("mina@βόλος.com", "mina@xn--nxasmm1c.com"),
    ],
)
def test_a_mail_goes_to_the_domain_that_was_read_and_to_no_other(address: str, recipient: str) -> None:
    mail = Email(
        to=address, sender_name="Circle", sender="c@example.org", subject="Hello", text="x", html="<p>x</p>"
    )
    assert str(compose(mail, "m", now(), "example.org")["To"]) == recipient
