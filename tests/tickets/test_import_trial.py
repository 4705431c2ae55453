"""«Ensayo de carga»: the mapping that ships, over the 10,000 real requests of another city when they are at hand."""

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from click.testing import CliRunner

from cabildo import audit
from cabildo.accounts.models import Department, Municipality
from cabildo.accounts.scoping import in_municipality
from cabildo.site.cli import collect
from cabildo.tickets.actions import importing
from cabildo.tickets.imports.mapping import read_mapping
from cabildo.tickets.models import Category, TermRule, Ticket, TicketClock
from cabildo.tickets.queries.public import published

ROOT = Path(__file__).parents[2]
MAPPING = ROOT / "docs" / "how-to" / "mapas" / "baltimore-311.yaml"
FILE = ROOT.parent / "shared" / "data" / "requests_311" / "baltimore_2018_sample.csv"
HEADINGS = (
    "ServiceRequestNum", "SRType", "MethodReceived", "CreatedDate", "SRStatus", "DueDate", "CloseDate", "Agency",
    "Address", "Neighborhood", "Latitude", "Longitude",
)  # fmt: skip
NOON, ONE = "04/12/2018 12:00:00 PM", "11/04/2018 01:30:00 AM"
POTHOLE = "TRM-Pothole Repair"
SAMPLE = [
    ["1", "SW-Dirty Alley", "Phone", NOON, "Closed", NOON, NOON, "Solid Waste", "3400 GARRISON, MD", "", "39", "-77"],
    ["2", "ECC-Citizen Compliment or Praise", "Email", NOON, "New (Duplicate)", "", "", "Mayor's Office", *[""] * 4],
    [
        "3",
        POTHOLE,
        "System",
        ONE,
        "Closed (Transferred)",
        ONE,
        ONE,
        "Transportation",
        "",
        "",
        "39.3470107",
        "-76.669236",
    ],
    ["4", POTHOLE, "Pigeon", ONE, "Open", "", "", "Transportation", *[""] * 4],
]
BROKEN = '5,"SW-Dirty Alley,Phone,04/12/2018 11:11:26 AM,Closed\n'


@pytest.fixture
def sample(tmp_path) -> Path:
    path = tmp_path / "muestra.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([HEADINGS, *SAMPLE])
        stream.write(BROKEN)
    return path


@pytest.fixture
def trial(db, tmp_path) -> Iterator[Callable[..., None]]:
    """«Ensayo de carga» with the pack of a file, made by the commands of the guide."""

    def cabildo(*words: object, code: int = 0) -> None:
        done = CliRunner().invoke(collect(), [str(word) for word in words])
        assert done.exit_code == code, done.output

    def prepare(file: Path, *, refused: int = 0) -> None:
        packs = tmp_path / "contenidos"
        cabildo("tickets", "pack-from", file, "--mapping", MAPPING, "--output", packs, code=int(bool(refused)))
        cabildo("content", "load", packs)
        named = ["--slug", "ensayo-de-carga", "--name", "Ensayo de carga", "--notice", "Datos reales de otra ciudad."]
        cabildo("municipality", "create", *named, "--adopt", "baltimore-311", "--open")
        scope.enter_context(in_municipality(Municipality.objects.get(slug="ensayo-de-carga")))

    with ExitStack() as scope:
        yield prepare


@pytest.fixture(scope="module")
def mapping():
    checked = read_mapping(MAPPING.name, MAPPING.read_bytes())
    assert checked.errors == ()
    return checked.map


def bring(path: Path, mapping):
    with path.open("rb") as stream:
        run = importing.begin_from_command(stream, file_name=path.name, mapping=mapping, by=audit.SYSTEM)
        importing.import_file(stream, run, mapping, by=audit.SYSTEM, progress=lambda _done, _total: None)
    return run


def kept(label: str) -> Counter:
    return Counter(
        told["shown"] for told_all in Ticket.objects.values_list("answers", flat=True) for told in told_all
        if told["label"] == label
    )  # fmt: skip


def counted(*fields: str) -> Counter:
    return Counter(Ticket.objects.values_list(*fields))


def state_of(row: dict, mapping) -> tuple[str, str]:
    known = mapping.states.of(row["SRStatus"])
    return known["state"], known["outcome"]


def test_the_shipped_mapping_reads_each_oddity_of_the_file(trial, mapping, sample) -> None:
    trial(sample, refused=2)

    run = bring(sample, mapping)

    told = [(problem.row, problem.code) for problem in run.problems.all()]
    assert (run.read, run.created, told) == (5, 3, [(5, "unknown_value"), (6, "open_quote")])
    praise = Ticket.objects.get(external_id="2")
    assert (praise.kind, praise.state, praise.channel) == ("felicitacion", "derived", "mail")
    moved = Ticket.objects.get(external_id="3")
    assert (moved.outcome, moved.channel, moved.channel_detail) == ("not_competent", "import", "System")
    assert Ticket.objects.get(external_id="1").is_coarse


@pytest.mark.slow  # the whole point is its size: ten thousand rows with every validation
@pytest.mark.skipif(not FILE.exists(), reason="the real file is not beside this copy of the repository")
def test_all_ten_thousand_come_in_and_their_counts_are_those_of_the_file(trial, mapping) -> None:
    with FILE.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))

    trial(FILE)
    run = bring(FILE, mapping)

    assert (run.read, run.created, run.refused) == (len(rows), len(rows), 0)
    assert counted("state", "outcome") == Counter(state_of(row, mapping) for row in rows)
    for field, column, names in [
        ("channel", "MethodReceived", mapping.channels),
        ("department__name", "Agency", mapping.departments),
        ("category__label", "SRType", mapping.categories),
    ]:
        assert counted(field) == Counter((names.of(row[column]),) for row in rows)
    for item in mapping.body["keep"]:
        assert kept(item["label"]) == Counter(row[item["column"]] for row in rows if row[item["column"]])
    assert TicketClock.objects.filter(clock="internal").count() == sum(bool(row["DueDate"]) for row in rows)
    assert not Category.objects.exclude(version__pack__slug="baltimore-311").exists()
    assert not Ticket.objects.exclude(legal_due_on=None, is_public=True).exists()


def test_its_categories_and_departments_are_those_of_the_pack_and_the_import_makes_none(trial, mapping, sample) -> None:
    trial(sample, refused=2)
    before = (Category.objects.count(), Department.objects.count())

    bring(sample, mapping)

    assert (Category.objects.count(), Department.objects.count()) == before == (3, 3)
    assert not Category.objects.exclude(version__pack__slug="baltimore-311").exists()
    assert not TermRule.objects.exists()


def test_what_is_open_data_there_is_published_here(trial, mapping, sample, client) -> None:
    trial(sample, refused=2)
    bring(sample, mapping)

    page = client.get("/m/ensayo-de-carga/solicitudes/").content.decode()

    assert published().count() == 3
    assert "Datos reales de otra ciudad." in page
    assert page.count("Reparación de un bache</strong>") == 1
