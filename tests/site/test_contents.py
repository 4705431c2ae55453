"""What a municipality adopts: on its page and by command, who may, and that its quality programme can begin."""

from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cabildo import audit
from cabildo.accounts.actions import grant_role, save_official
from cabildo.accounts.models import Municipality, User
from cabildo.accounts.scoping import in_municipality
from cabildo.content import actions, queries
from cabildo.content.kinds import find_kind, kind_names, register_kind
from cabildo.content.models import Adoption, PackVersion
from cabildo.content.packs import load_directory
from cabildo.site import cli
from cabildo.tickets.choices import TicketPermission
from factories.questionnaires import publish_questionnaire, questionnaire
from factories.sheets import wide_model

__all__ = ["publish_questionnaire", "questionnaire", "wide_model"]
PAGE = "/m/puerto-claro/mesa/puesta-en-marcha/contenidos/"
CAF = "assessment_models/caf-2020-demo"


@pytest.fixture
def desk(as_user, admin):
    return as_user(admin)


def run(*words: str):
    return CliRunner().invoke(cli.collect(), words)


def used() -> list[tuple[str, int, bool]]:
    found = Adoption.objects.filter(ended_at=None).select_related("pack", "version").order_by("pack__slug")
    return [(str(one.pack), one.version.version, one.follows_updates) for one in found]


def next_version(version: PackVersion, changes: str) -> PackVersion:
    body = deepcopy(version.body)
    body["pack"] |= {"version": version.version + 1, "changelog": [{"version": 2, "changes": changes}]}
    return actions.publish(body=body, by=audit.SYSTEM).version


@pytest.fixture
def nueva(db) -> Municipality:
    """Made by command, with the contents of the programme loaded and none of them in use."""
    for one in (CAF, "questionnaires/gestion-municipal-demo", "processes/mejoramiento-progresivo"):
        load_directory(Path(settings.CONTENT_DIR) / one)
    words = ("--slug", "nueva", "--name", "Municipalidad Nueva", "--open")
    admin = ("--admin-email", "ada@nueva.cl", "--admin-name", "Ada Pino")
    assert run("municipality", "create", *words, *admin).exit_code == 0
    return Municipality.objects.get(slug="nueva")


def test_a_municipality_made_by_command_adopts_in_the_browser_and_reaches_the_self_assessment(nueva, as_user) -> None:
    with in_municipality(nueva):
        pia, _created = save_official(email="pia@nueva.cl", full_name="Pía Lara", by=audit.SYSTEM)
        grant_role(user=pia, role="quality_counterpart", starts_on=timezone.localdate(), by=audit.SYSTEM)
        admin, lead = as_user(User.objects.get(email="ada@nueva.cl")), as_user(pia)
    here = "/m/nueva/mesa/"
    for pack in ("questionnaires/gestion-municipal-demo", CAF):
        admin.post(f"{here}puesta-en-marcha/contenidos/adoptar/", {"paquete": pack, "seguir": "1"})
    lead.post(f"{here}calidad/comenzar/")
    stage = f"{here}calidad/1/autoevaluacion/"
    model = queries.version_of(queries.pack_told(CAF))
    lead.post(f"{stage}comenzar/", {"start": f"{model.pk}:single"})

    assert "CAF 2020" in lead.get(stage).content.decode()


def test_every_kind_that_is_adopted_is_on_the_page_and_no_other(desk, questionnaire, wide_model) -> None:
    titles = [str(one.title) for one in desk.get(PAGE).context["sections"]]
    not_adopted = {name for name in kind_names() if find_kind(name).adoptable is None}

    assert titles == [
        "Árbol de categorías",
        "Cuestionarios de diagnóstico",
        "Modelos de autoevaluación",
        "Reglas de niveles de acreditación",
    ]
    assert not_adopted == {"indicators", "model_mappings", "processes"}


def test_what_it_follows_and_its_version_change_on_the_page(desk, wide_model) -> None:
    told = {"paquete": str(wide_model.pack), "version": "1"}
    desk.post(PAGE + "adoptar/", told)
    assert used() == [(str(wide_model.pack), 1, False)]
    next_version(wide_model, "Se aclara una pregunta.")
    assert "versión 2: Se aclara una pregunta." in desk.get(PAGE).content.decode()
    desk.post(PAGE + "adoptar/", told | {"version": "2", "seguir": "1"})

    assert used() == [(str(wide_model.pack), 2, True)]


