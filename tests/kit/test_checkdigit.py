from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cabildo.kit import checkdigit

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
payloads = st.text(ALPHABET, min_size=1, max_size=16)


def test_the_published_example_of_the_standard_is_reproduced():
    assert checkdigit.append("A12425GABC1234002") == "A12425GABC1234002M"


def test_small_letters_are_read_as_capitals():
    assert checkdigit.is_valid("a12425gabc1234002m")


@pytest.mark.parametrize("text", ["", "A", "A12425GABC1234002N", "PC-26-1", "Ñ1"])
def test_what_carries_no_right_check_character_is_not_valid(text):
    assert not checkdigit.is_valid(text)


@pytest.mark.parametrize("payload", ["", "PC-26", "ÑANDU"])
def test_a_payload_outside_digits_and_letters_is_refused(payload):
    with pytest.raises(ValueError, match="digits and letters"):
        checkdigit.append(payload)


@settings(max_examples=50)
@given(payloads)
def test_what_was_appended_is_valid(payload):
    assert checkdigit.is_valid(checkdigit.append(payload))


@settings(max_examples=50)
@given(payloads, st.data())
def test_one_wrong_character_is_always_caught(payload, data):
    code = checkdigit.append(payload)
    place = data.draw(st.integers(0, len(code) - 1))
    wrong = data.draw(st.sampled_from([character for character in ALPHABET if character != code[place]]))
    assert not checkdigit.is_valid(code[:place] + wrong + code[place + 1 :])


def test_of_all_swaps_of_two_neighbours_at_most_one_in_six_hundred_goes_unseen():
    swaps = [(first, left + right, right + left) for first in ALPHABET for left, right in combinations(ALPHABET, 2)]
    unseen = sum(
        checkdigit.append(first + one)[-1] == checkdigit.append(first + other)[-1] for first, one, other in swaps
    )
    assert (unseen, len(swaps)) == (36, 22_680)


def test_swapped_neighbours_of_a_numeric_folio_are_nearly_always_caught():
    codes = [checkdigit.append(f"26{number:05}") for number in range(0, 3_000, 7)]
    swaps = [(code, place) for code in codes for place, (a, b) in enumerate(pairwise(code)) if a != b]
    unseen = [
        code
        for code, place in swaps
        if checkdigit.is_valid(code[:place] + code[place + 1] + code[place] + code[place + 2 :])
    ]
    assert len(unseen) / len(swaps) < 0.005
