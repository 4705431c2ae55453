"""The steps of the work as data: what each is called, who may, what it asks, which action it runs."""

from functools import cache
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.access import can
from cabildo.tickets.actions import answering, clocks, handling
from cabildo.tickets.choices import ProtocolStep, State, TicketPermission
from cabildo.tickets.forms import desk
from cabildo.tickets.forms.answering import AnswerForm, DecideForm, ReturnForm
from cabildo.tickets.models import Ticket
from cabildo.tickets.views.inner_steps import INNER_STEPS
from cabildo.tickets.views.joining_steps import JOINING_STEPS
from cabildo.tickets.views.step_shape import KEEP_INTERNAL, Step

OPEN_WITH_DEPARTMENT = (State.DERIVED, State.IN_PROGRESS)


def _text(label: Any, help_text: Any = "") -> dict[str, Any]:
    return {"label": label, "help_text": help_text}


STEPS = (
    Step(
        "acusar",
        _("Acusar recibo"),
        _("Su dirección toma la solicitud. Usted queda a cargo si nadie lo está."),
        TicketPermission.WORK,
        (State.DERIVED,),
        lambda ticket, by, _data: handling.acknowledge(ticket, by=by, seen_version=ticket.version),
        icon="check2",
    ),
    Step(
        "aprobar",
        _("Aprobar y enviar"),
        _("La respuesta se envía al vecino y la solicitud se cierra."),
        TicketPermission.APPROVE,
        (State.APPROVAL,),
        lambda ticket, by, data: answering.approve_answer(
            ticket,
            by=by,
            seen_answer=data["answer"],
            seen_version=data["version"],
            keep_internal=data[KEEP_INTERNAL],
        ),
        DecideForm,
        icon="check-circle",
        protocols=(ProtocolStep.CLOSING,),
        closes=True,
    ),
    Step(
        "retomar",
        _("Retomar el trabajo"),
        _("El plazo vuelve a correr desde mañana."),
        TicketPermission.WORK,
        (State.WAITING,),
        lambda ticket, by, _data: handling.resume(ticket, by=by, today=timezone.localdate()),
        icon="play",
    ),
    Step(
        "responder",
        _("Responder y cerrar"),
        _("El vecino recibe esta respuesta y después le preguntamos cómo le fue."),
        TicketPermission.CLOSE,
        OPEN_WITH_DEPARTMENT,
        lambda ticket, by, data: answering.answer(
            ticket,
            text=data["text"],
            outcome=data["outcome"],
            addressee=data["addressee"],
            by=by,
            seen_version=data["version"],
            keep_internal=data[KEEP_INTERNAL],
        ),
        AnswerForm,
        icon="reply",
        applies=lambda ticket: not ticket.category.needs_approval,
        protocols=(ProtocolStep.ANSWER, ProtocolStep.CLOSING),
        has_templates=True,
        closes=True,
    ),
    Step(
        "someter",
        _("Enviar respuesta a aprobación"),
        _("Otra persona la revisa antes de que salga."),
        TicketPermission.WORK,
        OPEN_WITH_DEPARTMENT,
        lambda ticket, by, data: answering.submit_answer(
            ticket,
            text=data["text"],
            outcome=data["outcome"],
            addressee=data["addressee"],
            by=by,
            seen_version=data["version"],
        ),
        AnswerForm,
        icon="send",
        applies=lambda ticket: ticket.category.needs_approval,
        protocols=(ProtocolStep.ANSWER,),
        has_templates=True,
        asks_approval=True,
    ),
    Step(
        "devolver",
        _("Devolver para corregir"),
        _("Quien la preparó lee qué debe cambiar."),
        TicketPermission.APPROVE,
        (State.APPROVAL,),
        lambda ticket, by, data: answering.return_answer(
            ticket, reason=data["text"], by=by, seen_answer=data["answer"], seen_version=data["version"]
        ),
        ReturnForm,
        icon="arrow-counterclockwise",
    ),
    Step(
        "derivar",
        _("Derivar"),
        _("Otra dirección pasa a ser la que debe responder. El vecino lo verá."),
        TicketPermission.DERIVE,
        (State.INTAKE, *OPEN_WITH_DEPARTMENT),
        lambda ticket, by, data: handling.derive(
            ticket, to=data["department"], reason=data["reason"], by=by, seen_version=data["version"]
        ),
        desk.DeriveForm,
        icon="arrow-right-circle",
        protocols=(ProtocolStep.DERIVATION,),
        for_office=True,
    ),
    Step(
        "asignar",
        _("Asignar a una persona"),
        _("Queda a cargo dentro de la dirección."),
        TicketPermission.WORK,
        (*OPEN_WITH_DEPARTMENT, State.WAITING),
        lambda ticket, by, data: handling.assign(ticket, to=data["person"], by=by, seen_version=data["version"]),
        desk.AssignForm,
        icon="person",
    ),
    Step(
        "pedir",
        _("Pedir antecedentes al vecino"),
        _("Tiene cinco días hábiles para completar su solicitud (Ley 19.880, art. 31). El plazo se detiene."),
        TicketPermission.WORK,
        OPEN_WITH_DEPARTMENT,
        lambda ticket, by, data: handling.ask_requester(
            ticket, text=data["text"], by=by, today=timezone.localdate(), seen_version=data["version"]
        ),
        desk.TextForm,
        _text(_("Qué debe completar"), _("Lo leerá el vecino tal como lo escriba.")),
        icon="question-circle",
    ),
    Step(
        "escribir",
        _("Escribir al vecino"),
        _("Le cuenta cómo va, sin responder todavía."),
        TicketPermission.WORK,
        (*OPEN_WITH_DEPARTMENT, State.WAITING, State.APPROVAL),
        lambda ticket, by, data: handling.write_to_requester(ticket, text=data["text"], by=by),
        desk.TextForm,
        _text(_("Mensaje")),
        icon="envelope",
    ),
    Step(
        "anotar",
        _("Agregar nota interna"),
        _("Sólo la leen los funcionarios que ven la solicitud."),
        TicketPermission.WORK,
        tuple(State.values),
        lambda ticket, by, data: handling.note(ticket, text=data["text"], by=by),
        desk.TextForm,
        _text(_("Nota")),
        icon="sticky",
    ),
    Step(
        "reclasificar",
        _("Cambiar materia o tipo"),
        _("Los plazos se cuentan otra vez desde el día de ingreso."),
        TicketPermission.DERIVE,
        (State.INTAKE, *OPEN_WITH_DEPARTMENT),
        lambda ticket, by, data: handling.reclassify(
            ticket, category=data["category"], kind=data["kind"], by=by, seen_version=data["version"]
        ),
        desk.ReclassifyForm,
        icon="tag",
    ),
    Step(
        "ampliar",
        _("Ampliar el plazo"),
        _("Una sola vez, a lo más por la mitad, y antes de que venza (Ley 19.880, art. 26)."),
        TicketPermission.CLOSE,
        (*OPEN_WITH_DEPARTMENT, State.APPROVAL),
        lambda ticket, by, data: clocks.extend(
            ticket,
            extra_days=data["days"],
            reason=data["text"],
            by=by,
            today=timezone.localdate(),
            seen_version=data["version"],
        ),
        desk.ExtendForm,
        icon="calendar-plus",
        applies=lambda ticket: ticket.legal_due_on is not None,
    ),
    Step(
        "urgencia",
        _("Declarar urgente"),
        _("El plazo se reduce a la mitad (Ley 19.880, art. 63)."),
        TicketPermission.CLOSE,
        OPEN_WITH_DEPARTMENT,
        lambda ticket, by, data: clocks.declare_urgent(
            ticket, reason=data["text"], by=by, today=timezone.localdate(), seen_version=data["version"]
        ),
        desk.TextForm,
        _text(_("Motivo de la urgencia")),
        icon="exclamation-triangle",
        applies=lambda ticket: ticket.legal_due_on is not None and not ticket.is_urgent,
    ),
    Step(
        "desistir",
        _("Tener por desistida"),
        _("Sólo cuando venció el plazo para completar la solicitud y el vecino no respondió (art. 31)."),
        TicketPermission.CLOSE,
        (State.WAITING,),
        lambda ticket, by, data: answering.deem_withdrawn(
            ticket,
            reason=data["text"],
            by=by,
            today=timezone.localdate(),
            seen_version=data["version"],
            keep_internal=data[KEEP_INTERNAL],
        ),
        desk.TextForm,
        _text(_("Motivo")),
        icon="x-circle",
        closes=True,
    ),
    *INNER_STEPS,
    Step(
        "reabrir",
        _("Reabrir"),
        _("Vuelve a la dirección que la respondió."),
        TicketPermission.CLOSE,
        (State.CLOSED,),
        lambda ticket, by, data: answering.reopen(ticket, reason=data["text"], by=by, seen_version=data["version"]),
        desk.TextForm,
        _text(_("Motivo")),
        icon="arrow-counterclockwise",
        applies=lambda ticket: ticket.merged_into_id is None,
    ),
    *JOINING_STEPS,
)
BY_CODE = {step.code: step for step in STEPS}


def available(user: Any, ticket: Ticket) -> list[Step]:
    """The steps this person may take now, the usual next one first."""
    may = cache(lambda permission: can(user, permission, on=ticket))
    now = [step for step in STEPS if ticket.state in step.states and step.applies(ticket)]
    return [step for step in now if any(may(permission) for permission in step.permissions)]
