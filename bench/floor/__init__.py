"""The floor: a bare Django project that does the least a list and a form of requests need, in the same templates."""
