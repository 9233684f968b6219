"""Entries of the audit log."""

from typing import Any

from portal.clock import now
from portal.domain.audit.service import note


def make_entry(action: str = "event.approved", subject: str = "event:12", **facts: Any) -> None:
    """Note something that nobody signed in did just now, unless `who` or `moment` say otherwise."""
    defaults: dict[str, Any] = {"who": None, "moment": now()}
    note(action=action, subject=subject, **(defaults | facts))
