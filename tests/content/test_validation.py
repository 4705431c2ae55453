import pytest

from cabildo.content.validation import digest, read_folder, validate


def errors_of(folder):
    return [(e.file, e.line, e.path, e.code) for e in read_folder(folder, "reglas/simple")[1]]


def test_a_sound_pack_has_no_errors_and_its_defaults(write_pack):
    body, errors = read_folder(write_pack(), "reglas/simple")

    assert errors == []
    assert body["rules"][0] == {"id": "uno", "days": 10, "unit": "habiles"}
    assert body["pack"]["changelog"] == []


def test_an_unknown_field_proposes_the_nearest(write_pack):
    (error,) = read_folder(write_pack(rules="- id: uno\n  days: 3\n  unidad: habiles\n"), "reglas/simple")[1]

    assert (error.file, error.line, error.path) == ("reglas/simple/rules.yaml", 3, "rules[0].unidad")
    assert "days, id, unit" in error.fix or "«unit»" in error.fix


@pytest.mark.parametrize(
    ("rules", "line", "path", "code"),
    [
        ("- id: uno\n", 1, "rules[0]", "missing"),
        ("- id: uno\n  days: diez\n", 2, "rules[0].days", "type"),
        ("- id: uno\n  days: 0\n", 2, "rules[0].days", "minimum"),
        ("- id: uno\n  days: 3\n  unit: habil\n", 3, "rules[0].unit", "choice"),
        ("- id: uno\n  days: 31\n", 2, "rules[0].days", "too_long"),
    ],
)
def test_every_error_names_file_line_and_path(write_pack, rules, line, path, code):
    assert errors_of(write_pack(rules=rules)) == [("reglas/simple/rules.yaml", line, path, code)]


def test_the_checker_waits_until_the_form_is_right(write_pack):
    codes = [code for *_place, code in errors_of(write_pack(rules="- id: uno\n  days: 31\n- id: dos\n"))]

    assert codes == ["missing"]


def test_a_file_of_a_folder_is_an_item_named_by_its_file(write_pack):
    body, errors = read_folder(write_pack(beta="id: beta\n", alfa="id: alfa\n"), "reglas/simple")

    assert errors == []
    assert [chapter["id"] for chapter in body["chapters"]] == ["alfa", "beta"]


def test_a_file_whose_id_differs_from_its_name_is_refused(write_pack):
    folder = write_pack(beta="text: hola\nid: gama\n")

    assert errors_of(folder) == [("reglas/simple/capitulos/beta.yaml", 2, "id", "id_not_file")]


def test_errors_inside_a_folder_are_told_from_their_own_file(write_pack):
    folder = write_pack(beta="id: beta\ntext: 5\n")

    assert errors_of(folder) == [("reglas/simple/capitulos/beta.yaml", 2, "text", "type")]


def test_a_file_without_a_place_is_refused(write_pack):
    folder = write_pack()
    (folder / "otra").mkdir()
    (folder / "otra" / "x.yaml").write_text("a: 1", encoding="utf-8")

    assert [code for *_place, code in errors_of(folder)] == ["file_unknown"]


def test_a_link_out_of_the_folder_is_not_read(write_pack, tmp_path):
    secret = tmp_path / "secret.yaml"
    secret.write_text("clave: secreta", encoding="utf-8")
    folder = write_pack()
    (folder / "secret.yaml").symlink_to(secret)

    assert errors_of(folder) == []


@pytest.mark.parametrize(
    ("change", "path", "code"),
    [
        (("kind: reglas", "kind: regla"), "kind", "kind_unknown"),
        (("id: reglas/simple", "id: otros/simple"), "id", "id_not_kind"),
        (("id: reglas/simple", "id: reglas/otro"), "id", "id_not_folder"),
        (("version: 1", "version: uno"), "version", "type"),
        (("2026-01-01", "2026-02-31"), "valid_from", "date"),
        (("2026-01-01", "enero"), "valid_from", "pattern"),
        (("licence:", "license:"), "license", "unknown_key"),
    ],
)
def test_the_header_is_checked_too(write_pack, change, path, code):
    folder = write_pack()
    header = folder / "pack.yaml"
    header.write_text(header.read_text(encoding="utf-8").replace(*change), encoding="utf-8")

    assert (path, code) in [(shown, found) for _file, _line, shown, found in errors_of(folder)]


def test_a_folder_without_header_is_refused(tmp_path):
    assert [code for *_place, code in errors_of(tmp_path)] == ["header_missing"]


def test_the_digest_ignores_the_order_of_fields_and_of_folder_items(write_pack):
    body, _errors = read_folder(write_pack(beta="id: beta\n", alfa="id: alfa\n"), "x")
    turned = {key: body[key] for key in reversed(body)} | {"chapters": body["chapters"][::-1]}

    assert digest(validate(turned)[0]) == digest(body)


def test_checking_leaves_what_was_given_untouched(write_pack):
    given = {"pack": {"kind": "reglas"}, "rules": [{"id": "uno"}]}

    validate(given)

    assert given == {"pack": {"kind": "reglas"}, "rules": [{"id": "uno"}]}


@pytest.mark.parametrize("body", [{}, {"pack": []}, {"pack": {"kind": 3}}])
def test_a_body_without_a_kind_is_one_problem(body):
    assert [problem.code for problem in validate(body)[1]] == ["kind_unknown"]
