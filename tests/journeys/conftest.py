from installation.fixtures import installation, populated

__all__ = ["installation", "populated"]
