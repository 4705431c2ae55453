"""The guided set-up of a municipality: pages that compose several apps, and a gate before opening to the public."""
