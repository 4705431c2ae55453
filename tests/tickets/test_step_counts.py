"""The form of the portal says how many steps there are: three where the subject asks for no place."""

import pytest

NEW = "/m/puerto-claro/solicitudes/nueva/"
ASKED = {"kind": "reclamo", "text": "El poste frente a mi casa está apagado."}


@pytest.mark.parametrize(("place", "steps", "last"), [("none", 3, "Paso 3 de 3"), ("optional", 4, "Paso 3 de 4")])
def test_the_steps_are_counted_as_the_subject_has_them(client, categories, place, steps, last) -> None:
    lamp = categories["lamp"]
    lamp.definition = {**lamp.definition, "location": place}
    lamp.save()
    address = f"{NEW}luminaria/"
    second = client.get(address).content.decode()
    third = client.post(address, ASKED, follow=True).content.decode()

    assert f"Paso 2 de {steps}" in second
    assert last in third
