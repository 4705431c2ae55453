"""A drawing of bars also says how it is listed where there is no room for it."""

from copy import deepcopy
from datetime import date

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from cabildo.documents.engine_charts import Won
from cabildo.indicators import drawings
from cabildo.ui.parts import Chart, Table

ROWS = (("Capacitación y competencia de las personas", 45), ("Obras", 13.5), ("Tránsito", None), ("Aseo", 0))


def listed(top: int | None = 100):
    return drawings.bars("Logro", "Registro", ROWS, "Porcentaje de logro", top).listed


def page(drawing: str) -> str:
    return render_to_string("ui/components/chart.html", {"chart": Chart("Logro", drawing, Table("Logro", [], []), "R")})


def test_bars_are_listed_with_their_whole_name_and_their_value_in_words() -> None:
    assert [(line.label, line.words) for line in listed().lines] == [
        ("Capacitación y competencia de las personas", "45"),
        ("Obras", "13,5"),
        ("Tránsito", "sin dato"),
        ("Aseo", "0"),
    ]


def test_a_listed_bar_is_as_long_as_its_share_of_the_scale() -> None:
    assert [[part.length for part in line.parts] for line in listed().lines] == [["45.00"], ["13.50"], [], []]
    assert listed().note == "Porcentaje de logro. La barra completa es 100."


def test_without_an_end_of_the_scale_the_longest_bar_is_whole() -> None:
    assert [part.length for line in listed(None).lines for part in line.parts] == ["100.00", "30.00"]
    assert listed(None).note == "Porcentaje de logro."


def test_a_value_past_the_end_of_the_scale_never_leaves_the_list() -> None:
    past = drawings.bars("Logro", "Registro", (("Obras", 120), ("Aseo", 60)), "Puntos", 100).listed

    assert [part.length for line in past.lines for part in line.parts] == ["100.00", "50.00"]
    assert "100" not in past.note


def test_shares_are_listed_end_to_end_in_the_colours_of_their_legend() -> None:
    rows = (("Obras", (("En plazo", 3), ("Vencida", 1))), ("Aseo", ()))
    found = drawings.shares("Plazos", "Registro", rows, "De las respondidas").listed

    assert [(part.start, part.length) for part in found.lines[0].parts] == [("0.00", "75.00"), ("75.00", "25.00")]
    assert found.lines[0].words == "En plazo 75\u00a0% · Vencida 25\u00a0%"
    assert [part.colour for part in found.legend] == [part.colour for part in found.lines[0].parts]
    assert (found.lines[1].words, found.lines[1].parts) == ("sin dato", [])


def test_a_before_and_after_marks_in_one_bar_what_was_won_lost_and_expected() -> None:
    rows = (Won("Obras", 25, 75, 50), Won("Aseo", 50, 75, 25), Won("Tránsito", 50, 100, None))
    names = ("Partida", "Alcanzado", "Esperado")
    found = drawings.before_and_after("Lo ganado", "Registro", rows, names, axis="Porcentaje", top=100).listed

    start, reached, expected = (part.colour for part in found.legend)
    assert [[(part.start, part.length, part.colour) for part in line.parts] for line in found.lines] == [
        [("0.00", "25.00", start), ("25.00", "25.00", reached), ("75.00", "1.50", expected)],
        [("0.00", "25.00", reached), ("25.00", "25.00", start), ("75.00", "1.50", expected)],
        [("0.00", "0.00", reached), ("0.00", "50.00", start), ("98.50", "1.50", expected)],
    ]
    assert [line.words for line in found.lines] == [
        "25 → 50 · Esperado 75",
        "50 → 25 · Esperado 75",
        "50 → sin dato · Esperado 100",
    ]
    assert found.note == "Porcentaje. La barra completa es 100."


def test_what_goes_below_zero_or_shows_nothing_is_not_listed() -> None:
    assert drawings.bars("Sesgo", "Registro", (("Obras", -1), ("Aseo", 2)), "Puntos").listed is None
    assert drawings.bars("Nada", "Registro", (("Obras", None),), "Puntos").listed is None


def test_a_page_gives_both_ways_and_a_curve_its_hint() -> None:
    curve = drawings.lines("Curva", "Registro", (("Real", ((date(2026, 10, 1), 3),)),), "Avance")
    bars = drawings.bars("Logro", "Registro", ROWS, "Porcentaje de logro", 100)

    assert [("chart-narrow" in page(one), "Deslice el gráfico" in page(one)) for one in (bars, curve)] == [
        (True, False),
        (False, True),
    ]


def test_marked_safe_or_copied_for_paper_a_drawing_is_still_the_same() -> None:
    drawing = drawings.bars("Logro", "Registro", ROWS, "Porcentaje de logro", 100)

    assert mark_safe(drawing) is drawing
    assert (deepcopy(drawing), deepcopy(drawing).listed) == (drawing, drawing.listed)


def test_markup_in_a_name_stays_text_in_the_list() -> None:
    assert "<b>x</b>" not in page(drawings.bars("Logro", "Registro", (("<b>x</b>", 3),), "Puntos"))
