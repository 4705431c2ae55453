"""Kill -9 in the middle of the work: what was acknowledged is there once, and every mail arrives.

Real processes on loopback: granian, worker, an SMTP server. Nobody gets to tidy up.
"""

import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener
from uuid import uuid4

import pytest

from cabildo.people import actions as people
from cabildo.tickets import drafts
from cabildo.tickets.models import Category, Ticket
from installation.drive import CATEGORY, SLUG
from installation.world import Installation, free_port, kill, wait_until
from notifications.server import smtp_server

pytestmark = pytest.mark.django_db
takes_seconds = pytest.mark.slow  # real processes and a real kill

NEIGHBOURS = 3
MAILS = 30
ROWS = 2000
LEASE = ("--lease", "2")


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """A redirect is the acknowledgement itself."""


@dataclass
class Neighbour:
    """Sends one request after another through the portal; repeats a step until the server answers it."""

    port: int
    over: threading.Event
    acknowledged: list[str] = field(default_factory=list)
    unanswered: int = 0

    def run(self) -> None:
        while not self.over.is_set():
            self._send_one(f"Solicitud {uuid4()}")

    def _send_one(self, text: str) -> None:
        jar = CookieJar()
        browser = build_opener(HTTPCookieProcessor(jar), _Stay)
        base = f"http://127.0.0.1:{self.port}/m/{SLUG}/solicitudes/nueva/{CATEGORY}/"
        self._answered(browser, jar, base)
        self._answered(browser, jar, base, {"kind": "reclamo", "text": text})
        contact = {"name": "Rosa Pérez", "email": f"{uuid4().hex}@vecinos.cl"}
        if "/comprobante/" in self._answered(browser, jar, base + "enviar/", contact):
            self.acknowledged.append(text)

    def _answered(self, browser, jar: CookieJar, url: str, data: dict[str, str] | None = None) -> str:
        while True:
            token = next((cookie.value for cookie in jar if cookie.name == "csrftoken"), "")
            body = urlencode(data).encode() if data else None
            try:
                browser.open(Request(url, body, {"X-CSRFToken": str(token)}), timeout=5).close()  # noqa: S310
                return ""
            except HTTPError as answer:
                with answer:
                    if answer.code < 400:
                        return answer.headers["Location"]
                    raise
            except (URLError, OSError):
                self.unanswered += 1
                time.sleep(0.05)
                if self.over.is_set():
                    return ""


@takes_seconds
def test_a_killed_server_loses_and_doubles_no_request(installation: Installation) -> None:
    port, over = free_port(), threading.Event()
    neighbours = [Neighbour(port, over) for _ in range(NEIGHBOURS)]
    threads = [threading.Thread(target=neighbour.run) for neighbour in neighbours]
    with installation.server(port) as first:
        for thread in threads:
            thread.start()
        wait_until(lambda: all(neighbour.acknowledged for neighbour in neighbours))
        time.sleep(0.7)
        kill(first)
    before = sum(len(neighbour.acknowledged) for neighbour in neighbours)
    with installation.server(port):
        wait_until(lambda: sum(len(neighbour.acknowledged) for neighbour in neighbours) > before + NEIGHBOURS)
        over.set()
        for thread in threads:
            thread.join()

    stored = Counter(text for (text,) in installation.rows("SELECT text FROM tickets_ticket"))
    acknowledged = Counter(text for neighbour in neighbours for text in neighbour.acknowledged)
    assert any(neighbour.unanswered for neighbour in neighbours)
    assert acknowledged - stored == Counter()
    assert set(stored.values()) == {1}
    assert halves(installation) == []


def halves(installation: Installation) -> list[tuple]:
    """Requests without their clocks, their timeline, their audit or the mail to the person: there must be none."""
    return installation.rows(
        """
        SELECT t.folio FROM tickets_ticket t
        WHERE NOT EXISTS (SELECT 1 FROM tickets_ticketclock c WHERE c.ticket_id = t.id)
           OR NOT EXISTS (SELECT 1 FROM tickets_ticketevent e WHERE e.ticket_id = t.id)
           OR NOT EXISTS (SELECT 1 FROM audit_entry a WHERE a.subject_type = 'tickets.ticket'
                          AND a.subject_id = CAST(t.id AS varchar(20)))
           OR NOT EXISTS (SELECT 1 FROM notifications_message m WHERE m.on_type = 'tickets.ticket'
                          AND m.on_id = CAST(t.id AS varchar(20)))
        """
    )


