import pytest

from cabildo.content.reader import MAX_FILE_BYTES, read_file


def read(text: str):
    return read_file("a.yaml", text.encode())


def codes(text: str) -> list[str]:
    return [error.code for error in read(text).errors]


def test_every_value_remembers_its_line():
    file = read("groups:\n  - id: uno\n    days: 3\n  - id: dos\n")

    assert file.value == {"groups": [{"id": "uno", "days": 3}, {"id": "dos"}]}
    assert file.lines[("groups", 0, "days")] == 3
    assert file.lines[("groups", 1)] == 4


@pytest.mark.parametrize("text", ["no", "on", "yes", "2026-11-21", "08:30", "010", "1e3", "0x1F", "1_000", ".inf"])
def test_what_yaml_would_guess_stays_a_text(text):
    assert read(f"a: {text}").value == {"a": text}


@pytest.mark.parametrize(
    ("text", "value"), [("true", True), ("null", None), ("-7", -7), ("0.5", 0.5), ("", None), ('"5"', "5")]
)
def test_what_json_has_is_read_as_such(text, value):
    assert read(f"a: {text}").value == {"a": value}


def test_a_repeated_field_names_both_lines():
    (error,) = read("a: 1\nb: 2\na: 3\n").errors

    assert (error.line, error.path, error.code) == (3, "a", "duplicate_key")
    assert "línea 1" in error.message


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: &x [1]\nb: *x", "alias"),
        ("a: !!python/object/apply:os.system ['ls']", "tag"),
        ("a: !!binary aGk=", "tag"),
        ("a: [1, 2", "syntax"),
        ("a: 1\n--- \nb: 2", "syntax"),
        ("1: uno", "key_type"),
        ('a: "\\0"', "null_character"),
        ("", "empty"),
        ("[" * 40 + "]" * 40, "too_deep"),
        ("a: " + "9" * 5000, "value"),
    ],
)
def test_tricks_and_mistakes_are_refused_by_name(text, code):
    assert codes(text) == [code]


def test_endless_nesting_is_refused_without_crashing():
    assert codes("[" * 20_000)[0] in {"syntax", "too_deep"}


def test_a_billion_laughs_is_refused_and_small():
    laughs = "a: &a [x,x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)},*{chr(97 + i)}]\n" for i in range(20)
    )

    assert set(codes(laughs)) == {"alias"}


def test_a_file_too_large_is_not_parsed():
    assert codes("#" * (MAX_FILE_BYTES + 1)) == ["too_large"]


def test_a_file_in_another_encoding_is_refused():
    assert [e.code for e in read_file("a.yaml", "a: ñandú".encode("latin-1")).errors] == ["encoding"]


def test_an_error_reads_as_a_sentence_with_its_place():
    (error,) = read("a: 1\na: 2\n").errors

    assert str(error) == "a.yaml:2 · a: El campo «a» está repetido; ya aparece en la línea 1. Deje uno solo de los dos."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a:\n\tb: 1", "tabulador"),
        ("a: 'x", "comillas"),
        ('a: "\\q"', "comillas"),
        ("a: b: c", "dos puntos donde no van"),
        ("a: [1, 2", "corchete"),
        ("a: {b: 1", "llave"),
        ("- a\n- b\nc: 1", "sangría"),
        ("? a\n: b\n]", "sangría"),
        ("key: - a", "guión"),
        ("a: |x\n b", "varias líneas"),
        ("a: *x", "asterisco"),
        ("a: 1\n---\nb: 2", "más de un documento"),
        ("a: \x07", "invisible"),
        ("a: !!foo x\n&b", "faltan los dos puntos"),
        ("%YAML 9\n---", "no sigue la forma"),
    ],
)
def test_a_fault_of_form_is_told_in_spanish(text, said):
    [error] = read(text).errors
    english = {"found", "not", "expected", "while", "character", "the"}
    assert (error.code, said in error.message) == ("syntax", True), error.message
    assert english.isdisjoint(error.message.replace(",", " ").split())
