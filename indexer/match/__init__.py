"""Which offers are the same goods. Pure: no I/O. See README.md."""
