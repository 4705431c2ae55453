"""A closed acta becomes a paper that can be checked, and is signed by account, on paper or inside the PDF."""

import pytest
from django.core.files.base import ContentFile
from tests.documents.samples import words_in
from tests.meetings.conftest import DAY, TEN

from cabildo.documents import engine_signatures
from cabildo.documents.queries import content_of
from cabildo.meetings import tasks
from cabildo.meetings.actions import agreements, minutes, signing
from cabildo.meetings.errors import MeetingsError
from cabildo.meetings.models import Acta, Attendance
from cabildo.meetings.queries.signing import paper_of, reference, still_to_sign


def text_of(acta: Acta) -> str:
    return " ".join(words_in(content_of(paper_of(acta).document)).split())


def seat(acta: Acta, name: str) -> Attendance:
    return next(person for person in acta.meeting.attendances.all() if person.full_name == name)


def test_the_paper_is_made_after_closing_and_says_everything(held, sonia, obras, run_jobs) -> None:
    agreements.agree(held, what="Limpiar los canales", due_on=DAY, department=obras, by=sonia)
    item = held.items.first()
    minutes.write_minute(item, {"dissent": "Rosa Pérez pide más plazo."}, base=0, by=sonia)
    acta = minutes.close_minutes(held, at=TEN, by=sonia)
    run_jobs()

    words = text_of(acta)
    for said in (
        "Comité de Emergencias",
        "1. Plan de invierno",
        "Se trató Varios.",
        "Limpiar los canales",
        "3 nov 2026",
    ):
        assert said in words
    for said in ("Hubo quórum: 3 de 4", "Rosa Pérez pide más plazo.", "Junta de vecinos 4", "Código de verificación"):
        assert said in words


def test_the_paper_is_made_once(acta) -> None:
    assert signing.write_acta(acta) == signing.write_acta(acta)
    assert paper_of(acta).number == reference(acta) == "ACTA R-2026-0001 v1"


def test_what_was_interrupted_is_made_later(acta) -> None:
    assert paper_of(acta) is None

    tasks.write_missing.func()

    assert paper_of(acta) is not None


def test_chair_and_secretary_sign_and_the_paper_says_so(acta, held, alcaldesa, sonia) -> None:
    first = signing.write_acta(acta)
    signing.sign(acta, seat(acta, "Ana Reyes"), method="account", by=alcaldesa)
    people = list(acta.meeting.attendances.filter(came=True))
    assert [person.full_name for person in still_to_sign(acta, people)] == ["Sonia Tapia"]

    signing.sign(acta, seat(acta, "Sonia Tapia"), method="account", by=sonia)

    acta.refresh_from_db()
    held.refresh_from_db()
    assert (acta.state, held.state) == ("signed", "signed")
    tasks.write_paper.func(acta.pk)
    first.refresh_from_db()
    assert first.annulled_at is not None
    assert "Firmó en la plataforma con su cuenta" in text_of(acta)
    assert signing.write_acta(acta) == paper_of(acta)


@pytest.mark.parametrize(
    ("name", "method", "code"),
    [
        ("Diego Soto", "paper", "did_not_come"),
        ("Ana Reyes", "account", "not_yours_to_sign"),
        ("Rosa Pérez", "account", "not_yours_to_sign"),
    ],
)
def test_a_signature_that_is_not_one_is_refused(name, method, code, acta, sonia) -> None:
    with pytest.raises(MeetingsError) as refused:
        signing.sign(acta, seat(acta, name), method=method, by=sonia)

    assert refused.value.code == code


def test_nobody_signs_twice(acta, sonia) -> None:
    signing.sign(acta, seat(acta, "Rosa Pérez"), method="paper", by=sonia)

    with pytest.raises(MeetingsError) as refused:
        signing.sign(acta, seat(acta, "Rosa Pérez"), method="paper", by=sonia)

    assert (refused.value.code, refused.value.facts["name"]) == ("already_signed", "Rosa Pérez")


def test_the_pdf_signed_electronically_takes_the_place_of_the_paper(acta, sonia) -> None:
    before = signing.write_acta(acta)
    signing.prepare_copy(acta, by=sonia)
    identity = engine_signatures.self_made_identity("Ana Reyes")
    signed = engine_signatures.sign_pdf(signing.hand_out_copy(acta, by=sonia), identity)
    signers = [seat(acta, "Ana Reyes"), seat(acta, "Sonia Tapia")]

    sealed = signing.take_signed_copy(acta, ContentFile(signed, name="a.pdf"), signers, by=sonia)

    before.refresh_from_db()
    acta.refresh_from_db()
    assert (paper_of(acta), sealed.signer, acta.state) == (sealed, "Ana Reyes", "signed")
    assert before.annulled_at is not None
    assert signing.write_acta(acta) == sealed


def test_another_pdf_is_not_taken_and_nobody_has_signed(acta, sonia) -> None:
    signing.prepare_copy(acta, by=sonia)
    signing.hand_out_copy(acta, by=sonia)
    other = engine_signatures.sign_pdf(
        signing.composition.pdf(acta, "AAAA-BBBB-CCCC"), engine_signatures.self_made_identity("Ana Reyes")
    )

    with pytest.raises(Exception, match="not_handed_out"):
        signing.take_signed_copy(acta, ContentFile(other), [seat(acta, "Ana Reyes")], by=sonia)

    assert acta.signatures.count() == 0


def test_a_corrected_acta_no_longer_verifies_and_its_job_does_nothing(acta, held, sonia) -> None:
    paper = signing.write_acta(acta)

    minutes.reopen(held, reason="Faltó un nombre.", by=sonia)

    paper.refresh_from_db()
    assert paper.annulled_at is not None
    tasks.write_paper.func(acta.pk)
    assert paper_of(acta) is None


def test_a_correction_says_on_paper_what_it_corrects(acta, held, sonia) -> None:
    minutes.reopen(held, reason="Faltó un nombre.", by=sonia)
    new = minutes.close_minutes(held, at=TEN, by=sonia)

    signing.write_acta(new)

    assert "Rectificación. Esta versión reemplaza a la anterior. Faltó un nombre." in " ".join(text_of(new).split())


def test_the_acta_as_word_says_the_same_and_carries_no_code(acta, sonia, as_user) -> None:
    from io import BytesIO

    from docx import Document

    answer = as_user(sonia).get(f"/m/puerto-claro/mesa/reuniones/actas/{acta.pk}/word/")

    said = [line.text for line in Document(BytesIO(answer.content)).paragraphs]
    assert type(answer["Content-Type"]) is str  # a server may refuse what only behaves like one
    assert "Se trató Plan de invierno." in said
    assert not [line for line in said if "Código de verificación" in line]
