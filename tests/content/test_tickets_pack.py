"""The category trees that ship, and what their checker refuses."""

from copy import deepcopy
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

from cabildo.content import register_kind
from cabildo.content.validation import read_folder
from cabildo.tickets import choices, packs

FOLDERS = sorted((Path(settings.CONTENT_DIR) / "tickets").glob("*/"))


@pytest.fixture(autouse=True)
def _tickets_kind(reglas) -> None:
    register_kind(packs.KIND)


@cache
def national_tree() -> dict:
    return read_folder(Path(settings.CONTENT_DIR) / "tickets" / "oirs-chile", "oirs-chile")[0]


@pytest.fixture
def body() -> dict:
    return deepcopy(national_tree())


def categories(body) -> list[dict]:
    return [category for _path, category in packs.categories_with_paths(body)]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_tree_that_ships_has_no_errors(folder):
    assert [str(error) for error in read_folder(folder, folder.name)[1]] == []


def test_the_national_tree_covers_what_a_municipality_attends(body):
    assert len(categories(body)) >= 60
    assert [group["order"] for group in sorted(body["groups"], key=lambda g: g["order"])] == list(
        range(1, len(body["groups"]) + 1)
    )


def test_the_words_of_the_pack_are_those_of_the_desk(body):
    assert {kind["id"] for kind in body["kinds"]} == set(choices.Kind.values)
    assert {reason["outcome"] for reason in body["reasons"]["closing"]} == set(choices.Outcome.values)
    assert {reason["id"] for reason in body["reasons"]["low_grade"]} == set(choices.LowGradeReason.values)
    assert {channel for protocol in body["protocols"] for channel in protocol["channels"]} <= set(
        choices.Channel.values
    )


def test_every_way_to_end_has_a_template_for_any_category(body):
    anything = {"groups": [], "categories": [], "kinds": []}
    general = {template["state"] for template in body["templates"] if template["applies_to"] == anything}

    assert general >= {"received", "derived", "waiting", "extended", "reopened", *choices.Outcome.values}


def test_every_term_names_its_norm_and_how_sure_we_are(body):
    terms = [kind["term"] for kind in body["kinds"]] + [r["term"] for r in body["redirects"] if r["term"]]

    assert all(term["source"]["norm"] and term["source"]["certainty"] for term in terms)
    assert {term["source"]["note"] != "" for term in terms} == {True}


def test_complaints_about_an_official_never_reach_the_person(body):
    (category,) = [category for category in categories(body) if category["id"] == "trato_funcionario"]

    assert (category["handling"], category["approval"], category["department"]) == ("excludes_person", True, "control")


def test_what_has_its_own_regime_is_recognised(body):
    assert {redirect["norm"].split(",")[0] for redirect in body["redirects"]} == {
        "Ley 20.285",
        "Ley 20.730",
        "Ley 21.719",
        "Ley 18.695",
    }
    assert {c["redirect"] for c in categories(body)} - {""} < {redirect["id"] for redirect in body["redirects"]}


def test_nothing_reserved_or_social_is_published(body):
    published = {c["id"] for c in categories(body) if any(c["public"].values())}
    reserved = {c["id"] for c in categories(body) if c["handling"] != "normal"}

    assert not published & reserved
    assert not published & {c["id"] for group in body["groups"] if group["id"] == "social" for c in group["categories"]}


def question(**more) -> dict:
    return {
        "id": "q",
        "label": "¿Q?",
        "help": "",
        "type": "text",
        "required": False,
        "options": [],
        "visible_if": None,
    } | more


def notice(**more) -> dict:
    return {"when": "always", "answer": None, "effect": "inform", "text": "Algo.", "contact": None} | more


YES_NO = [{"id": "si", "label": "Sí"}, {"id": "no", "label": "No"}]
CHOICE = question(id="c", type="single", options=YES_NO)
WRONG_CATEGORIES = [
    ({"department": "alcaldya"}, "department", "unknown_id"),
    ({"redirect": "nada"}, "redirect", "unknown_id"),
    ({"goal_days": 40}, "goal_days", "goal_over_term"),
    ({"handling": "reserved"}, "public.text", "reserved_public"),
    ({"location": "none"}, "duplicate_radius_m", "radius_without_location"),
    ({"questions": [question(), question()]}, "questions[1].id", "repeated_id"),
    ({"questions": [question(type="single")]}, "questions[0].options", "options_missing"),
    ({"questions": [question(options=YES_NO)]}, "questions[0].options", "options_unused"),
    (
        {"questions": [question(visible_if={"question": "x", "equals": "si"})]},
        "questions[0].visible_if.question",
        "unknown_id",
    ),
    (
        {"questions": [CHOICE, question(visible_if={"question": "c", "equals": "quizas"})]},
        "questions[1].visible_if.equals",
        "unknown_id",
    ),
    (
        {"questions": [CHOICE, question(visible_if={"question": "c", "in": ["si", "quizas"]})]},
        "questions[1].visible_if.in[1]",
        "unknown_id",
    ),
    ({"questions": [CHOICE, question(visible_if={"question": "c"})]}, "questions[1].visible_if", "condition_form"),
    (
        {"questions": [question(id="p"), question(visible_if={"question": "p", "equals": "si"})]},
        "questions[1].visible_if.question",
        "condition_type",
    ),
    (
        {"questions": [CHOICE | {"visible_if": {"question": "c", "equals": "si"}}]},
        "questions[0].visible_if.question",
        "cycle",
    ),
    ({"questions": [], "notices": [notice(text=" ")]}, "notices[0].text", "notice_text"),
    ({"questions": [], "notices": [notice(effect="stop")]}, "notices[0].contact", "notice_contact"),
    ({"questions": [], "notices": [notice(when="answer")]}, "notices[0].when", "notice_answer"),
]


