"""How sellers write: templates, spellings, packs, noise. Reads nothing; the reader of titles is another room's work."""
