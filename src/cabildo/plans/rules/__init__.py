"""What a plan's numbers mean and what may be done with it: plain Python, without Django or database."""
