"""A copy of everything that cannot be made again, and the way back from it.

One file holds the database at one instant, the kept files and a manifest with their hashes. The key file is never in
it: whoever finds a backup reads no personal data, and without the key file nobody does.
"""

from cabildo.site.backup.creation import create
from cabildo.site.backup.restoration import restore

__all__ = ["create", "restore"]
