"""The guided set-up: what is missing, spreadsheets, holidays, categories, and the opening."""

import io
from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from PIL import Image

from cabildo import audit
from cabildo.accounts import links
from cabildo.accounts.models import Department, Membership, User
from cabildo.audit.models import Entry
from cabildo.content import actions as packs
from cabildo.content import queries as content
from cabildo.content.packs import load_directory
from cabildo.documents.errors import DocumentsError
from cabildo.jobs.models import Job
from cabildo.notifications.models import MailServer
from cabildo.site.setup import arms, holidays, sheets, stages
from cabildo.site.setup.uploads import UnreadableError, read
from cabildo.territory.models import Commune, Province, Region
from cabildo.tickets import versions
from cabildo.tickets.actions.catalogue import set_route
from cabildo.tickets.models import RoutingRule, TermRule
from cabildo.ui.engine_xlsx import workbook
from cabildo.workflow.models import HolidayChange

BASE = "/m/puerto-claro/mesa/puesta-en-marcha/"
DEPARTMENTS = "código;Nombre;depende de\nobras;Dirección de Obras;\npermisos;Permisos;obras\n;Sin código;\n"
OFFICIALS = (
    "correo;nombre;rol;direccion\n"
    "carmen@muni.cl;Carmen Díaz;Jefatura de dirección;obras\n"
    "no-es-correo;Nadie;jefe supremo;nada\n"
)
CALENDAR = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20261204\r\n"
    b"DTEND;VALUE=DATE:20261206\r\nSUMMARY:Aniversario de la comuna\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


@pytest.fixture
def desk(as_user, admin):
    return as_user(admin)


@pytest.fixture
def ready(puerto_claro, categories, diego, admin):
    """Puerto Claro with all that the gate asks for, still closed."""
    from conftest import make_member

    region = Region.objects.create(code="05", name="Valparaíso", short_name="Valparaíso")
    province = Province.objects.create(code="051", name="Valparaíso", region=region)
    Commune.objects.create(code="05101", name="Puerto Claro", province=province)
    make_member("Olga Vera", puerto_claro, "requests_office")
    make_member("Paz Leal", puerto_claro, "data_protection")
    make_member("Aldo Aseo", puerto_claro, "department_officer", categories["rubbish"].department)
    TermRule.objects.create(municipality=puerto_claro, days=20, unit="habiles", article="Ordenanza, artículo 32")
    MailServer.objects.create(municipality=puerto_claro, host="smtp.muni.cl", from_address="avisos@muni.cl")
    puerto_claro.opened_at = None
    puerto_claro.save()
    return puerto_claro


@pytest.fixture
def adopted(monkeypatch):
    """As if a tree of categories had been adopted; adopting one is tried in its own test."""

    class InUse:
        kind, title, version = "tickets", "OIRS de Chile", 1

    monkeypatch.setattr(stages.content, "in_use", lambda _pk: [InUse])


def upload(text: str | bytes, name: str = "planilla.csv") -> dict[str, ContentFile]:
    return {"file": ContentFile(text.encode() if isinstance(text, str) else text, name)}


def test_a_new_municipality_lacks_everything_and_each_thing_is_a_link(puerto_claro, desk) -> None:
    puerto_claro.opened_at = None
    puerto_claro.save()
    page = desk.get(BASE + "abrir/")

    assert [bool(item.url) for item in page.context["missing"]] == [True] * 8
    assert "Adoptar un árbol de categorías" in page.content.decode()


def test_it_does_not_open_while_something_is_missing(puerto_claro, desk) -> None:
    puerto_claro.opened_at = None
    puerto_claro.save()
    told = desk.post(BASE + "abrir/", {"hacer": "abrir"}, follow=True).content.decode()
    puerto_claro.refresh_from_db()

    assert (puerto_claro.opened_at, "Todavía no se puede abrir al público" in told) == (None, True)


def test_it_opens_when_nothing_is_missing_and_closes_again(ready, adopted, desk, client) -> None:
    desk.post(BASE + "abrir/", {"hacer": "abrir"})
    opened = client.get("/m/puerto-claro/").status_code
    desk.post(BASE + "abrir/", {"hacer": "cerrar"})

    assert (opened, client.get("/m/puerto-claro/").status_code) == (200, 503)


