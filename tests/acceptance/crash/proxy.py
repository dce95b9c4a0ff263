"""A network that is cut: hands bytes between callers and a server's socket."""

import socket
import struct
import threading
from contextlib import suppress
from pathlib import Path

#: Closing throws away what is on its way, and the other end is told at once.
_ABRUPT = struct.pack("ii", 1, 0)


class Proxy:
    """Listens on this machine for callers of the server; `close` it at the end."""

    def __init__(self, server: Path) -> None:
        self._server = server
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._listener.getsockname()[1])

    def cut(self) -> int:
        """Cut every connection that there is; how many there were."""
        with self._lock:
            pairs, self._pairs = self._pairs, []
        for pair in pairs:
            for end in pair:
                with suppress(OSError):
                    if end.family == socket.AF_INET:
                        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _ABRUPT)
                    end.shutdown(socket.SHUT_RDWR)
                end.close()
        return len(pairs)

    def close(self) -> None:
        """Cut everything and take no more callers."""
        self._listener.close()
        self.cut()

    def _listen(self) -> None:
        while True:
            try:
                caller, _ = self._listener.accept()
            except OSError:
                return  # closed
            server = socket.socket(socket.AF_UNIX)
            try:
                server.connect(str(self._server))
            except OSError:
                caller.close()
                continue
            with self._lock:
                self._pairs.append((caller, server))
            for source, target in ((caller, server), (server, caller)):
                threading.Thread(
                    target=_hand_on, args=(source, target), daemon=True
                ).start()


def _hand_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    for end in (source, target):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
