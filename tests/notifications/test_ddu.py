import pytest

from cabildo.notifications import ddu

ORDER = ddu.Notification("12345678-5", "Respuesta", "Su carta", b"%PDF-", "carta.pdf", "answer:1")


def test_without_a_service_it_is_off_and_says_so() -> None:
    with pytest.raises(ddu.UnavailableError):
        ddu.notifier().notify(ORDER)

    assert ddu.notifier().is_on() is False


def test_the_same_act_is_notified_once() -> None:
    double = ddu.Double()

    first, second = double.notify(ORDER), double.notify(ORDER)

    assert (first, len(double.taken)) == (second, 1)


def test_a_registered_service_is_the_one_in_use(monkeypatch) -> None:
    monkeypatch.setattr(ddu, "_notifier", None)
    double = ddu.Double()

    ddu.register(double)

    assert ddu.notifier() is double