def test_a_department_that_must_answer_and_has_nobody_is_named(ready, adopted) -> None:
    Membership.objects.filter(department__code="aseo").delete()

    with links.addresses():
        labels = [str(item.label) for item in stages.missing(ready)]

    assert labels == ["Dar un rol a alguien en Dirección de Aseo y Ornato"]


def test_departments_come_from_a_spreadsheet_after_a_review(desk) -> None:
    review = desk.post(BASE + "planilla/direcciones/", upload(DEPARTMENTS), follow=True)
    before = Department.objects.count()
    desk.post(BASE + "planilla/direcciones/revisar/")

    assert review.context["counts"] == {"read": 3, "created": 2, "updated": 0, "unchanged": 0, "refused": 1}
    assert (before, Department.objects.get(code="permisos").parent.code) == (0, "obras")


def test_the_same_spreadsheet_twice_changes_nothing(desk) -> None:
    for _time in range(2):
        review = desk.post(BASE + "planilla/direcciones/", upload(DEPARTMENTS), follow=True)
        desk.post(BASE + "planilla/direcciones/revisar/")

    assert review.context["counts"]["unchanged"] == 2


def test_a_refused_row_says_column_value_reason_and_what_to_write(desk, obras) -> None:
    review = desk.post(BASE + "planilla/funcionarios/", upload(OFFICIALS), follow=True)
    told = {(error.row, error.column, error.code) for error in review.context["errors"]}
    file = desk.get(BASE + "planilla/funcionarios/revisar/?formato=csv").content.decode()

    assert told == {(3, "correo", "bad_email"), (3, "rol", "unknown_role")}
    assert "jefe supremo" in file


def test_officials_get_account_role_and_invitation(desk, obras, run_jobs, mailoutbox) -> None:
    desk.post(BASE + "planilla/funcionarios/", upload(OFFICIALS))
    desk.post(BASE + "planilla/funcionarios/revisar/", {"invitar": "1"})
    run_jobs()
    carmen = User.objects.get(email="carmen@muni.cl")

    assert Membership.objects.get(user=carmen).role == "department_head"
    assert [message.to for message in mailoutbox] == [["carmen@muni.cl"]]


def test_the_template_can_be_uploaded_as_it_is(desk) -> None:
    template = desk.get(BASE + "planilla/direcciones/?formato=xlsx").content
    review = desk.post(BASE + "planilla/direcciones/", upload(template, "plantilla.xlsx"), follow=True)

    assert review.context["counts"] == {"read": 1, "created": 1, "updated": 0, "unchanged": 0, "refused": 0}


@pytest.mark.parametrize(("content", "code"), [(b"", "empty"), (b"PK\x03\x04rot", "not_a_table"), (b"a;b\n", "empty")])
def test_a_file_that_is_no_table_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(UnreadableError, match=code):
        read(content)


def test_excel_and_csv_read_the_same() -> None:
    rows = [("obras", "Dirección de Obras")]
    excel = workbook("Hoja", ("Código", "Nombre"), rows)

    assert read(excel) == read("Código;Nombre\nobras;Dirección de Obras\n".encode("cp1252"))


def test_a_repeated_code_is_refused_in_its_second_row(puerto_claro) -> None:
    plan = sheets.plan_departments([(2, {"codigo": "a", "nombre": "A"}), (3, {"codigo": "a", "nombre": "B"})])

    assert [(error.row, error.code) for error in plan.errors] == [(3, "repeated")]


def test_an_event_of_several_days_gives_each_day() -> None:
    assert [one.day for one in holidays.days_in(CALENDAR)] == [date(2026, 12, 4), date(2026, 12, 5)]


def test_what_is_no_calendar_is_refused() -> None:
    with pytest.raises(holidays.NotCalendarError):
        holidays.days_in(b"esto no es un calendario")


def test_holidays_of_a_calendar_are_chosen_before_they_count(desk) -> None:
    review = desk.post(BASE + "feriados/calendario/", upload(CALENDAR, "f.ics"), follow=True)
    marked = review.context["form"].initial["days"]
    desk.post(BASE + "feriados/calendario/elegir/", {"days": marked, "act": "Decreto 5"})

    assert marked == ["2026-12-04"]  # the fifth is a Saturday
    assert list(HolidayChange.objects.values_list("date", "name")) == [(date(2026, 12, 4), "Aniversario de la comuna")]
    assert Job.objects.filter(name="tickets.recount_deadlines").count() == 1


