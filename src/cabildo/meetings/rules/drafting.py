"""How is what the platform wrote in a point told from what a person wrote there?"""

from hashlib import sha256


def digest(text: str, dissent: str) -> str:
    """The SHA-256, in hexadecimal, of what a point says. Spaces and line ends do not count: browsers change them."""
    said = "\x00".join(" ".join(part.split()) for part in (text, dissent))
    return sha256(said.encode()).hexdigest()
