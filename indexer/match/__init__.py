"""Which offers are the same goods. Pure: no I/O. See the README of this room."""
