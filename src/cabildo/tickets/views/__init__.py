"""Who may, and what next: one file per face of the desk."""
