import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cabildo.kit import run

VECTORS = [
    "12345678-5",
    "15509661-6",
    "12678579-8",
    "30686957-4",
    "11111111-1",
    "1000005-K",
    "5000001-K",
    "5000006-0",
    "20000000-5",
]


def refusal(text: str) -> str:
    with pytest.raises(run.InvalidRun) as caught:
        run.normalise(text)
    return caught.value.code


@pytest.mark.parametrize("vector", VECTORS)
def test_known_runs_are_valid_and_already_normal(vector):
    assert run.normalise(vector) == vector


@pytest.mark.parametrize("vector", VECTORS)
def test_only_the_right_check_digit_is_accepted(vector):
    number = vector[:-2]
    assert [digit for digit in "0123456789K" if run.is_valid(f"{number}-{digit}")] == [vector[-1]]


@pytest.mark.parametrize("number", [1000005, 5000001])
def test_a_remainder_of_ten_is_k_and_never_one(number):
    assert run.check_digit(number) == "K"
    assert refusal(f"{number}-1") == "run_check_digit"


def test_a_remainder_of_eleven_is_zero():
    assert run.check_digit(5000006) == "0"


@pytest.mark.parametrize(
    "written",
    [
        "12.345.678-5",
        "123456785",
        " 12 345 678 - 5 ",
        "12.345.678–5",
        "012345678-5",
        "12.345.678\u00a0-\u00a05",
        "12345678‐5",
    ],
)
def test_every_way_people_write_a_run_becomes_one(written):
    assert run.normalise(written) == "12345678-5"


@pytest.mark.parametrize("written", ["1000005-k", "1.000.005-K", "1000005K"])
def test_k_may_be_small_or_capital(written):
    assert run.normalise(written) == "1000005-K"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "run_empty"),
        (" .- ", "run_empty"),
        ("doce millones", "run_characters"),
        ("K", "run_characters"),
        ("5", "run_characters"),
        ("12K45678-5", "run_characters"),
        ("12.345.678-X", "run_characters"),
        ("١٢٣٤٥٦٧٨-5", "run_characters"),
        ("100000000-7", "run_too_long"),
        ("9" * 10_000, "run_too_long"),
        ("12345678-4", "run_check_digit"),
        ("12345687-5", "run_check_digit"),
        ("0-0", "run_check_digit"),
        ("000000000", "run_check_digit"),
    ],
)
def test_what_is_no_run_is_refused_with_its_reason(text, code):
    assert refusal(text) == code


def test_the_refusal_says_in_spanish_what_to_do_and_never_repeats_the_run():
    with pytest.raises(run.InvalidRun) as caught:
        run.normalise("12345678-4")
    assert caught.value.sentence == "El RUN no coincide con su dígito verificador. Revise los números."
    assert "12345678" not in repr(caught.value)


@pytest.mark.parametrize(
    ("stored", "shown"), [("12345678-5", "12.345.678-5"), ("1000005-K", "1.000.005-K"), ("999-3", "999-3")]
)
def test_a_run_is_shown_with_dots(stored, shown):
    assert run.pretty(stored) == shown


@settings(max_examples=50)
@given(st.integers(min_value=1, max_value=99_999_999))
def test_showing_and_reading_back_gives_the_same_run(number):
    stored = f"{number}-{run.check_digit(number)}"
    assert run.normalise(run.pretty(stored)) == stored


@settings(max_examples=30)
@given(st.integers(min_value=10_000_000, max_value=99_999_999), st.data())
def test_one_wrong_digit_is_always_caught(number, data):
    digits = str(number)
    place = data.draw(st.integers(1, 7))
    wrong = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != digits[place]]))
    assert not run.is_valid(f"{digits[:place]}{wrong}{digits[place + 1 :]}-{run.check_digit(number)}")
