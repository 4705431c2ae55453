"""When things happen and what may follow: plain Python."""