@pytest.mark.parametrize(("change", "path", "code"), WRONG_CATEGORIES)
def test_a_wrong_category_is_refused_at_its_place(body, change, path, code):
    body["groups"][0]["categories"][0] |= {"notices": []} | change

    (problem,) = packs.check(body)

    words = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in problem.path[4:])
    assert (words.removeprefix("."), problem.code) == (path, code)
    assert problem.message
    assert problem.fix


def test_an_unknown_unit_proposes_the_nearest(body):
    body["groups"][0]["categories"][0]["department"] = "operacions"

    (problem,) = packs.check(body)

    assert problem.fix == "¿Quiso decir «operaciones»?"


def test_a_term_over_the_law_is_refused(body):
    body["kinds"][0]["term"]["days"] = 31

    assert [(p.path, p.code) for p in packs.check(body)] == [(("kinds", 0, "term", "days"), "term_over_law")]


def of_access(body) -> tuple[dict, dict]:
    """The subject of access to information, and its way."""
    (subject,) = [category for category in categories(body) if category["redirect"] == "acceso_informacion"]
    return subject, body["redirects"][0]


def test_a_goal_over_the_term_of_its_own_way_is_refused(body):
    of_access(body)[0]["goal_days"] = 21

    assert [problem.code for problem in packs.check(body)] == ["goal_over_term"]


def test_an_extension_in_other_days_than_its_term_is_refused(body):
    of_access(body)[1]["extension"]["unit"] = "corridos"

    assert [p.path for p in packs.check(body)] == [("redirects", 0, "extension", "unit")]


def test_the_terms_of_the_ways_that_subjects_belong_to_name_their_article(body):
    belonging = {category["redirect"] for category in categories(body)}
    terms = [way[name] for way in body["redirects"] if way["id"] in belonging for name in ("term", "extension")]

    assert {term["source"]["article"] for term in terms if term} == {
        "artículo 14",
        "artículo 11, texto de la Ley 21.719",
    }


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Hola, {nombre_completo}", "unknown_id"),
        ("Hola, {nombre", "placeholder_form"),
        ("Hola, {nombre!r}", "placeholder_form"),
        ("Hola, {nombre:>900000000}", "placeholder_form"),
        ("Hola, {nombre.__class__}", "unknown_id"),
    ],
)
def test_a_template_names_only_known_placeholders(body, text, code):
    body["templates"][0]["body"] = text

    assert [(p.path, p.code) for p in packs.check(body)] == [(("templates", 0, "body"), code)]


def test_two_categories_of_different_groups_cannot_share_an_id(body):
    body["groups"][1]["categories"][0]["id"] = body["groups"][0]["categories"][1]["id"]

    assert ("repeated_id", ("groups", 1, "categories", 0, "id")) in [(p.code, p.path) for p in packs.check(body)]


def test_units_that_depend_on_each_other_are_refused(body):
    by_id = {department["id"]: department for department in body["departments"]}
    by_id["alcaldia"]["parent"] = "administracion"

    assert {problem.code for problem in packs.check(body)} == {"cycle"}
    assert len(packs.check(body)) == 2


def test_only_a_norm_stops_the_legal_clock(body):
    body["reasons"]["pause"][1] |= {"stops": "legal_and_goal", "source": None}

    assert [problem.code for problem in packs.check(body)] == ["pause_without_norm"]


def test_a_scope_names_what_exists(body):
    body["protocols"][0]["applies_to"]["groups"] = ["alumbrados"]

    (problem,) = packs.check(body)
    assert (problem.path, problem.fix) == (("protocols", 0, "applies_to", "groups", 0), "¿Quiso decir «alumbrado»?")


def test_the_manual_names_every_placeholder():
    manual = (Path(settings.CONTENT_DIR) / "README.md").read_text(encoding="utf-8")

    assert [name for name in packs.PLACEHOLDERS if f"`{{{name}}}`" not in manual] == []
