"""A spreadsheet in the browser: upload, columns, words, check, import, and what came of it."""

from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cabildo.audit.models import Entry
from cabildo.tickets.actions import importing
from cabildo.tickets.models import ImportRun, SourceMapping, Ticket
from cabildo.tickets.tasks import IMPORT_RETRIES, import_file
from tickets.import_world import BODY, file_of, mapping_yaml, row

pytestmark = pytest.mark.django_db

DESK = "/m/puerto-claro/mesa/importaciones/"
FILES = "/m/puerto-claro/documentos/"


@pytest.fixture
def browser(as_user, oficina):
    return as_user(oficina)


def send(browser, stream) -> ImportRun:
    sent = browser.post(DESK + "subir/", {"file": SimpleUploadedFile("viejo.csv", stream.getvalue())})
    assert sent.status_code == 302, sent.context["form"].errors
    return ImportRun.objects.get()


def use_mapping(browser, run, content: bytes):
    return browser.post(f"{DESK}{run.pk}/mapa/", {"file": SimpleUploadedFile("mapa.yaml", content)})


def test_a_file_shows_its_first_rows_and_what_each_column_is_taken_for(browser) -> None:
    run = send(browser, file_of(row()))

    page = browser.get(f"{DESK}{run.pk}/").text
    assert "De qué columna sale cada dato" in page
    assert "Un hoyo, grande" in page
    assert "Columnas que no se leen" not in page


def test_columns_nobody_recognises_are_shown_as_they_are(browser) -> None:
    sent = SimpleUploadedFile("otra.csv", b"Alfa,Beta\nuno,dos\n")
    browser.post(DESK + "subir/", {"file": sent})

    page = browser.get(f"{DESK}{ImportRun.objects.get().pk}/").text
    assert ("Alfa" in page, "Falta decir cómo se lee la planilla" in page) == (True, True)
    assert "Revisar el archivo entero" not in page


def test_from_the_upload_to_the_requests(browser, run_jobs) -> None:
    run = send(browser, file_of(row(), row(Id="2", Estado="?")))
    use_mapping(browser, run, mapping_yaml())
    browser.post(f"{DESK}{run.pk}/revisar/")
    run_jobs()
    checked = browser.get(f"{DESK}{run.pk}/").text
    assert ("Nada se ha importado todavía" in checked, Ticket.objects.count()) == (True, 0)

    browser.post(f"{DESK}{run.pk}/importar/")
    assert "Puede dejar esta página" in browser.get(f"{DESK}{run.pk}/").text
    run_jobs()

    done = browser.get(f"{DESK}{run.pk}/").text
    assert ("La importación terminó" in done, "El mapa no dice qué es este valor." in done) == (True, True)
    assert Ticket.objects.get().external_id == "1"
    assert SourceMapping.objects.get().source == "sistema-viejo"


def test_what_was_proposed_is_checked_as_it_stands(browser, run_jobs) -> None:
    run = send(browser, file_of(row(Canal="Teléfono")))
    browser.post(f"{DESK}{run.pk}/revisar/")
    run_jobs()

    run.refresh_from_db()
    assert (run.state, run.read, run.created) == ("checked", 1, 1)


def test_a_fault_of_ours_ends_in_words_and_may_be_tried_again(browser, puerto_claro, monkeypatch) -> None:
    run = send(browser, file_of(row()))
    use_mapping(browser, run, mapping_yaml())
    with monkeypatch.context() as patch:
        patch.setattr(importing, "check_file", lambda *_given, **_more: 1 / 0)
        for attempt in range(1, IMPORT_RETRIES + 2):
            run = ImportRun.objects.get()
            assert run.state != "failed", attempt
            browser.post(f"{DESK}{run.pk}/revisar/")
            with pytest.raises(ZeroDivisionError):
                import_file.func(SimpleNamespace(attempt=attempt), run.pk)

    page = browser.get(f"{DESK}{run.pk}/").text
    assert ("Algo falló de nuestro lado" in page, "Revisar el archivo entero" in page) == (True, True)


def test_the_columns_are_chosen_in_a_form_and_their_words_guessed(browser) -> None:
    run = send(browser, file_of(row(), row(Id="2", Estado="Cerrada")))
    columns = {"external_id": "Id", "received_at": "Ingreso", "state": "Estado", "category": "Tema", "channel": "Canal"}
    given = {f"column_{field}": column for field, column in columns.items()}
    given |= {"label": "Otra", "source": "otra", "time_zone": "America/Santiago", "due": "none"}

    browser.post(f"{DESK}{run.pk}/columnas/", given)

    run.refresh_from_db()
    assert run.mapping["columns"] == columns
    assert run.mapping["states"]["values"]["Cerrada"]["outcome"] == "resolved"


