import pytest
from django import forms
from lxml import html

from cabildo.ui.renderer import Problem, problems


class Intake(forms.Form):
    name = forms.CharField(label="Nombre", help_text="Como en su cédula.")
    phone = forms.CharField(label="Teléfono", required=False)
    kind = forms.ChoiceField(label="Clase", choices=[("a", "Consulta"), ("b", "Reclamo")], widget=forms.RadioSelect)
    area = forms.ChoiceField(label="Dirección", choices=[("", "—"), ("obras", "Obras")], required=False)
    agrees = forms.BooleanField(label="Acepto")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].show_when = "kind=b"


def page(form):
    return html.fromstring(f"<div>{form}</div>")


def one(tree, path: str):
    (found,) = tree.xpath(path)
    return found


def test_every_control_has_a_label_that_names_it() -> None:
    tree = page(Intake())

    for control in tree.xpath("//input|//select|//textarea"):
        assert one(tree, f"//label[@for='{control.get('id')}']").text_content().strip()


def test_what_is_not_required_says_so_in_words() -> None:
    tree = page(Intake())

    assert one(tree, "//label[@for='id_phone']").text_content().strip() == "Teléfono (opcional)"
    assert one(tree, "//label[@for='id_name']").text_content().strip() == "Nombre"


def test_help_stands_below_the_label_and_is_tied_to_the_control() -> None:
    tree = page(Intake())
    help_id = one(tree, "//input[@name='name']").get("aria-describedby")

    assert one(tree, f"//label[@for='id_name']/following-sibling::*[@id='{help_id}']").text == "Como en su cédula."


def test_an_error_is_tied_to_its_control_with_icon_and_word() -> None:
    tree = page(Intake({}))
    control = one(tree, "//input[@name='name']")
    error = one(tree, "//*[@id='id_name_error']")

    assert control.get("aria-invalid") == "true"
    assert control.get("aria-describedby").split() == ["id_name_helptext", "id_name_error"]
    assert "Error:" in error.text_content()
    assert error.xpath(".//*[local-name()='svg']")


def test_a_group_of_options_is_a_fieldset_with_its_legend_and_error() -> None:
    group = one(page(Intake({})), "//fieldset")

    assert one(group, "legend").text_content().strip() == "Clase"
    assert group.get("aria-describedby") == "id_kind_error"


def test_the_summary_links_every_error_to_a_place_that_exists() -> None:
    tree = page(Intake({}))
    links = tree.xpath("//div[contains(@class, 'error-summary')]//a/@href")

    assert links == ["#id_name", "#id_kind_0", "#id_agrees"]
    assert all(tree.xpath(f"//*[@id='{link[1:]}']") for link in links)


def test_an_empty_form_shows_no_summary() -> None:
    assert "error-summary" not in str(Intake())


@pytest.mark.parametrize(
    ("label", "said"), [("Correo", "Correo: Falta."), ("¿Qué pide?", "¿Qué pide? Falta."), ("", "Falta.")]
)
def test_a_label_that_asks_takes_no_colon_before_its_error(label, said) -> None:
    assert Problem("Falta.", "#id", label).sentence == said


def test_the_summary_says_which_field_is_meant() -> None:
    assert [problem.label for problem in problems(Intake({}))] == ["Nombre", "Clase", "Acepto"]


def test_controls_wear_the_classes_of_the_design_system() -> None:
    tree = page(Intake())

    assert one(tree, "//input[@name='name']").get("class") == "form-control"
    assert one(tree, "//select").get("class") == "form-select"
    assert {radio.get("class") for radio in tree.xpath("//input[@type='radio']")} == {"form-check-input"}


def test_a_class_of_its_own_is_kept() -> None:
    class Own(forms.Form):
        name = forms.CharField(widget=forms.TextInput(attrs={"class": "folio"}))

    assert one(page(Own()), "//input").get("class") == "form-control folio"


def test_a_question_that_depends_on_another_says_when_it_is_shown() -> None:
    question = one(page(Intake()), "//div[@data-show-when]")

    assert question.get("data-show-when") == "kind=b"
    assert question.xpath(".//input/@name") == ["phone"]


def test_general_errors_are_in_the_summary_without_link() -> None:
    form = Intake({"name": "Rosa", "kind": "a", "agrees": "on"})
    form.add_error(None, "Ya existe una solicitud igual.")

    assert [(problem.message, problem.target) for problem in problems(form)] == [("Ya existe una solicitud igual.", "")]


def test_a_formset_has_one_summary_for_all_its_forms() -> None:
    formset = forms.formset_factory(Intake, extra=2)(
        {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 2, "form-0-kind": "a", "form-1-kind": "a"}
    )
    tree = page(formset)

    assert len(tree.xpath("//div[contains(@class, 'error-summary')]")) == 1
    assert "#id_form-1-name" in tree.xpath("//a/@href")
