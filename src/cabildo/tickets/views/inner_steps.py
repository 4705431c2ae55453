"""The steps on a request that concern other departments and its clocks."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cabildo.tickets.actions import internal, official, pausing, silence, withdrawing
from cabildo.tickets.choices import OPEN_STATES, Kind, State, TicketPermission
from cabildo.tickets.forms.internal import AskOnTicketForm, PauseForm, SilenceForm
from cabildo.tickets.forms.official import CorrectOfficialForm, OfficialForm, SetAsideForm
from cabildo.tickets.forms.withdrawing import WithdrawalForm
from cabildo.tickets.models import Ticket
from cabildo.tickets.queries.reasons import open_pause
from cabildo.tickets.rules.silence import may_declare
from cabildo.tickets.views.step_shape import KEEP_INTERNAL, Step

WITH_DEPARTMENT = (State.DERIVED, State.IN_PROGRESS, State.WAITING, State.APPROVAL)
WORKED_ON = (State.DERIVED, State.IN_PROGRESS, State.APPROVAL)


def _may_declare_silence(ticket: Ticket) -> bool:
    return may_declare(due_on=ticket.legal_due_on, today=timezone.localdate(), is_stopped=ticket.is_stopped)


def _is_about_somebody(ticket: Ticket) -> bool:
    return ticket.official_id is None and (ticket.category.concerns_official or ticket.kind == Kind.RECLAMO)


INNER_STEPS = (
    Step(
        "funcionario-aludido",
        _("Indicar de qué funcionario trata"),
        _(
            "Desde ahora esa persona no ve este reclamo, cualquiera sea su rol, y nada de él se publica. Queda quién "
            "lo indicó. Si se equivoca, lo corrige la oficina de solicitudes o la jefatura de la dirección, con motivo."
        ),
        TicketPermission.NAME_OFFICIAL,
        (State.INTAKE, *WITH_DEPARTMENT),
        lambda ticket, by, data: official.name_official(
            ticket, official=data["official"], by=by, seen_version=data["version"]
        ),
        OfficialForm,
        icon="person",
        applies=_is_about_somebody,
    ),
    Step(
        "descartar-funcionario",
        _("Dejar constancia de que no se sabe de quién trata"),
        _(
            "Desde ahora lo lee quien lee cualquier otra solicitud, menos las personas a quienes las palabras pueden "
            "nombrar: ellas no lo ven hasta que se indique a otra. Hágalo sólo después de averiguar. Queda quién fue."
        ),
        TicketPermission.NAME_OFFICIAL,
        (State.INTAKE, *WITH_DEPARTMENT),
        lambda ticket, by, data: official.set_aside(ticket, reason=data["text"], by=by, seen_version=data["version"]),
        SetAsideForm,
        icon="person",
        applies=lambda ticket: ticket.official_pending,
    ),
    Step(
        "corregir-funcionario",
        _("Corregir de qué funcionario trata"),
        _(
            "La persona que indique deja de ver este reclamo desde ahora, y la que estaba indicada lo ve otra vez si "
            "su rol se lo permite. Queda en la historia quién lo corrigió y por qué. Nada vuelve a publicarse solo."
        ),
        TicketPermission.CORRECT_OFFICIAL,
        tuple(State.values),
        lambda ticket, by, data: official.correct_official(
            ticket, official=data["official"], reason=data["text"], by=by, seen_version=data["version"]
        ),
        CorrectOfficialForm,
        icon="person",
        for_office=True,
        applies=lambda ticket: ticket.official_id is not None,
    ),
    Step(
        "pedir-a-direccion",
        _("Pedir antecedentes a otra dirección"),
        _("Su dirección sigue siendo la que responde. La otra podrá leer esta solicitud y contestar lo pedido."),
        TicketPermission.WORK,
        WITH_DEPARTMENT,
        lambda ticket, by, data: internal.ask(
            ticket=ticket,
            to=data["to"],
            kind=data["kind"],
            asks=data["asks"],
            days=data["days"],
            papers=data["papers"],
            key=data["key"],
            by=by,
            today=timezone.localdate(),
        ),
        AskOnTicketForm,
        icon="diagram-3",
    ),
    Step(
        "detener",
        _("Detener el plazo"),
        _("Sin una norma que lo permita se detiene sólo la meta interna. El vecino leerá el motivo."),
        TicketPermission.WORK,
        WORKED_ON,
        lambda ticket, by, data: pausing.stop(
            ticket,
            reason_code=data["reason"],
            note=data["note"],
            by=by,
            today=timezone.localdate(),
            seen_version=data["version"],
        ),
        PauseForm,
        icon="pause-circle",
        applies=lambda ticket: open_pause(ticket) is None,
    ),
    Step(
        "reanudar",
        _("Reanudar el plazo"),
        _("El plazo vuelve a correr desde mañana."),
        TicketPermission.WORK,
        WORKED_ON,
        lambda ticket, by, _data: pausing.run_again(
            ticket, by=by, today=timezone.localdate(), seen_version=ticket.version
        ),
        icon="play",
        applies=lambda ticket: open_pause(ticket) is not None,
    ),
    Step(
        "retirar",
        _("Retirar a pedido de la persona"),
        _(
            "Sólo si la persona ya no quiere seguir. La solicitud se cierra sin respuesta, y a la persona se le cuenta "
            "quién lo pidió y cuándo."
        ),
        TicketPermission.WORK,
        tuple(OPEN_STATES),
        lambda ticket, by, data: withdrawing.withdraw_as_said(
            ticket,
            said=data["said"],
            by=by,
            today=timezone.localdate(),
            department=data.get("department"),
            seen_version=data["version"],
            keep_internal=data[KEEP_INTERNAL],
        ),
        WithdrawalForm,
        icon="x-circle",
        closes=True,
    ),
    Step(
        "silencio",
        _("Dejar constancia del silencio"),
        _("El plazo legal venció sin respuesta. Se emite un certificado y la solicitud se cierra (arts. 64 y 65)."),
        TicketPermission.CLOSE,
        WITH_DEPARTMENT,
        lambda ticket, by, data: silence.declare(
            ticket,
            effect=data["effect"],
            grounds=data["text"],
            claimed_on=data["claimed_on"],
            by=by,
            today=timezone.localdate(),
            seen_version=data["version"],
            keep_internal=data[KEEP_INTERNAL],
        ),
        SilenceForm,
        icon="journal-text",
        closes=True,
        applies=_may_declare_silence,
    ),
)
