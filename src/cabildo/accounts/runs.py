"""What is stored of the RUN of an account, so that the same person is found again."""

from cabildo.db.fields import blind

PURPOSE = "accounts.run"


def run_index(run: str) -> str:
    """The blind index of a normalised RUN: nobody reads it back."""
    return blind(PURPOSE, run)
