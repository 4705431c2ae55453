"""Stage 1 on paper and as a workbook: agreement, clauses, counterparts, supports and where their money went."""

from collections.abc import Iterator
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cabildo.quality import queries
from cabildo.quality.choices import COUNTERPARTS
from cabildo.quality.models import Clause, Counterpart, Support, SupportMovement
from cabildo.quality.queries import Entry
from cabildo.quality.rules.support import balance
from cabildo.quality.shown.entry import before_words
from cabildo.quality.shown.report_tables import Rows, names_of
from cabildo.quality.shown.stage_papers import Part, Printed, StagePaper, each
from cabildo.ui.spanish import share


def paper(entry: Entry) -> StagePaper:
    """Everything that the entry holds. No query."""
    return StagePaper(
        title=_("Ingreso al programa"),
        name=f"ingreso-ciclo-{entry.cycle.number}",
        cycle=entry.cycle,
        parts=[
            _agreement(entry),
            *_amendments(entry),
            _clauses(entry),
            _counterparts(entry),
            _supports(entry),
            _movements(entry),
        ],
        cover=list(_cover(entry)),
    )


def _cover(entry: Entry) -> Iterator[tuple[str, str]]:
    yield _("Convenio"), _standing(entry)
    if entry.clauses:
        met = sum(clause.met_on is not None for clause in entry.clauses)
        yield _("Cláusulas cumplidas"), share(met, len(entry.clauses))
    named = {"here": len(entry.counterparts_in_force), "asked": COUNTERPARTS}
    yield _("Contrapartes en funciones"), _("%(here)s de %(asked)s") % named
    yield _("Apoyos"), str(len(entry.supports))


def _standing(entry: Entry) -> str:
    if entry.agreement is None:
        return _("todavía no se registra")
    return _("firmado por ambas partes") if entry.agreement.is_signed else _("falta una firma o las dos")


def _agreement(entry: Entry) -> Part:
    columns = [
        _("Con"),
        _("Número"),
        _("Firmó la municipalidad"),
        _("Firmó el organismo"),
        _("Observaciones"),
        _("Archivos"),
    ]
    held = entry.agreement
    rows: list[list[Any]] = []
    if held:
        signed = [day or _("todavía no") for day in (held.municipality_signed_on, held.agency_signed_on)]
        rows.append([held.agency, held.number or None, *signed, held.note, names_of(entry.papers)])
    return Part(Rows(_("Convenio"), columns, rows), nothing=_("Todavía no hay convenio."))


def _amendments(entry: Entry) -> list[Part]:
    """None while nobody changed what was signed."""
    columns = [_("Por qué se modificó"), _("Antes decía"), _("Cuándo"), _("Quién"), _("Documento")]
    rows = [
        [one.reason, before_words(one), localdate(one.amended_at), str(one.amended_by), one.document.original_name]
        for one in entry.amendments
    ]
    return [Part(Rows(_("Modificaciones"), columns, rows), printed=each(columns, [4, 4, 3, 3, 4]))] if rows else []


def _clauses(entry: Entry) -> Part:
    columns = [
        _("Cláusula"),
        _("De quién"),
        _("Deber o derecho"),
        _("A más tardar"),
        _("Se cumplió el"),
        _("Cómo consta"),
        _("Lo anotó"),
    ]
    return Part(
        Rows(_("Cláusulas"), columns, [_clause(one) for one in entry.clauses]),
        printed=[
            Printed(_("Cláusula"), [0], 7),
            Printed(_("De quién y qué es"), [1, 2], 4, is_named=False),
            Printed(_("A más tardar"), [3], 3),
            Printed(_("Se cumplió el"), [4, 5, 6], 4),
        ],
        nothing=_("Todavía no hay cláusulas."),
    )


def _clause(one: Clause) -> list[Any]:
    party, nature = one.get_party_display(), one.get_nature_display()
    met = [one.met_on, one.met_note, str(one.met_by)] if one.met_on else [_("pendiente"), "", ""]
    return [one.text, party, nature, one.due_on or _("sin plazo"), *met]


def _counterparts(entry: Entry) -> Part:
    columns = [_("Persona"), _("Acto que designa"), _("Desde"), _("Hasta")]
    return Part(
        Rows(_("Contrapartes técnicas"), columns, [_counterpart(one) for one in entry.counterparts]),
        printed=each(columns, [5, 5, 3, 3]),
        nothing=_("Todavía no se designa a ninguna."),
    )


def _counterpart(one: Counterpart) -> list[Any]:
    return [str(one.user), one.act, one.named_on, one.ended_on or _("en funciones")]


def _supports(entry: Entry) -> Part:
    columns = [
        _("Qué paga"),
        _("Tipo de apoyo"),
        _("Por qué le corresponde"),
        _("Otorgado el"),
        _("Monto (pesos)"),
        _("Transferido (pesos)"),
        _("Rendido (pesos)"),
        _("Saldo por rendir (pesos)"),
    ]
    return Part(
        Rows(_("Apoyos"), columns, [_support(one) for one in entry.supports]),
        names=0,
        nothing=_("Todavía no hay ningún apoyo registrado."),
    )


def _support(one: Support) -> list[Any]:
    """A support with no movement has no sums: «sin dato», which is not zero."""
    sums = balance(queries.book_of(one.movements.all()))
    told = [one.pays, one.get_kind_display(), one.reason, one.granted_on]
    return [*told, one.amount_clp, sums.transferred, sums.rendered, sums.left]


def _movements(entry: Entry) -> Part:
    columns = [_("Apoyo"), _("Qué es"), _("Fecha"), _("Documento que lo respalda"), _("Monto (pesos)")]
    rows = [_movement(support, one) for support in entry.supports for one in support.movements.all()]
    return Part(
        Rows(_("Movimientos"), columns, rows),
        printed=each(columns, [4, 3, 3, 4, 3], {4}),
        nothing=_("Todavía no hay transferencias ni rendiciones."),
        heading=_("Transferencias y rendiciones"),
    )


def _movement(support: Support, one: SupportMovement) -> list[Any]:
    return [support.pays, one.get_kind_display(), one.on, one.paper, one.amount_clp]
