"""The memory: the one database. Nothing else has to survive. See README.md."""
