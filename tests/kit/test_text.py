import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cabildo.kit.text import fold, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Peñalolén,\t SÍ ", "penalolen, si"),
        ("Ñuñoa", "nunoa"),
        ("pingüino", "pinguino"),
        ("N\u0303un\u0303oa", "nunoa"),
        ("Calle\u00a0Uno\nsur", "calle uno sur"),
        ("STRASSE straße", "strasse strasse"),
        ("ℌ №", "h no"),
        ("", ""),
    ],
)
def test_texts_that_a_search_takes_for_equal_fold_to_the_same(text, folded):
    assert fold(text) == folded


def test_words_are_folded_and_without_punctuation():
    assert words("¿Dónde está el bache_grande? Av. O'Higgins 1.234, 3º") == (
        "donde",
        "esta",
        "el",
        "bache",
        "grande",
        "av",
        "o",
        "higgins",
        "1",
        "234",
        "3o",
    )


@settings(max_examples=200)
@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@settings(max_examples=50)
@given(st.text("áéíóúñÁÉÍÓÚÑabc "))
def test_capitals_make_no_difference(text):
    assert fold(text.upper()) == fold(text.lower()) == fold(text)
