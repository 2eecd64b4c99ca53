"""The practice world: mock marketplaces with a known truth.

Lives here: seeded goods, sellers and prices over time (`world`), four shops that speak the true protocols (`shops`),
faults on the wire and in the answers (`faults`), the control API. Does not live here: anything that reads a title or
compares offers. This room imports nothing of the others, so that what they measure against it is not circular.
"""
