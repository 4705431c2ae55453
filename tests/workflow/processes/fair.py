"""A small process of our own: the yearly fair of a commune, in three stages."""

from datetime import date

HEADER = {
    "id": "processes/feria",
    "kind": "processes",
    "version": 1,
    "title": "Feria de la comuna",
    "locale": "es-CL",
    "publisher": "Cabildo",
    "source": "Redacción propia",
    "licence": "CC-BY-4.0",
    "valid_from": "2026-01-01",
    "official": False,
}
ROLES = [
    {"id": "lider", "label": "Quien organiza", "side": "municipality"},
    {"id": "visita", "label": "Quien asesora", "side": "outside"},
]
PERMITS = {
    "id": "permisos",
    "label": "Los permisos están dados",
    "check": "feria.permits",
    "fix": {"text": "Pida los permisos que faltan.", "address": ""},
}
TEAM = {
    "id": "equipo",
    "label": "El equipo está nombrado",
    "check": "manual",
    "about": "El decreto nombra a cada integrante.",
    "fix": {"text": "Registre el decreto que nombra al equipo."},
}
PREPARE = {
    "id": "preparar",
    "order": 1,
    "label": "Preparar la feria",
    "about": "Se reserva la plaza y se llama a quienes venden.",
    "weeks": 1,
    "gates": [TEAM, PERMITS],
    "tasks": [
        {"id": "reservar", "label": "Reservar la plaza", "role": "lider", "days": 2, "deliverable": "Decreto de uso"},
        {"id": "llamar", "label": "Llamar a vendedores", "role": "lider", "days": 2, "after": ["reservar"]},
        {
            "id": "adornar",
            "label": "Adornar la plaza",
            "role": "visita",
            "days": 1,
            "is_required": False,
            "visit": True,
        },
    ],
}
HOLD = {
    "id": "hacer",
    "order": 2,
    "label": "Hacer la feria",
    "about": "La feria abre tres fines de semana seguidos.",
    "days": 10,
    "repeatable": True,
    "tasks": [
        {"id": "abrir", "label": "Abrir la feria", "role": "lider", "days": 5, "effort_days": "0.5"},
        {"id": "limpiar", "label": "Limpiar la plaza", "role": "visita", "days": 2, "wait_days": 1, "after": ["abrir"]},
    ],
}
SETTLE = {
    "id": "rendir",
    "order": 3,
    "label": "Rendir cuentas",
    "about": "Se rinde lo gastado y lo vendido.",
    "days": 3,
}
MONDAY = date(2026, 3, 2)


def body(**changes) -> dict:
    """The pack's body as it is written, before defaults are filled in."""
    whole = {
        "pack": HEADER,
        "process": {"label": "Feria", "about": "Cómo se hace la feria de cada año.", "roles": ROLES},
        "stages": [PREPARE, HOLD, SETTLE],
    }
    return {**whole, **changes}


def stage(base: dict, **changes) -> dict:
    return {**base, **changes}