def test_words_are_corrected_in_a_form(browser) -> None:
    run = send(browser, file_of(row(Canal="Interno")))
    use_mapping(browser, run, mapping_yaml(channels={"values": {"Interno": "import"}}))
    page = browser.get(f"{DESK}{run.pk}/palabras/")
    given = {name: page.context["form"][name].value() for name in page.context["form"].fields}
    asked = {field.label: name for name, field in page.context["form"].fields.items()}

    changed = {asked["Canal «Interno»"]: "counter", asked["Estado «Abierta»"]: "closed:rejected"}
    browser.post(f"{DESK}{run.pk}/palabras/", {**given, **changed})

    run.refresh_from_db()
    assert run.mapping["channels"]["values"] == {"Interno": "counter"}
    assert run.mapping["states"]["values"]["Abierta"]["outcome"] == "rejected"
    assert run.mapping["states"]["values"]["Repetida"]["outcome"] == "duplicate"


def test_words_that_the_mapping_does_not_know_are_asked_for(browser) -> None:
    run = send(browser, file_of(row(Canal="WhatsApp")))
    use_mapping(browser, run, mapping_yaml())

    form = browser.get(f"{DESK}{run.pk}/palabras/").context["form"]

    asked = {field.label: field.initial for field in form.fields.values()}
    assert asked["Canal «WhatsApp»"] == "social"


def test_a_wrong_mapping_is_refused_with_its_lines(browser) -> None:
    run = send(browser, file_of(row()))

    page = use_mapping(browser, run, mapping_yaml(time_zone="Marte/Norte"))

    assert "mapa.yaml:" in page.text


def test_a_time_zone_that_does_not_exist_is_refused_at_its_field(browser) -> None:
    run = send(browser, file_of(row()))

    page = browser.post(f"{DESK}{run.pk}/columnas/", {"time_zone": "Marte/Norte"})

    assert "No existe esa zona horaria" in page.context["form"].errors["time_zone"][0]


def test_what_is_no_spreadsheet_is_refused_in_words(browser) -> None:
    page = browser.post(DESK + "subir/", {"file": SimpleUploadedFile("a.csv", b"\n")})

    assert page.context["form"].errors["file"]
    assert ImportRun.objects.count() == 0


def test_nothing_is_imported_that_was_not_checked(browser) -> None:
    run = send(browser, file_of(row()))
    use_mapping(browser, run, mapping_yaml())

    page = browser.post(f"{DESK}{run.pk}/importar/", follow=True)

    assert "Revise primero el archivo" in page.text


def test_the_saved_mapping_of_a_source_is_offered_for_its_next_file(browser, puerto_claro) -> None:
    SourceMapping.objects.create(municipality=puerto_claro, source="sistema-viejo", label="Anterior", mapping=BODY)

    assert send(browser, file_of(row())).source == "sistema-viejo"


def test_refused_rows_are_downloaded_with_their_fix(browser, run_jobs) -> None:
    run = send(browser, file_of(row(Estado="=HYPERLINK()")))
    use_mapping(browser, run, mapping_yaml())
    browser.post(f"{DESK}{run.pk}/revisar/")
    run_jobs()

    lines = b"".join(browser.get(f"{DESK}{run.pk}/errores.csv").streaming_content).decode()

    assert "'=HYPERLINK()" in lines
    assert "agréguelo en «states.values» del mapa." in lines


def test_the_progress_asks_for_the_page_again_when_it_ends(browser, run_jobs) -> None:
    run = send(browser, file_of(row()))
    use_mapping(browser, run, mapping_yaml())
    browser.post(f"{DESK}{run.pk}/revisar/")
    assert "HX-Refresh" not in browser.get(f"{DESK}{run.pk}/avance/").headers

    run_jobs()

    assert browser.get(f"{DESK}{run.pk}/avance/")["HX-Refresh"] == "true"


def test_a_file_whose_columns_changed_ends_with_the_reason(browser, run_jobs) -> None:
    run = send(browser, file_of(row()))
    use_mapping(browser, run, mapping_yaml(columns={**BODY["columns"], "place": "Calle"}))
    browser.post(f"{DESK}{run.pk}/revisar/")

    run_jobs()

    assert "El archivo no tiene la columna «Calle»." in browser.get(f"{DESK}{run.pk}/").text


