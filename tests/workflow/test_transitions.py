import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cabildo.workflow.rules.errors import WorkflowError
from cabildo.workflow.rules.transitions import Machine, Transition

STATES = frozenset({"draft", "sent", "answered"})
SEND = Transition("send", frozenset({"draft"}), "sent", who="letters.send_letter")
ANSWER = Transition("answer", frozenset({"sent"}), "answered", reasons_required=True)
RETURN = Transition("return", frozenset({"sent", "answered"}), "draft")


def machine(*transitions, states=STATES) -> Machine:
    return Machine(states, transitions, initial="draft", final=frozenset({"answered"}))


LETTER = machine(SEND, ANSWER, RETURN)


def test_a_transition_leads_from_its_source_to_its_target():
    assert LETTER.apply("send", "draft") == "sent"
    assert LETTER.apply("answer", "sent", reason="Se entregó lo pedido") == "answered"


def test_allowed_lists_what_may_follow_in_the_order_written():
    assert LETTER.allowed("sent") == (ANSWER, RETURN)
    assert LETTER.allowed("nowhere") == ()


@pytest.mark.parametrize(
    ("name", "state", "reason", "code"),
    [
        ("burn", "draft", "", "transition_unknown"),
        ("answer", "draft", "x", "transition_not_allowed"),
        ("send", "nowhere", "", "transition_not_allowed"),
        ("answer", "sent", "", "reason_required"),
        ("answer", "sent", "  ", "reason_required"),
    ],
)
def test_a_step_the_process_does_not_allow_is_refused_in_spanish(name, state, reason, code):
    with pytest.raises(WorkflowError) as caught:
        LETTER.apply(name, state, reason=reason)
    assert caught.value.code == code
    assert name in caught.value.sentence


def test_a_sound_process_has_no_unreachable_and_no_dead_state():
    assert (LETTER.unreachable_states(), LETTER.dead_states()) == (frozenset(), frozenset())


def test_a_state_nothing_leads_to_is_found():
    assert machine(SEND, ANSWER, RETURN, states=STATES | {"lost"}).unreachable_states() == {"lost"}


def test_a_state_without_a_way_to_the_end_is_found():
    trap = Transition("lose", frozenset({"sent"}), "lost")
    loop = Transition("search", frozenset({"lost"}), "lost")
    assert machine(SEND, ANSWER, trap, loop, states=STATES | {"lost"}).dead_states() == {"lost"}


@pytest.mark.parametrize(
    "wrong", [Transition("lose", frozenset({"sent"}), "lost"), Transition("lose", frozenset({"lost"}), "sent")]
)
def test_a_transition_to_or_from_an_unknown_state_is_refused(wrong):
    with pytest.raises(ValueError, match="unknown states: "):
        machine(SEND, wrong)


def test_two_steps_of_one_name_may_not_leave_the_same_state():
    with pytest.raises(ValueError, match="one name"):
        machine(SEND, Transition("send", frozenset({"draft"}), "answered"))


def test_one_name_may_lead_elsewhere_from_another_state():
    again = Transition("send", frozenset({"answered"}), "answered")
    assert machine(SEND, ANSWER, again).apply("send", "answered") == "answered"


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde")), max_size=12))
def test_reachable_means_that_some_walk_arrives(arrows):
    steps = tuple(Transition(f"t{n}", frozenset({source}), target) for n, (source, target) in enumerate(arrows))
    process = Machine(frozenset("abcde"), steps, initial="a", final=frozenset("e"))
    arrived = {"a"}
    for _ in "abcde":
        arrived |= {step.target for state in arrived for step in process.allowed(state)}
    assert process.unreachable_states() == frozenset("abcde") - arrived
    assert ("e" in arrived) is ("a" not in process.dead_states())
