"""What a step of a methodology says."""

import pytest

from cabildo.instruments.rules.methodologies import product_of


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ("Apruebe las fichas; producto: acta y carpeta.", ("Apruebe las fichas", "acta y carpeta.")),
        ("Hacer un taller. Producto: acta del taller.", ("Hacer un taller", "acta del taller.")),
        ("Revise el producto: que sirva.", ("Revise el producto: que sirva.", "")),
    ],
)
def test_the_product_stands_after_its_mark(step, told) -> None:
    assert product_of(step) == told
