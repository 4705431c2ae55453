"""A training that the committee of Puerto Claro was called to, and the consultancy that accompanies it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cabildo.accounts.models import Agency, User
from cabildo.quality.actions import consultancy, trainings
from cabildo.quality.models import Consultancy, ConsultancyPlace, Enrolment, Training, TrainingPlace
from conftest import make_user
from factories.programme import enrol

TODAY = timezone.localdate()  # the doors ask the clock whether a role holds


@pytest.fixture
def enrolled(puerto_claro, agency, professional) -> Enrolment:
    return enrol(puerto_claro, agency, professional)


def plan(agency: Agency, by: User, **more) -> Training:
    told = {
        "kind": "programme",
        "title": "Modelo y autoevaluación",
        "starts_on": TODAY - timedelta(days=8),
        "ends_on": TODAY - timedelta(days=7),
        "place": "Valparaíso",
        "trainers": "Nora Mena, SUBDERE",
    }
    return trainings.plan_training(agency, by=by, **{**told, **more})


@pytest.fixture
def training(agency, lead) -> Training:
    return plan(agency, lead)


@pytest.fixture
def called(training, enrolled, committee, puerto_claro, lead) -> TrainingPlace:
    return trainings.call_municipality(training, puerto_claro, today=TODAY, by=lead)


def contract(agency: Agency, by: User, **more) -> Consultancy:
    told = {
        "firm": "Gestión Pública SpA",
        "tender_number": "1234-5-LP26",
        "awarded_on": TODAY - timedelta(days=40),
        "contract_number": "Contrato 77",
        "starts_on": TODAY - timedelta(days=30),
        "ends_on": TODAY + timedelta(days=300),
    }
    return consultancy.contract(agency, today=TODAY, by=by, **{**told, **more})


@pytest.fixture
def contracted(agency, lead) -> Consultancy:
    return contract(agency, lead)


@pytest.fixture
def carla(contracted, lead) -> User:
    """Of the firm, and of no municipality yet."""
    user = make_user("Carla Soto")
    consultancy.add_consultant(contracted, user=user, today=TODAY, by=lead)
    return user


@pytest.fixture
def accompanied(contracted, carla, enrolled, puerto_claro, lead) -> ConsultancyPlace:
    return consultancy.cover(contracted, puerto_claro, today=TODAY, by=lead)
