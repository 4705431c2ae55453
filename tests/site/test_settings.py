"""The environment becomes settings, and what is wrong in it is said before anything starts."""

import runpy
from typing import Any

import pytest

from cabildo.documents.firmagob import Configuration
from cabildo.site import settings
from cabildo.site.environment import SettingError

FIRMAGOB = {
    "CABILDO_FIRMAGOB_ADDRESS": "https://firma.invalid/files/tickets",
    "CABILDO_FIRMAGOB_ENTITY": "Municipalidad de Puerto Claro",
    "CABILDO_FIRMAGOB_KEY": "llave",
    "CABILDO_FIRMAGOB_SECRET": "secreto",
}


@pytest.fixture
def read(monkeypatch):
    def with_environment(**variables: Any) -> dict[str, Any]:
        for name, value in variables.items():
            monkeypatch.setenv(name, str(value))
        return runpy.run_path(settings.__file__)

    return with_environment


def test_without_variables_files_have_the_usual_limit_and_nothing_signs_or_is_trusted(read) -> None:
    found = read()

    assert (found["DOCUMENTS_MAX_BYTES"], found["FIRMAGOB"], found["SIGNATURE_TRUST_ROOTS"]) == ({}, None, None)


def test_each_kind_of_file_may_weigh_what_the_variable_says(read) -> None:
    found = read(CABILDO_DOCUMENTS_MAX_MB="evidence=20,photo=5")

    assert found["DOCUMENTS_MAX_BYTES"] == {"evidence": 20 * 1024 * 1024, "photo": 5 * 1024 * 1024}


def test_firmagob_is_on_once_it_has_its_address_and_credentials(read) -> None:
    known = Configuration(**read(**FIRMAGOB)["FIRMAGOB"])

    assert (known.address, known.entity) == ("https://firma.invalid/files/tickets", "Municipalidad de Puerto Claro")
    assert (known.api_token_key, known.secret, known.purpose) == ("llave", "secreto", "Propósito General")


def test_firmagob_signs_unattended_when_told(read) -> None:
    known = Configuration(**read(**FIRMAGOB, CABILDO_FIRMAGOB_ATTENDED="no")["FIRMAGOB"])

    assert known.purpose == "Desatendido"


def test_the_folder_of_trusted_roots_is_the_named_one(read, tmp_path) -> None:
    assert read(CABILDO_SIGNATURE_TRUST_ROOTS=tmp_path)["SIGNATURE_TRUST_ROOTS"] == tmp_path


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"CABILDO_DOCUMENTS_MAX_MB": "foto=5"}, "evidence, other, photo; se leyó «foto=5»"),
        ({"CABILDO_DOCUMENTS_MAX_MB": "photo=mucho"}, "se leyó «photo=mucho»"),
        ({"CABILDO_DOCUMENTS_MAX_MB": "photo=0"}, "se leyó «photo=0»"),
        ({"CABILDO_DOCUMENTS_MAX_MB": "10"}, "se escribe clave=valor"),
        ({"CABILDO_SIGNATURE_TRUST_ROOTS": "/no/existe"}, "una carpeta que exista; se leyó «/no/existe»"),
        (FIRMAGOB | {"CABILDO_FIRMAGOB_ADDRESS": "http://firma.invalid"}, "debe empezar con https://"),
        (FIRMAGOB | {"CABILDO_FIRMAGOB_SECRET": ""}, "Falta la variable CABILDO_FIRMAGOB_SECRET"),
        ({"CABILDO_HTTPS": "quizás"}, "CABILDO_HTTPS debe ser true o false"),
        ({"CABILDO_MAIL_PORT": "puerto"}, "CABILDO_MAIL_PORT debe ser un número entero"),
        ({"CABILDO_QUALITY_SMALLEST_GROUP": "2"}, "CABILDO_QUALITY_SMALLEST_GROUP debe ser al menos 3; se leyó «2»"),
    ],
    ids=str,
)
def test_a_wrong_value_stops_the_start_and_names_the_variable(read, variables, said) -> None:
    with pytest.raises(SettingError) as caught:
        read(**variables)

    assert said in str(caught.value)
