"""Open data of the programme: for anybody, by groups that are large enough, and of no municipality."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cabildo.accounts.models import Agency
from cabildo.accounts.scoping import in_municipality
from cabildo.quality.shown.open_data import FIELDS
from factories.assessment_models import model, publish_model
from factories.programme import agency, enrol, make_agency, make_municipality
from factories.results import obtain, published, taking_part

__all__ = ["agency", "model", "publish_model"]
pytestmark = pytest.mark.django_db
PAGE = "/a/subdere/datos-abiertos/calidad/"
SIX = [(5, 4), (4, 3), (3, 3), (3, 2), (2, 1), (1, 1)]


def records(**wanted: str) -> list[dict[str, object]]:
    found = Client().get(f"{PAGE}resultados.json").json()["filas"]
    return [row for row in found if all(row[name] == value for name, value in wanted.items())]


def test_anybody_reads_the_sentence_the_licence_and_that_it_is_a_demonstration(agency, model) -> None:
    taking_part(agency, model, SIX)
    published(agency)

    page = Client().get(PAGE).content.decode()

    for words in (
        "6 de las 6 municipalidades del programa de SUBDERE",
        "60,0\u00a0% de logro",
        "CC-BY-4.0",
        "Modelo de demostración, no oficial",
        "Declarado: Liderazgo y",
        "Validado: Liderazgo y",
        *(f"<code>{name}</code>" for name in FIELDS),
    ):
        assert words in page


def test_both_bases_are_rows_of_their_own_for_the_total_and_each_criterion(agency, model) -> None:
    taking_part(agency, model, SIX)
    published(agency)

    for criterion in ("total", "liderazgo"):
        told = records(ano="reciente", region="todas", criterio=criterion)
        assert [(row["base"], row["municipalidades"], row["mediana"]) for row in told] == [
            ("declarado", 6, 60.0),
            ("validado", 6, 50.0),
        ]


def test_a_small_region_is_kept_back_and_so_is_what_would_tell_it(agency, model) -> None:
    taking_part(agency, model, SIX, region="05")
    taking_part(agency, model, SIX * 2, region="13")
    taking_part(agency, model, SIX[:3], region="08")
    published(agency)

    told = records(ano="reciente", criterio="total", base="declarado")

    assert {row["region"]: row["reservado"] for row in told} == {"todas": False, "05": True, "08": True, "13": False}
    assert [row["mediana"] for row in told if row["reservado"]] == [None, None]
    assert {row["region"] for row in records(ano=str(timezone.localdate().year))} == {"todas", "05", "08", "13"}


def test_no_file_nor_page_names_a_municipality_or_its_code(agency, model) -> None:
    places = taking_part(agency, model, SIX)
    published(agency)

    for address in (PAGE, f"{PAGE}resultados.csv", f"{PAGE}resultados.json"):
        told = Client().get(address).content.decode()
        for place in places:
            assert not [word for word in (place.name, place.slug, place.commune_code) if word in told]


def test_the_csv_says_the_same_as_the_json(agency, model) -> None:
    taking_part(agency, model, SIX)
    published(agency)

    heads, *lines = Client().get(f"{PAGE}resultados.csv").content.decode().lstrip("\ufeff").splitlines()

    assert heads.split(",") == list(FIELDS)
    assert len(lines) == len(records())
    assert ",60.0," in lines[0]


def test_the_json_carries_licence_dictionary_method_and_notices(agency, model) -> None:
    Agency.objects.update(notice="Organismo de demostración")
    taking_part(agency, model, SIX)
    published(agency)

    told = Client().get(f"{PAGE}resultados.json").json()

    assert (told["organismo"], told["aviso"]) == ("SUBDERE", "Organismo de demostración")
    assert told["licencia"]["codigo"] == "CC-BY-4.0"
    assert "no oficial" in told["modelos"][0]
    assert set(told["diccionario"]) == set(told["filas"][0])
    assert [words for words in told["metodo"] if "menos de 5" in words]


def test_an_agency_publishes_only_those_it_runs_the_programme_for(agency, model) -> None:
    validating = make_agency("validador", "Centro Validador")
    for _number in range(6):
        place = make_municipality()
        with in_municipality(place):
            enrol(place, agency, validating_agency=validating)
        obtain(place, model, 3)
    published(agency)

    page = Client().get("/a/validador/datos-abiertos/calidad/").content.decode()

    assert "Todavía no hay resultados que publicar" in page
    assert records(criterio="total", region="todas", ano="reciente", base="declarado")[0]["municipalidades"] == 6


def test_who_did_not_accept_is_neither_counted_nor_in_the_denominator(agency, model) -> None:
    taking_part(agency, model, SIX)
    invited = make_municipality()
    with in_municipality(invited):
        enrol(invited, agency, accepted_on=None, answered_by=None)
    obtain(invited, model, 5)
    published(agency)

    told = records(criterio="total", region="todas", ano="reciente", base="declarado")

    assert [(row["municipalidades"], row["participan"]) for row in told] == [(6, 6)]


def test_four_results_are_too_few_to_publish_even_their_number(agency, model) -> None:
    taking_part(agency, model, SIX[:4])
    published(agency)

    assert "son muy pocas para publicar" in Client().get(PAGE).content.decode()
    assert {row["municipalidades"] for row in records()} == {None}


def test_thirty_municipalities_cost_as_many_queries_as_six(agency, model) -> None:
    costs = []
    for more in (SIX, SIX * 4):
        taking_part(agency, model, more)
        published(agency)
        with CaptureQueriesContext(connection) as asked:
            Client().get(f"{PAGE}resultados.json")
        costs.append(len(asked))

    assert costs[0] == costs[1] <= 10
