"""The commands of `bijia`, one file each. Heavy rooms are imported inside the functions that need them."""
