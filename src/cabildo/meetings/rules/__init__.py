"""Pure decisions about quorum, attendance, time, minutes and signatures."""
