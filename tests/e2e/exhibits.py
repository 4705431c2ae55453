"""One of everything that has a page of its own, for the walk through all pages."""

from datetime import date, timedelta
from io import BytesIO

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from cabildo.accounts import actions as accounts
from cabildo.accounts import links as entrances
from cabildo.accounts.models import Department, Membership, Municipality, User
from cabildo.documents.queries import kept_documents_of
from cabildo.people.actions import Contact
from cabildo.site import demo
from cabildo.territory import actions as territory
from cabildo.territory.models import AreaLayer
from cabildo.tickets import attachments, following, links
from cabildo.tickets.actions import (
    adhering,
    answering,
    clients,
    data_requests,
    file_copies,
    handling,
    importing,
    internal,
    letters,
    mail_taking,
    merging,
    protocols,
    retention,
    satisfaction,
)
from cabildo.tickets.mail_intake import IncomingMail
from cabildo.tickets.models import Answer, Protocol, ReceivedMail, Satisfaction, Ticket
from cabildo.tickets.queries.letters import letter_of
from cabildo.tickets.views import data_desk
from cabildo.tickets.views.steps import STEPS
from cabildo.workflow import actions as workflow
from e2e import (
    exhibits_accreditation,
    exhibits_committee,
    exhibits_cycle,
    exhibits_learning,
    exhibits_meetings,
    exhibits_plans,
    exhibits_programme,
    exhibits_quality_plan,
    exhibits_report,
    exhibits_self_assessment,
    exhibits_validation,
    process_exhibits,
)
from e2e.conftest import ask, official
from e2e.site_map import Values

PLACE = {"place": "Los Aromos 120", "latitude": -33.05, "longitude": -71.6}
ROSA = Contact(name="Rosa Pérez", email="rosa@ejemplo.cl")
SHEET = b"Numero,Fecha ingreso,Estado,Materia,Detalle\n1,03-11-2026,Abierta,Bache,Un hoyo\n"


def gather(commune: Municipality) -> Values:
    """What stands in each place of an address; a place with a path before it holds only below that path."""
    head, today = official("operaciones"), timezone.localdate()
    requests = _requests(head, today)
    answered = Answer.objects.filter(sent_at__isnull=False, ticket__department__code="operaciones").latest("pk")
    cycle = exhibits_cycle.open_again()
    letters.write_letter(answered)
    letters.prepare_copy(answered, by=head)
    return {
        "code": ["luminaria_apagada", "operaciones"],
        "channel": ["paper"],
        "folio": [ticket.folio for ticket in (*requests, answered.ticket)],
        "answer_id": [answered.pk],
        "mesa/solicitudes/expedientes/pk": [file_copies.ask_for_copy(requests[1], by=head).pk],
        "public_id": [kept_documents_of(requests[1]).latest("pk").public_id],
        **_for_neighbours(requests, answered),
        **_inner_work(head, today),
        **_settings(commune, today),
        **process_exhibits.gather(head, today),
        **exhibits_meetings.gather(official("alcaldia"), head),
        **exhibits_plans.gather(head, official("alcaldia"), today),
        "mesa/tableros/gestion/code": ["operaciones"],
        "mesa/tableros/gestion/{code}/what": ["solicitudes"],
        "mesa/calidad/number": [cycle.number, cycle.number - 1],  # the open one; the finished one where it shows none
        "mesa/calidad/{number}/diagnostico/code": ["liderazgo"],
        "mesa/calidad/{number}/diagnostico/{code}/question": ["mision_valores"],
        **exhibits_cycle.entry(cycle),
        **exhibits_committee.gather(cycle),
        **exhibits_learning.gather(),
        **exhibits_self_assessment.gather(cycle),
        **exhibits_report.gather(official("calidad"), today),
        **exhibits_validation.gather(official("calidad"), today),
        **exhibits_quality_plan.gather(official("calidad"), today),
        **exhibits_accreditation.gather(official("calidad")),
        **exhibits_programme.gather(),  # the last: it leads the cycle into levelling
    }


def _requests(head: User, today: date) -> list[Ticket]:
    """One in each state of the work, with everything a record can show."""
    asked = [ask("luminaria_apagada", **PLACE) for _number in range(4)]
    for ticket in asked[1:]:
        handling.acknowledge(ticket, by=head)
    handling.ask_requester(asked[2], text="¿Qué número tiene el poste?", by=head, today=today)
    answering.answer(asked[3], outcome="resolved", text="Cambiamos el foco.", by=head)
    reviewed = ask("velocidad", **PLACE)
    handling.acknowledge(reviewed, by=official("transito"))
    drafted = ask("velocidad", **PLACE)
    handling.acknowledge(drafted, by=official("transito"))
    answering.submit_answer(reviewed, outcome="resolved", text="Se instalará en mayo.", by=official("oirs"))
    joined = ask("luminaria_apagada", **PLACE)
    merging.merge(joined, into=asked[0], by=official("oirs"), reason="Es el mismo poste.")
    complaint = ask("trato_funcionario", kind="reclamo")
    named = ask("trato_funcionario", kind="reclamo", official=official("aseo"))
    on_paper = {"token_index": satisfaction.token_index("clave-de-prueba"), "delivered_by": "printed"}
    Satisfaction.objects.filter(ticket=asked[3]).update(**on_paper)
    attachments.attach(asked[1], drawn_photo(), by=head, visibility="public")
    return [Ticket.objects.get(pk=ticket.pk) for ticket in (*asked, reviewed, drafted, joined, complaint, named)]


