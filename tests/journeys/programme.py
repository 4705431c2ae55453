"""A municipality and both agencies as the demonstration has them, and each person in a browser of their own."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from cabildo import audit
from cabildo.accounts import actions as accounts
from cabildo.accounts.links import addresses
from cabildo.accounts.models import Municipality, User
from cabildo.accounts.scoping import in_municipality
from cabildo.content import actions as packs
from cabildo.content.packs import load_directory
from cabildo.content.queries import pack_named, version_of
from cabildo.quality import queries
from cabildo.quality.models import Cycle
from cabildo.site.demo import cast, programme, quality
from cabildo.workflow.processes import queries as processes
from cabildo.workflow.processes.actions.tasks import finish_task
from cabildo.workflow.processes.choices import OPEN_TASKS
from cabildo.workflow.processes.gates import Verdict
from cabildo.workflow.processes.models import StageRun, TaskRun

DESK = f"/m/{cast.SLUG}/mesa/calidad/"
LEADS, VALIDATES = (f"/a/{slug}/calidad/" for slug in (programme.LEADS, programme.VALIDATES))
PLACE = f"municipalidades/{cast.SLUG}/"
PACKS = (("tickets", "oirs-chile"), quality.PACK)
OTHERS = ("assessment_models/gestion-municipal-demo", "processes/mejoramiento-progresivo")
PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF"


def paper(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{name}.pdf", PDF, content_type="application/pdf")


class Walk:
    """Who does what, on the real pages; `today` is the day of the journey."""

    def __init__(self, municipality: Municipality, today: date) -> None:
        self.municipality, self.today = municipality, today
        self._browsers: dict[str, Client] = {}

    def person(self, name: str) -> User:
        """By the first part of the address of the account."""
        return User.objects.get(email__startswith=f"{name}@")

    def browser(self, name: str) -> Client:
        if name not in self._browsers:
            self._browsers[name] = Client()
            backend = "allauth.account.auth_backends.AuthenticationBackend"
            self._browsers[name].force_login(self.person(name), backend=backend)
        return self._browsers[name]

    def reads(self, name: str, address: str) -> str:
        answer = self.browser(name).get(address, follow=True)
        assert answer.status_code == 200, (name, address, answer.status_code)
        return answer.content.decode()

    def does(self, name: str, address: str, /, **data: Any) -> str:
        """Send the form; it is taken, and what follows is a page."""
        answer = self.browser(name).post(address, data, follow=True)
        form = answer.context.get("form") if answer.context else None
        assert answer.status_code == 200, (name, address, answer.status_code, getattr(form, "errors", ""))
        return answer.content.decode()

    def is_refused(self, name: str, address: str, /, **data: Any) -> bool:
        return self.browser(name).post(address, data).status_code == 403

    @property
    def cycle(self) -> Cycle:
        found = queries.open_cycle()
        assert found is not None
        return found


class Stage:
    """A stage of the open cycle, and its gates as anybody sees them."""

    def __init__(self, walk: Walk, code: str) -> None:
        self.walk, self.code = walk, code

    @property
    def row(self) -> StageRun:
        run = queries.run_of(self.walk.cycle)
        assert run is not None
        return next(stage for stage in processes.stages_of(run) if stage.code == self.code)

    @property
    def address(self) -> str:
        return f"/m/{cast.SLUG}/mesa/procesos/etapas/{self.row.pk}/paso/"

    def verdicts(self) -> list[Verdict]:
        with addresses():
            return list(processes.verdicts(self.row))

    def missing(self) -> dict[str, list[str]]:
        """What each gate that is shut asks for."""
        return {one.gate.code: [each.what for each in one.missing] for one in self.verdicts() if not one.holds}

    def begins(self) -> None:
        """Each gate is shut, says what is missing, and names a page that opens for who leads the cycle."""
        if self.row.started_on is None:
            self.walk.does("calidad", f"{self.address}comenzar/", revision=self.row.revision)
        found = self.verdicts()
        assert found
        for one in found:
            assert one.missing, f"{one.gate.code} is open before anybody did anything"
            for each in one.missing:
                assert each.what
                self.walk.reads("calidad", each.url)
        self.is_not_closed()

    def is_not_closed(self) -> None:
        """Closing is refused while something is missing, and whoever may not lead is refused at all."""
        assert self.walk.is_refused("control", f"{self.address}cerrar/", revision=self.row.revision)
        self.walk.browser("calidad").post(f"{self.address}cerrar/", {"revision": self.row.revision}, follow=True)
        assert self.row.ended_on is None

    def closes(self) -> None:
        """Nothing is missing: its tasks are done and it closes on its page."""
        assert self.missing() == {}
        self._finish_tasks()
        self.walk.does("calidad", f"{self.address}cerrar/", revision=self.row.revision)
        assert self.row.ended_on == self.walk.today

    def _finish_tasks(self) -> None:
        lead = self.walk.person("calidad")
        while task := TaskRun.objects.filter(stage=self.row, state__in=OPEN_TASKS).order_by("position").first():
            finish_task(task, ended_on=self.walk.today, by=lead, today=self.walk.today)


@pytest.fixture
def walk(db) -> Iterator[Walk]:
    """Everybody has an account and nobody was invited to anything."""
    for directory in (*("/".join(one) for one in PACKS), *OTHERS):
        load_directory(Path(settings.CONTENT_DIR) / directory)
    told = {"slug": cast.SLUG, "name": "Municipalidad de Puerto Claro", "opened_at": timezone.now()}
    municipality = accounts.create_municipality(by=audit.SYSTEM, **told)
    with in_municipality(municipality):
        for one in PACKS:
            packs.adopt(
                municipality=municipality, version=version_of(pack_named(*one)), follows_updates=True, by=audit.SYSTEM
            )
        for person in cast.CAST:
            cast.hire(person)
        programme.settle(cast.PASSWORD)
        yield Walk(municipality, timezone.localdate())
