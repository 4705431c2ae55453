"""An agency with its people, and municipalities that take part in its programme."""

import itertools
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from cabildo.accounts.models import Agency, AgencyMembership, Municipality, User
from cabildo.content.models import PackVersion
from cabildo.instruments.models import Assessment
from cabildo.quality.models import Enrolment
from conftest import LONG_AGO, make_user

_number = itertools.count(1)


def make_agency(slug: str = "subdere", name: str = "SUBDERE") -> Agency:
    return Agency.objects.create(slug=slug, name=name)


def make_agency_member(name: str, agency: Agency, role: str) -> User:
    user = make_user(name)
    AgencyMembership.objects.create(agency=agency, user=user, role=role, starts_on=LONG_AGO)
    return user


def make_municipality(commune_code: str = "05101") -> Municipality:
    number = next(_number)
    return Municipality.objects.create(
        slug=f"comuna-{number}",
        name=f"Municipalidad {number:03}",
        commune_code=commune_code,
        opened_at=timezone.now(),
    )


def enrol(municipality: Municipality, agency: Agency, professional: User | None = None, **more) -> Enrolment:
    """It takes part since long ago, unless `more` says otherwise."""
    answered = {"accepted_on": LONG_AGO, "answered_by": professional or User.objects.first() or make_user("Alguien")}
    told = {"invitation": "Les invitamos.", "invited_on": date(2020, 1, 1), **answered, **more}
    return Enrolment.objects.create(municipality=municipality, agency=agency, professional=professional, **told)


def blank_diagnosis(municipality: Municipality, version: PackVersion) -> Assessment:
    """A diagnosis that nobody answered, for what only asks that there is one."""
    told = {"on_type": "quality.cycle", "on_id": str(municipality.pk), "opened_at": timezone.now()}
    return Assessment.objects.create(municipality=municipality, version=version, title="Diagnóstico", **told)


def entered(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def agency(db) -> Agency:
    return make_agency()


@pytest.fixture
def lead(agency) -> User:
    return make_agency_member("Lea Vidal", agency, "programme_lead")


@pytest.fixture
def professional(agency) -> User:
    return make_agency_member("Pedro Gil", agency, "programme_professional")