def test_a_model_is_left_and_a_questionnaire_is_only_changed_for_another(desk, wide_model, questionnaire) -> None:
    for version in (wide_model, questionnaire):
        desk.post(PAGE + "adoptar/", {"paquete": str(version.pack)})
    desk.post(PAGE + "dejar/", {"paquete": str(wide_model.pack)})
    refused = desk.post(PAGE + "dejar/", {"paquete": str(questionnaire.pack)}, follow=True).content.decode()

    assert used() == [(str(questionnaire.pack), 1, False)]
    assert "siempre hay un paquete en uso" in refused


def test_another_questionnaire_takes_the_place_of_the_one_in_use(desk, questionnaire) -> None:
    body = deepcopy(questionnaire.body)
    body["pack"]["id"] = "questionnaires/otro"
    actions.publish(body=body, by=audit.SYSTEM)
    for pack in (str(questionnaire.pack), "questionnaires/otro"):
        desk.post(PAGE + "adoptar/", {"paquete": pack})

    assert used() == [("questionnaires/otro", 1, False)]


def test_whoever_may_not_is_refused_and_nothing_is_in_use(as_user, diego, questionnaire) -> None:
    refused = as_user(diego).post(PAGE + "adoptar/", {"paquete": str(questionnaire.pack)})
    assert (refused.status_code, used()) == (403, [])


def test_a_kind_asks_for_its_own_permission(monkeypatch, as_user, admin, wide_model) -> None:
    kind = find_kind("assessment_models")
    register_kind(replace(kind, adoptable=replace(kind.adoptable, permission=TicketPermission.PROTECT_DATA)))
    try:
        page = as_user(admin).get(PAGE).content.decode()
        refused = as_user(admin).post(PAGE + "adoptar/", {"paquete": str(wide_model.pack)})
    finally:
        register_kind(kind)

    assert ("Lo adopta: Protección de datos personales." in page, refused.status_code, used()) == (True, 403, [])


def test_the_page_asks_as_often_for_one_pack_as_for_three(desk, wide_model) -> None:
    def queries_of() -> int:
        desk.get(PAGE)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            desk.get(PAGE)
        return len(asked)

    with_one = queries_of()
    for name in ("dos", "tres"):
        body = deepcopy(wide_model.body)
        body["pack"]["id"] = f"assessment_models/{name}"
        actions.publish(body=body, by=audit.SYSTEM)

    assert queries_of() == with_one


def test_the_command_adopts_any_kind_and_may_stay_at_a_version(puerto_claro, wide_model) -> None:
    name = str(wide_model.pack)
    assert run("content", "adopt", name, "--municipality", "puerto-claro", "--stay").exit_code == 0
    assert used() == [(name, 1, False)]


@pytest.mark.parametrize(
    ("pack", "said"),
    [
        ("assessment_models/nada", "No existe el paquete"),
        ("processes/mejoramiento-progresivo", "no se adopta"),
        ("ambos", "Escriba también su tipo"),
    ],
)
def test_the_command_refuses_what_it_cannot_adopt(puerto_claro, questionnaire, wide_model, pack, said) -> None:
    load_directory(Path(settings.CONTENT_DIR) / "processes" / "mejoramiento-progresivo")
    for kind, version in (("questionnaires", questionnaire), ("assessment_models", wide_model)):
        body = deepcopy(version.body)
        body["pack"]["id"] = f"{kind}/ambos"
        actions.publish(body=body, by=audit.SYSTEM)
    done = run("content", "adopt", pack, "--municipality", "puerto-claro")

    assert (done.exit_code, done.stdout, said in done.stderr, used()) == (2, "", True, [])


def test_a_municipality_is_made_with_contents_of_several_kinds(questionnaire, wide_model) -> None:
    packs = ["--adopt", str(questionnaire.pack), "--adopt", wide_model.pack.slug]  # its kind may be left out
    assert run("municipality", "create", "--slug", "otra", "--name", "Otra", *packs).exit_code == 0
    with in_municipality(Municipality.objects.get(slug="otra")):
        assert {name for name, _number, _follows in used()} == {str(questionnaire.pack), str(wide_model.pack)}
