"""The pages of stage 3: what each shows, who may write, what is kept while it is typed."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cabildo import audit
from cabildo.content import actions as packs
from cabildo.instruments.actions import consensus, evidence, sheets
from cabildo.instruments.models import Assessment, Evidence, PartSummary, Proposal, Sheet, YearFigure
from cabildo.instruments.rules.scoring import Mark
from cabildo.quality.actions import self_assessment as actions
from conftest import make_member
from factories.sheets import elements, paper, parts, wide_model
from quality.test_report_files import values_as_text

__all__ = ["wide_model"]
pytestmark = pytest.mark.django_db
HERE = "/m/puerto-claro/mesa/calidad/1/autoevaluacion/"
TODAY = date(2026, 11, 23)
PAPER = {"title": "Decreto 12", "kind": "decree"}


@pytest.fixture
def in_use(wide_model, puerto_claro):
    packs.adopt(municipality=puerto_claro, version=wide_model, follows_updates=False, by=audit.SYSTEM)


@pytest.fixture
def begun(cycle, in_use, counterpart) -> Assessment:
    return actions.begin(cycle, by=counterpart)


@pytest.fixture
def desk(cycle, counterpart, as_user):
    return as_user(counterpart)


@pytest.fixture
def rivas(puerto_claro, as_user):
    """Another member of the committee."""
    return as_user(make_member("Tomás Rivas", puerto_claro, "quality_committee"))


def text(answer) -> str:
    return answer.content.decode()


def place(element: str, more: str = "") -> str:
    return f"{HERE}elementos/{element}/{more}"


def sheet(element: str) -> Sheet:
    return Sheet.objects.get(element=element)


def test_it_is_begun_from_its_page_with_the_model_in_use(desk, in_use) -> None:
    assert "La autoevaluación no ha comenzado" in text(desk.get(HERE))
    form = desk.get(f"{HERE}comenzar/").context["form"]

    page = text(desk.post(f"{HERE}comenzar/", {"version": form["version"].value()}, follow=True))
    assert "Comenzó la autoevaluación." in page
    assert "declarado, sin validar" not in page
    assert page.count("sin dato") >= 3


def test_without_a_model_the_page_says_whom_to_ask(desk) -> None:
    assert "Falta elegir un modelo" in text(desk.get(HERE))


def test_elements_are_assigned_in_bulk_and_reach_the_work_of_the_department(desk, begun, obras, diego, as_user) -> None:
    first, second, third = elements(0)
    given = {"elements": [first, second], "department": obras.pk, "due_on": "2026-12-20"}
    desk.post(f"{HERE}asignar/", given)

    mine = as_user(diego)
    page = text(mine.get("/m/puerto-claro/mesa/calidad/mis-fichas/"))
    assert f'href="{place(first)}"' in page
    assert f'href="{place(third)}"' not in page
    assert [mine.get(place(name)).status_code for name in (first, third)] == [200, 403]
    assert mine.get(HERE).status_code == 403


def test_what_is_typed_is_kept_and_the_level_it_grants_is_told(desk, begun) -> None:
    name = elements(0)[0]
    draft = {"text": "Se reúnen cada mes.", "attested": ["1", "3"], "revision": 1}
    saved = desk.post(place(name, "guardar/"), draft, headers={"HX-Request": "true"})

    assert 'name="revision" value="2"' in text(saved)
    assert "1. Por costumbre" in text(saved)
    assert "3. Aplicado en todas las unidades: falta un nivel anterior." in text(saved)
    assert (sheet(name).text, sheet(name).attested) == ("Se reúnen cada mes.", {"1": True, "3": True})


def test_two_people_type_and_the_second_is_told_and_may_still_keep_hers(desk, begun) -> None:
    name, script = elements(0)[0], {"HX-Request": "true"}
    desk.post(place(name, "guardar/"), {"text": "Uno.", "revision": 1}, headers=script)

    told = text(desk.post(place(name, "guardar/"), {"text": "Dos.", "revision": 1}, headers=script))
    assert "Otra persona cambió «qué se hace»" in told
    assert 'name="revision" value="1"' in told
    again = desk.post(place(name, "guardar/"), {"text": "Dos.", "revision": 1})
    assert (again.status_code, sheet(name).text) == (422, "Uno.")
    desk.post(place(name, "guardar/"), {"text": "Dos.", "revision": 1, "over": 2}, headers=script)
    assert sheet(name).text == "Dos."


def test_save_and_next_leads_to_the_next_element_and_the_last_stays(desk, begun) -> None:
    names = [*elements(0), *elements(1)]

    following = desk.post(place(names[0], "guardar/"), {"text": "Uno.", "revision": 1, "next": "1"})
    assert following.url == place(names[1])
    last = desk.post(place(names[-1], "guardar/"), {"text": "Uno.", "revision": 1, "next": "1"})
    assert last.url == place(names[-1])


def test_a_number_that_no_row_has_is_told_at_its_field(desk, begun) -> None:
    first, huge = elements(0)[0], "9" * 20
    sent = [("asignar/", {"elements": [first], "helpers": [huge]}, "helpers")]
    sent += [("asignar/", {"elements": [first], "department": huge}, "department")]
    sent += [(f"elementos/{first}/evidencias/usar/", {"papers": [huge]}, "papers")]

    for address, given, field in sent:
        assert field in desk.post(f"{HERE}{address}", given).context["form"].errors


def test_evidence_with_many_files_is_shared_and_a_file_that_is_there_is_told(desk, begun) -> None:
    first, second, _third = elements(0)
    both = [paper("a.pdf"), paper("b.pdf", "b")]
    page = text(desk.post(place(first, "evidencias/agregar/"), {**PAPER, "uploads": both, "revision": 0}, follow=True))
    assert "a.pdf" in page and "b.pdf" in page  # noqa: PT018

    kept = Evidence.objects.get()
    page = text(desk.post(place(second, "evidencias/usar/"), {"papers": [kept.pk]}, follow=True))
    assert "También la usa otra ficha." in page
    twin = {**PAPER, "title": "Copia", "uploads": [paper("c.pdf")], "revision": 0}
    assert "Un archivo ya estaba en «Decreto 12»." in text(
        desk.post(place(first, "evidencias/agregar/"), twin, follow=True)
    )
    refused = desk.post(place(first, "evidencias/agregar/"), {**PAPER, "revision": 0})
    told = {"uploads": ["Suba al menos un archivo: sin él no hay evidencia."]}
    assert (refused.context["form"].errors, "Archivos (opcional)" in text(refused)) == (told, False)


def test_evidence_is_changed_loses_a_file_stops_being_used_and_is_removed(desk, begun, counterpart) -> None:
    name, files = elements(0)[0], [paper("a.pdf"), paper("b.pdf", "b")]
    kept = evidence.add_evidence(begun, elements=[name], files=files, by=counterpart, **PAPER).evidence
    here = f"{HERE}evidencias/{kept.pk}/"
    desk.post(here, {**PAPER, "title": "Decreto 13", "valid_until": "2020-01-01", "revision": 1})
    page = text(desk.get(f"{HERE}evidencias/"))
    assert "Decreto 13" in page and "venció" in page  # noqa: PT018

    file = next(part for part in page.split('"') if "/archivos/" in part)
    desk.post(file)
    assert "a.pdf" not in text(desk.get(f"{HERE}evidencias/"))
    desk.post(place(name, f"evidencias/{kept.pk}/quitar/"))
    desk.post(f"{here}eliminar/")
    assert not Evidence.objects.exists()


def test_figures_are_written_year_by_year_and_a_blank_one_is_not_zero(desk, begun) -> None:
    name, year = elements(1)[0], date.today().year  # noqa: DTZ011
    given = {"indicator": "Licencias", "unit": "días", "source": "Personal", f"valor_{year - 1}": "9,5"}
    page = text(desk.post(place(name, "cifras/"), given, follow=True))
    assert "faltan años" in page
    assert YearFigure.objects.count() == 1

    more = {**given, f"valor_{year - 2}": "8", f"valor_{year - 3}": "7"}
    page = text(desk.post(place(name, "cifras/?indicador=Licencias"), more, follow=True))
    assert "faltan años" not in page
    assert desk.get(place(name, "cifras/?indicador=Otro")).status_code == 404
    desk.post(place(name, f"cifras/{YearFigure.objects.latest('pk').pk}/quitar/"))
    assert not YearFigure.objects.exists()


def test_proposals_are_reserved_until_the_committee_opens_them_and_then_one_is_agreed(
    desk, rivas, begun, counterpart
) -> None:
    name = elements(0)[0]
    sheets.write_sheet(sheet(name), revision=1, attested={"1": True, "2": True}, by=counterpart)
    desk.post(place(name, "propuesta/"), {"score": "1", "note": "Falta el decreto."})
    rivas.post(place(name, "propuesta/"), {"score": "2"})
    assert Proposal.objects.count() == 2
    assert "Falta el decreto." not in text(rivas.get(place(name)))
    assert "Falta el decreto." not in text(rivas.get(place(name, "consenso/")))

    rivas.post(place(name, "consenso/abrir/"))
    assert "Falta el decreto." in text(rivas.get(place(name, "consenso/")))
    high = rivas.post(place(name, "consenso/"), {"score": "3", "revision": 2, "note": "Nos parece."})
    assert [*high.context["form"].errors] == ["score"]
    silent = rivas.post(place(name, "consenso/"), {"score": "2", "revision": 2})
    assert [*silent.context["form"].errors] == ["note"]
    rivas.post(place(name, "consenso/"), {"score": "2", "revision": 2, "note": "El decreto está vigente."})
    assert sheet(name).agreed_score == 2


def test_what_diverges_most_comes_first_and_what_is_reserved_says_nothing(
    desk, begun, counterpart, rivas, alcaldesa
) -> None:
    first, second, third = elements(0)
    for name, levels in ((first, (2, 2)), (second, (1, 4)), (third, (0, 5))):
        for level, person in zip(levels, (counterpart, alcaldesa), strict=True):
            consensus.propose(sheet(name), mark=Mark(level), by=person)
    consensus.open_consensus(begun, elements=[first, second], by=counterpart)

    pending = desk.get(f"{HERE}consenso/").context["pending"]
    assert [one.row.item.id for one in pending][:3] == [second, first, third]
    assert [one.spread for one in pending][:3] == ["3 de diferencia", "", ""]
    assert "reservadas" in text(desk.get(f"{HERE}consenso/"))
    desk.post(f"{HERE}consenso/abrir/")
    assert desk.get(f"{HERE}consenso/").context["pending"][0].row.item.id == third


def test_an_agreed_mark_is_withdrawn_by_who_leads_with_its_reason(desk, rivas, begun, counterpart) -> None:
    name = elements(0)[0]
    consensus.open_consensus(begun, by=counterpart)
    consensus.agree(sheet(name), mark=Mark(0), revision=1, by=counterpart)

    assert rivas.post(place(name, "consenso/retirar/"), {"reason": "x"}).status_code == 403
    desk.post(place(name, "consenso/retirar/"), {"reason": "Faltaba un papel."})
    assert not sheet(name).is_agreed


def test_strengths_and_gaps_are_written_by_the_committee(rivas, begun) -> None:
    page = text(
        rivas.post(
            f"{HERE}sintesis/{parts()[0]}/", {"strengths": "Orden.", "gaps": "Medir.", "revision": 0}, follow=True
        )
    )

    assert "Orden." in page and "Medir." in page  # noqa: PT018
    assert PartSummary.objects.get().part == parts()[0]
    assert rivas.get(f"{HERE}sintesis/nada/").status_code == 404


def test_each_thing_missing_leads_to_where_it_is_mended(desk, begun) -> None:
    page = text(desk.get(f"{HERE}revision/"))

    for link in (place(elements(0)[0], "consenso/"), f"{HERE}sintesis/{parts()[0]}/"):
        assert f'<a href="{link}">' in page
        assert desk.get(link).status_code == 200


def test_what_many_lack_alike_is_said_once_for_each_criterion(desk, begun) -> None:
    page = text(desk.get(f"{HERE}revision/"))

    assert page.count("Sin puntaje acordado.") == 2
    assert page.count(">Consenso<") == 0
    assert all(f'<a href="{place(name, "consenso/")}">' in page for name in (*elements(0), *elements(1)))


def test_who_does_not_agree_scores_reads_them_without_the_way_to_their_consensus(
    desk, begun, counterpart, as_user
) -> None:
    consensus.open_consensus(begun, by=counterpart)
    consensus.agree(sheet(elements(0)[0]), mark=Mark(0), revision=1, by=counterpart)
    control = as_user(make_member("Una Control", begun.municipality, "control_unit"))
    way, to_list = place(elements(0)[0], "consenso/"), f'"{HERE}consenso/"'

    assert way in text(desk.get(HERE))
    for page in (text(control.get(HERE)), text(control.get(f"{HERE}revision/"))):
        assert way not in page
        assert to_list not in page


def test_the_figure_of_what_is_missing_leads_to_the_review_from_anywhere(desk, begun) -> None:
    assert f'href="{HERE}revision/"' in text(desk.get("/m/puerto-claro/mesa/calidad/mis-fichas/", follow=True))


def test_the_filters_leave_what_they_say(desk, begun, counterpart, obras) -> None:
    first, second, _third = elements(0)
    sheets.assign(begun, elements=[first], department=obras, by=counterpart)
    evidence.add_evidence(begun, elements=[first], files=[paper()], by=counterpart, **PAPER)

    def shown(code: str) -> list[str]:
        page = text(desk.get(f"{HERE}?ver={code}"))
        return re.findall(rf'<th scope="row"><div><a href="{HERE}elementos/([\w-]+)/">', page)

    assert first not in shown("sin-evidencia")
    assert second in shown("sin-evidencia")
    assert first not in shown("sin-asignar")
    assert len(shown("nada")) == len(shown("en-blanco")) == len(elements(0)) + len(elements(1))


def test_the_result_is_said_to_be_declared_on_screen_paper_and_workbook(desk, begun, counterpart) -> None:
    consensus.open_consensus(begun, by=counterpart)
    consensus.agree(sheet(elements(0)[0]), mark=Mark(0), revision=1, by=counterpart)
    page = text(desk.get(f"{HERE}resultado/"))

    assert "declarado, sin validar" in page
    assert page.count("sin dato") > len(elements(1))  # what nobody marked yet is no zero: its elements, part, criterion
    assert "Puntos hasta ahora" in page
    assert f"con 1 de {len(elements(0)) + len(elements(1))} elementos" in page
    assert "0 de 2 criterios tienen todos sus puntajes" in page
    assert "El logro declarado va" not in page
    assert "demostración, no oficial" in page.lower()
    assert desk.get(f"{HERE}resultado/?formato=pdf").content.startswith(b"%PDF")
    assert values_as_text(desk.get(f"{HERE}resultado/?formato=xlsx").content) == []


@pytest.mark.parametrize(
    ("role", "statuses"),
    [
        ("quality_counterpart", [200, 200, 200, 200, 200]),
        ("mayor", [200, 200, 200, 200, 200]),
        ("quality_committee", [200, 200, 200, 200, 403]),
        ("control_unit", [200, 200, 403, 403, 403]),
        ("consultant", [200, 200, 403, 403, 403]),
        ("validator", [403, 403, 403, 403, 403]),
        ("department_officer", [403, 403, 403, 403, 403]),
        ("counter_officer", [403, 403, 403, 403, 403]),
    ],
)
def test_each_role_reads_writes_agrees_or_leads_as_it_may(begun, obras, as_user, role, statuses) -> None:
    department = obras if role.startswith("department") else None
    someone, name = as_user(make_member("Alguien Más", obras.municipality, role, department)), elements(0)[0]
    places = [HERE, place(name), place(name, "evidencias/agregar/"), place(name, "propuesta/"), f"{HERE}asignar/"]

    assert [someone.get(one).status_code for one in places] == statuses
    Assessment.objects.filter(pk=begun.pk).update(closed_at=begun.opened_at)
    if role == "validator":
        assert [someone.get(one).status_code for one in places] == [200, 200, 403, 403, 403]


def test_another_municipality_finds_nothing_of_it(begun, otra_comuna, as_user) -> None:
    stranger = as_user(make_member("Otra Persona", otra_comuna, "quality_counterpart"))

    for more in ("", "revision/", f"elementos/{elements(0)[0]}/", "evidencias/"):
        assert stranger.get(HERE + more).status_code in (403, 404)
        assert stranger.get(f"/m/otra-comuna/mesa/calidad/1/autoevaluacion/{more}").status_code == 404


def test_the_pages_ask_as_often_with_much_as_with_little(desk, begun, counterpart, obras) -> None:
    pages = [HERE, f"{HERE}revision/", f"{HERE}consenso/", f"{HERE}evidencias/", place(elements(0)[0])]

    def counts() -> list[int]:
        found = []
        for page in pages:
            desk.get(page)
            with CaptureQueriesContext(connection) as asked:
                assert desk.get(page).status_code == 200
            found.append(len(asked))
        return found

    evidence.add_evidence(begun, elements=elements(0)[:1], files=[paper()], by=counterpart, **PAPER)
    once = counts()
    for name in elements(0):
        evidence.add_evidence(begun, elements=[name], files=[paper(mark=name)], by=counterpart, **PAPER)
        consensus.propose(sheet(name), mark=Mark(1), by=counterpart)
    sheets.assign(begun, elements=elements(0), department=obras, by=counterpart)
    assert counts() == once
