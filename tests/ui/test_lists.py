from datetime import date
from urllib.parse import parse_qs

from django.http import QueryDict

from cabildo.ui.lists import ChoiceFilter, DateRange, DateRangeFilter, ListSpec, MultipleFilter, SortOption, TextFilter
from cabildo.ui.parts import Column

SPEC = ListSpec(
    filters=(
        TextFilter("texto", "Texto"),
        ChoiceFilter("clase", "Clase", (("reclamo", "Reclamo"), ("consulta", "Consulta"))),
        MultipleFilter("direccion", "Dirección", (("aseo", "Aseo"), ("obras", "Obras"))),
        DateRangeFilter("ingreso", "Ingresó"),
    ),
    columns=(Column("title", "Solicitud"), Column("due_on", "Vence", sort="vence"), Column("state", "Estado")),
    sorts=(SortOption("vence", "Vence primero", ("due_on", "pk")), SortOption("nuevas", "Más nuevas", ("-pk",))),
)


def read(address: str, **more):
    return SPEC.read(QueryDict(address), **more)


def asked(url: str) -> dict[str, list[str]]:
    return parse_qs(url.removeprefix("?"))


def test_an_empty_address_asks_for_everything_in_the_usual_order() -> None:
    state = read("")

    assert state.values == {"texto": "", "clase": "", "direccion": (), "ingreso": DateRange()}
    assert (state.sort.key, state.cursor, state.chips) == ("vence", None, [])


def test_filters_are_read_from_the_address() -> None:
    state = read("texto=+luz+&clase=reclamo&direccion=obras&direccion=aseo&ingreso_desde=2026-11-01")

    assert state.values == {
        "texto": "luz",
        "clase": "reclamo",
        "direccion": ("aseo", "obras"),
        "ingreso": DateRange(since=date(2026, 11, 1)),
    }


def test_a_null_character_never_reaches_the_database() -> None:
    assert read("texto=luz%00+rota%00").values["texto"] == "luz  rota"


def test_values_that_are_not_offered_count_as_none() -> None:
    state = read("clase=robo&direccion=nadie&orden=azar")

    assert (state.values["clase"], state.values["direccion"], state.sort.key) == ("", (), "vence")


def test_every_filter_in_force_has_a_chip_in_words() -> None:
    state = read("texto=luz&direccion=aseo&direccion=obras&ingreso_desde=2026-11-01&ingreso_hasta=2026-11-30")

    assert [chip.text for chip in state.chips] == [
        "Texto: «luz»",
        "Dirección: Aseo",
        "Dirección: Obras",
        "Ingresó: desde el 1 nov 2026 hasta el 30 nov 2026",
    ]


def test_a_chip_takes_away_its_own_value_and_the_page_and_nothing_else() -> None:
    state = read("direccion=aseo&direccion=obras&orden=nuevas&pagina=abc")

    assert asked(state.chips[0].remove_url) == {"direccion": ["obras"], "orden": ["nuevas"]}


def test_clearing_keeps_order_and_columns() -> None:
    state = read("texto=luz&ingreso_hasta=2026-11-30&orden=nuevas&columnas=state&pagina=abc")

    assert asked(state.clear_url) == {"orden": ["nuevas"], "columnas": ["state"]}


def test_a_date_that_does_not_exist_is_explained_and_counts_as_open() -> None:
    state = read("ingreso_desde=2026-02-31")

    assert state.values["ingreso"] == DateRange()
    assert set(state.errors) == {"ingreso"}


def test_dates_the_wrong_way_round_are_explained() -> None:
    assert "posterior" in read("ingreso_desde=2026-12-01&ingreso_hasta=2026-11-01").errors["ingreso"]


def test_the_first_column_cannot_be_hidden() -> None:
    assert [column.key for column in read("columnas=state").columns] == ["title", "state"]


def test_preferred_columns_count_until_the_address_chooses() -> None:
    assert [column.key for column in read("", preferred_columns=["due_on"]).columns] == ["title", "due_on"]
    assert [column.key for column in read("columnas=state", preferred_columns=["due_on"]).columns] == ["title", "state"]


def test_the_next_page_keeps_filters_and_a_new_order_starts_over() -> None:
    state = read("clase=reclamo&pagina=abc")

    assert asked(state.page_url("def")) == {"clase": ["reclamo"], "pagina": ["def"]}
    assert asked(state.url(orden="nuevas")) == {"clase": ["reclamo"], "orden": ["nuevas"]}
    assert state.page_url(None) == ""


def test_headings_know_the_order_the_list_stands_in() -> None:
    assert [heading.direction for heading in read("").headings] == ["", "ascending", ""]
    assert [heading.direction for heading in read("orden=nuevas").headings] == ["", "", ""]


def test_an_export_takes_everything_not_a_page() -> None:
    assert asked(read("clase=reclamo&pagina=abc").export_url("csv")) == {"clase": ["reclamo"], "formato": ["csv"]}


def test_a_saved_filter_keeps_the_address_without_its_page() -> None:
    assert read("clase=reclamo&pagina=abc").address == "clase=reclamo"


def test_an_unusual_column_shows_only_when_it_is_chosen() -> None:
    spec = ListSpec((), (Column("title", "Solicitud"), Column("channel", "Canal", is_usual=False)), SPEC.sorts)

    assert [column.key for column in spec.read(QueryDict("")).columns] == ["title"]
    assert [column.key for column in spec.read(QueryDict("columnas=channel")).columns] == ["title", "channel"]


def test_the_closed_panel_keeps_what_is_in_force_and_leaves_the_rest_out() -> None:
    state = read("texto=luz&direccion=aseo&ingreso_desde=2026-11-01&orden=nuevas&columnas=state&otra=1")

    assert not state.is_panel_open
    assert state.folded == [("direccion", "aseo"), ("ingreso_desde", "2026-11-01"), ("columnas", "state")]


def test_the_panel_opens_when_asked_or_when_something_in_it_is_wrong() -> None:
    assert read(read("clase=reclamo").panel_url.removeprefix("?")).is_panel_open
    assert read("ingreso_desde=ayer").is_panel_open


def test_an_open_panel_is_not_part_of_what_a_saved_filter_keeps() -> None:
    assert read("clase=reclamo&filtros=abiertos").address == "clase=reclamo"


def test_options_that_are_looked_up_are_asked_only_when_one_is_chosen() -> None:
    asked_for = []
    spec = ListSpec((ChoiceFilter("materia", "Materia", lambda: asked_for.append(1) or [("luz", "Luz")]),), (), ())
    filter_read = spec.filters[0].read

    assert (filter_read(QueryDict("")), asked_for) == ("", [])
    assert (filter_read(QueryDict("materia=luz")), asked_for) == ("luz", [1])
