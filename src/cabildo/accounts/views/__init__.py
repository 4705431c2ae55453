"""The desk's pages of people, departments and substitutions, and what surrounds entering."""
