"""The platform itself: what runs inside its processes to fill it and to look into it."""