def test_the_list_costs_the_same_queries_whatever_its_length(browser, puerto_claro) -> None:
    costs = []
    for _ in range(3):
        ImportRun.objects.create(municipality=puerto_claro, file_name="a.csv", sha256="")
        with CaptureQueriesContext(connection) as made:
            browser.get(DESK)
        costs.append(len(made))

    assert costs[0] == costs[2] <= 12


@pytest.mark.parametrize("who", ["diego", "alcaldesa", "externo"])
def test_who_may_not_import_sees_no_import(who, request, as_user, puerto_claro) -> None:
    run = ImportRun.objects.create(municipality=puerto_claro, file_name="a.csv", sha256="")
    browser = as_user(request.getfixturevalue(who))

    assert {browser.get(address).status_code for address in (DESK, f"{DESK}{run.pk}/", f"{DESK}subir/")} == {403}


def reads_of(run: ImportRun) -> list[tuple[str, str]]:
    found = Entry.objects.filter(action="personal_data.read", subject_type="tickets.importrun", subject_id=str(run.pk))
    return list(found.order_by("pk").values_list("actor_id", "reason"))


def test_each_reading_of_the_file_is_logged(browser, oficina, run_jobs) -> None:
    run = send(browser, file_of(row(Estado="?")))
    use_mapping(browser, run, mapping_yaml())
    browser.get(f"{DESK}{run.pk}/")
    assert b"".join(browser.get(f"{FILES}{run.document.public_id}/").streaming_content)
    browser.get(f"{DESK}{run.pk}/columnas/")
    browser.post(f"{DESK}{run.pk}/revisar/")
    run_jobs()
    browser.get(f"{DESK}{run.pk}/")
    browser.get(f"{DESK}{run.pk}/errores.csv")

    who = str(oficina.pk)
    assert reads_of(run) == [(who, why) for why in ("detail", "document_download", "detail", "problems_file")]


def test_an_administrator_reads_the_files_they_sent_and_no_other(browser, as_user, admin) -> None:
    theirs, run = as_user(admin), send(browser, file_of(row()))
    file = f"{FILES}{run.document.public_id}/"

    assert {theirs.get(address).status_code for address in (f"{DESK}{run.pk}/", file)} == {403}
    assert run.file_name not in theirs.get(DESK).text
    assert reads_of(run) == []

    theirs.post(DESK + "subir/", {"file": SimpleUploadedFile("propio.csv", file_of(row()).getvalue())})
    own = ImportRun.objects.get(by=admin)
    assert theirs.get(f"{DESK}{own.pk}/").status_code == 200
    assert browser.get(f"{DESK}{own.pk}/").status_code == 200


def test_an_import_of_another_municipality_does_not_exist(browser, otra_comuna) -> None:
    from cabildo.accounts.scoping import in_municipality

    with in_municipality(otra_comuna):
        foreign = ImportRun.objects.create(municipality=otra_comuna, file_name="a.csv", sha256="")

    assert browser.get(f"{DESK}{foreign.pk}/").status_code == 404


def test_where_no_row_can_enter_nothing_is_offered_to_import(browser, run_jobs) -> None:
    run = send(browser, file_of(row(Ingreso="31-02-2018"), row(Id="2", Ingreso="ayer")))
    use_mapping(browser, run, mapping_yaml())
    browser.post(f"{DESK}{run.pk}/revisar/")
    run_jobs()
    page = browser.get(f"{DESK}{run.pk}/").text

    assert ("No hay nada que importar" in page, f"{DESK}{run.pk}/importar/" in page) == (True, False)
    assert "Ese día o esa hora no existe." in page
    assert ("DD-MM-AAAA" in page, "%d" in page, "date_formats" in page) == (True, False, False)


def test_the_words_of_the_end_tell_what_entered(browser, run_jobs) -> None:
    def imported(*rows) -> str:
        ImportRun.objects.all().delete()
        run = send(browser, file_of(*rows))
        use_mapping(browser, run, mapping_yaml())
        for step in ("revisar", "importar"):
            browser.post(f"{DESK}{run.pk}/{step}/")
            run_jobs()
        return browser.get(f"{DESK}{run.pk}/").text

    assert "No entró ninguna solicitud" in imported(row(Ingreso="31-02-2018"))
    assert "Las solicitudes ya están en la lista" in imported(row())
    assert "La importación terminó sin cambios" in imported(row())
