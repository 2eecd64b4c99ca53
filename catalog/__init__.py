"""The words: what a listing, an offer and a product are. Pure: no I/O, no framework. See README.md."""
