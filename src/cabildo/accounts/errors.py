"""What accounts refuses, in words."""

from django.utils.translation import gettext_lazy as _

from cabildo.kit.errors import DomainError


class AccountsError(DomainError):
    sentences = {
        "agency_slug_taken": _("Ya existe un organismo con el nombre corto «{slug}». Elija otro."),
        "role_of_agency": _("El rol «{role}» se ejerce en un organismo y no en la municipalidad. Elija otro."),
        "role_of_municipality": _("El rol «{role}» no se ejerce en un organismo. Elija otro."),
        "role_from_outside": _("El rol «{role}» lo asigna un programa. La municipalidad no lo da ni lo cambia."),
        "role_held_at_home": _("El rol «{role}» lo da la municipalidad. Un programa no lo asigna."),
        "last_agency_administrator": _(
            "{user} es la única persona que administra el organismo. Nombre a otra antes de quitarle el rol."
        ),
        "slug_taken": _("Ya existe una municipalidad con el nombre corto «{slug}». Elija otro."),
        "unknown_role": _("El rol «{role}» no existe. Elija uno de la lista de roles."),
        "department_needed": _("El rol «{role}» se ejerce en una dirección. Indique cuál."),
        "ends_before_start": _("La fecha de término es anterior a la de inicio. Corrija una de las dos."),
        "overlapping_substitution": _(
            "{absent} ya tiene quien le subrogue entre esas fechas. Termine esa subrogación o cambie las fechas."
        ),
        "substitute_away": _(
            "{substitute} no estará entre el {since} y el {until}: su trabajo no llegaría a nadie. Elija a otra "
            "persona o cambie las fechas."
        ),
        "absent_stands_in": _(
            "{absent} subroga a {other} entre el {since} y el {until}. Termine antes esa subrogación y registre a otra "
            "persona, para que ese trabajo no quede sin nadie."
        ),
        "bad_address": _("«{address}» no es una dirección de correo. Escríbala así: nombre@municipalidad.cl."),
        "no_mailbox": _("{user} ingresó con ClaveÚnica y no tiene un correo al que escribirle."),
        "not_yourself": _("No puede desactivar su propia cuenta. Pídalo a otra persona de la administración."),
        "last_administrator": _(
            "{user} es la única persona que administra la plataforma. Nombre a otra antes de quitarle el rol."
        ),
        "not_ready": _("Todavía no se puede abrir al público. Falta: {missing}."),
        "run_taken": _("Ese RUN ya está vinculado a otra cuenta. Revise que sea de esta persona."),
        "run_declared_elsewhere": _("Otra municipalidad anotó el RUN de {user}: sólo ella puede cambiarlo."),
        "substitution_over": _("Esos días ya pasaron: nadie puede actuar hacia atrás. Revise las fechas."),
        "substitute_is_absent": _("Nadie puede subrogarse a sí mismo. Elija a otra persona."),
    }
