"""How plans change."""
