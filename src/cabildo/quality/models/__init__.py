from cabildo.quality.models.cycle import Cycle
from cabildo.quality.models.entry import Agreement, Clause, Counterpart, Support, SupportMovement

__all__ = ["Agreement", "Clause", "Counterpart", "Cycle", "Support", "SupportMovement"]
