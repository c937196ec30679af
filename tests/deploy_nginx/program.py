"""A program behind nginx that answers what a test says, and remembers what reached it."""

import contextlib
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PUBLIC = "public, max-age=30, must-revalidate"


class Program:
    """Listens on loopback. `says` is the next answers' status, body and headers; `asked` what came, with its headers."""

    def __init__(self, port: int = 0) -> None:
        self.asked, self.lines = [], []
        self.status, self.body, self.headers = 200, "страница " * 200, {"Cache-Control": PUBLIC}
        self.seconds = 0.0
        program = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def setup(self):
                super().setup()
                program.lines.append(self.connection)

            def do_GET(self):
                program.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
                time.sleep(program.seconds)
                etag, body = program.headers.get("ETag"), program.body.encode()
                same = etag and (self.headers.get("If-None-Match") or "").removeprefix("W/") == etag
                self.send_response(304 if same else program.status)
                for name, value in program.headers.items():
                    self.send_header(name, value)
                if same:
                    self.end_headers()
                    return
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            do_HEAD = do_POST = do_GET  # noqa: N815 - names of http.server

            def log_message(self, *_args):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    @property
    def paths(self):
        return [path for path, _headers in self.asked]

    def end(self) -> None:
        """Nobody listens any more, and whoever was connected is so no longer, as after kill -9."""
        self._server.shutdown()
        self._server.server_close()
        for line in self.lines:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
