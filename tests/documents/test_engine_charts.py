import re
import xml.etree.ElementTree as ET
from datetime import date
from itertools import pairwise

import pytest

from cabildo.documents import engine_charts, engine_drawings, fonts, papers
from cabildo.documents.engine_chart_parts import Caption, Rows
from cabildo.documents.engine_charts import Scheduled, area, bar, line, schedule, stacked
from cabildo.documents.engine_drawings import svg

from . import samples

CAPTION = Caption("Obras concentra los atrasos", "Registro de solicitudes", n=1234)
OCTOBER, NOVEMBER, DECEMBER = date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)
TEXT = "{http://www.w3.org/2000/svg}text"
SPECS = {
    "bar": lambda: bar(CAPTION, [("Obras", 1234.5), ("Tránsito", None)], axis="Solicitudes"),
    "line": lambda: line(CAPTION, {"Recibidas": [(OCTOBER, 10), (NOVEMBER, None), (DECEMBER, 30)]}, axis="Solicitudes"),
    "stacked": lambda: stacked(CAPTION, {"Obras": {"En plazo": 3, "Vencida": 1}, "Aseo": {}}, axis="Porcentaje"),
    "area": lambda: area(CAPTION, [(NOVEMBER, 20), (DECEMBER, 5)], axis="Sin responder"),
}


def texts(drawing: str) -> list[str]:
    """What the drawing says, as text and not as outlines."""
    return ["".join(element.itertext()) for element in ET.fromstring(drawing).iter(TEXT)]  # noqa: S314


@pytest.mark.parametrize("kind", SPECS)
def test_every_chart_says_its_finding_its_n_and_its_source_as_text(kind: str) -> None:
    said = texts(svg(SPECS[kind]()))

    assert "Obras concentra los atrasos" in said
    assert "n = 1.234 · Fuente: Registro de solicitudes" in said
    assert len(said) >= 7


@pytest.mark.parametrize("kind", SPECS)
def test_without_caption_the_page_around_says_it(kind: str) -> None:
    said = texts(svg(SPECS[kind](), captioned=False))

    assert not {"Obras concentra los atrasos", "n = 1.234 · Fuente: Registro de solicitudes"} & set(said)


@pytest.mark.parametrize("kind", SPECS)
def test_every_text_is_set_in_the_font_that_prints(kind: str) -> None:
    families = set(re.findall(r'font-family="([^"]+)"', svg(SPECS[kind]())))

    assert families == {f"{fonts.FAMILY}, sans-serif"}


@pytest.mark.parametrize("kind", SPECS)
def test_a_chart_may_stand_inside_a_page_with_a_strict_policy(kind: str) -> None:
    drawing = svg(SPECS[kind]())

    for forbidden in ("<script", "style=", "javascript:", "href=", "<foreignObject", "onload"):
        assert forbidden not in drawing
    assert drawing.startswith("<svg ")


@pytest.mark.parametrize("kind", SPECS)
def test_a_chart_is_one_image_with_title_and_description(kind: str) -> None:
    root = ET.fromstring(svg(SPECS[kind]()))  # noqa: S314
    named = [root.find(f".//*[@id='{name}']").text for name in root.get("aria-labelledby").split()]

    assert (root.get("role"), named) == ("img", [CAPTION.title, CAPTION.foot])


def test_two_charts_in_a_page_share_no_identifier() -> None:
    first, second = (set(re.findall(r'\bid="([^"]+)"', svg(SPECS[kind]()))) for kind in ("bar", "line"))

    assert (len(first) >= 2, first & second) == (True, set())


def test_references_inside_a_chart_still_point_somewhere() -> None:
    drawing = svg(SPECS["line"]())
    known = set(re.findall(r'\bid="([^"]+)"', drawing))

    assert set(re.findall(r"url\(#([^)]+)\)", drawing)) <= known


def test_numbers_are_spanish_and_the_unknown_is_said() -> None:
    said = texts(svg(SPECS["bar"]()))

    assert {"1.234,5", "sin dato", "1.000"} <= set(said)


def test_bars_keep_their_order_and_start_at_zero() -> None:
    spec = bar(CAPTION, [("Zapallar", 3), ("Algarrobo", 5)], axis="Solicitudes")
    said = texts(svg(spec))

    assert said.index("Zapallar") < said.index("Algarrobo")
    assert spec["layer"][0]["encoding"]["x"]["scale"]["domain"][0] == 0


LONG = "Capacitación y competencia de las personas"


@pytest.mark.parametrize(
    "spec",
    [
        lambda: bar(CAPTION, [(LONG, 3), ("Obras", 5)], axis="Solicitudes"),
        lambda: stacked(CAPTION, {LONG: {"En plazo": 3}}, axis="Porcentaje"),
        lambda: schedule(CAPTION, [Scheduled(LONG, (OCTOBER, NOVEMBER))], today=NOVEMBER),
    ],
    ids=["bar", "stacked", "schedule"],
)
def test_a_long_name_takes_two_lines_before_it_is_cut(spec) -> None:
    drawn = spec()

    assert "Capacitación y competencia de laspersonas" in texts(svg(drawn))
    assert drawn["height"] >= 36


def test_a_schedule_that_ended_long_ago_keeps_its_bars_and_today() -> None:
    rows = [Scheduled("Reunir los datos", (date(2025, 7, 1), date(2025, 9, 1)), mark="+447 días")]
    said = texts(svg(schedule(CAPTION, rows, today=date(2026, 11, 22))))

    assert {"hoy", "+447 días", "jul 2025", "ene 2026", "jul 2026"} <= set(said)


