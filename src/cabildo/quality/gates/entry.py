"""Stage 1: the agreement with its clauses and signatures, both counterparts, the support with its reason."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as say

from cabildo.quality import queries
from cabildo.quality.choices import COUNTERPARTS, Nature, Party, SupportKind
from cabildo.quality.gates.cycles import of_cycle
from cabildo.quality.queries import Entry
from cabildo.workflow.processes import gates
from cabildo.workflow.processes.gates import Missing

CLAUSES = (
    (Party.MUNICIPALITY, Nature.DUTY, say("Escribir los deberes de la municipalidad")),
    (Party.MUNICIPALITY, Nature.RIGHT, say("Escribir los derechos de la municipalidad")),
    (Party.AGENCY, Nature.DUTY, say("Escribir los deberes del organismo")),
    (Party.AGENCY, Nature.RIGHT, say("Escribir los derechos del organismo")),
)


def register() -> None:
    gates.register("quality.agreement_signed", of_cycle(lambda cycle: agreement_signed(queries.entry_of(cycle))))
    gates.register("quality.counterparts_named", of_cycle(lambda cycle: counterparts_named(queries.entry_of(cycle))))
    gates.register("quality.support_recorded", of_cycle(lambda cycle: support_recorded(queries.entry_of(cycle))))


def agreement_signed(entry: Entry) -> Iterator[Missing]:
    """Duties and rights of both parties, both signatures, and the signed file (seed 001, slide 23)."""
    write = reverse("quality:agreement", args=[entry.cycle.number])
    if entry.agreement is None:
        yield Missing(_("Registrar el convenio"), write)
        return
    add = reverse("quality:clause_add", args=[entry.cycle.number])
    written = {(clause.party, clause.nature) for clause in entry.clauses}
    for party, nature, words in CLAUSES:
        if (party, nature) not in written:
            yield Missing(str(words), f"{add}?parte={party}&tipo={nature}")
    if entry.agreement.municipality_signed_on is None:
        yield Missing(_("Anotar cuándo firmó la municipalidad"), write)
    if entry.agreement.agency_signed_on is None:
        yield Missing(_("Anotar cuándo firmó el organismo"), write)
    if not entry.papers:
        yield Missing(_("Subir el convenio firmado"), write)


def counterparts_named(entry: Entry) -> Iterator[Missing]:
    """Two in force, named before the committee (seed 001, slide 24)."""
    named, page = len(entry.counterparts_in_force), reverse("quality:counterpart_name", args=[entry.cycle.number])
    if named == 0:
        yield Missing(_("Designar a las dos contrapartes técnicas"), page)
    elif named < COUNTERPARTS:
        yield Missing(_("Designar a la segunda contraparte técnica"), page)


def support_recorded(entry: Entry) -> Iterator[Missing]:
    """What it pays and why it is due are asked for at once; the money of a financial support may come later."""
    if not entry.supports:
        page = reverse("quality:support_add", args=[entry.cycle.number])
        yield Missing(_("Registrar el apoyo que recibe la municipalidad y por qué le corresponde"), page)
    for support in entry.supports:
        if support.kind == SupportKind.FINANCIAL and support.amount_clp is None:
            page = reverse("quality:support", args=[entry.cycle.number, support.pk])
            yield Missing(_("Anotar el monto del apoyo financiero: %s") % support.pays, page)
