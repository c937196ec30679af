"""A door between a process and its database, which a test may hold shut, slam, or open again.

Held shut it is a frozen server: it takes connections and answers nothing.
"""

import contextlib
import selectors
import socket
import threading


class Door:
    """Listens on a port of loopback and passes bytes on to a server, by TCP or through its socket."""

    def __init__(self, host: str, port: int) -> None:
        self._to = f"{host}/.s.PGSQL.{port}" if host.startswith("/") else (host, port)
        self._pairs = []
        self._lock = threading.Lock()
        self._open = threading.Event()
        self._open.set()
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        self._is_there = True
        threading.Thread(target=self._listen, daemon=True).start()

    def freeze(self) -> None:
        """Nothing is passed on any more, nothing is closed, and new connections are taken."""
        self._open.clear()

    def slam(self) -> None:
        """All connections end, and new ones with them, as after kill -9."""
        self._is_there = False
        self._open.set()
        with self._lock:
            for pair in self._pairs:
                for end in pair:
                    with contextlib.suppress(OSError):
                        end.shutdown(socket.SHUT_RDWR)
            self._pairs.clear()

    def open(self) -> None:
        """The server is back."""
        self._is_there = True
        self._open.set()

    def close(self) -> None:
        """For good."""
        self.slam()
        self._server.close()

    def _listen(self) -> None:
        while True:
            try:
                near, _address = self._server.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(near,), daemon=True).start()

    def _serve(self, near: socket.socket) -> None:
        self._open.wait()
        if not self._is_there:
            near.close()
            return
        far = socket.socket(socket.AF_UNIX if isinstance(self._to, str) else socket.AF_INET)
        far.connect(self._to)
        with self._lock:
            self._pairs.append((near, far))
        with contextlib.suppress(OSError):
            self._pass_on(near, far)
        for end in (near, far):
            end.close()

    def _pass_on(self, near: socket.socket, far: socket.socket) -> None:
        with selectors.DefaultSelector() as ready:
            ready.register(near, selectors.EVENT_READ, far)
            ready.register(far, selectors.EVENT_READ, near)
            while True:
                for key, _events in ready.select():
                    self._open.wait()
                    content = key.fileobj.recv(65536)
                    if not content:
                        return
                    key.data.sendall(content)
