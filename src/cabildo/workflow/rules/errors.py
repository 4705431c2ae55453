"""The refusals of workflow, each with a stable code and its Spanish sentence."""

from cabildo.kit.errors import DomainError


class WorkflowError(DomainError):
    """A deadline or a transition that the law or the process does not allow."""

    sentences = {
        "days_out_of_range": "Un plazo tiene entre 1 y {most} días. Revise el número.",
        "extension_not_allowed": "Este plazo no admite ampliación ({article}).",
        "extension_not_positive": "Indique cuántos días amplía el plazo: al menos uno.",
        "extension_too_long": "El plazo puede ampliarse a lo más en {most} días. Indique un número menor.",
        "extension_too_late": "El plazo venció el {expired_on:%d-%m-%Y}. Un plazo vencido no se amplía.",
        "extension_too_early": "La ampliación no puede ser anterior a la presentación, del {submitted_on:%d-%m-%Y}.",
        "already_extended": "Este plazo ya se amplió. La ampliación se concede una sola vez.",
        "already_urgent": "La urgencia ya redujo este plazo a la mitad.",
        "urgency_too_late": "Reducido a la mitad, el plazo venció el {expired_on:%d-%m-%Y}. Ya no puede reducirse.",
        "urgency_too_early": "La urgencia no puede ser anterior a la presentación, del {submitted_on:%d-%m-%Y}.",
        "pause_ends_before_start": "La detención termina antes de empezar. Revise las fechas.",
        "pause_without_maximum": "Una detención del plazo legal necesita un máximo de días hábiles.",
        "transition_unknown": "El paso «{transition}» no existe en este proceso.",
        "transition_not_allowed": "El paso «{transition}» no se puede dar desde «{state}».",
        "reason_required": "El paso «{transition}» necesita un motivo. Escríbalo.",
        "reason_missing": "Escriba el motivo: queda en la historia del proceso.",
        "stale": "Otra persona cambió esto mientras usted lo miraba ({fields}). Revise y repita la acción.",
        "step_not_now": "«{what}» está en «{state}» y este paso no se puede dar ahora.",
        "run_not_open": "El proceso ya está {state}. No se puede cambiar.",
        "run_not_withdrawn": "El proceso está {state}: sólo se retoma uno que se retiró.",
        "run_open": "El proceso sigue abierto. Termine sus etapas antes de empezar otro ciclo.",
        "run_has_next": "Este proceso ya tiene un ciclo siguiente. Trabaje en ese.",
        "process_without_stages": "El paquete no describe un proceso. Elija uno de tipo «processes».",
        "earlier_stages_open": "Antes hay que cerrar: {stages}.",
        "stage_not_open": "La etapa «{stage}» no está en curso. Comiéncela o reábrala primero.",
        "stage_not_repeatable": "La etapa «{stage}» no se puede hacer de nuevo. Puede reabrirla.",
        "stage_incomplete": "La etapa «{stage}» no se puede cerrar: {count}. Revise la lista.",
        "tasks_before_open": "Antes hay que terminar: {tasks}.",
        "tasks_after_done": "Ya se hizo lo que depende de esta tarea: {tasks}. Deshágalo primero.",
        "day_in_future": "La fecha no puede ser posterior a hoy.",
        "day_before_start": "La fecha de término no puede ser anterior al {started_on:%d-%m-%Y}, cuando empezó.",
        "dates_inverted": "La fecha de término no puede ser anterior a la de inicio.",
        "day_far": "Revise el año: el proceso comienza en {year}. Elija un día entre {first} y {last}.",
        "dates_unchanged": "Esas fechas son las que ya rigen. Cambie alguna.",
        "task_outside_stage": "La tarea debe quedar entre el {starts_on:%d-%m-%Y} y el {ends_on:%d-%m-%Y}.",
        "gate_unknown": "La etapa «{stage}» no tiene ese requisito.",
        "gate_not_manual": "«{gate}» lo revisa el sistema: no se da por cumplido a mano.",
        "gate_passed_already": "«{gate}» ya se dio por cumplido.",
        "gate_not_passed": "«{gate}» no estaba dado por cumplido.",
        "leader_unchanged": "Ya lo conduce quien eligió. Elija a otra persona.",
        "leader_without_role": "{person} no tiene en la municipalidad un rol que permita conducir procesos.",
        "nobody_chosen": "Elija una persona, una dirección o ambas.",
    }
