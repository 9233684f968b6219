"""The client: a process of its own that sends prepared requests over several connections and counts the answers.

`python -m bench.load PORT CONNECTIONS SECONDS FILE` repeats the file's requests for so long; 0 seconds sends each
once. The file holds requests as bytes, each after its length. Prints one line of JSON. Standard library only, one
thread and epoll or its like: it has to leave the processor to the server.
"""

import json
import selectors
import socket
import struct
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

LENGTH = struct.Struct("!I")
GIVE_UP_SECONDS = 60


def write_requests(path: Path, requests: list[bytes]) -> None:
    """Write requests as `read_requests` reads them."""
    path.write_bytes(b"".join(LENGTH.pack(len(request)) + request for request in requests))


def read_requests(path: Path) -> Iterator[bytes]:
    """Give the requests of a file."""
    content = path.read_bytes()
    place = 0
    while place < len(content):
        (length,) = LENGTH.unpack_from(content, place)
        place += LENGTH.size
        yield content[place : place + length]
        place += length


class Connection:
    """One connection, which is made anew whenever the server has closed it."""

    def __init__(self, port: int, selector: selectors.BaseSelector) -> None:
        self.port, self.selector = port, selector
        self.socket: socket.socket | None = None
        self.begun = 0.0
        self.got = b""

    def send(self, request: bytes) -> None:
        """Send a request, small enough for a socket's buffer."""
        if self.socket is None:
            # Waiting here is short: the kernel takes connections for a server that listens.
            self.socket = socket.create_connection(("127.0.0.1", self.port))
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.selector.register(self.socket, selectors.EVENT_READ, self)
        self.begun = time.perf_counter()
        self.got = b""
        self.socket.sendall(request)

    def receive(self) -> int | None:
        """Read what has come; give the status once the answer is complete, 0 for one that broke off."""
        assert self.socket is not None
        try:
            piece = self.socket.recv(262_144)
        except OSError:
            piece = b""
        self.got += piece
        if not piece:
            self.close()
            return 0
        return self._status()

    def _status(self) -> int | None:
        end = self.got.find(b"\r\n\r\n")
        if end < 0:
            return None
        head = self.got[:end].lower()
        status = int(head[9:12])
        length = 0 if status == 304 else int(head.split(b"\r\ncontent-length:")[1].split(b"\r\n")[0])
        if len(self.got) < end + 4 + length:
            return None
        if b"\r\nconnection: close" in head:
            self.close()
        return status

    def close(self) -> None:
        """Let go of the socket."""
        if self.socket is not None:
            self.selector.unregister(self.socket)
            self.socket.close()
            self.socket = None


def run(port: int, connections: int, seconds: float, requests: list[bytes]) -> dict[str, object]:
    """Send the requests and tell how many answers of each status came, in what time, and how long each took."""
    statuses: Counter[int] = Counter()
    took: list[float] = []
    begun = time.perf_counter()
    left = iter(requests) if not seconds else cycle(requests)
    with selectors.DefaultSelector() as selector:
        waiting = [Connection(port, selector) for _ in range(connections)]
        busy = sum(_send_next(connection, left) for connection in waiting)
        while busy and time.perf_counter() - begun < GIVE_UP_SECONDS:
            for key, _mask in selector.select(1):
                connection: Connection = key.data
                status = connection.receive()
                if status is None:
                    continue
                moment = time.perf_counter()
                took.append(moment - connection.begun)
                statuses[status] += 1
                if (seconds and moment - begun > seconds) or not _send_next(connection, left):
                    busy -= 1
        elapsed = time.perf_counter() - begun
    took.sort()
    return {
        "answers": len(took),
        "seconds": elapsed,
        "statuses": statuses,
        "p50_ms": took[len(took) // 2] * 1000,
        "p99_ms": took[len(took) * 99 // 100] * 1000,
    }


def _send_next(connection: Connection, left: Iterator[bytes]) -> bool:
    request = next(left, None)
    if request is None:
        return False
    connection.send(request)
    return True


if __name__ == "__main__":
    port, connections, seconds, path = sys.argv[1:]
    print(json.dumps(run(int(port), int(connections), float(seconds), list(read_requests(Path(path))))))
