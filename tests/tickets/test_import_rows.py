"""What a row says, and each reason for which it is refused."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from cabildo.tickets.imports.rows import Normalised, SourceRow, normalise
from cabildo.tickets.imports.wording import as_json
from tickets.import_world import BODY, mapping, row

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def read(source=None, **changes: str):
    return normalise(SourceRow(2, row(**changes)), source or mapping(), now=NOW)


def test_a_good_row_is_told_in_the_platforms_terms() -> None:
    found = read()

    assert isinstance(found, Normalised)
    assert (found.state, found.channel, found.channel_word) == ("in_progress", "phone", "Fono")
    assert (found.category, found.department, found.text) == (
        "Bache",
        "Dirección de Obras",
        "SW-Bache\nUn hoyo, grande",
    )
    assert found.kept == (("Estado en la fuente", "Abierta"),)


def test_times_are_of_the_zone_the_mapping_names() -> None:
    found = read()

    assert found.received_at == datetime(2018, 4, 13, 3, 11, 26, tzinfo=UTC)
    assert found.due_on == date(2018, 4, 13)  # the day there, which in UTC is already the next


def test_the_date_of_closing_is_the_answers_only_where_there_was_one() -> None:
    closing = {"Cierre": "04/14/2018 01:00:00 PM"}

    assert read(Estado="Cerrada", **closing).answered_at == read(Estado="Cerrada", **closing).closed_at
    assert read(Estado="Repetida", **closing).answered_at is None


@pytest.mark.parametrize(
    ("latitude", "longitude", "is_coarse", "is_far"),
    [
        ("39.291328", "-76.610353", False, False),
        ("39", "-77", True, True),
        ("39.30", "-76.6", True, False),
        ("39,300", "-76.612345", False, False),
        ("-33.045812", "-71.612345", False, True),
        ("", "", False, False),
    ],
)
def test_points_are_kept_and_marked(latitude, longitude, is_coarse, is_far) -> None:
    found = read(Lat=latitude, Lon=longitude)

    assert (found.is_coarse, found.is_far) == (is_coarse, is_far)


@pytest.mark.parametrize(
    ("changes", "column", "code"),
    [
        ({"Id": ""}, "Id", "empty"),
        ({"Id": "x" * 81}, "Id", "too_long"),
        ({"Ingreso": ""}, "Ingreso", "empty"),
        ({"Ingreso": "13/45/2018"}, "Ingreso", "not_a_date"),  # the forms of this source write an hour
        ({"Ingreso": "ayer"}, "Ingreso", "not_a_date"),
        ({"Ingreso": "31-02-2018"}, "Ingreso", "date_impossible"),
        ({"Ingreso": "2018-02-31"}, "Ingreso", "date_impossible"),
        ({"Ingreso": "02/31/2018 11:11:26 AM"}, "Ingreso", "date_impossible"),
        ({"Ingreso": "01-01-1899"}, "Ingreso", "date_out_of_range"),
        ({"Ingreso": "04/12/2999 11:11:26 AM"}, "Ingreso", "in_the_future"),
        ({"Estado": "Dormida"}, "Estado", "unknown_value"),
        ({"Estado": ""}, "Estado", "empty"),
        ({"Canal": "Paloma"}, "Canal", "unknown_value"),
        ({"Tema": ""}, "Tema", "empty"),
        ({"Unidad": ""}, "Unidad", "department_missing"),
        ({"Detalle": "x" * 4001}, "Tema + Detalle", "too_long"),
        ({"Lat": ""}, "Lat", "half_point"),
        ({"Lat": "norte"}, "Lat", "not_a_number"),
        ({"Lat": "nan"}, "Lat", "degrees_out_of_range"),
        ({"Lon": "-190"}, "Lon", "degrees_out_of_range"),
        ({"RUN": "12.345.678-9"}, "RUN", "not_a_run"),
        ({"Correo": "rosa arroba"}, "Correo", "not_a_mail"),
        ({"Estado": "Cerrada"}, "Cierre", "closed_without_date"),
        ({"Cierre": "04/14/2018 01:00:00 PM"}, "Cierre", "open_with_closing_date"),
        ({"Estado": "Cerrada", "Cierre": "04/01/2018 01:00:00 PM"}, "Cierre", "closed_before_received"),
        ({"Estado": "Cerrada", "Cierre": "04/01/2999 01:00:00 PM"}, "Cierre", "in_the_future"),
    ],
)
def test_a_bad_cell_is_refused_with_its_column_and_reason(changes, column, code) -> None:
    [error] = read(**changes)

    assert (error.row, error.column, error.code) == (2, column, code)
    told = as_json(error)
    assert told["message"]
    assert told["fix"]
    assert "{" not in told["message"] + told["fix"]


def test_every_bad_cell_of_a_row_is_told_at_once() -> None:
    assert [error.code for error in read(Id="", Estado="?", Lat="x")] == ["empty", "unknown_value", "not_a_number"]


@pytest.mark.parametrize("fault", ["columns", "open_quote", "unreadable"])
def test_a_broken_row_is_refused_as_such(fault: str) -> None:
    [error] = normalise(SourceRow(7, {}, fault, found=3, expected=13), mapping(), now=NOW)

    assert (error.row, error.code) == (7, fault)
    assert as_json(error)["message"]


def test_control_characters_never_reach_the_database() -> None:
    assert read(Detalle="Un\0 hoyo\x07").text == "SW-Bache\nUn hoyo"


def test_the_digest_changes_with_what_is_said_and_not_with_the_place_in_the_file() -> None:
    found = read()

    assert replace(found, number=99).digest == found.digest
    assert read(Detalle="Otro").digest != found.digest


def test_a_row_without_department_takes_the_default_of_the_mapping() -> None:
    source = mapping(departments={**BODY["departments"], "default": "Oficina de Partes"})

    assert read(source, Unidad="").department == "Oficina de Partes"