@takes_seconds
def test_a_killed_worker_loses_no_mail(installation: Installation) -> None:
    with smtp_server() as post:
        installation.rows(f"UPDATE notifications_mailserver SET port = {post.port}")  # noqa: S608
        installation.drive("receive", str(MAILS))
        with installation.worker(*LEASE) as worker:
            wait_until(lambda: len(post.received) >= MAILS // 3)
            kill(worker)
        assert len(post.received) < MAILS
        installation.drive("lease-is-over")
        with installation.worker(*LEASE):
            wait_until(lambda: len({mail["To"] for mail in post.received}) == MAILS)
            wait_until(lambda: states(installation) == {"sent": MAILS})

    identities = {(mail["To"], mail["Message-ID"]) for mail in post.received}
    assert len(identities) == MAILS
    assert len({message_id for _to, message_id in identities}) == MAILS


@takes_seconds
def test_a_killed_import_goes_on_where_it_was(installation: Installation) -> None:
    installation.drive("bring", str(ROWS))
    with installation.worker(*LEASE) as worker:
        wait_until(lambda: brought(installation) > 0)
        kill(worker)
    assert brought(installation) < ROWS
    with installation.worker(*LEASE):
        wait_until(lambda: installation.rows("SELECT state FROM tickets_importrun") == [("done",)])

    runs = installation.rows("SELECT created, updated, unchanged, refused FROM tickets_importrun")
    assert runs == [(ROWS, 0, 0, 0)]
    assert installation.rows("SELECT count(*), count(DISTINCT external_id) FROM tickets_ticket") == [(ROWS, ROWS)]


def brought(installation: Installation) -> int:
    return installation.rows("SELECT count(*) FROM tickets_ticket")[0][0]


def states(installation: Installation) -> dict[str, int]:
    query = "SELECT state, count(*) FROM notifications_message WHERE channel = 'mail' GROUP BY state"
    return dict(installation.rows(query))


def send(client, text: str, run: str = ""):
    """The steps of the portal up to the last one; its answer."""
    base = f"/m/puerto-claro/solicitudes/nueva/{CATEGORY}/"
    client.post(base, {"kind": "reclamo", "text": text})
    client.post(base + "lugar/", {"place": "Los Aromos 120"})
    return client.post(base + "enviar/", {"name": "Rosa", "email": "rosa@ejemplo.cl", "run": run})


@pytest.mark.usefixtures("categories")
def test_a_server_killed_before_it_kept_the_session_swallows_no_later_request(client) -> None:
    send(client, "El poste de la esquina está apagado")
    key = Ticket.objects.get().external_id
    session, subject = client.session, Category.objects.get(code=CATEGORY).pk
    session.pop(drafts.RECEIPTS)
    draft = {"key": key, "category": subject, "kind": "reclamo", "text": "El poste de la esquina"}
    session[drafts.DRAFTS] = {drafts.new_name(): draft}
    session.save()

    again = client.post(f"/m/puerto-claro/solicitudes/nueva/{CATEGORY}/enviar/", {"name": "Rosa", "email": "r@e.cl"})
    receipt = client.get(again["Location"])
    send(client, "Ahora se apagó el poste de enfrente")

    assert (receipt.status_code, Ticket.objects.count()) == (200, 2)


@pytest.mark.usefixtures("categories")
def test_two_at_once_with_a_run_nobody_had_are_both_kept(client, monkeypatch) -> None:
    send(client, "El poste de la esquina está apagado", run="7654321-6")
    looks = iter([None])
    find = people._of_run
    monkeypatch.setattr(people, "_of_run", lambda run: next(looks, find(run)))  # both looked before either wrote

    answer = send(client, "La micro no para en la esquina", run="7654321-6")

    assert ("/comprobante/" in answer["Location"], Ticket.objects.count()) == (True, 2)
