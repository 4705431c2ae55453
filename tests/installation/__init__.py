"""A whole installation for tests: its own database, files and processes, on loopback."""
