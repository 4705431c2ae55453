"""Pages of the programme inside a municipality."""