def test_a_holiday_is_added_and_undone(desk) -> None:
    desk.post(BASE + "feriados/", {"on": "2026-12-07", "effect": "added", "name": "Local", "act": "Decreto 9"})
    made = HolidayChange.objects.get()
    desk.post(f"{BASE}feriados/{made.pk}/quitar/")

    assert HolidayChange.objects.exists() is False


def test_a_term_is_fixed_with_its_article(desk, puerto_claro) -> None:
    desk.post(BASE + "plazos/", {"kind": "reclamo", "days": "15", "unit": "habiles", "article": "Ordenanza, art. 3"})

    assert list(TermRule.objects.values_list("kind", "days", "article")) == [("reclamo", 15, "Ordenanza, art. 3")]


def test_a_category_is_configured_and_routed_by_area(desk, categories, aseo) -> None:
    page = BASE + "categorias/luminaria/"
    desk.post(page, {"department": aseo.pk, "is_open": "on", "goal_days": "3", "radius_m": "50"})
    categories["lamp"].refresh_from_db()

    assert (categories["lamp"].department, categories["lamp"].goal_days) == (aseo, 3)
    assert (desk.post(page + "sector/", {}).status_code, RoutingRule.objects.count()) == (302, 0)


def test_a_route_by_area_is_taken_away_and_its_removal_audited(desk, categories, aseo) -> None:
    page = BASE + "categorias/luminaria/"
    set_route(categories["lamp"], area_code="UV-1", department=aseo, by=audit.SYSTEM)
    assert "UV-1" in desk.get(page).text

    for _twice in range(2):
        assert desk.post(page + "sector/quitar/", {"sector": "UV-1"}).status_code == 302

    assert "UV-1" not in desk.get(page).text
    assert Entry.objects.get(action="routing_rule.dropped").data == {"area": "UV-1", "department": aseo.pk}


def test_an_open_category_needs_who_answers(desk, categories) -> None:
    assert desk.post(BASE + "categorias/luminaria/", {"is_open": "on", "radius_m": "0"}).status_code == 422


def test_a_hue_is_previewed_without_being_kept(desk, puerto_claro) -> None:
    before = puerto_claro.hue
    page = desk.get(BASE + "color/?tono=145").content.decode()
    puerto_claro.refresh_from_db()

    assert ("estilo/145.css" in page, puerto_claro.hue) == (True, before)


def test_the_arms_are_kept_as_a_small_png(desk, puerto_claro) -> None:
    out = io.BytesIO()
    Image.new("RGB", (900, 1200), "navy").save(out, "JPEG")
    desk.post(BASE + "nombre/", {"name": puerto_claro.name, "arms": ContentFile(out.getvalue(), "escudo.jpg")})
    puerto_claro.refresh_from_db()
    page = desk.get(BASE).content.decode()

    assert f"/m/puerto-claro/escudo/{puerto_claro.arms_sha256[:16]}.png" in page


def test_a_drawing_with_programs_inside_is_no_coat_of_arms() -> None:
    with pytest.raises(DocumentsError):
        arms.prepared(ContentFile(b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "escudo.svg"))


def test_the_difference_of_two_versions_names_what_changes() -> None:
    old = {"groups": [{"categories": [{"id": "a", "label": "A", "help": "x"}, {"id": "b", "label": "B"}]}]}
    new = {"groups": [{"categories": [{"id": "a", "label": "A", "help": "y"}, {"id": "c", "label": "C"}]}]}
    found = versions.between(old, new)

    assert (found.added, found.removed, found.changed) == (["C"], ["B"], [("A", ["ayuda"])])


def test_a_tree_is_adopted_and_its_next_version_says_what_it_brings(desk, puerto_claro) -> None:
    load_directory(Path(settings.CONTENT_DIR))
    desk.post(BASE + "contenidos/adoptar/", {"paquete": "tickets/oirs-chile"})
    body = deepcopy(content.version_of(content.pack_named("tickets", "oirs-chile")).body)
    body["pack"]["version"] += 1
    body["groups"][0]["categories"][0]["label"] = "Otro nombre"
    packs.publish(body=body, by=audit.SYSTEM)
    offered = desk.get(BASE + "contenidos/").context["sections"][0].listed[0]

    assert (offered.is_behind, offered.changes) == (True, ["cambia «Otro nombre»: nombre"])
