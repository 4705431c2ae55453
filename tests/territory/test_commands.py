"""`cabildo territory`: the division of Chile and a municipality's areas, from the command line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.conf import settings

from cabildo.territory.commands import territory
from cabildo.territory.models import Area, Commune, Province, Region
from territory.shapes import collection, feature, square, two_squares

CHILE = settings.CONTENT_DIR / "territory" / "chile"


def run(*arguments: str) -> tuple[Result, dict]:
    result = CliRunner().invoke(territory, [*map(str, arguments), "--json"])
    return result, json.loads(result.stdout) if result.stdout else {}


@pytest.fixture
def files(tmp_path: Path) -> Path:
    for name in ("regions.csv", "provinces.csv", "communes.csv"):
        (tmp_path / name).write_bytes((CHILE / name).read_bytes())
    return tmp_path


@pytest.mark.django_db
def test_loading_brings_16_regions_56_provinces_and_346_communes() -> None:
    result, answer = run("load")

    assert (result.exit_code, answer["read"], answer["created"], answer["errors"]) == (0, 418, 418, [])
    assert [model.objects.count() for model in (Region, Province, Commune)] == [16, 56, 346]


@pytest.mark.django_db
def test_codes_are_text_with_their_zeros() -> None:
    run("load")

    commune = Commune.objects.select_related("province__region").get(code="01101")
    assert (commune.name, commune.province_id, commune.province.region_id) == ("Iquique", "011", "01")


@pytest.mark.django_db
def test_loading_again_changes_nothing() -> None:
    run("load")

    assert run("load")[1]["unchanged"] == 418


@pytest.mark.django_db
def test_a_changed_name_is_brought_up_to_date(files: Path) -> None:
    run("load")
    communes = files / "communes.csv"
    communes.write_text(communes.read_text("utf-8").replace("Iquique", "Iquique Nuevo"), "utf-8")

    _, answer = run("load", "--folder", files)

    assert (answer["updated"], answer["unchanged"]) == (1, 417)
    assert Commune.objects.get(code="01101").name == "Iquique Nuevo"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("1101,Iquique,011", "bad_code"),
        ("01107,Otra,011", "repeated_code"),
        ("01199,,011", "empty"),
        ("01199,Otra,999", "unknown_parent"),
        ("01199,Otra,021", "not_its_parent"),
    ],
)
def test_a_faulty_row_is_refused_and_explained(files: Path, line: str, code: str) -> None:
    with (files / "communes.csv").open("a", encoding="utf-8") as communes:
        communes.write(f"{line}\n")

    result, answer = run("load", "--folder", files)

    assert (result.exit_code, answer["read"], answer["created"], answer["refused"]) == (1, 419, 418, 1)
    assert (answer["errors"][0]["row"], answer["errors"][0]["code"]) == (348, code)


@pytest.mark.django_db
def test_a_folder_without_the_files_is_bad_input(tmp_path: Path) -> None:
    result, _ = run("load", "--folder", tmp_path)

    assert (result.exit_code, "regions.csv" in result.stderr) == (2, True)


@pytest.fixture
def load_areas(puerto_claro, tmp_path: Path):
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text("code: codigo\nname: nombre\n", encoding="utf-8")

    def act(content: bytes, *more: str, mapped: bool = True) -> tuple[Result, dict]:
        (tmp_path / "uv.geojson").write_bytes(content)
        options = ["--mapping", mapping] if mapped else []
        return run(
            "areas", tmp_path / "uv.geojson", "--municipality", "puerto-claro", "--kind", "sector", *options, *more
        )

    return act


def test_areas_are_loaded_as_the_layer_in_force(load_areas) -> None:
    result, answer = load_areas(two_squares())

    assert (result.exit_code, answer["read"], answer["created"], answer["refused"]) == (0, 2, 2, 0)
    assert list(Area.objects.values_list("code", flat=True)) == ["A", "B"]


def test_one_faulty_area_keeps_all_out(load_areas) -> None:
    result, answer = load_areas(collection(feature("A", square(0)), feature("A", square(1))))

    assert (result.exit_code, answer["created"], answer["refused"]) == (1, 0, 2)
    assert (answer["errors"][0]["row"], answer["errors"][0]["column"]) == (2, "codigo")
    assert not Area.objects.exists()


def test_a_dry_run_loads_nothing(load_areas) -> None:
    assert load_areas(two_squares(), "--dry-run")[1]["created"] == 2
    assert not Area.objects.exists()


def test_without_a_mapping_one_is_proposed_and_nothing_is_loaded(load_areas, tmp_path: Path) -> None:
    proposal = tmp_path / "proposal.yaml"

    _, answer = load_areas(two_squares(), "--write-mapping", proposal, mapped=False)

    assert answer == {"columns": ["codigo", "nombre"], "mapping": {"code": "codigo", "name": "nombre"}}
    assert proposal.read_text("utf-8") == "code: codigo\nname: nombre\n"
    assert not Area.objects.exists()


def test_a_file_that_is_no_geojson_is_bad_input(load_areas) -> None:
    result, _ = load_areas(b"{")

    assert (result.exit_code, "no es GeoJSON" in result.stderr) == (2, True)
