"""Links are tried with the browsers of those who help."""

from tests.blueprints.volunteers.conftest import mina, other

__all__ = ["mina", "other"]
