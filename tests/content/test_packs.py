import pytest
from hypothesis import given
from hypothesis import strategies as st

from cabildo import audit
from cabildo.content import actions, packs, queries
from cabildo.content.errors import ContentError
from cabildo.content.models import PackVersion
from cabildo.content.reader import read_file
from cabildo.content.validation import digest, read_folder


@pytest.fixture
def root(tmp_path):
    return tmp_path / "content"


def outcomes(report) -> dict[str, str]:
    return {pack.id: pack.outcome for pack in report.packs}


@pytest.mark.django_db
def test_each_pack_of_a_folder_stands_or_falls_alone(write_pack, root):
    write_pack()
    write_pack(slug="mala", rules="- id: uno\n")

    report = packs.load_directory(root)

    assert outcomes(report) == {"reglas/simple": "created", "reglas/mala": "refused"}
    assert [error.file for error in report.errors] == ["content/reglas/mala/rules.yaml"]


@pytest.mark.django_db
def test_loading_again_leaves_everything_unchanged(write_pack, root):
    write_pack()
    packs.load_directory(root)

    assert outcomes(packs.load_directory(root)) == {"reglas/simple": "unchanged"}
    assert PackVersion.objects.count() == 1


@pytest.mark.django_db
def test_other_bytes_under_the_same_version_are_refused_with_what_to_do(write_pack, root):
    write_pack()
    packs.load_directory(root)
    write_pack(rules="- id: uno\n  days: 12\n")

    (error,) = packs.load_directory(root).errors

    assert error.code == "version_changed"
    assert "suba el número" in error.message


def test_loading_a_new_version_moves_those_who_follow(write_pack, root, puerto_claro):
    write_pack()
    packs.load_directory(root)
    version = queries.version_of(queries.pack_named("reglas", "simple"))
    actions.adopt(municipality=puerto_claro, version=version, follows_updates=True, by=audit.SYSTEM)
    write_pack(version=2)

    assert packs.load_directory(root).followed == 1


def test_checking_changes_nothing_and_describes(write_pack, root):
    write_pack()

    (outcome,) = packs.check_directory(root).packs

    assert (outcome.outcome, outcome.summary) == ("valid", "2 reglas.")


def test_a_folder_without_packs_is_refused(tmp_path):
    with pytest.raises(ContentError, match="folder_missing"):
        packs.check_directory(tmp_path)


@pytest.mark.django_db
def test_an_exported_version_loads_as_the_same_content(write_pack, tmp_path):
    folder = write_pack(beta='id: beta\ntext: "no"\n', alfa='id: alfa\ntext: "2026-11-21"\n')
    version = actions.publish(body=read_folder(folder, "x")[0], by=audit.SYSTEM).version

    written = packs.export_version(version, tmp_path / "salida" / "simple")

    body, errors = read_folder(tmp_path / "salida" / "simple", "x")
    assert errors == []
    assert digest(body) == version.sha256
    assert len(written) == 4


@pytest.mark.django_db
def test_an_export_never_overwrites(write_pack, tmp_path):
    folder = write_pack()
    version = actions.publish(body=read_folder(folder, "x")[0], by=audit.SYSTEM).version

    with pytest.raises(ContentError, match="folder_not_empty"):
        packs.export_version(version, folder)


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**12), 10**12)
    | TEXTS
    | st.sampled_from(["no", "1e3", "08:30", "~", "=", "010"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_whatever_is_written_is_read_back_the_same(tmp_path_factory, value):
    path = packs._write(tmp_path_factory.mktemp("yaml") / "a.yaml", {"value": value})

    file = read_file("a.yaml", path.read_bytes())

    assert (file.errors, file.value) == ((), {"value": value})
