"""The gates of stage 1 say exactly what is missing and where; stage 2 waits for the counterparts."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import resolve

from cabildo.accounts.links import addresses
from cabildo.quality import queries
from cabildo.quality.actions import agreements, counterparts, supports
from cabildo.workflow.processes import gates
from cabildo.workflow.processes import queries as processes
from cabildo.workflow.processes.actions import stages
from cabildo.workflow.rules.errors import WorkflowError

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
MESA = "cabildo.site.urls_municipality"
PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF"
PAIRS = [("municipality", "duty"), ("municipality", "right"), ("agency", "duty"), ("agency", "right")]


@pytest.fixture
def run(cycle):
    return queries.run_of(cycle)


@pytest.fixture
def missing(run):
    """What the gate of this name asks for, as (words, address)."""

    def ask(check: str) -> list[tuple[str, str]]:
        process = processes.process_of(run.pack_version)
        gate = next(gate for stage in process.stages for gate in stage.gates if gate.check == f"quality.{check}")
        with addresses():
            return [(item.what, item.url) for item in gates.verdict(gate, run, {}).missing]

    return ask


def words(found: list[tuple[str, str]]) -> list[str]:
    return [what for what, _url in found]


def test_the_agreement_is_asked_for_piece_by_piece(missing, cycle, counterpart) -> None:
    assert words(missing("agreement_signed")) == ["Registrar el convenio"]
    given = {"today": TODAY, "by": counterpart}
    agreement = agreements.save_agreement(cycle, revision=0, agency="SUBDERE", **given)
    assert words(missing("agreement_signed")) == [
        "Escribir los deberes de la municipalidad",
        "Escribir los derechos de la municipalidad",
        "Escribir los deberes del organismo",
        "Escribir los derechos del organismo",
        "Anotar cuándo firmó la municipalidad",
        "Anotar cuándo firmó el organismo",
        "Subir el convenio firmado",
    ]

    for party, nature in PAIRS:
        agreements.add_clause(agreement, party=party, nature=nature, text="Algo.", by=counterpart)
    signed = {"municipality_signed_on": TODAY, "agency_signed_on": TODAY}
    agreements.save_agreement(cycle, revision=1, **signed, **given)
    assert words(missing("agreement_signed")) == ["Subir el convenio firmado"]
    paper = SimpleUploadedFile("convenio.pdf", PDF)
    agreements.save_agreement(cycle, revision=2, paper=paper, **given)
    assert missing("agreement_signed") == []


def test_each_thing_that_is_missing_leads_to_the_form_where_it_is_done(missing, cycle, counterpart) -> None:
    agreements.save_agreement(cycle, revision=0, agency="SUBDERE", today=TODAY, by=counterpart)
    found = [*missing("agreement_signed"), *missing("counterparts_named"), *missing("support_recorded")]

    places = {what: resolve(url.split("?")[0].split("/m/puerto-claro")[-1], MESA).url_name for what, url in found}

    assert places["Escribir los deberes del organismo"] == "clause_add"
    assert places["Subir el convenio firmado"] == "agreement"
    assert places["Designar a las dos contrapartes técnicas"] == "counterpart_name"
    assert places["Registrar el apoyo que recibe la municipalidad y por qué le corresponde"] == "support_add"


def test_it_takes_two_counterparts_in_force(missing, cycle, counterpart, alcaldesa) -> None:
    assert words(missing("counterparts_named")) == ["Designar a las dos contrapartes técnicas"]
    given = {"act": "Oficio N° 45", "named_on": TODAY, "today": TODAY, "by": counterpart}
    first = counterparts.name_counterpart(cycle, user=counterpart, **given)
    assert words(missing("counterparts_named")) == ["Designar a la segunda contraparte técnica"]
    counterparts.name_counterpart(cycle, user=alcaldesa, **given)
    assert missing("counterparts_named") == []

    counterparts.end_counterpart(first, ended_on=TODAY, today=TODAY, by=counterpart)
    assert words(missing("counterparts_named")) == ["Designar a la segunda contraparte técnica"]


def test_a_financial_support_needs_its_amount_and_a_technical_one_does_not(missing, cycle, counterpart) -> None:
    assert len(missing("support_recorded")) == 1
    told = {"pays": "Equipos", "reason": "Gestión incipiente", "granted_on": TODAY, "today": TODAY, "by": counterpart}
    supports.record_support(cycle, kind="technical", **told)
    assert missing("support_recorded") == []

    money = supports.record_support(cycle, kind="financial", **told)
    assert words(missing("support_recorded")) == ["Anotar el monto del apoyo financiero: Equipos"]
    supports.change_support(money, amount_clp=1, revision=1, today=TODAY, by=counterpart)
    assert missing("support_recorded") == []


def test_stage_2_does_not_begin_and_stage_1_does_not_close_without_the_counterparts(run, counterpart) -> None:
    entry, committee = (run.stages.get(code=code) for code in ("ingreso", "comite"))
    run.stages.filter(code="diagnostico").update(state="closed", started_on=TODAY, ended_on=TODAY)
    stages.begin_stage(entry, by=counterpart, today=TODAY)

    with pytest.raises(WorkflowError, match="earlier_stages_open"):
        stages.begin_stage(committee, by=counterpart, today=TODAY)
    with pytest.raises(WorkflowError, match="stage_incomplete") as refused, addresses():
        stages.close_stage(entry, by=counterpart, today=TODAY)

    asked = [item.what for item in refused.value.facts["missing"]]
    assert "Designar a las dos contrapartes técnicas" in asked
