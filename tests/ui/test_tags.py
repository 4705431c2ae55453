from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.http import QueryDict
from django.template import Context, Template

from cabildo.ui.lists import ListSpec, SortOption
from cabildo.ui.parts import Column, Figure, Missing, Step, Table, TimelineEntry


def draw(template: str, **context) -> str:
    return Template(template).render(Context(context)).strip()


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("{{ value|fecha_larga }}", "martes 22 de diciembre de 2026"),
        ("{{ value|fecha_corta }}", "22 dic 2026"),
        ("{{ nothing|fecha_corta }}", "sin dato"),
        ("{{ '2026-12-22'|respuesta }}", "martes 22 de diciembre de 2026"),
        ("{{ '2026-02-31'|respuesta }}", "2026-02-31"),
        ("{{ 'Está apagado'|respuesta }}", "Está apagado"),
        ("{{ 1234.5|numero }}", "1.234,5"),
        ("{{ 3|porcentaje:0 }}", "3\u00a0%"),
        ("{{ '12345678-5'|run_bonito }}", "12.345.678-5"),
        ("{% share 38 120 %}", "38 de 120, 31,7\u00a0%"),
    ],
)
def test_dates_and_numbers_are_written_as_in_chile(template, words) -> None:
    assert draw(template, value=date(2026, 12, 22), nothing=None) == words


def test_an_icon_beside_a_word_is_hidden_from_readers() -> None:
    assert draw('{% icon "bell" %}').startswith('<svg class="icon" aria-hidden="true">')


def test_an_icon_alone_has_a_name() -> None:
    assert 'role="img" aria-label="Avisos"' in draw('{% icon "bell" "Avisos" %}')


@pytest.mark.parametrize("name", ["on_time", "due_soon", "late", "stopped", "neutral"])
def test_a_state_always_has_icon_and_word(name) -> None:
    drawn = draw("{% state name %}", name=name)

    assert "<svg" in drawn
    assert drawn.rpartition("</svg>")[2].removesuffix("</span>").strip()


@pytest.mark.parametrize(
    ("day", "name", "words"),
    [
        (date(2026, 12, 22), "on_time", "vence el martes 22 de diciembre<"),
        (date(2027, 1, 11), "on_time", "vence el lunes 11 de enero de 2027<"),
        (date(2026, 12, 14), "late", "venció el lunes 14 de diciembre<"),
        (date(2026, 12, 14), "stopped", "plazo detenido; vencería el lunes 14 de diciembre<"),
    ],
)
def test_a_due_date_says_the_year_only_when_it_is_not_this_one(day, name, words, time_machine) -> None:
    time_machine.move_to(datetime(2026, 12, 15, 12, tzinfo=UTC))

    assert words in draw("{% due day name %}", day=day, name=name)


def test_what_a_person_typed_is_escaped() -> None:
    facts = [SimpleNamespace(label="Nombre", value="<script>", why_url="")]

    assert "&lt;script&gt;" in draw("{% facts facts %}", facts=facts)
    assert "&lt;b&gt;" in draw("{% state 'late' word %}", word="<b>")


def test_an_alert_holds_its_title_and_content() -> None:
    drawn = draw('{% alert kind="warning" title="Faltan antecedentes" %}<p>Pídalos.</p>{% endalert %}')

    assert 'class="alert is-due-soon"' in drawn
    assert "<h2>Faltan antecedentes</h2><p>Pídalos.</p>" in drawn


def test_a_step_says_its_state_and_links_what_is_missing() -> None:
    drawn = draw("{% steps items %}", items=[Step("Diagnóstico", "current", missing=[Missing("Pregunta 4", "/p4/")])])

    assert 'aria-current="step"' in drawn
    assert "en curso" in drawn
    assert '<a href="/p4/">Pregunta 4</a>' in drawn


def test_a_link_to_a_page_that_does_not_open_for_the_reader_is_told_without_it() -> None:
    context = {"opens": lambda url: url == "/abierta/", "steps": [Step("Acta", "done", url="/cerrada/")]}
    links = '{% way "Plan" "/abierta/" about="ciclo 1" %} {% way "<Acta>" "/cerrada/" %}'
    buttons = '{% way_button "Ver el plan" "/abierta/" %}{% way_button "Ver el acta" "/cerrada/" %}'

    assert draw(links, **context) == (
        '<a href="/abierta/">Plan<span class="visually-hidden"> · ciclo 1</span></a> &lt;Acta&gt;'
    )
    assert draw('{% way "Decidir" "/cerrada/" otherwise="Sin medida" %}', **context) == "Sin medida"
    assert (draw(buttons, **context).count("<a "), "Ver el acta" in draw(buttons, **context)) == (1, False)
    assert "<a" not in draw("{% steps steps %}", **context)


def test_a_table_names_its_rows_and_tells_cards_their_columns() -> None:
    table = Table("Por sector", (Column("area", "Sector"), Column("n", "Total", numeric=True)), (("Centro", 32),))
    drawn = draw("{% data_table table %}", table=table)

    assert "<caption>Por sector</caption>" in drawn
    assert '<th scope="row">Centro</th>' in drawn
    assert '<td data-label="Total" class="numeric">32</td>' in drawn


def test_a_timeline_is_in_the_time_of_chile() -> None:
    entry = TimelineEntry(datetime(2026, 12, 23, 1, 5, tzinfo=UTC), "Ingresó", who="Rosa")

    assert "22 dic 2026, 22:05</time> · Rosa" in draw("{% timeline entries %}", entries=[entry])


def test_a_figure_shows_its_denominator() -> None:
    assert "38 de 120" in draw("{% figures items %}", items=[Figure("Fuera de plazo", "38", "38 de 120")])


def test_the_pager_links_only_pages_that_exist() -> None:
    spec = ListSpec((), (Column("title", "Título"),), (SortOption("nuevas", "Nuevas", ("-pk",)),))
    page = SimpleNamespace(previous_cursor=None, next_cursor="abc")
    drawn = draw("{% pager listing page %}", listing=spec.read(QueryDict("")), page=page)

    assert 'href="?pagina=abc"' in drawn
    assert "Anteriores" not in drawn
