"""What the request desk decides, in plain Python."""
