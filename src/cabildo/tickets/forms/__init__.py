"""What people type, checked: one file per face of the desk."""
