"""What is asked of plans."""
