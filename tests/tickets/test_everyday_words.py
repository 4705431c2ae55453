"""«¿Qué necesita? Escríbalo con sus palabras»: sentences of neighbours find their subject in the shipped tree."""

from pathlib import Path

import pytest
from django.conf import settings

from cabildo import audit
from cabildo.content import actions as packs
from cabildo.content.packs import load_directory
from cabildo.content.queries import pack_named, version_of
from cabildo.tickets.rules import everyday_words

CHOOSE = "/m/puerto-claro/solicitudes/nueva/"


@pytest.fixture
def ask(puerto_claro, client):
    """What the first page of the portal finds for a sentence, with the shipped tree in use."""
    load_directory(Path(settings.CONTENT_DIR) / "tickets")
    version = version_of(pack_named("tickets", "oirs-chile"))
    packs.adopt(municipality=puerto_claro, version=version, follows_updates=True, by=audit.SYSTEM)
    return lambda words: client.get(CHOOSE, {"q": words})


SENTENCES = {
    "foco quemado en mi calle": "luminaria_apagada",
    "hay un hoyo grande frente a mi casa": "bache",
    "hoy no pasó el camión de la basura": "basura_no_retirada",
    "quiero renovar mi carnet de conducir": "licencia_conducir",
    "se cayó un árbol en la plaza": "arbol_peligroso",
    "mi vecino mete mucho ruido en la noche con música": "ruidos_molestos",
    "ya no hay luces en toda la cuadra": "sector_sin_luz",
    "¿Dónde pago el permiso de circulación?": "permiso_circulacion",
    "necesito hora en el consultorio para mi mamá": "hora_salud",
    "El SEMÁFORO de la esquina no funciona": "semaforo",
    "me botaron basura y colchones en el pasaje": "retiro_voluminosos",
    "un funcionario me trató pésimo": "trato_funcionario",
}


def test_sentences_of_neighbours_find_their_subject_first(ask) -> None:
    first = {words: [found.code for found in ask(words).context["found"]][:1] for words in SENTENCES}

    assert first == {words: [code] for words, code in SENTENCES.items()}


def test_what_belongs_to_another_regime_is_recognised(ask) -> None:
    page = ask("quiero saber cuánto gana el alcalde")

    assert [way.id for way in page.context["redirects"]] == ["acceso_informacion"]
    assert "Ley 20.285" in page.content.decode()


def test_words_of_no_subject_lead_to_other_matters(ask) -> None:
    page = ask("xilófono desafinado")

    assert page.context["found"] == []
    assert f'<a href="{CHOOSE}otra/">Otra cosa</a>' in page.content.decode()
    assert "No encontramos una materia con esas palabras" in page.content.decode()


def test_however_many_words_and_subjects_the_questions_are_the_same(ask, django_assert_max_num_queries) -> None:
    ask("foco")
    for words in ("foco", " ".join(SENTENCES)[:100]):
        with django_assert_max_num_queries(7):
            ask(words)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("foco", "focos"),
        ("luz", "luces"),
        ("camion", "camiones"),
        ("apagado", "apagar"),
        ("arbol", "arboles"),
        ("poda", "podar"),
    ],
)
def test_one_and_many_thing_and_deed_share_their_stem(one, other) -> None:
    assert everyday_words.stem(one) == everyday_words.stem(other)


def test_a_word_alone_that_says_nothing_is_still_looked_for() -> None:
    assert everyday_words.telling("mi calle") == {"mi", "calle"}
    assert everyday_words.telling("hoyo en mi calle") == {"hoyo"}
    assert everyday_words.best("", {"hole": everyday_words.Described("Hoyo")}) == []
