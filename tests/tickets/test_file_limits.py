"""What people are told a file may weigh is what the installation accepts."""

from types import SimpleNamespace

from cabildo.tickets.forms.imports import ImportFileForm
from cabildo.tickets.forms.portal import ContactForm

MEGABYTE = 1024 * 1024


def contact_form() -> ContactForm:
    asked = {"publishes_text": False, "is_reserved": False, "concerns_official": False}
    return ContactForm(category=SimpleNamespace(definition={"photo": "optional"}, **asked))


def test_the_portal_tells_the_limit_of_the_installation(settings) -> None:
    settings.DOCUMENTS_MAX_BYTES = {"evidence": 20 * MEGABYTE}

    assert contact_form().fields["photo"].help_text == "Hasta 20 MB."


def test_the_import_tells_its_own_limit(settings) -> None:
    settings.DOCUMENTS_MAX_BYTES = {"other": 3 * MEGABYTE}

    assert "hasta 3 MB" in ImportFileForm().fields["file"].help_text


def test_without_a_setting_both_say_ten_megabytes(settings) -> None:
    settings.DOCUMENTS_MAX_BYTES = {}

    assert "10 MB" in contact_form().fields["photo"].help_text
    assert "10 MB" in ImportFileForm().fields["file"].help_text
