"""Named questions about requests, one file per subject."""