def drawn_photo() -> SimpleUploadedFile:
    drawn = BytesIO()
    Image.new("RGB", (320, 240), "#446688").save(drawn, "PNG")
    return SimpleUploadedFile("foco.png", drawn.getvalue(), content_type="image/png")


def _for_neighbours(requests: list[Ticket], answered: Answer) -> Values:
    joined = adhering.adhere(requests[0], adhering.Joining(ROSA, "web"), by=None)
    invited = accounts.save_official(email="nueva@ejemplo.cl", full_name="Nora Nueva", by=official("admin"))[0]
    head = official("obras")
    return {
        "solicitudes/adherir/token": [following.offer_token(requests[1])],
        "seguimiento/adhesion/token": [following.adhesion_token(joined)],
        "seguimiento/token": [links.tracking_token(ticket) for ticket in requests],
        "evaluacion/token": ["clave-de-prueba"],
        "cuenta/invitacion/token": [entrances.invitation_token(invited)],
        "documentos/verificar/code": [letter_of(answered).code],
        "cuenta/password/reset/key/uidb36": [user_pk_to_url_str(head)],
        "cuenta/password/reset/key/{uidb36}-key": [default_token_generator.make_token(head)],
    }


def _inner_work(head: User, today: date) -> Values:
    other = Department.objects.get(code="aseo")
    asked = internal.ask(
        to=Department.objects.get(code="operaciones"),
        kind="informe",
        asks="Un informe del poste.",
        days=5,
        by=official("aseo"),
        today=today,
        from_department=other,
        procedure="Sumario de alumbrado",
    )
    draft = protocols.write(title="Recibir una llamada", department=other, by=official("aseo"), body="Salude.")
    exercise = data_requests.Exercise("access", ROSA, "Quiero ver todo.", "web")
    personal = data_requests.receive(exercise, by=None, today=today)
    in_person = data_requests.Exercise("blocking", ROSA, "", "counter", identity="Cédula vista en el mesón.")
    entered = data_requests.receive(in_person, by=official("meson"), today=today)
    upload = SimpleUploadedFile("viejas.csv", SHEET)
    return {
        "year": [asked.year],
        "number": [asked.number],
        "mesa/protocolos/pk": [draft.pk, *Protocol.objects.values_list("pk", flat=True)[:2]],
        "mesa/datos-personales/folio": [personal.folio, entered.folio],
        "datos-personales/token": [following.data_request_token(personal)],
        "mesa/correo/pk": [_refused_mail()],
        "mesa/importaciones/pk": [importing.keep_upload(upload, by=official("oirs")).pk],
    }


def _refused_mail() -> int:
    mail = IncomingMail(
        "<lista@ejemplo.cl>",
        "rosa@ejemplo.cl",
        "Rosa Pérez",
        "Un bache",
        "Hay un bache.",
        headers={"list-id": "<vecinos.ejemplo.cl>"},
    )
    mail_taking.take(mail, received_at=timezone.now(), own_addresses=())
    return ReceivedMail.objects.latest("pk").pk


def _settings(commune: Municipality, today: date) -> Values:
    admin, head = official("admin"), official("operaciones")
    absence = accounts.substitute(
        absent=head, substitute=official("obras"), reason="feriado", starts_on=today, ends_on=today, by=admin
    )
    outline = (demo.cast.HERE / "sectors.geojson").read_bytes()
    kept = territory.keep_upload(kind="sector", name="Sectores", file_name="s.geojson", content=outline, by=admin)
    change = workflow.change_holiday(
        on=today + timedelta(days=30), effect="added", name="Aniversario", act="Decreto 12", by=admin
    )
    rule = retention.set_rule(category=None, kind="consulta", months=24, basis="Ley 21.719", by=admin)
    client = clients.create_client(by=admin, name="Panel", contact="panel@ejemplo.cl", may_read=True).client
    return {
        "person_id": [head.pk],
        "membership_id": [Membership.objects.get(user=head).pk],
        "substitution_id": [absence.pk],
        "upload_id": [kept.pk],
        "layer_id": [AreaLayer.objects.filter(municipality=commune).latest("pk").pk],
        "change_id": [change.pk],
        "slug": ["funcionarios", "direcciones"],
        "mesa/conservacion/pk": [rule.pk],
        "mesa/sistemas/pk": [client.pk],
        "mesa/solicitudes/{folio}/paso/step": [step.code for step in STEPS],
        "mesa/datos-personales/{folio}/paso/step": list(data_desk.STEPS),
    }
