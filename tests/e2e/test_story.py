"""The demonstration tells one cycle to its end and another under way, each thing on its day, and two other communes."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from cabildo.accounts.models import Municipality, User
from cabildo.accounts.scoping import in_municipality
from cabildo.audit.models import Entry
from cabildo.instruments.models import Evidence, Layer
from cabildo.plans.models import CorrectiveMeasure
from cabildo.plans.queries.tree import tree
from cabildo.quality import queries
from cabildo.quality.choices import Line, Stage
from cabildo.quality.models import Cycle, LevellingActivity
from cabildo.quality.queries import accreditation
from cabildo.quality.queries.improvement import plan_of
from cabildo.quality.queries.trainings import of_cycle
from cabildo.site import demo
from cabildo.site.demo import llano_verde, penas_blancas, quality_self_assessment
from cabildo.site.demo.people import official
from cabildo.workflow.processes import queries as processes
from e2e.conftest import LOGIN

DESK = "/m/puerto-claro/mesa/calidad/"
WORK = (  # who has each role of the programme, and a page of their work
    ("alcaldia", f"{DESK}2/"),
    ("calidad", f"{DESK}2/autoevaluacion/asignar/"),
    ("comite", f"{DESK}2/autoevaluacion/consenso/"),
    ("dideco", f"{DESK}mis-fichas/"),
    ("control", f"{DESK}1/implementacion/comparacion/"),
    ("consultora", f"{DESK}2/consultoria/visitas/3/tabla/"),
    ("valida1", f"{DESK}2/validacion/"),
    ("valida2", f"{DESK}2/validacion/"),
    ("profesional", f"{DESK}2/ingreso/apoyos/agregar/"),
    ("conduccion", "/a/subdere-demo/calidad/"),
    ("coordinacion", "/a/validador-demo/calidad/validadores/"),
    ("contraparte", "/m/llano-verde/mesa/calidad/1/linea/"),
    ("acreditacion", "/m/penas-blancas/mesa/calidad/1/acreditacion/puntos/declarar/"),
)


def stages(cycle: Cycle):
    return processes.stages_of(queries.run_of(cycle))


def entered(name: str) -> Client:
    browser = Client()
    browser.force_login(official(name), backend=LOGIN)
    return browser


def test_the_first_cycle_went_from_stage_to_stage_and_ended(commune) -> None:
    first = Cycle.objects.get(number=1)
    days = [day for stage in stages(first) for day in (stage.started_on, stage.ended_on)]

    assert days == sorted(days)
    assert len(days) == 2 * len(Stage)
    assert (days[0], first.closed_on) > (first.opened_on, days[-1])
    assert first.closed_on < timezone.localdate()


def test_what_can_never_be_changed_carries_the_day_on_which_it_was_done(commune) -> None:
    first = Cycle.objects.get(number=1)
    sent, validated = (
        next(stage for stage in stages(first) if stage.code == code)
        for code in (Stage.SELF_ASSESSMENT, Stage.VALIDATION)
    )
    layers = Layer.objects.filter(assessment=first.self_assessment)

    declared = timezone.localdate(layers.get(party="declared").sealed_at)
    agreed = timezone.localdate(layers.get(party="consensus").sealed_at)
    assert sent.started_on < declared <= sent.ended_on < agreed < validated.ended_on


def test_the_plan_was_carried_out_early_on_time_and_late(commune) -> None:
    activities = [branch.node for branch in tree(plan_of(Cycle.objects.get(number=1))).activities]
    slips = [(node.closed_on - node.ends_on).days for node in activities]

    assert min(slips) < 0 < max(slips)
    assert 0 in slips
    measures = CorrectiveMeasure.objects.filter(node__in=activities)
    assert measures.exists()
    assert not measures.filter(done_on=None).exists()


def test_the_second_brought_what_the_first_wrote_and_confirmed_half_of_it(commune) -> None:
    second = queries.open_cycle()
    sheets = second.self_assessment.sheets.all()

    assert [stage.code for stage in stages(second) if stage.started_on and not stage.ended_on] == [
        Stage.SELF_ASSESSMENT
    ]
    assert sheets.filter(written_at__isnull=False).count() == quality_self_assessment.WRITTEN
    assert sheets.exclude(agreed_at=None).count() == quality_self_assessment.AGREED
    assert not sheets.filter(text="").exists()
    assert (
        Evidence.objects.filter(assessment=second.self_assessment).exclude(carried_from=None).count() > len(sheets) / 2
    )


def test_each_role_has_an_account_that_opens_a_page_of_its_work(commune) -> None:
    """All in one: the demonstration is told anew for each test where a database cannot be copied."""
    answers = {(name, page): entered(name).get(page).status_code for name, page in WORK}

    assert set(answers.values()) == {200}, answers


def test_a_cycle_that_ended_keeps_its_own_consultancy_and_trainings(commune) -> None:
    first, second = Cycle.objects.order_by("number")
    reader = entered("control")

    assert [len(of_cycle(cycle)) for cycle in (first, second)] == [3, 1]
    assert "Contrato 31" in reader.get(f"{DESK}1/consultoria/").content.decode()
    assert "Contrato 58" in reader.get(f"{DESK}2/consultoria/").content.decode()


def test_the_second_commune_waits_to_repeat_its_diagnosis(commune) -> None:
    other = Municipality.objects.get(slug=llano_verde.SLUG)
    with in_municipality(other):
        cycle = queries.open_cycle()
        assert queries.standing_decision(cycle).line == Line.LEVELLING
        done = LevellingActivity.objects.filter(cycle=cycle).order_by("held_on").values_list("done_on", flat=True)
        assert [day is None for day in done] == [False, True]

    page = entered("conduccion").get("/a/subdere-demo/calidad/").content.decode()
    assert "Puerto Claro" in page
    assert other.name in page
    assert "emostración" in Client().get(f"/m/{other.slug}/").content.decode()


def test_the_third_commune_follows_the_accreditation_and_declared_the_points_of_its_services(commune) -> None:
    other = Municipality.objects.get(slug=penas_blancas.SLUG)
    with in_municipality(other):
        cycle = queries.open_cycle()
        found = accreditation.accreditation_of(cycle)
        assert [(one.code, one.state) for one in stages(cycle)][:2] == [
            ("compromiso", "closed"),
            ("autoevaluacion", "running"),
        ]
        assert (len(found.services), len(found.withdrawn), len(found.layers)) == (2, 1, 2)
        assert accreditation.verdict_of(found.declared, found.services).label == "Intermedio"

    page = entered("acreditacion").get(f"/m/{other.slug}/mesa/calidad/1/acreditacion/").content.decode()
    for words in ("Ferias libres", "Servicios que se retiraron", "Proceso de demostración, no oficial."):
        assert words in page
    assert "emostración" in Client().get(f"/m/{other.slug}/").content.decode()


def test_loading_it_again_changes_nothing(commune) -> None:
    known = (Entry.objects.count(), User.objects.count(), Cycle.objects.count())

    demo.load()

    assert (Entry.objects.count(), User.objects.count(), Cycle.objects.count()) == known


def test_nothing_is_told_of_days_to_come(commune) -> None:
    tomorrow = timezone.now() + timedelta(minutes=1)

    assert not Entry.objects.filter(at__gt=tomorrow).exists()
