"""What the law and the process allow, as plain values: no database, no clock. Dates are arguments."""
