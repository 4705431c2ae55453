"""Where the requests lie: about the sectors of Puerto Claro, in WGS84 degrees."""

SOUTH, WEST, HEIGHT, WIDTH = -33.08, -71.645, 0.05, 0.09
