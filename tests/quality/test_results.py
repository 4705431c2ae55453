"""Results of a programme: kept once, added up at the desk of its agency, declared and validated apart."""

from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cabildo.accounts.models import Municipality
from cabildo.accounts.scoping import in_municipality
from cabildo.quality import queries
from cabildo.quality.actions.results import keep_result
from cabildo.quality.models import CycleResult, ResultPart
from factories.assessment_models import model, publish_model
from factories.programme import agency, entered, lead, make_agency, make_agency_member, professional
from factories.results import agree, obtain, published, taking_part
from quality.test_report_files import values_as_text

__all__ = ["agency", "lead", "model", "professional", "publish_model"]
pytestmark = pytest.mark.django_db
PAGE = "/a/subdere/calidad/resultados/"
SIX = [(5, 4), (4, 3), (3, 3), (3, 2), (2, 1), (1, 1)]


def text(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def rows(answer) -> list[dict[str, str]]:
    heads, *lines = (line.split(";") for line in text(answer).lstrip("\ufeff").splitlines())
    return [dict(zip(heads, line, strict=True)) for line in lines]


def total(answer, basis: str) -> dict[str, str]:
    return next(row for row in rows(answer) if (row["criterio"], row["base"]) == ("", basis))


def parts_of(place: Municipality) -> dict[tuple[str, str], Fraction | None]:
    with in_municipality(place):
        return {(one.criterion, one.subcriterion): one.ratio for one in ResultPart.objects.all()}


def test_what_is_kept_are_the_exact_points_of_the_whole_each_criterion_and_subcriterion(agency, model) -> None:
    [place] = taking_part(agency, model, [(3, None)])

    kept = parts_of(place)

    assert set(kept.values()) == {Fraction(3, 5)}
    assert [bool(part) for _criterion, part in kept] == [False, False, True, True]


def test_declaring_anew_replaces_what_was_kept_and_drops_what_was_validated_of_it(agency, model) -> None:
    [place] = taking_part(agency, model, [(3, 2)])
    with in_municipality(place):
        cycle = queries.cycles().get()
        first = CycleResult.objects.get(basis="declared")
        keep_result(cycle, basis="declared", layer=first.layer)
        assert CycleResult.objects.count() == 2

        keep_result(cycle, basis="declared", layer=CycleResult.objects.get(basis="validated").layer)
        assert [(one.basis, one.year) for one in CycleResult.objects.all()] == [("declared", first.year)]


def test_the_page_tells_declared_and_validated_apart_with_numerator_and_denominator(agency, model, lead) -> None:
    taking_part(agency, model, [*SIX, (4, None)])
    published(agency)
    browser = entered(lead)

    page = text(browser.get(PAGE))
    for words in ("7 de 7", "6 de 7", "de 7, 85,7", "Declarado: Liderazgo y", "Validado: Liderazgo y", "no oficial"):
        assert words in page

    told = [total(browser.get(f"{PAGE}?formato=csv"), basis) for basis in ("declarado", "validado")]
    assert [(one["municipalidades"], one["participan"], one["mediana"]) for one in told] == [
        ("7", "7", "60,0"),
        ("6", "7", "50,0"),
    ]
    assert (told[0]["baja_mediana"], told[1]["baja_mediana"]) == ("", "20,0")


def test_four_validated_results_are_kept_back_and_none_is_without_datum(agency, publish_model, lead) -> None:
    version = publish_model()
    taking_part(agency, version, [*SIX[:4], (3, None), (3, None)])
    published(agency)
    browser = entered(lead)

    assert "reservado" in text(browser.get(PAGE))
    told = total(browser.get(f"{PAGE}?formato=csv"), "validado")
    assert (told["municipalidades"], told["mediana"], told["reservado"]) == ("", "", "sí")

    taking_part(agency, second := publish_model(2), [(3, None)] * 5)
    published(agency)
    told = total(browser.get(f"{PAGE}?formato=csv&version={second.pk}"), "validado")
    assert (told["municipalidades"], told["mediana"], told["reservado"]) == ("0", "", "no")


def test_versions_are_never_put_together(agency, publish_model, lead) -> None:
    old, new = publish_model(), publish_model(2)
    taking_part(agency, old, [(5, 5)] * 6)
    taking_part(agency, new, [(1, 1)] * 7)
    published(agency)
    browser = entered(lead)

    assert total(browser.get(f"{PAGE}?formato=csv&version={old.pk}"), "declarado")["municipalidades"] == "6"
    assert total(browser.get(f"{PAGE}?formato=csv"), "declarado")["mediana"] == "20,0"


def test_a_region_is_shown_when_neither_it_nor_the_rest_are_few(agency, model, lead) -> None:
    taking_part(agency, model, SIX, region="05")
    taking_part(agency, model, SIX, region="13")
    published(agency)
    browser = entered(lead)
    assert total(browser.get(f"{PAGE}?formato=csv&region=13"), "declarado")["municipalidades"] == "6"


def test_a_region_of_two_is_kept_back_with_another_or_it_would_be_the_difference(agency, model, lead) -> None:
    for region, scores in (("05", SIX), ("13", SIX), ("08", SIX[:2])):
        taking_part(agency, model, scores, region=region)
    published(agency)
    browser = entered(lead)
    told = {code: total(browser.get(f"{PAGE}?formato=csv&region={code}"), "declarado") for code in ("08", "05", "13")}
    assert [told[code]["reservado"] for code in told].count("sí") == 2
    assert (told["08"]["reservado"], told["08"]["participan"]) == ("sí", "2")


def test_an_earlier_cycle_counts_in_its_number_and_the_last_in_the_rest(agency, model, lead) -> None:
    for place in taking_part(agency, model, [(2, None)] * 6):
        obtain(place, model, 4, number=2)
    published(agency)
    browser = entered(lead)

    medians = {
        asked: total(browser.get(f"{PAGE}?formato=csv&ciclo={asked}"), "declarado")["mediana"] for asked in ("", "1")
    }
    assert medians == {"": "80,0", "1": "40,0"}


def test_a_criterion_opens_to_its_subcriteria_and_the_board_goes_out_as_paper(agency, model, lead) -> None:
    taking_part(agency, model, SIX)
    published(agency)
    browser = entered(lead)

    page = text(browser.get(f"{PAGE}?criterio=liderazgo"))
    assert "Resultados: Liderazgo" in page
    for words in (">Declarado: Conducción", ">Validado: Conducción", ">Validado: Planificación"):
        assert words in page
    assert browser.get(f"{PAGE}?formato=pdf").content.startswith(b"%PDF")
    assert values_as_text(browser.get(f"{PAGE}?formato=xlsx").content) == []


def test_thirty_municipalities_cost_as_many_queries_as_six(agency, model, lead) -> None:
    browser, costs = entered(lead), []
    for more in (SIX, SIX * 4):
        taking_part(agency, model, more)
        published(agency)
        with CaptureQueriesContext(connection) as asked:
            text(browser.get(PAGE))
        costs.append(len(asked))

    assert costs[0] == costs[1] <= 16


def test_another_agency_sees_nothing_of_it_and_who_has_no_role_is_kept_out(agency, model, lead, externo) -> None:
    taking_part(agency, model, SIX)
    published(agency)
    other = make_agency("otro", "Otro organismo")
    elsewhere = entered(make_agency_member("Otra Jefa", other, "programme_lead"))

    assert "Todavía no hay resultados" in text(elsewhere.get("/a/otro/calidad/resultados/"))
    assert elsewhere.get(PAGE).status_code == 403
    assert entered(externo).get(PAGE).status_code == 403


def test_the_agency_reads_the_names_of_those_that_agreed_and_of_no_other(agency, model, lead) -> None:
    places = taking_part(agency, model, SIX * 2)
    for place in places[:3]:
        agree(place, agency)
    agree(places[3], agency, "anonymous")
    browser, page = entered(lead), f"{PAGE}con-nombre/"
    assert [place.name in text(browser.get(page)) for place in places] == [True] * 3 + [False] * 9

    agree(places[0], agency, "nothing")
    assert places[0].name not in text(browser.get(page))


def test_no_name_is_told_while_the_others_are_so_few_that_they_would_be_told_too(agency, model, lead) -> None:
    places = taking_part(agency, model, SIX)
    for place in places[:4]:
        agree(place, agency)

    page = text(entered(lead).get(f"{PAGE}con-nombre/"))

    assert "Por ahora no se muestran nombres" in page
    assert [place.name for place in places if place.name in page] == []
