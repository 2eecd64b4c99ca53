"""Catalogues of goods that do not exist, as many sellers would write them: what the service's scorer of pairs learns from.

Wider than the practice world (`marketplaces/world/`), and cruder: names are coined, codes follow grammars, siblings differ in one
word, and every seller words, shortens, spells and stuffs titles in ways of its own. Nothing here is served.
"""
