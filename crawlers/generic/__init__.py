"""Open formats that any shop may publish: schema.org in pages, sitemaps. One `Source` serves every such shop."""
