"""How long may a municipality give itself to answer? One cap for its ordinance and for the trees it adopts."""

from cabildo.workflow.rules.regimes import LEY_18695_PETITION

MAX_DAYS = LEY_18695_PETITION.days  # Ley 18.695, art. 98: an ordinance may set no more, whatever it counts in


def is_over_law(days: int) -> bool:
    return days > MAX_DAYS
