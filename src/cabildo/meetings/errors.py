"""What meetings refuses, in words."""

from django.utils.translation import gettext_lazy as _

from cabildo.kit.errors import DomainError


class MeetingsError(DomainError):
    """A refused action on a body, a meeting, its minutes or an agreement."""

    sentences = {
        "act_missing": _("Un cuerpo nace de un acto. Indique su tipo, número y fecha."),
        "quorum_impossible": _("Esa regla de quórum no se puede cumplir nunca. Revise la parte o el número."),
        "ends_before_start": _("La fecha de término es anterior a la de inicio. Cambie una de las dos."),
        "outside_body": _("El período no cabe en el del cuerpo, que va desde el {since}{until}. Revise las fechas."),
        "already_member": _("{name} ya integra este cuerpo en esas fechas. Termine antes ese período."),
        "one_seat": _("Este cuerpo ya tiene quien ocupa ese lugar en esas fechas: {name}. Termine antes su período."),
        "term_over": _("Ese período ya terminó el {ends_on}."),
        "person_missing": _("Indique un funcionario, o el nombre de una persona de fuera."),
        "body_ended": _("El cuerpo terminó el {ends_on}. No puede sesionar después."),
        "body_not_begun": _("El cuerpo comienza el {starts_on}. No puede sesionar antes."),
        "times_reversed": _("La hora de término es anterior a la de inicio. Cambie una de las dos."),
        "no_place": _("Indique el lugar o el enlace de la reunión."),
        "not_in_state": _("La reunión está {state}: ese paso no se puede dar."),
        "reason_missing": _("Escriba el motivo."),
        "nobody_to_call": _("Elija al menos a una persona que convocar."),
        "no_address": _("{name} no tiene correo. Convoque por carta o por teléfono y anótelo."),
        "agenda_empty": _("La tabla no tiene puntos. Agregue al menos uno antes de convocar."),
        "already_started": _("La reunión ya comenzó."),
        "not_started": _("La reunión no ha comenzado."),
        "day_to_come": _("Ese día todavía no llega. Anote el día en que se hizo la reunión."),
        "not_yet_held": _("Esa hora todavía no llega. Anote la hora en que terminó la reunión."),
        "agreement_due_before": _(
            "Un acuerdo de esta reunión vence el {due_on}, antes de ese día. Revise el día, o deje sin efecto el"
            " acuerdo y anótelo otra vez."
        ),
        "already_listed": _("{name} ya está en la lista de asistencia."),
        "represented_came": _("Quien asistió no tiene representante: marque una sola cosa."),
        "quorum_not_needed": _("A esta reunión no se le exige quórum."),
        "quorum_note_missing": _("No hay quórum o no se pudo calcular. Escriba qué se resolvió hacer."),
        "attendance_missing": _("Falta anotar la asistencia de {count} personas. El quórum se declara después."),
        "minute_conflict": _(
            "Otra persona cambió «{fields}» mientras usted escribía. Compare los dos textos y guarde el definitivo."
        ),
        "no_responsible": _("Un acuerdo necesita responsable: un funcionario, una dirección o alguien de fuera."),
        "due_before_meeting": _("El plazo del acuerdo es anterior a la reunión. Cambie la fecha."),
        "agreement_not_open": _("El acuerdo ya no está pendiente."),
        "evidence_missing": _("Escriba cómo se cumplió o dónde consta."),
        "done_in_future": _("La fecha de cumplimiento no puede ser futura."),
        "done_before_meeting": _("La fecha de cumplimiento no puede ser anterior a la reunión."),
        "not_ready": _("Todavía no se puede cerrar el acta. Falta: {gaps}."),
        "no_acta": _("La reunión no tiene un acta cerrada."),
        "did_not_come": _("{name} no figura presente: no firma esta acta."),
        "already_signed": _("{name} ya firmó esta acta."),
        "not_yours_to_sign": _("Sólo cada persona firma con su cuenta. Si firmó en papel, anótelo así."),
        "copy_missing": _("Antes de subir el PDF firmado, prepare y descargue la copia para firmar."),
        "nobody_signs": _("Indique quiénes firmaron el PDF."),
    }
    fields = {
        "ends_before_start": "ends_on",
        "body_ended": "on",
        "body_not_begun": "on",
        "times_reversed": "ends",
        "no_place": "place",
        "day_to_come": "on",
        "not_yet_held": "ends",
        "agreement_due_before": "on",
        "due_before_meeting": "due_on",
        "done_in_future": "done_on",
        "done_before_meeting": "done_on",
    }
