"""A name service on loopback that answers as badly as it is told to. Import `NameServer`.

Only what the system's resolver asks for: one question a datagram, A and AAAA (RFC 1035, 4; RFC
3596). Nothing may be kept: every answer lives for no time at all.
"""

import socket
import struct
import threading
from collections.abc import Callable
from ipaddress import ip_address
from types import TracebackType
from typing import Self

A, AAAA, IN = 1, 28, 1
HEADER = struct.Struct(">6H")
# RFC 1035, 4.1.1: this is an answer, recursion was wished for and is available; no such name.
ANSWERED, NO_SUCH_NAME = 0x8180, 0x8183
POINTER_TO_NAME = b"\xc0\x0c"

# The addresses of a name, given how often that name was asked for before; None is silence.
Answers = Callable[[str, int], list[str] | None]


class NameServer:
    """Answers on `address`, port 53; `asked` counts the questions for addresses, name by name."""

    def __init__(self, address: str, answers: Answers) -> None:
        self.asked: dict[str, int] = {}
        self._answers = answers
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((address, 53))
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._socket.close()

    def _serve(self) -> None:
        while True:
            try:
                question, client = self._socket.recvfrom(512)
                if answer := self._answer(question):
                    self._socket.sendto(answer, client)
            except OSError:  # closed
                return

    def _answer(self, question: bytes) -> bytes | None:
        number = HEADER.unpack_from(question)[0]
        name, end = _name_in(question)
        (kind,) = struct.unpack_from(">H", question, end)
        times = self.asked.get(name, 0)
        self.asked[name] = times + (kind == A)
        addresses = self._answers(name, times)
        if addresses is None:
            return None
        records = [record for one in addresses if (record := _record(kind, one))]
        status = ANSWERED if addresses else NO_SUCH_NAME
        head = HEADER.pack(number, status, 1, len(records), 0, 0)
        return head + question[HEADER.size : end + 4] + b"".join(records)


def _name_in(question: bytes) -> tuple[str, int]:
    """Return the name that is asked for, and where it ends."""
    place, labels = HEADER.size, []
    while size := question[place]:
        labels.append(question[place + 1 : place + 1 + size].decode("ascii").lower())
        place += 1 + size
    return ".".join(labels), place + 1


def _record(kind: int, text: str) -> bytes:
    packed = ip_address(text).packed
    if kind != (A if len(packed) == 4 else AAAA):
        return b""
    return POINTER_TO_NAME + struct.pack(">HHIH", kind, IN, 0, len(packed)) + packed
