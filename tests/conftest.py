"""The named cast: rosa the neighbour, diego the officer, carmen the head, externo with no rights."""

import os
from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection
from django.test import Client, TransactionTestCase
from django.utils import timezone
from hypothesis import settings as hypothesis_settings

from cabildo.accounts.models import Department, Membership, Municipality, User
from cabildo.accounts.scoping import in_municipality
from cabildo.db.immutable import triggers_dropped

hypothesis_settings.register_profile("fast", max_examples=25, deadline=None)
hypothesis_settings.register_profile("soak", max_examples=2000, deadline=None)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))

LONG_AGO = date(2020, 1, 1)


@pytest.fixture(autouse=True, scope="session")
def _flush_may_empty_append_only_tables() -> Iterator[None]:
    """Only the flush between transactional tests may empty what the database refuses to change."""
    flush = TransactionTestCase._fixture_teardown

    def flush_with_open_tables(case: TransactionTestCase) -> None:
        with triggers_dropped(connection):
            flush(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", flush_with_open_tables)
        yield


@pytest.fixture(autouse=True)
def _fast_passwords(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    """What one test kept in memory is unknown to the next."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(autouse=True)
def _private_files(settings, tmp_path) -> None:
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"


def make_user(name: str, **more) -> User:
    slug = name.lower().replace(" ", ".")
    return User.objects.create_user(email=f"{slug}@ejemplo.cl", full_name=name, password="clave-de-prueba", **more)


def make_member(name: str, municipality: Municipality, role: str, department: Department | None = None) -> User:
    user = make_user(name)
    Membership.objects.create(
        municipality=municipality, user=user, role=role, department=department, starts_on=LONG_AGO
    )
    return user


@pytest.fixture
def puerto_claro(db) -> Iterator[Municipality]:
    """The commune of the tests, with its scope entered."""
    municipality = Municipality.objects.create(
        slug="puerto-claro",
        name="Municipalidad de Puerto Claro",
        commune_code="05101",
        opened_at=timezone.now(),
    )
    with in_municipality(municipality):
        yield municipality


@pytest.fixture
def otra_comuna(db) -> Municipality:
    return Municipality.objects.create(
        slug="otra-comuna",
        name="Municipalidad de Otra Comuna",
        commune_code="13101",
        opened_at=timezone.now(),
    )


@pytest.fixture
def obras(puerto_claro) -> Department:
    return Department.objects.create(municipality=puerto_claro, code="obras", name="Dirección de Obras")


@pytest.fixture
def aseo(puerto_claro) -> Department:
    return Department.objects.create(municipality=puerto_claro, code="aseo", name="Dirección de Aseo y Ornato")


@pytest.fixture
def diego(puerto_claro, obras) -> User:
    return make_member("Diego Soto", puerto_claro, "department_officer", obras)


@pytest.fixture
def carmen(puerto_claro, obras) -> User:
    return make_member("Carmen Díaz", puerto_claro, "department_head", obras)


@pytest.fixture
def oficina(puerto_claro) -> User:
    return make_member("Olga Vera", puerto_claro, "requests_office")


@pytest.fixture
def alcaldesa(puerto_claro) -> User:
    return make_member("Ana Reyes", puerto_claro, "mayor")


@pytest.fixture
def admin(puerto_claro) -> User:
    return make_member("Ada Pino", puerto_claro, "administrator")


@pytest.fixture
def externo(db) -> User:
    return make_user("Externo Nadie")


@pytest.fixture
def as_user(puerto_claro):
    """A browser in which this person has entered."""

    def enter(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return enter


@pytest.fixture
def run_jobs():
    """Run everything waiting in the queue, now."""
    from cabildo.jobs.testing import run_waiting

    return run_waiting


@pytest.fixture
def categories(puerto_claro, obras, aseo):
    """Two subjects: a lamp that Obras mends, and rubbish that Aseo takes away."""
    from cabildo.tickets.models import Category

    definition = {"help": "Una luminaria que no funciona.", "kinds": ["reclamo", "solicitud"], "location": "required"}

    def make(code: str, label: str, department: Department, **more) -> Category:
        return Category.objects.create(
            municipality=puerto_claro,
            code=code,
            group_code="calle",
            group_label="La calle",
            label=label,
            department=department,
            goal_days=5,
            definition={**definition, "identity": "required"},
            **more,
        )

    return {
        "lamp": make("luminaria", "Luminaria apagada", obras, radius_m=100),
        "rubbish": make("basura", "Basura en la calle", aseo, position=1),
    }


@pytest.fixture
def receive(categories):
    """Put a request on record as the portal does; anything of the intake may be said."""
    from cabildo.people.actions import Contact
    from cabildo.tickets.actions import intake
    from cabildo.tickets.models import Ticket

    def ask(code: str = "lamp", *, by=None, **more) -> Ticket:
        asked = {
            "kind": "reclamo",
            "text": "El poste frente a mi casa está apagado.",
            "channel": "web",
            "contact": Contact(name="Rosa Pérez", email="rosa@ejemplo.cl"),
            **more,
        }
        return intake.receive(intake.Intake(category=categories[code], **asked), by=by).ticket

    return ask
