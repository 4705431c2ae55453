"""How an instrument is scored: values in, fractions out. No database; one rounding, when a figure is shown."""
