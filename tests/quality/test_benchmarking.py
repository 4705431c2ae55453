"""A municipality is compared only with those that agreed, and only while it agrees itself."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from cabildo.accounts.scoping import in_municipality
from cabildo.quality.actions.benchmarking import decide_sharing
from cabildo.quality.errors import QualityError
from cabildo.quality.models import BenchmarkConsent, Enrolment
from cabildo.quality.queries.benchmarking import consents_of, others_of
from cabildo.quality.rules.results import Turn
from conftest import make_member
from factories.assessment_models import model, publish_model
from factories.programme import agency, enrol, make_agency
from factories.results import agree, obtain, taking_part

__all__ = ["agency", "model", "publish_model"]
pytestmark = pytest.mark.django_db
HERE = "/m/puerto-claro/mesa/calidad/comparacion/"
SEVEN = [(score, score - 1) for score in (5, 5, 4, 4, 3, 3, 2)]


def text(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def enrolled(puerto_claro, agency, model) -> Enrolment:
    made = enrol(puerto_claro, agency)
    obtain(puerto_claro, model, 3, 2)
    return made


@pytest.fixture
def others(agency, model):
    return taking_part(agency, model, SEVEN)


def refusal(call, *values, **more) -> str:
    with pytest.raises(QualityError) as refused:
        call(*values, **more)
    return refused.value.code


def test_the_mayor_and_the_counterpart_decide_and_each_decision_stays_on_record(
    enrolled, alcaldesa, counterpart, as_user
) -> None:
    as_user(alcaldesa).post(f"{HERE}autorizar/", {"sharing": "named"})
    as_user(counterpart).post(f"{HERE}autorizar/", {"sharing": "nothing"})

    kept = [(one.sharing, one.by, one.replaces_id is None) for one in BenchmarkConsent.objects.all()]
    assert kept == [("named", alcaldesa, True), ("nothing", counterpart, False)]
    page = text(as_user(alcaldesa).get(HERE))
    assert page.index("Dejó de compararse") < page.index("Autorizó compararse con su nombre")


def test_a_decision_is_never_changed_nor_removed(enrolled, alcaldesa) -> None:
    made = decide_sharing(enrolled, sharing="named", by=alcaldesa)

    for change in (lambda: BenchmarkConsent.objects.update(sharing="nothing"), made.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_same_again_or_without_taking_part_is_refused(enrolled, alcaldesa) -> None:
    assert refusal(decide_sharing, enrolled, sharing="nothing", by=alcaldesa) == "sharing_same"
    decide_sharing(enrolled, sharing="named", by=alcaldesa)
    assert refusal(decide_sharing, enrolled, sharing="named", by=alcaldesa) == "sharing_same"

    Enrolment.objects.update(accepted_on=None, answered_by=None)
    assert refusal(decide_sharing, enrolled, sharing="nothing", by=alcaldesa) == "not_in_programme"


def test_what_was_agreed_with_one_programme_does_not_hold_in_another(enrolled, alcaldesa) -> None:
    decide_sharing(enrolled, sharing="named", by=alcaldesa)
    Enrolment.objects.update(agency=make_agency("otro", "Otro"))
    moved = Enrolment.objects.get()

    assert consents_of(moved.agency) == {}
    decide_sharing(moved, sharing="named", by=alcaldesa)
    assert list(consents_of(moved.agency)) == [moved.municipality_id]
    assert consents_of(enrolled.agency) == {}


@pytest.mark.parametrize(
    ("role", "statuses"),
    [
        ("mayor", [200, 200]),
        ("quality_counterpart", [200, 200]),
        ("quality_committee", [200, 403]),
        ("control_unit", [200, 403]),
        ("administrator", [403, 403]),
        ("consultant", [403, 403]),
        ("validator", [403, 403]),
        ("programme_professional", [403, 403]),
    ],
)
def test_who_compares_and_who_decides(role, statuses, enrolled, puerto_claro, as_user) -> None:
    browser = as_user(make_member("Alguien Más", puerto_claro, role))

    assert [browser.get(page).status_code for page in (HERE, f"{HERE}autorizar/")] == statuses


def test_without_its_own_consent_it_sees_nobody(enrolled, others, agency, alcaldesa, as_user) -> None:
    for place in others:
        agree(place, agency)

    page = text(as_user(alcaldesa).get(HERE))

    assert "La municipalidad no se compara" in page
    assert [place.name for place in others if place.name in page] == []


def test_names_are_told_only_between_those_that_gave_theirs(enrolled, others, agency, alcaldesa, as_user) -> None:
    for place in others:
        agree(place, agency)
    decide_sharing(enrolled, sharing="anonymous", by=alcaldesa)
    page = text(as_user(alcaldesa).get(HERE))
    assert "Las demás son 7 municipalidades" in page
    assert [place.name for place in others if place.name in page] == []

    decide_sharing(enrolled, sharing="named", by=alcaldesa)
    page = text(as_user(alcaldesa).get(HERE))
    assert [place.name in page for place in others] == [True] * 7


def test_who_withdraws_is_gone_at_once_and_who_never_agreed_was_never_there(
    enrolled, others, model, alcaldesa, as_user
) -> None:
    strangers = taking_part(enrolled.agency, model, SEVEN[:5])
    for place in others:
        agree(place, enrolled.agency)
    decide_sharing(enrolled, sharing="named", by=alcaldesa)
    agree(others[0], enrolled.agency, "nothing")

    page = text(as_user(alcaldesa).get(HERE))

    assert "Las demás son 6 municipalidades" in page
    assert [place.name in page for place in others] == [False] + [True] * 6
    assert [place.name for place in strangers if place.name in page] == []


def test_declared_and_validated_stand_beside_the_others_each_apart(
    enrolled, others, agency, alcaldesa, as_user
) -> None:
    for place in others:
        agree(place, agency)
    decide_sharing(enrolled, sharing="anonymous", by=alcaldesa)

    page = text(as_user(alcaldesa).get(HERE))

    assert page.index("Lo declarado: su municipalidad y las demás") < page.index("Lo validado: su municipalidad")
    for value in ("60,0", "80,0", "40,0"):  # its own and the medians: 3 of 5 against 4, then 2 of 5 against 3
        assert f">{value}</td>" in page


def test_the_page_says_that_names_are_kept_back(enrolled, others, agency, alcaldesa, as_user) -> None:
    for place in others[:4]:
        agree(place, agency)
    decide_sharing(enrolled, sharing="named", by=alcaldesa)

    page = text(as_user(alcaldesa).get(HERE))

    assert "No se muestran nombres" in page
    assert [place.name for place in others if place.name in page] == []


def test_the_page_is_a_paper_too(enrolled, others, agency, alcaldesa, as_user) -> None:
    for place in others:
        agree(place, agency)
    decide_sharing(enrolled, sharing="named", by=alcaldesa)

    assert as_user(alcaldesa).get(f"{HERE}?formato=pdf").content.startswith(b"%PDF")


def test_thirty_others_cost_as_many_queries_as_seven(enrolled, others, model, alcaldesa, as_user) -> None:
    decide_sharing(enrolled, sharing="named", by=alcaldesa)
    browser, costs = as_user(alcaldesa), []
    for some in (others, taking_part(enrolled.agency, model, SEVEN * 3)):
        for place in some:
            agree(place, enrolled.agency)
        with CaptureQueriesContext(connection) as asked:
            text(browser.get(HERE))
        costs.append(len(asked))

    assert costs[0] == costs[1]


OWN = 0


def compared(named: int, nameless: int, silent: int = 0, own: str = "named"):
    """With this many others of each kind; all of them declared."""
    ids = range(1, 1 + named + nameless)
    consents = {OWN: own} | {one: "named" if one <= named else "anonymous" for one in ids}
    turns = {one: Turn(one, 1, 2026, {"declared": {}}) for one in consents}
    everybody = {"declared": {*consents, *range(100, 100 + silent)}, "validated": set()}
    return others_of(OWN, consents, turns, everybody)


def test_fewer_than_five_others_show_nothing_of_all_of_them() -> None:
    assert compared(0, 4).counted == {}
    assert len(compared(0, 5).counted["declared"]) == 5


def test_a_few_nameless_do_not_enter_beside_names_that_would_tell_them() -> None:
    assert compared(6, 2).counted == {}
    assert len(compared(6, 5).counted["declared"]) == 11


def test_names_stay_back_while_they_would_tell_the_few_that_gave_none() -> None:
    assert compared(6, 2).named == frozenset()
    assert compared(6, 2).tells_others
    assert len(compared(6, 5).named) == 6


def test_the_few_that_did_not_agree_are_not_told_by_the_difference_to_all() -> None:
    assert compared(0, 7, silent=2).counted == {}
    assert len(compared(0, 7, silent=5).counted["declared"]) == 7


def test_another_municipality_never_opens_this_page(enrolled, otra_comuna, as_user) -> None:
    with in_municipality(otra_comuna):
        stranger = make_member("Alcaldesa Ajena", otra_comuna, "mayor")

    assert as_user(stranger).get(HERE).status_code == 403
