"""The truth: goods, sellers, titles and prices over time, all from a seed. Knows no protocol and no HTTP."""
