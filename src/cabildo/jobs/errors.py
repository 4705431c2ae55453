"""What the queue refuses, or reports of a job it lost, in words."""

from django.utils.translation import gettext_lazy as _

from cabildo.kit.errors import DomainError


class JobsError(DomainError):
    sentences = {
        "unknown_task": _("No existe la tarea «{name}». Revise el nombre en la lista de tareas."),
        "unknown_job": _("No existe el trabajo n.º {job_id}. Puede que ya se haya borrado por antiguo."),
        "not_waiting": _("El trabajo n.º {job_id} ya no está en espera, por lo que no se puede anular."),
        "not_ended": _("El trabajo n.º {job_id} no ha fallado ni está anulado, por lo que no se puede repetir."),
        "already_waiting": _("Ya hay otro trabajo igual al n.º {job_id} en espera; no hace falta repetirlo."),
        "worker_lost": _("El programa que lo ejecutaba dejó de responder demasiadas veces."),
        "process_died": _("Su proceso terminó sin responder. Puede haber superado la memoria permitida."),
        "superseded": _("Otro trabajo igual, pedido después, ocupó su lugar."),
    }
