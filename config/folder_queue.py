"""The embedded queue: a kombu transport over a `MessageFolder`. Celery knows it as `folder://`.

kombu's own `filesystem` transport writes a message in place, where a consumer can read half of it
(celery/kombu#1551). The folder is the transport option `folder`.
"""

import json
from collections.abc import Callable
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import virtual

from config.message_folder import MessageFolder


class QoS(virtual.QoS):
    """Forgets a message's file when the message is acknowledged or refused for good."""

    channel: "Channel"

    def ack(self, delivery_tag: str) -> None:
        """Delete the file of a message that was dealt with."""
        self.channel.delete(delivery_tag)
        super().ack(delivery_tag)

    def reject(self, delivery_tag: str, requeue: bool = False) -> None:
        """Give a message back, or delete it; kombu calls `_restore` for the former."""
        super().reject(delivery_tag, requeue)
        self.channel.delete(delivery_tag)


class Channel(virtual.Channel):
    """Moves messages in and out of the folder; everything else is kombu's."""

    QoS = QoS

    def __init__(self, connection: "Transport", **kwargs: Any) -> None:
        super().__init__(connection, **kwargs)
        options: dict[str, Any] = connection.client.transport_options  # type: ignore[union-attr, assignment] # kombu's stubs allow a transport without client
        self.folder = MessageFolder(Path(options["folder"]))
        self.claimed: dict[str, Path] = {}  # by delivery tag
        self.unacknowledged: set[str] = set()  # queues whose messages count as dealt with when read

    def delete(self, delivery_tag: str) -> None:
        """Delete the file of a claimed message, if it is still ours."""
        if claimed := self.claimed.pop(delivery_tag, None):
            claimed.unlink(missing_ok=True)

    def basic_consume(
        self,
        queue: str,
        no_ack: bool,
        callback: Callable[..., Any] | None,
        consumer_tag: str | None,
        **kwargs: Any,
    ) -> str:
        """Consume a queue; without acknowledgements its files go as they are read."""
        if no_ack:
            self.unacknowledged.add(queue)
        return super().basic_consume(queue, no_ack, callback, consumer_tag, **kwargs)

    def basic_get(self, queue: str, no_ack: bool = False, **kwargs: Any) -> virtual.Message | None:
        """Return the next message, if any."""
        message = super().basic_get(queue, no_ack, **kwargs)
        if message and no_ack:
            self.delete(str(message.delivery_tag))
        return message

    def _put(self, queue: str, message: dict[str, Any], **kwargs: Any) -> None:
        self.folder.put(queue, json.dumps(message).encode())

    def _get(self, queue: str, timeout: float | None = None) -> dict[str, Any]:  # noqa: ARG002
        while claimed := self.folder.claim(queue):
            message = self._read(claimed)
            if message is None:
                self.folder.set_aside(claimed)
                continue
            tag = message["properties"]["delivery_tag"]
            self.claimed[tag] = claimed
            if queue in self.unacknowledged:
                self.delete(tag)
            return message
        raise Empty

    def _read(self, claimed: Path) -> dict[str, Any] | None:
        """Return the message in a file, or None when it is not one of kombu's."""
        try:
            message: dict[str, Any] = json.loads(claimed.read_bytes())
            self.Message(message, channel=self)
        except (ValueError, TypeError, KeyError, AttributeError):
            return None
        return message

    def _restore(self, message: virtual.Message) -> None:
        if claimed := self.claimed.pop(str(message.delivery_tag), None):
            self.folder.give_back(claimed)

    def _size(self, queue: str) -> int:
        return len(self.folder.names(queue))

    def _purge(self, queue: str) -> int:
        return self.folder.purge(queue)


class Transport(virtual.Transport):
    """Looks into the folder five times a second while there is nothing to do."""

    Channel = Channel
    polling_interval = 0.2
    connection_errors = (*virtual.Transport.connection_errors, OSError)  # a full disk, say
    driver_type = "folder"
    driver_name = "folder"
    implements = virtual.Transport.implements.extend(
        asynchronous=False, exchange_type=frozenset(["direct"])
    )

    def drain_events(self, connection: Any, timeout: float | None = None, **kwargs: Any) -> None:
        """Wait for a message, but not for long: in between, the worker sees that it is to stop."""
        super().drain_events(connection, timeout and min(timeout, 0.5), **kwargs)

    @property
    def default_connection_params(self) -> dict[str, Any]:
        """Return nothing: a folder has neither host nor port."""
        return {}

    def driver_version(self) -> str:
        """Return the version of the driver, which is Python's own file system."""
        return "1"
