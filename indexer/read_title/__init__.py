"""Titles into attributes: what is sold, of which model, how much of it, in which state. See README.md."""
