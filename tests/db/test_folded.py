import pytest

from cabildo.db.folded import Folded, matching
from cabildo.kit.text import fold
from db.tables import Neighbour, Street

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tables")]
NAMES = ["Reunión de Ñuñoa", "PEÑALOLÉN", "Pasaje 50 %", "Avenida Ángel_Pino", "ﬁesta", "Reunio\u0301n partida"]


@pytest.fixture
def streets(db):
    return Street.objects.bulk_create(Street(name=name) for name in NAMES)


def found(text, *fields):
    return set(Street.objects.filter(matching(text, *fields or ("name",))).values_list("name", flat=True))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("reunion", {"Reunión de Ñuñoa", "Reunio\u0301n partida"}),
        ("NUNOA", {"Reunión de Ñuñoa"}),
        ("ñuñoa reunión", {"Reunión de Ñuñoa"}),
        ("peñalolen", {"PEÑALOLÉN"}),
        ("nalol", {"PEÑALOLÉN"}),
        ("fiesta", {"ﬁesta"}),
        ("reunion penalolen", set()),
    ],
)
def test_words_are_found_however_they_are_accented(streets, text, names):
    assert found(text) == names


@pytest.mark.parametrize("text", ["", "   ", "...", "¿?"])
def test_a_text_without_words_leaves_everything(streets, text):
    assert found(text) == set(NAMES)


def test_signs_of_the_database_are_no_wildcards(streets):
    assert found("%") == set(NAMES)
    assert found("ange_pino") == {"Avenida Ángel_Pino"}  # the sign parts two words


@pytest.mark.parametrize("name", NAMES)
def test_the_database_folds_as_python_does(streets, name):
    kept = Street.objects.annotate(folded=Folded("name")).get(name=name)
    assert kept.folded == fold(name)


def test_each_word_may_stand_in_another_field_even_of_a_row_that_is_not_there(streets):
    nunoa = streets[0]
    Neighbour.objects.create(street=nunoa, phone="1")
    Neighbour.objects.create(street=None, phone="2")
    rows = Neighbour.objects.filter(matching("nunoa", "street__name"))
    assert [one.street_id for one in rows] == [nunoa.pk]


def test_a_null_stays_null(streets):
    Neighbour.objects.create(street=None, phone="2")
    assert Neighbour.objects.annotate(folded=Folded("street__name")).get().folded is None
