"""A training that the committee of Puerto Claro was called to, and the consultancy that accompanies it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cabildo.accounts.models import Agency, User
from cabildo.quality.actions import trainings
from cabildo.quality.models import Enrolment, Training, TrainingPlace
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
