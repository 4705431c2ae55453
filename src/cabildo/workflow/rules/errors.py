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
    }
