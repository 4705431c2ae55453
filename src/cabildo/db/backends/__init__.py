"""What backends and expressions agree on, without loading any driver."""

SQLITE_FOLD = "cabildo_fold"  # `kit.text.fold` as a function of SQLite, made on each connection, called by `db.folded`
