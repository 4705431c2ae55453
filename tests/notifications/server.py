"""Real servers on loopback: an SMTP server that answers as told, and an IMAP server that knows just enough."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller


class Post:
    """An SMTP handler: keeps what it accepts; `rcpt` and `data` are its answers, queued."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.senders: list[str] = []
        self.rcpt: list[str] = []
        self.data: list[str] = []
        self.port = 0

    async def handle_RCPT(self, _server, _session, envelope, address, _options) -> str:  # noqa: N802
        answer = self.rcpt.pop(0) if self.rcpt else "250 OK"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802
        answer = self.data.pop(0) if self.data else "250 OK"
        if answer.startswith("250"):
            self.received.append(message_from_bytes(envelope.content, policy=policy.default))
            self.senders.append(envelope.mail_from)
        return answer


class _AnyPort(Controller):
    """The system chooses the port, so that tests may run side by side."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def smtp_server() -> Iterator[Post]:
    post = Post()
    controller = _AnyPort(post, hostname="127.0.0.1", port=0)
    controller.start()
    post.port = controller.port
    try:
        yield post
    finally:
        controller.stop()


class _Imap(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.wfile.write(b"* OK ready\r\n")
        for line in self.rfile:
            tag, command, *words = line.decode().split()
            self.wfile.write(self.answer(tag, command.upper(), words).encode())

    def answer(self, tag: str, command: str, words: list[str]) -> str:
        if command == "CAPABILITY":
            return f"* CAPABILITY IMAP4rev1\r\n{tag} OK done\r\n"
        if command == "LOGIN" and words[-1] != '"abierto"':
            return f"{tag} NO wrong\r\n"
        if command in {"SELECT", "EXAMINE"}:
            found = words[0] == '"INBOX"'
            return f"* 3 EXISTS\r\n{tag} OK done\r\n" if found else f"{tag} NO missing\r\n"
        return f"* BYE\r\n{tag} OK bye\r\n" if command == "LOGOUT" else f"{tag} OK done\r\n"


@contextmanager
def imap_server() -> Iterator[int]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Imap) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()
