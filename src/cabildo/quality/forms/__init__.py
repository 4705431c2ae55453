"""What people write in the programme. A module for each stage."""
