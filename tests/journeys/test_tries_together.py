"""How often one may try is counted by all processes together."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from installation.world import Installation

pytestmark = pytest.mark.django_db


@pytest.mark.slow  # two programs of their own, that knock at the same time
def test_two_processes_let_through_no_more_than_one_would(installation: Installation) -> None:
    with ThreadPoolExecutor(2) as pool:
        let_through = pool.map(lambda _process: int(installation.drive("knock", "30")), range(2))

    assert sum(let_through) == 40
