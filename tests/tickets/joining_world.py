"""Two lamps on the same corner, asked for by two neighbours."""

from cabildo.people.actions import Contact

CORNER = {"latitude": -33.0458, "longitude": -71.6197, "place": "Los Aromos 120"}
NEXT_DOOR = {"latitude": -33.0459, "longitude": -71.6198, "place": "Los Aromos 124"}  # some 15 metres away
FAR = {"latitude": -33.0558, "longitude": -71.6197, "place": "Las Rosas 3"}
PEDRO = Contact(name="Pedro Mena", email="pedro@ejemplo.cl")
REASON = "Es el mismo poste."
