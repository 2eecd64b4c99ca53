"""The words that titles are read with, as data. See README.md of the folder above."""
