"""What is sent to the portal, to see how much of it is read."""

from typing import Any


class Unread:
    """A body that has a size, and fails when somebody reads it."""

    def __init__(self, size: int) -> None:
        self.size, self.place = size, 0

    def seek(self, place: int, whence: int = 0) -> None:
        """Go to a place, or to the end."""
        self.place = self.size if whence else place

    def tell(self) -> int:
        """Give the place."""
        return self.place

    def read(self, *_args: Any) -> bytes:
        """Fail."""
        raise AssertionError("it was read")

    readinto = readline = read

    def close(self) -> None:
        """Do nothing."""
