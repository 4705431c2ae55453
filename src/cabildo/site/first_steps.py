"""Up to three real tasks for who is new to the desk, by what they may do; each is remembered when it is opened."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from cabildo.accounts import queries
from cabildo.accounts.access import StaffRequest, can, requires
from cabildo.accounts.actions import keep_preference
from cabildo.accounts.choices import AccountsPermission
from cabildo.accounts.models import User
from cabildo.meetings.permissions import MeetingsPermission
from cabildo.notifications.permissions import NotificationsPermission
from cabildo.quality.choices import QualityPermission
from cabildo.tickets.choices import TicketPermission
from cabildo.ui.parts import Step

KEY = "first_steps"
HOW_MANY = 3


@dataclass(frozen=True)
class Task:
    """Something to do on a page that this permission opens."""

    code: str
    permission: str
    title: Any
    note: Any
    url_name: str


TASKS = (
    Task(
        "abrir",
        AccountsPermission.MANAGE_MUNICIPALITY,
        _("Revise qué falta para abrir"),
        _("La puesta en marcha dice qué está listo y qué falta, y lleva a cada cosa."),
        "setup:start",
    ),
    Task(
        "invitar",
        AccountsPermission.MANAGE_PEOPLE,
        _("Invite a quienes van a trabajar aquí"),
        _("Cada persona recibe un correo para elegir su clave, y ve sólo lo que su rol permite."),
        "accounts:people",
    ),
    Task(
        "correo",
        NotificationsPermission.MANAGE_MAIL,
        _("Pruebe que el correo sale"),
        _("Dos botones prueban el envío y la recepción, y dicen qué corregir."),
        "notifications:mail_server",
    ),
    Task(
        "derechos",
        TicketPermission.PROTECT_DATA,
        _("Vea quién ejerció sus derechos"),
        _("Pedir sus datos, corregirlos o borrarlos tiene un plazo legal propio."),
        "tickets:data_requests",
    ),
    Task(
        "conservar",
        TicketPermission.PROTECT_DATA,
        _("Fije por cuánto tiempo se guardan los datos"),
        _("Pasado ese tiempo, el nombre y los datos de contacto se borran."),
        "tickets:retention",
    ),
    Task(
        "trabajar",
        TicketPermission.WORK,
        _("Abra la solicitud que vence primero"),
        _("En ella verá qué paso sigue: acusar recibo, derivar o responder."),
        "tickets:list",
    ),
    Task(
        "ingresar",
        TicketPermission.REGISTER,
        _("Ingrese lo que alguien pide en persona"),
        _("En el mesón, por teléfono o por carta. El comprobante sale al terminar."),
        "tickets:register",
    ),
    Task(
        "cifras",
        TicketPermission.SEE_FIGURES,
        _("Mire cómo van las respuestas"),
        _("Cuántas solicitudes llegaron, cuántas esperan y cuántas están fuera de plazo."),
        "dashboards:home",
    ),
    Task(
        "protocolos",
        TicketPermission.VIEW,
        _("Lea cómo se atiende aquí"),
        _("Los protocolos dicen qué hacer en cada canal. Al terminar, marque que los leyó."),
        "tickets:protocols",
    ),
    Task(
        "reuniones",
        MeetingsPermission.ATTEND,
        _("Vea las reuniones de los cuerpos que integra"),
        _("Cada una dice qué paso sigue: convocar, anotar la asistencia, escribir lo tratado, firmar."),
        "meetings:list",
    ),
    Task(
        "ciclo",
        QualityPermission.VIEW,
        _("Vea en qué etapa va el ciclo de mejora"),
        _("Cada etapa dice qué está hecho y qué falta, y lleva a cada cosa."),
        "quality:cycles",
    ),
    Task(
        "buscar",
        AccountsPermission.ENTER_DESK,
        _("Busque algo que necesite"),
        _("Por folio o por palabra, en lo que su rol puede leer. La tecla / lleva ahí desde cualquier página."),
        "search",
    ),
)


def of(user: User) -> list[Step]:
    """The steps to show, the first one not opened as the current; none once all were opened or they were put away."""
    kept = queries.preference(user, KEY)
    opened = set(kept.get("opened", ()))
    tasks = list(_tasks(user))
    if kept.get("put_away") or opened.issuperset(task.code for task in tasks):
        return []
    current = next(task for task in tasks if task.code not in opened)
    return [_step(task, is_done=task.code in opened, is_current=task is current) for task in tasks]


def _tasks(user: User) -> Iterator[Task]:
    allowed = (task for task in TASKS if can(user, task.permission))
    for _number, task in zip(range(HOW_MANY), allowed, strict=False):
        yield task


def _step(task: Task, *, is_done: bool, is_current: bool) -> Step:
    state = "done" if is_done else "current" if is_current else "pending"
    return Step(task.title, state, note=task.note, url=reverse("first_step", args=[task.code]))


@requires(AccountsPermission.ENTER_DESK)
def take(request: StaffRequest, code: str) -> HttpResponse:
    """Leads to the task and leaves it done."""
    task = next((task for task in _tasks(request.user) if task.code == code), None)
    if task is None:
        raise Http404
    kept = queries.preference(request.user, KEY)
    opened = sorted({*kept.get("opened", ()), code})
    keep_preference(user=request.user, key=KEY, value={**kept, "opened": opened})
    return redirect(task.url_name)


@require_POST
@requires(AccountsPermission.ENTER_DESK)
def put_away(request: StaffRequest) -> HttpResponse:
    kept = queries.preference(request.user, KEY)
    keep_preference(user=request.user, key=KEY, value={**kept, "put_away": True})
    return redirect("desk_home")