def test_a_name_longer_than_two_lines_ends_with_a_mark() -> None:
    (lines,) = Rows.of(
        ["Estándares de los cinco servicios más pedidos por las personas de la comuna y sus sectores"]
    ).names

    assert (len(lines), lines[-1][-1]) == (2, "…")


def test_rows_that_begin_alike_or_are_called_alike_stay_apart() -> None:
    said = texts(svg(bar(CAPTION, [("Sin nombre", 3), ("Sin nombre", 4)], axis="Solicitudes")))

    assert said.count("Sin nombre") == 2


@pytest.mark.parametrize(
    ("top", "marks"),
    [(100, ["0", "20", "40", "60", "80", "100"]), (5, ["0", "1", "2", "3", "4", "5"]), (None, ["0", "5", "10", "15"])],
)
def test_a_scale_ends_where_it_does_and_not_at_the_largest_value(top, marks) -> None:
    drawn = svg(bar(CAPTION, [("Llano Verde", 13.5), ("Obras", None)], axis="Porcentaje", top=top))

    assert [text for text in texts(drawn) if text.isdecimal()] == marks


def test_days_are_named_in_spanish_and_do_not_slip_to_the_day_before() -> None:
    said = texts(svg(line(CAPTION, {"Recibidas": [(OCTOBER, 1), (DECEMBER, 3)]}, axis="Solicitudes")))

    assert {"oct 2026", "dic 2026"} <= set(said)


def test_a_day_can_be_written_whole() -> None:
    days = [(date(2026, 12, 21), 1), (date(2026, 12, 22), 3)]

    assert "22 dic 2026" in texts(svg(area(CAPTION, days, axis="Solicitudes", day_format="%-d %b %Y")))


def test_lines_are_named_at_their_last_known_point() -> None:
    said = texts(svg(line(CAPTION, {"Recibidas": [(OCTOBER, 7), (NOVEMBER, None)]}, axis="Solicitudes")))

    assert "Recibidas 7" in said


def test_names_of_lines_that_end_together_do_not_overlap() -> None:
    ends = engine_charts._ends({name: [(OCTOBER, 100)] for name in ("Uno", "Dos", "Tres")})
    heights = sorted(end["at"] for end in ends)

    assert [round(upper - lower) for lower, upper in pairwise(heights)] == [8, 8]


def test_shares_add_to_a_hundred_and_an_empty_row_says_so() -> None:
    said = texts(svg(SPECS["stacked"]()))

    assert {"75\u00a0%", "25\u00a0%", "sin dato"} <= set(said)


def test_a_small_share_carries_no_label() -> None:
    said = texts(svg(stacked(CAPTION, {"Obras": {"a": 97, "b": 3}}, axis="Porcentaje")))

    assert ("97\u00a0%" in said, "3\u00a0%" in said) == (True, False)


@pytest.mark.parametrize(
    "spec",
    [
        lambda: bar(CAPTION, [], axis="x"),
        lambda: bar(CAPTION, [("Obras", None)], axis="x"),
        lambda: line(CAPTION, {}, axis="x"),
        lambda: line(CAPTION, {"a": [(OCTOBER, None)]}, axis="x"),
        lambda: area(CAPTION, [], axis="x"),
        lambda: stacked(CAPTION, {}, axis="x"),
    ],
)
def test_a_chart_of_nothing_still_says_what_it_would_show(spec) -> None:
    said = texts(svg(spec()))

    assert "Obras concentra los atrasos" in said
    assert not {"undefined", "null", "NaN"} & set(said)


def test_markup_in_names_stays_text() -> None:
    hostile = "<script>alert('x')</script> & \"co\""
    drawing = svg(bar(Caption(hostile, hostile), [(hostile[:20], 1)], axis=hostile))

    assert "<script" not in drawing
    assert ET.fromstring(drawing).find(".//{*}title").text == hostile  # noqa: S314


def test_a_drawn_chart_is_kept_in_memory() -> None:
    engine_drawings._drawn.cache_clear()
    svg(SPECS["bar"]())
    svg(SPECS["bar"]())

    assert engine_drawings._drawn.cache_info().hits == 1


@pytest.mark.parametrize("with_font", [True, False], ids=["Noto Sans", "without Noto Sans"])
def test_no_word_of_a_chart_is_lost_in_print_even_without_the_font(monkeypatch, tmp_path, with_font: bool) -> None:
    from cabildo.documents import engine_typst

    if not with_font:
        monkeypatch.setattr(fonts, "BUILT", tmp_path)
    engine_typst._fonts.cache_clear()
    picture = papers.ChartPicture(title="Atrasos", svg=svg(SPECS["bar"]()), alt="Barras")
    board = papers.Board(title="Informe", letterhead=samples.LETTERHEAD, scope="2026", charts=[picture])
    words = samples.words_in(papers.pdf(board))
    engine_typst._fonts.cache_clear()

    for word in ("Obras concentra los atrasos", "1.234,5", "sin dato", "Tránsito", "Fuente: Registro de solicitudes"):
        assert word in words


def test_between_one_case_and_two_the_axis_has_no_mark() -> None:
    drawn = (
        bar(CAPTION, [("Obras", 1), ("Tránsito", 2)], axis="Solicitudes"),
        line(CAPTION, {"Recibidas": [(OCTOBER, 1), (NOVEMBER, 2)]}, axis="Solicitudes"),
    )

    assert [[text for text in texts(svg(one)) if re.fullmatch(r"\d,\d", text)] for one in drawn] == [[], []]


def test_a_share_keeps_the_marks_between() -> None:
    assert "0,5" in texts(svg(bar(CAPTION, [("Obras", 1.25)], axis="Nota")))
